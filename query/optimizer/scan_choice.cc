#include "query/optimizer/scan_choice.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "base/status_macros.h"

namespace dossier::optimizer {
namespace {

using algebra::GraphSelector;
using algebra::Pattern;
using algebra::PatternTerm;
using algebra::Variable;
using plan::GraphMode;
using plan::ScanPlan;

// What the pattern says of a column; nullptr when nothing.
const PatternTerm* TermAt(const Pattern& pattern, Column column) {
  switch (column) {
    case Column::kSubject: return &pattern.subject;
    case Column::kPredicate: return &pattern.predicate;
    case Column::kObject: return &pattern.object;
    case Column::kReifier:
    case Column::kTripleTerm: return &pattern.fourth;
    case Column::kGraph: return pattern.graph.kind == GraphSelector::Kind::kNamed ? &pattern.graph.graph : nullptr;
  }
  return nullptr;
}

GraphMode GraphModeOf(const Pattern& pattern, Relation relation) {
  if (relation == Relation::kTripleTerms) return GraphMode::kIgnore;
  switch (pattern.graph.kind) {
    case GraphSelector::Kind::kDefault: return GraphMode::kDefaultOnly;
    case GraphSelector::Kind::kAll: return GraphMode::kMerged;
    case GraphSelector::Kind::kSome: return GraphMode::kMergedSome;
    case GraphSelector::Kind::kNamed: break;
  }
  const bool all_named = relation == Relation::kNamedQuads || std::holds_alternative<Term>(pattern.graph.graph);
  return all_named ? GraphMode::kIgnore : GraphMode::kNamedOnly;
}

}  // namespace

std::vector<Relation> RelationsOf(const Pattern& pattern) {
  switch (pattern.kind) {
    case Pattern::Kind::kReification: return {Relation::kReifications};
    case Pattern::Kind::kTripleTerm: return {Relation::kTripleTerms};
    case Pattern::Kind::kQuad: break;
  }
  if (pattern.graph.kind == GraphSelector::Kind::kNamed) return {Relation::kNamedQuads, Relation::kQuads};
  return {Relation::kQuads};
}

namespace {

constexpr size_t kColumnKinds = static_cast<size_t>(Column::kTripleTerm) + 1;

// A pattern with the ids of its terms, from which its scans are made.
struct ResolvedPattern {
  std::shared_ptr<const Pattern> pattern;
  std::array<std::optional<TermId>, kColumnKinds> ids;  // By column: of constants.
  std::vector<TermId> graphs;                           // GraphSelector::Kind::kSome: those that are there, ascending.
  bool has_named_quads = true;
};

absl::StatusOr<ResolvedPattern> Resolve(const Pattern& pattern, TermSpace* terms) {
  ResolvedPattern resolved;
  resolved.pattern = std::make_shared<Pattern>(pattern);
  for (size_t i = 0; i < kColumnKinds; ++i) {
    const PatternTerm* const term = TermAt(pattern, static_cast<Column>(i));
    if (term == nullptr || !std::holds_alternative<Term>(*term)) continue;
    DOSSIER_ASSIGN_OR_RETURN(resolved.ids[i], terms->Intern(std::get<Term>(*term)));
  }
  for (const Term& graph : pattern.graph.graphs) {
    DOSSIER_ASSIGN_OR_RETURN(const TermId id, terms->Intern(graph));
    if (id.tag() != TermTag::kLocal) resolved.graphs.push_back(id);
  }
  std::sort(resolved.graphs.begin(), resolved.graphs.end());
  const bool unnamed =
      pattern.graph.kind == GraphSelector::Kind::kDefault || pattern.graph.kind == GraphSelector::Kind::kAll;
  if (pattern.kind == Pattern::Kind::kQuad && unnamed) {
    DOSSIER_ASSIGN_OR_RETURN(resolved.has_named_quads, terms->HasNamedQuads());
  }
  return resolved;
}

// How the pattern is read from `permutation`, with the longest constant prefix.
ScanPlan MakeScanPlan(const ResolvedPattern& resolved, const PermutationInfo& info) {
  const Pattern& pattern = *resolved.pattern;
  ScanPlan scan;
  scan.pattern = resolved.pattern;
  scan.permutation = info.permutation;
  scan.graph = GraphModeOf(pattern, info.relation);
  // Where all quads stand in the default graph, nobody has to look at their graphs.
  const bool unnamed = scan.graph == GraphMode::kDefaultOnly || scan.graph == GraphMode::kMerged;
  if (info.relation == Relation::kQuads && unnamed && !resolved.has_named_quads) scan.graph = GraphMode::kIgnore;
  scan.constants.resize(info.width);
  scan.bindings.resize(info.width);
  for (size_t i = 0; i < info.width; ++i) {
    const PatternTerm* const term = TermAt(pattern, info.columns[i]);
    if (term == nullptr) continue;
    if (const auto* variable = std::get_if<Variable>(term)) {
      scan.bindings[i] = *variable;
      continue;
    }
    scan.constants[i] = resolved.ids[static_cast<size_t>(info.columns[i])];
    scan.nothing = scan.nothing || scan.constants[i]->tag() == TermTag::kLocal;
  }
  if (scan.graph == GraphMode::kMergedSome) {
    scan.graphs = resolved.graphs;
    scan.nothing = scan.nothing || scan.graphs.empty();
  }
  while (scan.prefix < info.width && scan.constants[scan.prefix].has_value()) ++scan.prefix;
  return scan;
}

}  // namespace

absl::StatusOr<std::vector<ScanPlan>> AllScanPlans(const Pattern& pattern, TermSpace* terms) {
  const std::vector<Relation> relations = RelationsOf(pattern);
  DOSSIER_ASSIGN_OR_RETURN(const ResolvedPattern resolved, Resolve(pattern, terms));
  std::vector<ScanPlan> plans;
  for (const PermutationInfo& info : AllPermutations()) {
    if (std::find(relations.begin(), relations.end(), info.relation) == relations.end()) continue;
    plans.push_back(MakeScanPlan(resolved, info));
  }
  return plans;
}

std::vector<Variable> SortOrder(const ScanPlan& scan) {
  std::vector<Variable> order;
  for (size_t i = scan.prefix; i < scan.bindings.size(); ++i) {
    if (scan.constants[i].has_value()) continue;
    if (!scan.bindings[i].has_value()) break;
    if (std::find(order.begin(), order.end(), *scan.bindings[i]) == order.end()) order.push_back(*scan.bindings[i]);
  }
  return order;
}

size_t SeekDepth(const ScanPlan& scan, const algebra::VariableSet& bound) {
  size_t depth = 0;
  while (depth < scan.constants.size() &&
         (scan.constants[depth].has_value() ||
          (scan.bindings[depth].has_value() && bound.contains(*scan.bindings[depth])))) {
    ++depth;
  }
  return depth;
}

ScanSpec SpecOf(const ScanPlan& scan, const plan::IdRange& range) {
  ScanSpec spec;
  spec.permutation = scan.permutation;
  for (size_t i = 0; i < scan.prefix; ++i) spec.prefix.push_back(*scan.constants[i]);
  spec.lower = range.lower;
  spec.upper = range.upper;
  return spec;
}

std::optional<uint64_t> KnownRows(const ScanPlan& scan, const Statistics& statistics) {
  const PermutationInfo& info = GetPermutationInfo(scan.permutation);
  const bool quads = info.relation == Relation::kQuads;
  if (!quads && info.relation != Relation::kReifications) return std::nullopt;
  if (scan.nothing) return 0;
  if (!scan.ranges.empty()) return std::nullopt;
  for (size_t i = scan.prefix; i < scan.constants.size(); ++i) {
    if (scan.constants[i].has_value()) return std::nullopt;
  }
  const RelationStatistics& relation = quads ? statistics.quads : statistics.reifications;
  if (scan.prefix == 0) return relation.rows;
  if (scan.prefix != 1 || info.columns[0] != Column::kPredicate) return std::nullopt;
  const auto known = relation.predicates.find(*scan.constants[0]);
  return known == relation.predicates.end() ? 0 : known->second.rows;
}

}  // namespace dossier::optimizer

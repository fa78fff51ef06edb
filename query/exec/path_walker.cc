#include "query/exec/path_walker.h"

#include <algorithm>
#include <utility>

#include "base/status_macros.h"
#include "rdf/quad.h"
#include "rdf/vocabulary.h"

namespace dossier::exec {
namespace {

using algebra::GraphSelector;
using algebra::PathExpression;

constexpr size_t kBytesPerVisitedNode = 24;

}  // namespace

absl::Status PathWalker::SetGraph(PathGraph graph) {
  graph_ = std::move(graph);
  std::vector<TermId> graphs = graph_.graphs;
  std::sort(graphs.begin(), graphs.end());
  DOSSIER_ASSIGN_OR_RETURN(const bool has_named_quads, context_->terms->HasNamedQuads());
  const auto merged = has_named_quads ? plan::GraphMode::kMerged : plan::GraphMode::kIgnore;
  const auto unnamed = has_named_quads ? plan::GraphMode::kDefaultOnly : plan::GraphMode::kIgnore;
  switch (graph_.kind) {
    case GraphSelector::Kind::kDefault: edges_.SetGraph(unnamed, std::nullopt, {}); break;
    case GraphSelector::Kind::kAll: edges_.SetGraph(merged, std::nullopt, {}); break;
    case GraphSelector::Kind::kSome: edges_.SetGraph(plan::GraphMode::kMergedSome, std::nullopt, graphs); break;
    case GraphSelector::Kind::kNamed: edges_.SetGraph(plan::GraphMode::kIgnore, graph_.named, {}); break;
  }
  return absl::OkStatus();
}

bool PathWalker::InGraph(TermId graph) const {
  switch (graph_.kind) {
    case GraphSelector::Kind::kDefault: return graph.is_undefined();
    case GraphSelector::Kind::kAll: return true;
    case GraphSelector::Kind::kNamed: return graph == graph_.named;
    case GraphSelector::Kind::kSome:
      return std::find(graph_.graphs.begin(), graph_.graphs.end(), graph) != graph_.graphs.end();
  }
  return false;
}

absl::Status PathWalker::ForEachRow(const ScanSpec& spec,
                                    absl::FunctionRef<absl::StatusOr<bool>(const RowBlock&, size_t)> visit) {
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, context_->snapshot->Scan(spec));
  RowBlock block;
  while (true) {
    DOSSIER_RETURN_IF_ERROR(context_->cancellation->Check());
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
    if (!more) return absl::OkStatus();
    for (size_t row = 0; row < block.rows; ++row) {
      DOSSIER_ASSIGN_OR_RETURN(const bool on, visit(block, row));
      if (!on) return absl::OkStatus();
    }
  }
}

absl::StatusOr<TermId> PathWalker::Reifies() {
  if (!reifies_.has_value()) {
    DOSSIER_ASSIGN_OR_RETURN(reifies_, context_->terms->Intern(Term::Iri(std::string(rdf::kReifies))));
  }
  return *reifies_;
}

absl::StatusOr<TermId> PathWalker::TripleTermOf(TermId subject, TermId predicate, TermId object) {
  TermSpace* const terms = context_->terms;
  DOSSIER_ASSIGN_OR_RETURN(const Term* const s, terms->Get(subject));
  DOSSIER_ASSIGN_OR_RETURN(const Term* const p, terms->Get(predicate));
  DOSSIER_ASSIGN_OR_RETURN(const Term* const o, terms->Get(object));
  return terms->Intern(Term::TripleTerm({*s, *p, *o}));
}

absl::Status PathWalker::VisitReifications(TermId node, bool forward, EdgeVisitor visit) {
  DOSSIER_ASSIGN_OR_RETURN(const TermId reifies, Reifies());
  ScanSpec spec;
  if (forward) {
    spec.permutation = Permutation::kClaimReifier;
    spec.prefix = {node};
  } else {
    if (node.is_inline()) return absl::OkStatus();
    DOSSIER_ASSIGN_OR_RETURN(const Term* const term, context_->terms->Get(node));
    if (!term->is_triple_term()) return absl::OkStatus();
    spec.permutation = Permutation::kClaimSpo;
    for (const Term* part : {&term->triple().subject, &term->triple().predicate, &term->triple().object}) {
      DOSSIER_ASSIGN_OR_RETURN(const TermId id, context_->terms->Intern(*part));
      spec.prefix.push_back(id);
    }
  }
  absl::flat_hash_set<TermId> seen;  // One edge for each triple, in however many graphs.
  return ForEachRow(spec, [&](const RowBlock& block, size_t row) -> absl::StatusOr<bool> {
    if (!InGraph(block.columns[4][row])) return true;
    TermId other = block.columns[3][row];
    if (forward) {
      DOSSIER_ASSIGN_OR_RETURN(other,
                               TripleTermOf(block.columns[1][row], block.columns[2][row], block.columns[3][row]));
    }
    if (seen.insert(other).second) DOSSIER_RETURN_IF_ERROR(visit(reifies, other));
    return true;
  });
}

absl::Status PathWalker::VisitEdges(TermId node, bool forward, std::optional<TermId> predicate, EdgeVisitor visit) {
  const bool named = graph_.kind == GraphSelector::Kind::kNamed;
  ScanSpec spec;
  // Positions in the permutation.
  size_t predicate_at = 1;
  size_t other_at = 2;
  if (forward) {
    spec.permutation = named ? Permutation::kGspo : Permutation::kSpo;
    spec.prefix = {node};
    if (predicate.has_value()) spec.prefix.push_back(*predicate);
  } else if (predicate.has_value()) {
    spec.permutation = named ? Permutation::kGpos : Permutation::kPos;
    spec.prefix = {*predicate, node};
    predicate_at = 0;
  } else {
    spec.permutation = named ? Permutation::kGosp : Permutation::kOsp;
    spec.prefix = {node};
    std::swap(predicate_at, other_at);
  }
  if (named) {
    spec.prefix.insert(spec.prefix.begin(), graph_.named);
    ++predicate_at;
    ++other_at;
  }
  TermId last_predicate;
  TermId last_other;
  DOSSIER_RETURN_IF_ERROR(ForEachRow(spec, [&](const RowBlock& block, size_t row) -> absl::StatusOr<bool> {
    if (!named && !InGraph(block.columns[3][row])) return true;
    const TermId edge = block.columns[predicate_at][row];
    const TermId other = block.columns[other_at][row];
    // The same triple in another graph follows at once.
    if (edge == last_predicate && other == last_other) return true;
    last_predicate = edge;
    last_other = other;
    DOSSIER_RETURN_IF_ERROR(visit(edge, other));
    return true;
  }));
  if (context_->snapshot->statistics().reifications.rows == 0) return absl::OkStatus();
  DOSSIER_ASSIGN_OR_RETURN(const TermId reifies, Reifies());
  if (predicate.has_value() && *predicate != reifies) return absl::OkStatus();
  return VisitReifications(node, forward, visit);
}

absl::Status PathWalker::WalkLink(const Term& link, TermId start, bool forward, std::vector<TermId>* ends) {
  DOSSIER_ASSIGN_OR_RETURN(const TermId predicate, context_->terms->Intern(link));
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<const Adjacency*> edges, EdgesOf({{predicate, forward}}, 0));
  if (!edges.empty()) {
    const std::optional<uint32_t> node = edges[0]->codes().CodeOf(start);
    if (!node.has_value()) return absl::OkStatus();
    for (const uint32_t end : edges[0]->From(*node)) ends->push_back(edges[0]->codes().IdOf(end));
    return absl::OkStatus();
  }
  return VisitEdges(start, forward, predicate, [ends](TermId, TermId other) {
    ends->push_back(other);
    return absl::OkStatus();
  });
}

absl::Status PathWalker::WalkNegatedSet(const PathExpression& path, TermId start, bool forward,
                                        std::vector<TermId>* ends) {
  absl::flat_hash_set<TermId> excluded[2];  // Along edges, and against them.
  bool mentioned[2] = {false, false};
  for (const PathExpression& operand : path.operands) {
    const bool inverse = operand.kind == PathExpression::Kind::kInverse;
    const Term& link = inverse ? operand.operands[0].link : operand.link;
    DOSSIER_ASSIGN_OR_RETURN(const TermId id, context_->terms->Intern(link));
    excluded[inverse ? 1 : 0].insert(id);
    mentioned[inverse ? 1 : 0] = true;
  }
  if (!mentioned[1]) mentioned[0] = true;  // The empty set excludes nothing along edges.
  for (const bool inverse : {false, true}) {
    if (!mentioned[inverse ? 1 : 0]) continue;
    const auto& names = excluded[inverse ? 1 : 0];
    DOSSIER_RETURN_IF_ERROR(VisitEdges(start, forward != inverse, std::nullopt, [&](TermId predicate, TermId other) {
      if (!names.contains(predicate)) ends->push_back(other);
      return absl::OkStatus();
    }));
  }
  return absl::OkStatus();
}

absl::Status PathWalker::WalkSequence(const PathExpression& path, TermId start, bool forward,
                                      std::vector<TermId>* ends) {
  std::vector<TermId> here = {start};
  for (size_t i = 0; i < path.operands.size(); ++i) {
    const PathExpression& operand = path.operands[forward ? i : path.operands.size() - 1 - i];
    std::vector<TermId> next;
    for (const TermId node : here) DOSSIER_RETURN_IF_ERROR(Walk(operand, node, forward, &next));
    here = std::move(next);
  }
  ends->insert(ends->end(), here.begin(), here.end());
  return absl::OkStatus();
}

absl::StatusOr<bool> PathWalker::IsOneStep(const PathExpression& path, bool forward, std::vector<Link>* links) {
  if (path.kind == PathExpression::Kind::kInverse) return IsOneStep(path.operands[0], !forward, links);
  if (path.kind == PathExpression::Kind::kLink) {
    DOSSIER_ASSIGN_OR_RETURN(const TermId predicate, context_->terms->Intern(path.link));
    links->emplace_back(predicate, forward);
    return true;
  }
  if (path.kind != PathExpression::Kind::kAlternative) return false;
  for (const PathExpression& operand : path.operands) {
    DOSSIER_ASSIGN_OR_RETURN(const bool one_step, IsOneStep(operand, forward, links));
    if (!one_step) return false;
  }
  return true;
}

absl::StatusOr<std::vector<const Adjacency*>> PathWalker::EdgesOf(const std::vector<Link>& links, uint64_t waiting) {
  const bool has_claims = context_->snapshot->statistics().reifications.rows > 0;
  std::vector<const Adjacency*> all;
  for (const auto& [predicate, forward] : links) {
    if (has_claims) {
      DOSSIER_ASSIGN_OR_RETURN(const TermId reifies, Reifies());
      if (predicate == reifies) return std::vector<const Adjacency*>();
    }
    DOSSIER_ASSIGN_OR_RETURN(const Adjacency* const edges, edges_.Find(predicate, forward, waiting));
    if (edges == nullptr || (!all.empty() && edges->codes().IdOf(0) != all[0]->codes().IdOf(0))) {
      return std::vector<const Adjacency*>();
    }
    all.push_back(edges);
  }
  return all;
}

// The rest of a search in breadth, with a bit for each node that was reached.
absl::Status PathWalker::FinishClosure(const std::vector<const Adjacency*>& edges,
                                       const absl::flat_hash_set<TermId>& reached, absl::Span<const TermId> open,
                                       std::vector<TermId>* ends) {
  const ValueCodes& codes = edges[0]->codes();
  std::vector<uint32_t> queue;
  std::vector<uint32_t> marked;
  uint32_t end = 0;
  for (const Adjacency* known : edges) end = std::max(end, known->end());
  for (const TermId node : open) {
    // Where no edge begins or ends, none has to be looked for.
    if (const std::optional<uint32_t> code = codes.CodeOf(node); code.has_value() && *code < end)
      queue.push_back(*code);
  }
  DOSSIER_RETURN_IF_ERROR(memory_.Resize(end / 8 + reached.size() * kBytesPerVisitedNode));
  if (bits_.size() * 64 < end) bits_.resize(end / 64 + 1);
  for (const TermId node : reached) {
    const std::optional<uint32_t> code = codes.CodeOf(node);
    if (!code.has_value() || *code >= end) continue;
    bits_[*code / 64] |= uint64_t{1} << *code % 64;
    marked.push_back(*code);
  }
  const std::optional<uint32_t> target = target_.has_value() ? codes.CodeOf(*target_) : std::nullopt;
  absl::Status status;
  bool found = false;
  for (size_t next = 0; next < queue.size() && !found; ++next) {
    for (const Adjacency* known : edges) {
      for (const uint32_t node : known->From(queue[next])) {
        uint64_t& word = bits_[node / 64];
        const uint64_t bit = uint64_t{1} << node % 64;
        if ((word & bit) != 0) continue;
        word |= bit;
        queue.push_back(node);
        marked.push_back(node);
        ends->push_back(codes.IdOf(node));
        found = found || node == target;
      }
    }
    if (next % 1024 != 0) continue;
    status = context_->cancellation->Check();
    if (status.ok()) status = memory_.Resize(bits_.size() * sizeof(uint64_t) + ends->size() * kBytesPerVisitedNode);
    if (!status.ok()) break;
  }
  for (const uint32_t node : marked) bits_[node / 64] = 0;
  return status;
}

absl::Status PathWalker::WalkTo(const PathExpression& path, TermId start, bool forward, TermId target,
                                std::vector<TermId>* ends) {
  const bool closure = path.kind == PathExpression::Kind::kZeroOrMore || path.kind == PathExpression::Kind::kOneOrMore;
  if (closure) target_ = target;
  absl::Status status = Walk(path, start, forward, ends);
  target_.reset();
  return status;
}

absl::Status PathWalker::WalkClosure(const PathExpression& path, TermId start, bool forward, bool with_start,
                                     std::vector<TermId>* ends) {
  const bool repeats = path.kind != PathExpression::Kind::kZeroOrOne;
  // Of the outermost closure only.
  const std::optional<TermId> target = std::exchange(target_, std::nullopt);
  absl::flat_hash_set<TermId> reached;
  std::vector<TermId> open = {start};
  if (with_start) {
    reached.insert(start);
    ends->push_back(start);
    if (target == start) return absl::OkStatus();
  }
  std::vector<Link> links;
  DOSSIER_ASSIGN_OR_RETURN(const bool one_step, IsOneStep(path.operands[0], forward, &links));
  for (size_t next = 0; next < open.size(); ++next) {
    if (next > 0 && !repeats) break;
    if (one_step && repeats) {
      DOSSIER_ASSIGN_OR_RETURN(const std::vector<const Adjacency*> edges, EdgesOf(links, open.size() - next));
      if (!edges.empty()) {
        target_ = target;
        return FinishClosure(edges, reached, absl::MakeConstSpan(open).subspan(next), ends);
      }
    }
    std::vector<TermId> neighbours;
    DOSSIER_RETURN_IF_ERROR(Walk(path.operands[0], open[next], forward, &neighbours));
    bool found = false;
    for (const TermId node : neighbours) {
      if (!reached.insert(node).second) continue;
      open.push_back(node);
      ends->push_back(node);
      found = found || node == target;
    }
    if (found) return absl::OkStatus();
    DOSSIER_RETURN_IF_ERROR(memory_.Resize(reached.size() * kBytesPerVisitedNode));
  }
  return absl::OkStatus();
}

absl::Status PathWalker::Walk(const PathExpression& path, TermId start, bool forward, std::vector<TermId>* ends) {
  using Kind = PathExpression::Kind;
  switch (path.kind) {
    case Kind::kLink: return WalkLink(path.link, start, forward, ends);
    case Kind::kInverse: return Walk(path.operands[0], start, !forward, ends);
    case Kind::kSequence: return WalkSequence(path, start, forward, ends);
    case Kind::kNegatedSet: return WalkNegatedSet(path, start, forward, ends);
    case Kind::kZeroOrMore:
    case Kind::kZeroOrOne: return WalkClosure(path, start, forward, true, ends);
    case Kind::kOneOrMore: return WalkClosure(path, start, forward, false, ends);
    case Kind::kAlternative: break;
  }
  for (const PathExpression& operand : path.operands) DOSSIER_RETURN_IF_ERROR(Walk(operand, start, forward, ends));
  return absl::OkStatus();
}

absl::StatusOr<bool> PathWalker::HasRow(const ScanSpec& spec, size_t graph_position) {
  bool found = false;
  DOSSIER_RETURN_IF_ERROR(ForEachRow(spec, [&](const RowBlock& block, size_t row) -> absl::StatusOr<bool> {
    found = InGraph(block.columns[graph_position][row]);
    return !found;
  }));
  return found;
}

absl::StatusOr<bool> PathWalker::IsNode(TermId id) {
  ScanSpec spec;
  const bool named = graph_.kind == GraphSelector::Kind::kNamed;
  for (const Permutation permutation :
       {named ? Permutation::kGspo : Permutation::kSpo, named ? Permutation::kGosp : Permutation::kOsp}) {
    spec.permutation = permutation;
    spec.prefix = named ? std::vector<TermId>{graph_.named, id} : std::vector<TermId>{id};
    DOSSIER_ASSIGN_OR_RETURN(const bool found, HasRow(spec, named ? 0 : 3));
    if (found) return true;
  }
  bool found = false;
  for (const bool forward : {true, false}) {
    if (context_->snapshot->statistics().reifications.rows == 0) break;
    DOSSIER_RETURN_IF_ERROR(VisitReifications(id, forward, [&found](TermId, TermId) {
      found = true;
      return absl::OkStatus();
    }));
  }
  return found;
}

absl::StatusOr<std::vector<TermId>> PathWalker::AllNodes() {
  absl::flat_hash_set<TermId> seen;
  std::vector<TermId> nodes;
  const auto add = [&](TermId id) -> absl::Status {
    if (!seen.insert(id).second) return absl::OkStatus();
    nodes.push_back(id);
    return nodes.size() % 1024 == 0 ? memory_.Resize(nodes.size() * kBytesPerVisitedNode) : absl::OkStatus();
  };
  ScanSpec spec;
  const bool named = graph_.kind == GraphSelector::Kind::kNamed;
  spec.permutation = named ? Permutation::kGspo : Permutation::kSpo;
  if (named) spec.prefix = {graph_.named};
  const size_t subject_at = named ? 1 : 0;
  DOSSIER_RETURN_IF_ERROR(ForEachRow(spec, [&](const RowBlock& block, size_t row) -> absl::StatusOr<bool> {
    if (!named && !InGraph(block.columns[3][row])) return true;
    DOSSIER_RETURN_IF_ERROR(add(block.columns[subject_at][row]));
    DOSSIER_RETURN_IF_ERROR(add(block.columns[subject_at + 2][row]));
    return true;
  }));
  ScanSpec claims;
  claims.permutation = Permutation::kClaimReifier;
  DOSSIER_RETURN_IF_ERROR(ForEachRow(claims, [&](const RowBlock& block, size_t row) -> absl::StatusOr<bool> {
    if (!InGraph(block.columns[4][row])) return true;
    DOSSIER_ASSIGN_OR_RETURN(const TermId triple,
                             TripleTermOf(block.columns[1][row], block.columns[2][row], block.columns[3][row]));
    DOSSIER_RETURN_IF_ERROR(add(block.columns[0][row]));
    DOSSIER_RETURN_IF_ERROR(add(triple));
    return true;
  }));
  return nodes;
}

absl::StatusOr<bool> PathWalker::IsNamedGraph(TermId id) {
  ScanSpec spec;
  spec.permutation = Permutation::kGspo;
  spec.prefix = {id};
  DOSSIER_ASSIGN_OR_RETURN(const uint64_t rows, context_->snapshot->CountRows(spec, false));
  if (rows > 0) return true;
  // It may have claims only.
  if (context_->snapshot->statistics().reifications.rows == 0) return false;
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> graphs, NamedGraphs());
  return std::find(graphs.begin(), graphs.end(), id) != graphs.end();
}

absl::StatusOr<std::vector<TermId>> PathWalker::NamedGraphs() {
  if (named_graphs_.has_value()) return *named_graphs_;
  absl::flat_hash_set<TermId> seen;
  std::vector<TermId> graphs;
  for (const auto& [permutation, position] :
       {std::pair{Permutation::kGspo, size_t{0}}, std::pair{Permutation::kClaimReifier, size_t{4}}}) {
    ScanSpec spec;
    spec.permutation = permutation;
    spec.wanted_columns = 1U << position;
    DOSSIER_RETURN_IF_ERROR(
        ForEachRow(spec, [&, at = position](const RowBlock& block, size_t row) -> absl::StatusOr<bool> {
          const TermId graph = block.columns[at][row];
          if (!graph.is_undefined() && seen.insert(graph).second) graphs.push_back(graph);
          return true;
        }));
  }
  named_graphs_ = graphs;
  return graphs;
}

}  // namespace dossier::exec

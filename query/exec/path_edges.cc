#include "query/exec/path_edges.h"

#include <algorithm>

#include "base/status_macros.h"
#include "query/exec/pattern_rows.h"

namespace dossier::exec {
namespace {

// Reading so many rows costs as much as looking up one node in the index.
constexpr uint64_t kRowsPerLookup = 4000;
constexpr uint64_t kLookupsAnyway = 8;

}  // namespace

void Adjacency::FindEnd() {
  for (const size_t level : {0, 1}) {
    for (const uint32_t value : trie().values(level)) end_ = std::max(end_, value + 1);
  }
}

void PathEdges::SetGraph(plan::GraphMode mode, std::optional<TermId> named, std::vector<TermId> graphs) {
  if (mode == mode_ && named == named_ && graphs == graphs_) return;
  mode_ = mode;
  named_ = named;
  graphs_ = std::move(graphs);
  known_.clear();
}

absl::StatusOr<const Adjacency*> PathEdges::Find(TermId predicate, bool forward, uint64_t waiting) {
  Known& known = known_[{predicate, forward}];
  if (known.tried) return known.edges.get();
  const auto& predicates = context_->snapshot->statistics().quads.predicates;
  const auto statistics = predicates.find(predicate);
  const uint64_t rows = statistics == predicates.end() ? 0 : statistics->second.rows;
  if (++known.asked + waiting < kLookupsAnyway + rows / kRowsPerLookup) return nullptr;
  known.tried = true;
  DOSSIER_ASSIGN_OR_RETURN(known.edges, Load(predicate, forward));
  return known.edges.get();
}

absl::StatusOr<std::unique_ptr<Adjacency>> PathEdges::Load(TermId predicate, bool forward) const {
  const algebra::Variable from{0};
  const algebra::Variable to{1};
  plan::ScanPlan scan;
  scan.permutation = forward ? Permutation::kPso : Permutation::kPos;
  scan.constants = {predicate, std::nullopt, std::nullopt, named_};
  scan.bindings = {std::nullopt, from, to, std::nullopt};
  scan.prefix = 1;
  scan.graph = mode_;
  scan.graphs = graphs_;
  absl::StatusOr<LoadedTries> tries = LoadTries(*context_, {{&scan, {from, to}}}, ForeignValues::kGiveUp);
  // Where memory does not suffice, the index has to do.
  if (absl::IsResourceExhausted(tries.status())) return nullptr;
  if (!tries.ok()) return tries.status();
  if (tries->nothing || tries->gave_up) return nullptr;
  ValueCodes codes = tries->codes.at(from);
  if (codes.IdOf(0) != tries->codes.at(to).IdOf(0)) return nullptr;
  auto edges = std::make_unique<Adjacency>(*std::move(tries), std::move(codes));
  edges->FindEnd();
  return edges;
}

}  // namespace dossier::exec

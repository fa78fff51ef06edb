// Follows property paths through one graph (or the merge of all), node by node.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "query/algebra/node.h"
#include "query/exec/path_edges.h"
#include "query/exec/run_context.h"
#include "rdf/term_id.h"
#include "storage/scan.h"

namespace dossier::exec {

// The graph that a path is followed in.
struct PathGraph {
  algebra::GraphSelector::Kind kind = algebra::GraphSelector::Kind::kDefault;
  TermId named;                // kNamed.
  std::vector<TermId> graphs;  // kSome.
};

// Not thread-safe.
class PathWalker {
 public:
  explicit PathWalker(RunContext* context) : context_(context), edges_(context), memory_(context->memory) {}

  absl::Status SetGraph(PathGraph graph);

  // Appends the nodes that `path` leads to from `start`, or with `forward` false those that lead to `start`. Nodes come
  // as often as SPARQL counts them: once for *, + and ?, else once for each way.
  absl::Status Walk(const algebra::PathExpression& path, TermId start, bool forward, std::vector<TermId>* ends);

  // As Walk(), for those who look for `target` only: other ends may be left out when it is among them.
  absl::Status WalkTo(const algebra::PathExpression& path, TermId start, bool forward, TermId target,
                      std::vector<TermId>* ends);

  // Whether `id` is the subject or object of a triple of the graph.
  absl::StatusOr<bool> IsNode(TermId id);

  // Every node of the graph, each once.
  absl::StatusOr<std::vector<TermId>> AllNodes();

  // Every named graph.
  absl::StatusOr<std::vector<TermId>> NamedGraphs();
  // Whether a triple stands in the graph called `id`.
  absl::StatusOr<bool> IsNamedGraph(TermId id);

 private:
  // Called with predicate and other end.
  using EdgeVisitor = absl::FunctionRef<absl::Status(TermId, TermId)>;

  absl::Status VisitEdges(TermId node, bool forward, std::optional<TermId> predicate, EdgeVisitor visit);
  absl::Status VisitReifications(TermId node, bool forward, EdgeVisitor visit);
  absl::Status WalkLink(const Term& link, TermId start, bool forward, std::vector<TermId>* ends);
  absl::Status WalkNegatedSet(const algebra::PathExpression& path, TermId start, bool forward,
                              std::vector<TermId>* ends);
  absl::Status WalkSequence(const algebra::PathExpression& path, TermId start, bool forward, std::vector<TermId>* ends);
  absl::Status WalkClosure(const algebra::PathExpression& path, TermId start, bool forward, bool with_start,
                           std::vector<TermId>* ends);
  // An edge of a closure: a predicate and its direction.
  using Link = std::pair<TermId, bool>;
  // Whether `path` is one edge of any of some links, which are appended.
  absl::StatusOr<bool> IsOneStep(const algebra::PathExpression& path, bool forward, std::vector<Link>* links);
  // The edges of all the links, when they are in memory and of one kind; else none.
  absl::StatusOr<std::vector<const Adjacency*>> EdgesOf(const std::vector<Link>& links, uint64_t waiting);
  absl::Status FinishClosure(const std::vector<const Adjacency*>& edges, const absl::flat_hash_set<TermId>& reached,
                             absl::Span<const TermId> open, std::vector<TermId>* ends);
  bool InGraph(TermId graph) const;
  absl::StatusOr<TermId> Reifies();
  // Reads a scan row by row; stops when `visit` returns false.
  absl::Status ForEachRow(const ScanSpec& spec, absl::FunctionRef<absl::StatusOr<bool>(const RowBlock&, size_t)> visit);
  absl::StatusOr<bool> HasRow(const ScanSpec& spec, size_t graph_position);
  absl::StatusOr<TermId> TripleTermOf(TermId subject, TermId predicate, TermId object);

  RunContext* const context_;
  PathGraph graph_;
  PathEdges edges_;
  std::optional<TermId> target_;
  std::vector<uint64_t> bits_;  // All 0 between closures.
  MemoryReservation memory_;
  std::optional<TermId> reifies_;
  std::optional<std::vector<TermId>> named_graphs_;
};

}  // namespace dossier::exec

#include "query/planner/path_cost.h"

#include <algorithm>

#include "base/status_macros.h"
#include "query/optimizer/cost_model.h"

namespace dossier::planner {
namespace {

using algebra::PathExpression;

// A search in breadth that finds so many new nodes at each node reaches most of what can be reached.
constexpr double kSpreads = 1.5;
// Where it does not, it soon ends.
constexpr double kFewSteps = 4;

// The edges that a path may take, and the nodes at their ends.
struct Edges {
  double rows = 0;
  double subjects = 0;
  double objects = 0;
};

absl::Status AddEdges(const PathExpression& path, TermSpace* terms, Edges* edges) {
  const Statistics& statistics = terms->snapshot().statistics();
  if (path.kind == PathExpression::Kind::kLink) {
    DOSSIER_ASSIGN_OR_RETURN(const TermId predicate, terms->Intern(path.link));
    const auto found = statistics.quads.predicates.find(predicate);
    if (found == statistics.quads.predicates.end()) return absl::OkStatus();
    edges->rows += static_cast<double>(found->second.rows);
    edges->subjects = std::max(edges->subjects, static_cast<double>(found->second.distinct_subjects));
    edges->objects = std::max(edges->objects, static_cast<double>(found->second.distinct_objects));
    return absl::OkStatus();
  }
  if (path.kind == PathExpression::Kind::kNegatedSet) {
    edges->rows += static_cast<double>(statistics.quads.rows + statistics.reifications.rows);
    edges->subjects = static_cast<double>(statistics.quads.distinct_subjects);
    edges->objects = static_cast<double>(statistics.quads.distinct_objects);
    return absl::OkStatus();
  }
  for (const PathExpression& operand : path.operands) DOSSIER_RETURN_IF_ERROR(AddEdges(operand, terms, edges));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<PathCost> EstimatePath(const algebra::Path& path, TermSpace* terms) {
  Edges edges;
  DOSSIER_RETURN_IF_ERROR(AddEdges(path.path, terms, &edges));
  const auto is_bound = [](const algebra::PatternTerm& term) { return std::holds_alternative<Term>(term); };
  const bool forward = is_bound(path.subject) || !is_bound(path.object);
  const double nodes = std::max(1.0, forward ? edges.subjects : edges.objects);
  const double ends = std::max(1.0, forward ? edges.objects : edges.subjects);
  const double degree = edges.rows / nodes;
  const bool closure =
      path.path.kind == PathExpression::Kind::kZeroOrMore || path.path.kind == PathExpression::Kind::kOneOrMore;
  const double steps = closure ? kFewSteps : 1;
  // From a node that was reached the path goes on only where edges begin there too: "part of" leads from many cities to
  // few countries, and from most of these nowhere.
  const double spread = degree * std::min(1.0, nodes / ends);
  const double reached = closure && spread > kSpreads ? ends : std::min(ends, steps * degree + 1);
  PathCost cost;
  // Each node is sought in the index, or all edges are read once (query/exec/path_edges.h).
  const double seeks = reached * (optimizer::kSeek + optimizer::kStartOperator);
  const double reading = optimizer::ScanCost(edges.rows) + edges.rows * optimizer::kTrieRow;
  const double searching = reached * (degree + 1) * optimizer::kTrieStep;
  cost.per_start = std::min(seeks, reading + searching);
  const bool bound = is_bound(path.subject) || is_bound(path.object);
  const double starts =
      bound ? 1 : std::max(1.0, static_cast<double>(terms->snapshot().statistics().quads.distinct_subjects));
  cost.whole = std::min(starts * seeks, reading + starts * searching);
  cost.estimate.rows = starts * reached;
  if (is_bound(path.subject) && is_bound(path.object)) cost.estimate.rows = 1;
  for (const algebra::PatternTerm* term : {&path.subject, &path.object}) {
    if (const auto* variable = std::get_if<algebra::Variable>(term)) {
      cost.estimate.distinct[*variable] = bound ? reached : nodes;
    }
  }
  return cost;
}

}  // namespace dossier::planner

#include "query/reference/reference_path.h"

#include <deque>
#include <set>

#include "base/status_macros.h"

namespace dossier {
namespace {

using algebra::PathExpression;
using Pairs = std::vector<NodePair>;

Pairs Inverted(Pairs pairs) {
  for (auto& [from, to] : pairs) std::swap(from, to);
  return pairs;
}

Pairs Composed(const Pairs& first, const Pairs& second) {
  Pairs result;
  for (const auto& [from, middle] : first) {
    for (const auto& [other, to] : second) {
      if (middle == other) result.emplace_back(from, to);
    }
  }
  return result;
}

// What is reached from `start` by one or more steps.
std::set<TermId> Reached(TermId start, const Pairs& steps) {
  std::set<TermId> reached;
  std::deque<TermId> open = {start};
  while (!open.empty()) {
    const TermId node = open.front();
    open.pop_front();
    for (const auto& [from, to] : steps) {
      if (from == node && reached.insert(to).second) open.push_back(to);
    }
  }
  return reached;
}

Pairs Closure(const PathGraph& graph, const Pairs& steps, bool with_zero_steps) {
  std::set<NodePair> pairs;
  for (const TermId node : graph.nodes) {
    if (with_zero_steps) pairs.emplace(node, node);
    for (const TermId to : Reached(node, steps)) pairs.emplace(node, to);
  }
  return {pairs.begin(), pairs.end()};
}

absl::StatusOr<Pairs> NegatedSet(const PathExpression& path, const PathGraph& graph, TermSpace* terms) {
  std::set<TermId> forward;
  std::set<TermId> backward;
  bool any_forward = false;
  bool any_backward = false;
  for (const PathExpression& operand : path.operands) {
    const bool inverse = operand.kind == PathExpression::Kind::kInverse;
    DOSSIER_ASSIGN_OR_RETURN(const TermId id, terms->Intern(inverse ? operand.operands[0].link : operand.link));
    (inverse ? backward : forward).insert(id);
    (inverse ? any_backward : any_forward) = true;
  }
  Pairs pairs;
  for (const auto& edge : graph.edges) {
    if ((any_forward || !any_backward) && !forward.contains(edge.predicate)) {
      pairs.emplace_back(edge.subject, edge.object);
    }
    if (any_backward && !backward.contains(edge.predicate)) pairs.emplace_back(edge.object, edge.subject);
  }
  return pairs;
}

}  // namespace

absl::StatusOr<Pairs> PathPairs(const PathExpression& path, const PathGraph& graph, TermSpace* terms) {
  using Kind = PathExpression::Kind;
  if (path.kind == Kind::kNegatedSet) return NegatedSet(path, graph, terms);
  if (path.kind == Kind::kLink) {
    DOSSIER_ASSIGN_OR_RETURN(const TermId link, terms->Intern(path.link));
    Pairs pairs;
    for (const auto& edge : graph.edges) {
      if (edge.predicate == link) pairs.emplace_back(edge.subject, edge.object);
    }
    return pairs;
  }
  DOSSIER_ASSIGN_OR_RETURN(Pairs result, PathPairs(path.operands[0], graph, terms));
  switch (path.kind) {
    case Kind::kInverse: return Inverted(std::move(result));
    case Kind::kZeroOrMore: return Closure(graph, result, true);
    case Kind::kOneOrMore: return Closure(graph, result, false);
    case Kind::kZeroOrOne: {
      std::set<NodePair> pairs(result.begin(), result.end());
      for (const TermId node : graph.nodes) pairs.emplace(node, node);
      return Pairs(pairs.begin(), pairs.end());
    }
    default: break;
  }
  for (size_t i = 1; i < path.operands.size(); ++i) {
    DOSSIER_ASSIGN_OR_RETURN(const Pairs next, PathPairs(path.operands[i], graph, terms));
    if (path.kind == Kind::kSequence) {
      result = Composed(result, next);
    } else {
      result.insert(result.end(), next.begin(), next.end());
    }
  }
  return result;
}

}  // namespace dossier

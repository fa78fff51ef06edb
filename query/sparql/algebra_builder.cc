#include "query/sparql/algebra_builder.h"

#include <iterator>
#include <utility>

namespace dossier::sparql {

using algebra::Bgp;
using algebra::MakeNode;
using algebra::NodePtr;

NodePtr Unit() { return MakeNode(Bgp()); }

NodePtr Nothing() { return MakeNode(algebra::Values()); }

bool IsUnit(const algebra::Node& node) {
  const auto* bgp = std::get_if<Bgp>(&node.op);
  return bgp != nullptr && bgp->patterns.empty();
}

NodePtr JoinOf(NodePtr left, NodePtr right) {
  if (IsUnit(*left)) return right;
  if (IsUnit(*right)) return left;
  auto* first = std::get_if<Bgp>(&left->op);
  if (first == nullptr) {
    // The last part of a chain of joins.
    if (auto* join = std::get_if<algebra::Join>(&left->op)) first = std::get_if<Bgp>(&join->right->op);
  }
  auto* second = std::get_if<Bgp>(&right->op);
  if (first != nullptr && second != nullptr) {
    first->patterns.insert(first->patterns.end(), std::make_move_iterator(second->patterns.begin()),
                           std::make_move_iterator(second->patterns.end()));
    return left;
  }
  return MakeNode(algebra::Join{std::move(left), std::move(right)});
}

Expression AllOf(std::vector<Expression> conditions) {
  if (conditions.size() == 1) return std::move(conditions[0]);
  return Expression::Call(Function::kAnd, std::move(conditions));
}

NodePtr FilterBy(std::vector<Expression> conditions, NodePtr input) {
  if (conditions.empty()) return input;
  return MakeNode(algebra::Filter{std::move(input), AllOf(std::move(conditions))});
}

}  // namespace dossier::sparql

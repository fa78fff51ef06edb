#include <algorithm>
#include <utility>

#include "query/algebra/scope.h"
#include "query/optimizer/passes.h"

namespace dossier::optimizer {
namespace {

using algebra::NodePtr;
using algebra::Slice;

// Swaps a slice with the operator of one child under it: slice(op(x)) becomes op(slice(x)).
template <typename Op>
void SwapWithChild(NodePtr* node) {
  NodePtr child = std::move(std::get<Slice>((*node)->op).input);
  Op& op = std::get<Op>(child->op);
  std::get<Slice>((*node)->op).input = std::move(op.input);
  op.input = std::move(*node);
  *node = std::move(child);
}

// The first rows of the union are among the first rows of its sides.
void LimitSides(const Slice& slice, algebra::Union* sides) {
  for (NodePtr* side : {&sides->left, &sides->right}) {
    const auto* already = std::get_if<Slice>(&(*side)->op);
    if (already != nullptr && already->limit.has_value()) continue;
    *side = algebra::MakeNode(Slice{std::move(*side), 0, slice.offset + *slice.limit});
  }
}

}  // namespace

void PushLimits(PassContext* context, NodePtr* node) {
  if (auto* slice = std::get_if<Slice>(&(*node)->op)) {
    if (std::holds_alternative<algebra::Project>(slice->input->op)) {
      SwapWithChild<algebra::Project>(node);
    } else if (std::holds_alternative<algebra::Extend>(slice->input->op)) {
      SwapWithChild<algebra::Extend>(node);
    } else if (auto* sides = std::get_if<algebra::Union>(&slice->input->op);
               sides != nullptr && slice->limit.has_value()) {
      LimitSides(*slice, sides);
    }
  }
  ForEachChild(node->get(), [context](NodePtr& child) { PushLimits(context, &child); });
}

}  // namespace dossier::optimizer

// Deep copies of algebra trees.
#include "query/algebra/node.h"

namespace dossier::algebra {
namespace {

NodePtr CloneOf(const NodePtr& node) { return node == nullptr ? nullptr : Clone(*node); }

struct Cloner {
  NodePtr operator()(const Bgp& op) const { return MakeNode(op); }
  NodePtr operator()(const Path& op) const { return MakeNode(op); }
  NodePtr operator()(const Values& op) const { return MakeNode(op); }
  NodePtr operator()(const Join& op) const { return MakeNode(Join{CloneOf(op.left), CloneOf(op.right)}); }
  NodePtr operator()(const LeftJoin& op) const {
    return MakeNode(LeftJoin{CloneOf(op.left), CloneOf(op.right), op.condition});
  }
  NodePtr operator()(const Union& op) const { return MakeNode(Union{CloneOf(op.left), CloneOf(op.right)}); }
  NodePtr operator()(const Minus& op) const { return MakeNode(Minus{CloneOf(op.left), CloneOf(op.right)}); }
  NodePtr operator()(const Filter& op) const { return MakeNode(Filter{CloneOf(op.input), op.condition}); }
  NodePtr operator()(const Extend& op) const { return MakeNode(Extend{CloneOf(op.input), op.variable, op.expression}); }
  NodePtr operator()(const Group& op) const { return MakeNode(Group{CloneOf(op.input), op.keys, op.aggregates}); }
  NodePtr operator()(const OrderBy& op) const { return MakeNode(OrderBy{CloneOf(op.input), op.keys}); }
  NodePtr operator()(const Project& op) const { return MakeNode(Project{CloneOf(op.input), op.variables}); }
  NodePtr operator()(const Distinct& op) const { return MakeNode(Distinct{CloneOf(op.input)}); }
  NodePtr operator()(const Slice& op) const { return MakeNode(Slice{CloneOf(op.input), op.offset, op.limit}); }
  NodePtr operator()(const SliceOfEach& op) const {
    return MakeNode(SliceOfEach{CloneOf(op.input), op.keys, op.offset, op.limit});
  }
};

}  // namespace

NodePtr Clone(const Node& node) { return std::visit(Cloner(), node.op); }

}  // namespace dossier::algebra

#include "query/sparql/in_each_graph.h"

#include <algorithm>
#include <utility>

#include "query/algebra/scope.h"
#include "query/sparql/algebra_builder.h"

namespace dossier::sparql {
namespace {

using algebra::MakeNode;
using algebra::Node;
using algebra::NodePtr;
using algebra::Variable;
using algebra::VariableSet;

class GraphByGraph {
 public:
  GraphByGraph(Variable graph, const DatasetScope& dataset, algebra::VariableTable* variables)
      : graph_(graph), dataset_(dataset), variables_(variables) {}

  // What does not look into the graph has the same solutions for all, and is left as it is.
  NodePtr Lift(NodePtr node) const {
    if (!Mentions(*node)) return node;
    return std::visit([&](auto& op) { return On(std::move(op)); }, node->op);
  }

  NodePtr Bound(NodePtr node) const {
    if (algebra::CertainVariables(*node).contains(graph_)) return node;
    return JoinOf(std::move(node), Graphs());
  }

 private:
  bool Mentions(const Node& node) const { return algebra::MentionedVariables(node).contains(graph_); }
  NodePtr Graphs() const { return NamedGraphs(dataset_, graph_, variables_); }
  NodePtr LiftAndBind(NodePtr node) const { return Bound(Lift(std::move(node))); }

  NodePtr On(algebra::Bgp op) const { return MakeNode(std::move(op)); }
  NodePtr On(algebra::Path op) const { return MakeNode(std::move(op)); }
  NodePtr On(algebra::Values op) const { return MakeNode(std::move(op)); }
  NodePtr On(algebra::Join op) const { return JoinOf(Lift(std::move(op.left)), Lift(std::move(op.right))); }
  NodePtr On(algebra::LeftJoin op) const {
    op.left = LiftAndBind(std::move(op.left));
    op.right = Lift(std::move(op.right));
    return MakeNode(std::move(op));
  }
  NodePtr On(algebra::Union op) const {
    op.left = LiftAndBind(std::move(op.left));
    op.right = LiftAndBind(std::move(op.right));
    return MakeNode(std::move(op));
  }
  NodePtr On(algebra::Minus op) const {
    // The graph's variable must not be what the two sides have in common.
    const VariableSet left = algebra::PossibleVariables(*op.left);
    VariableSet right = algebra::PossibleVariables(*op.right);
    right.erase(graph_);
    if (!algebra::Intersects(left, right)) return Lift(std::move(op.left));
    op.right = Lift(std::move(op.right));
    op.left = Lift(std::move(op.left));
    if (Mentions(*op.right)) op.left = Bound(std::move(op.left));
    return MakeNode(std::move(op));
  }
  NodePtr On(algebra::Filter op) const {
    op.input = LiftAndBind(std::move(op.input));
    return MakeNode(std::move(op));
  }
  NodePtr On(algebra::Extend op) const {
    op.input = LiftAndBind(std::move(op.input));
    return MakeNode(std::move(op));
  }
  NodePtr On(algebra::Group op) const {
    op.input = LiftAndBind(std::move(op.input));
    if (!op.keys.empty()) {
      op.keys.push_back(graph_);
      return MakeNode(std::move(op));
    }
    // Without keys there is a group even where there are no solutions: the graphs that have none get that one.
    algebra::Group empty{Nothing(), {}, op.aggregates};
    op.keys.push_back(graph_);
    NodePtr groups = MakeNode(std::move(op));
    NodePtr others = MakeNode(algebra::Minus{Graphs(), MakeNode(algebra::Project{Clone(*groups), {graph_}})});
    others = JoinOf(std::move(others), MakeNode(std::move(empty)));
    return MakeNode(algebra::Union{std::move(groups), std::move(others)});
  }
  NodePtr On(algebra::OrderBy op) const {
    op.input = LiftAndBind(std::move(op.input));
    return MakeNode(std::move(op));
  }
  NodePtr On(algebra::Project op) const {
    op.input = LiftAndBind(std::move(op.input));
    op.variables.push_back(graph_);
    return MakeNode(std::move(op));
  }
  NodePtr On(algebra::Distinct op) const {
    op.input = LiftAndBind(std::move(op.input));
    return MakeNode(std::move(op));
  }
  NodePtr On(algebra::Slice op) const {
    op.input = LiftAndBind(std::move(op.input));
    return MakeNode(std::move(op));
  }

  const Variable graph_;
  const DatasetScope& dataset_;
  algebra::VariableTable* const variables_;
};

}  // namespace

NodePtr InEachGraph(NodePtr node, Variable graph, const DatasetScope& dataset, algebra::VariableTable* variables) {
  const GraphByGraph lifter(graph, dataset, variables);
  return lifter.Bound(lifter.Lift(std::move(node)));
}

}  // namespace dossier::sparql

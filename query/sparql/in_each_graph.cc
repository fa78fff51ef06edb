#include "query/sparql/in_each_graph.h"

#include <algorithm>
#include <utility>

#include "query/algebra/rename.h"
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
    const VariableSet left = algebra::PossibleVariables(*op.left);
    std::vector<Variable> common;
    for (const Variable variable : algebra::PossibleVariables(*op.right)) {
      if (variable != graph_ && left.contains(variable)) common.push_back(variable);
    }
    op.left = Lift(std::move(op.left));
    if (common.empty()) return std::move(op.left);
    op.right = Lift(std::move(op.right));
    if (!Mentions(*op.right)) return MakeNode(std::move(op));
    op.left = Bound(std::move(op.left));
    const VariableSet left_certain = algebra::CertainVariables(*op.left);
    const VariableSet right_certain = algebra::CertainVariables(*op.right);
    const bool always_share = std::any_of(common.begin(), common.end(), [&](Variable variable) {
      return left_certain.contains(variable) && right_certain.contains(variable);
    });
    return always_share ? MakeNode(std::move(op)) : MinusWhereOthersAreShared(std::move(op), common);
  }

  // The graph must not be all that the two sides have in common: a partner has to share one of `common` as well. So
  // the right side gets names of its own for these, and a condition says what MINUS means.
  NodePtr MinusWhereOthersAreShared(algebra::Minus op, const std::vector<Variable>& common) const {
    std::vector<Expression> compatible;
    std::vector<Expression> shared;
    for (const Variable variable : common) {
      const Variable other = variables_->Fresh("other");
      algebra::RenameVariable(variable, other, op.right.get());
      const Expression here = Expression::Call(Function::kBound, {Expression::Var(variable)});
      const Expression there = Expression::Call(Function::kBound, {Expression::Var(other)});
      Expression same = Expression::Call(Function::kSameTerm, {Expression::Var(variable), Expression::Var(other)});
      compatible.push_back(Expression::Call(
          Function::kOr, {Expression::Call(Function::kNot, {here}), Expression::Call(Function::kNot, {there}), same}));
      shared.push_back(Expression::Call(Function::kAnd, {here, there}));
    }
    compatible.push_back(shared.size() == 1 ? shared[0] : Expression::Call(Function::kOr, shared));
    Expression partner = Expression::Exists(FilterBy(std::move(compatible), std::move(op.right)));
    return FilterBy({Expression::Call(Function::kNot, {std::move(partner)})}, std::move(op.left));
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
    return OneGroupEach(std::move(op));
  }
  // Without keys there is a group even where there are no solutions: graphs that have none get the aggregates of
  // nothing.
  NodePtr OneGroupEach(algebra::Group op) const {
    algebra::Group empty{Nothing(), {}, op.aggregates};
    op.keys.push_back(graph_);
    std::vector<Variable> results;
    for (size_t i = 0; i < op.aggregates.size(); ++i) {
      results.push_back(op.aggregates[i].result);
      op.aggregates[i].result = variables_->Fresh("aggregate");
      empty.aggregates[i].result = variables_->Fresh("of_nothing");
    }
    const std::vector<Aggregate> of_graph = op.aggregates;
    const std::vector<Aggregate> of_nothing = empty.aggregates;
    const Variable found = variables_->Fresh("found");
    NodePtr groups =
        MakeNode(algebra::Extend{MakeNode(std::move(op)), found, Expression::Constant(Term::String("found"))});
    NodePtr node = MakeNode(algebra::LeftJoin{Graphs(), std::move(groups), std::nullopt});
    node = JoinOf(std::move(node), MakeNode(std::move(empty)));
    for (size_t i = 0; i < results.size(); ++i) {
      Expression value =
          Expression::Call(Function::kIf, {Expression::Call(Function::kBound, {Expression::Var(found)}),
                                           Expression::Var(of_graph[i].result), Expression::Var(of_nothing[i].result)});
      node = MakeNode(algebra::Extend{std::move(node), results[i], std::move(value)});
    }
    return node;
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
    return MakeNode(algebra::SliceOfEach{LiftAndBind(std::move(op.input)), {graph_}, op.offset, op.limit});
  }
  NodePtr On(algebra::SliceOfEach op) const {
    op.input = LiftAndBind(std::move(op.input));
    op.keys.push_back(graph_);
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

#include "query/sparql/bind_graph.h"

#include <algorithm>
#include <utility>

#include "base/diagnostic.h"
#include "base/status_macros.h"
#include "query/algebra/rename.h"
#include "query/algebra/scope.h"
#include "query/sparql/algebra_builder.h"
#include "query/sparql/bind_group.h"
#include "query/sparql/in_each_graph.h"
#include "rdf/vocabulary.h"

namespace dossier::sparql {
namespace {

using algebra::GraphSelector;
using algebra::MakeNode;
using algebra::Node;
using algebra::NodePtr;
using algebra::Variable;

// Whether `node` has no solution where the graph of its patterns is empty.
bool NeedsTriples(const Node& node) {
  return std::visit(
      [](const auto& op) {
        using Op = std::decay_t<decltype(op)>;
        if constexpr (std::is_same_v<Op, algebra::Bgp>) {
          return !op.patterns.empty();
        } else if constexpr (std::is_same_v<Op, algebra::Path>) {
          const bool named_end = std::holds_alternative<Term>(op.subject) || std::holds_alternative<Term>(op.object);
          return !named_end || !algebra::MayHaveZeroSteps(op.path);
        } else if constexpr (std::is_same_v<Op, algebra::Values>) {
          return op.rows.empty();
        } else if constexpr (std::is_same_v<Op, algebra::Join>) {
          return NeedsTriples(*op.left) || NeedsTriples(*op.right);
        } else if constexpr (std::is_same_v<Op, algebra::Union>) {
          return NeedsTriples(*op.left) && NeedsTriples(*op.right);
        } else if constexpr (std::is_same_v<Op, algebra::LeftJoin> || std::is_same_v<Op, algebra::Minus>) {
          return NeedsTriples(*op.left);
        } else if constexpr (std::is_same_v<Op, algebra::Group>) {
          return !op.keys.empty() && NeedsTriples(*op.input);
        } else {
          return NeedsTriples(*op.input);
        }
      },
      node.op);
}

// A table without rows that has the variables of `node`.
NodePtr NoRowsOf(const Node& node) {
  algebra::Values table;
  table.variables = algebra::VariablesInScope(node);
  return MakeNode(std::move(table));
}

absl::StatusOr<NodePtr> BindIn(const Term& graph, const ast::GroupPattern& group, PatternContext context) {
  if (graph.value() == vocab::kAllGraphs) {
    context.graph = GraphSelector();
    context.graph.kind = GraphSelector::Kind::kAll;
    return BindGroup(group, context);
  }
  context.graph = GraphSelector();
  context.graph.kind = GraphSelector::Kind::kNamed;
  context.graph.graph = graph;
  DOSSIER_ASSIGN_OR_RETURN(NodePtr node, BindGroup(group, context));
  if (context.dataset->restricted) {
    const auto& named = context.dataset->named_graphs;
    return std::find(named.begin(), named.end(), graph) != named.end() ? std::move(node) : NoRowsOf(*node);
  }
  if (NeedsTriples(*node)) return node;
  return JoinOf(IfGraphExists(*context.dataset, graph, context.variables), std::move(node));
}

// Whether it is the same to bind `variable` to a value in the leaves of `node` that stand for a graph, or to join the
// solutions of `node` with that value.
class MayBindInLeaves {
 public:
  explicit MayBindInLeaves(Variable variable) : variable_(variable) {}

  bool Holds(const Node& node) const {
    if (!algebra::MentionedVariables(node).contains(variable_)) return true;
    return std::visit(*this, node.op);
  }

  bool operator()(const algebra::Bgp&) const { return true; }
  bool operator()(const algebra::Path& op) const { return !algebra::MayHaveZeroSteps(op.path); }
  bool operator()(const algebra::Values&) const { return true; }
  bool operator()(const algebra::Join& op) const { return Holds(*op.left) && Holds(*op.right); }
  bool operator()(const algebra::Union& op) const { return Holds(*op.left) && Holds(*op.right); }
  bool operator()(const algebra::Filter& op) const {
    return Holds(*op.input) &&
           (!algebra::ReferencedVariables(op.condition).contains(variable_) || IsCertain(*op.input));
  }
  bool operator()(const algebra::LeftJoin& op) const {
    return Holds(*op.left) && Holds(*op.right) && IsCertain(*op.left);
  }
  bool operator()(const algebra::Project& op) const {
    return Holds(*op.input) && std::find(op.variables.begin(), op.variables.end(), variable_) != op.variables.end();
  }
  bool operator()(const algebra::Distinct& op) const { return Holds(*op.input); }
  bool operator()(const algebra::Extend&) const { return false; }
  bool operator()(const algebra::Minus&) const { return false; }
  bool operator()(const algebra::Group&) const { return false; }
  bool operator()(const algebra::OrderBy&) const { return false; }
  bool operator()(const algebra::Slice&) const { return false; }
  bool operator()(const algebra::SliceOfEach&) const { return false; }

 private:
  bool IsCertain(const Node& node) const { return algebra::CertainVariables(node).contains(variable_); }

  const Variable variable_;
};

absl::StatusOr<NodePtr> BindInEach(Variable name, const ast::GroupPattern& group, PatternContext context) {
  // The name means nothing within the group but what the group itself binds it to. So the graph is another variable
  // there, until it is clear that it makes no difference.
  const Variable graph = context.variables->Fresh("graph");
  context.graph = GraphSelector();
  context.graph.kind = GraphSelector::Kind::kNamed;
  context.graph.graph = graph;
  DOSSIER_ASSIGN_OR_RETURN(NodePtr node, BindGroup(group, context));
  const bool same = MayBindInLeaves(name).Holds(*node);
  node = InEachGraph(std::move(node), graph, *context.dataset, context.variables);
  if (context.dataset->restricted) {
    node = JoinOf(NamedGraphs(*context.dataset, graph, context.variables), std::move(node));
  }
  if (same) {
    algebra::RenameVariable(graph, name, node.get());
    return node;
  }
  if (!algebra::PossibleVariables(*node).contains(name)) {
    return MakeNode(algebra::Extend{std::move(node), name, Expression::Var(graph)});
  }
  NodePtr names = NamedGraphs(*context.dataset, graph, context.variables);
  names = MakeNode(algebra::Extend{std::move(names), name, Expression::Var(graph)});
  return JoinOf(std::move(node), std::move(names));
}

}  // namespace

absl::StatusOr<NodePtr> BindGraph(const ast::Graph& graph, const PatternContext& context) {
  if (graph.graph.is_variable()) return BindInEach(context.scope->Of(graph.graph.name), graph.group, context);
  return BindIn(graph.graph.term, graph.group, context);
}

}  // namespace dossier::sparql

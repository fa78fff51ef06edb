#include "query/algebra/number_solutions.h"

#include <algorithm>
#include <utility>

#include "query/algebra/scope.h"

namespace dossier::algebra {
namespace {

// Calls `visit` for each kBlankNode of one argument.
template <typename Visit>
void ForEachLabelled(Expression* expression, const Visit& visit) {
  for (Expression& argument : expression->arguments) ForEachLabelled(&argument, visit);
  if (expression->kind == Expression::Kind::kCall && expression->function == Function::kBlankNode &&
      expression->arguments.size() == 1) {
    visit(expression);
  }
}

// The input of an operator that keeps the rows of its input as they are, or leaves some out; else nullptr.
NodePtr* RowsBelow(Node* node) {
  if (auto* extend = std::get_if<Extend>(&node->op)) return &extend->input;
  if (auto* filter = std::get_if<Filter>(&node->op)) return &filter->input;
  if (auto* order = std::get_if<OrderBy>(&node->op)) return &order->input;
  return nullptr;
}

}  // namespace

void NumberSolutions(NodePtr* node, VariableTable* variables) {
  std::vector<Node*> chain;
  NodePtr* bottom = node;
  bool labelled = false;
  for (NodePtr* below = RowsBelow(node->get()); below != nullptr; below = RowsBelow(bottom->get())) {
    chain.push_back(bottom->get());
    ForEachExpression(bottom->get(), [&](Expression& expression) {
      ForEachLabelled(&expression, [&labelled](Expression*) { labelled = true; });
    });
    bottom = below;
  }
  ForEachChild(bottom->get(), [variables](NodePtr& child) { NumberSolutions(&child, variables); });
  if (!labelled) return;
  const std::vector<Variable> in_scope = VariablesInScope(**node);
  const Variable number = variables->Fresh("solution");
  *bottom = MakeNode(Extend{std::move(*bottom), number, Expression::Call(Function::kSolution, {})});
  for (Node* link : chain) {
    ForEachExpression(link, [&](Expression& expression) {
      ForEachLabelled(&expression, [number](Expression* call) { call->arguments.push_back(Expression::Var(number)); });
    });
  }
  *node = MakeNode(Project{std::move(*node), in_scope});
}

}  // namespace dossier::algebra

#include <algorithm>
#include <utility>

#include "query/algebra/scope.h"
#include "query/optimizer/passes.h"

namespace dossier::optimizer {
namespace {

using algebra::Node;
using algebra::NodePtr;
using algebra::Variable;
using algebra::VariableSet;

void Split(const Expression& condition, std::vector<Expression>* parts) {
  if (condition.kind == Expression::Kind::kCall && condition.function == Function::kAnd) {
    for (const Expression& argument : condition.arguments) Split(argument, parts);
  } else {
    parts->push_back(condition);
  }
}

// Whether `condition` means the same over `part` as over `whole`, whose rows are made of those of `part`.
bool MeansTheSame(const Expression& condition, const Node& whole, const Node& part) {
  const VariableSet possible = algebra::PossibleVariables(whole);
  const VariableSet certain = algebra::CertainVariables(part);
  for (const Variable variable : algebra::ReferencedVariables(condition)) {
    if (possible.contains(variable) && !certain.contains(variable)) return false;
  }
  return true;
}

// Whether no variable that `input` hides is looked at.
bool LooksAtShownOnly(const Expression& condition, const Node& input, const std::vector<Variable>& shown) {
  const VariableSet possible = algebra::PossibleVariables(input);
  for (const Variable variable : algebra::ReferencedVariables(condition)) {
    const bool visible = std::find(shown.begin(), shown.end(), variable) != shown.end();
    if (possible.contains(variable) && !visible) return false;
  }
  return true;
}

void AddFilter(Expression condition, NodePtr* node);

// Tries to move a condition over `node` to its children; false when it has to stay.
class Mover {
 public:
  Mover(const Expression& condition, Node* node) : condition_(condition), node_(node) {}

  bool operator()(algebra::Bgp&) { return false; }
  bool operator()(algebra::Path&) { return false; }
  bool operator()(algebra::Values&) { return false; }
  bool operator()(algebra::Slice&) { return false; }
  bool operator()(algebra::SliceOfEach&) { return false; }
  bool operator()(algebra::Join& op) {
    // A test of existence costs seeks for each row; the join mostly leaves it fewer rows, as the patterns of one Bgp
    // do.
    if (algebra::ContainsExists(condition_)) return false;
    for (NodePtr* side : {&op.left, &op.right}) {
      if (MeansTheSame(condition_, *node_, **side)) return MoveTo(side);
    }
    return false;
  }
  bool operator()(algebra::LeftJoin& op) { return MeansTheSame(condition_, *node_, *op.left) && MoveTo(&op.left); }
  bool operator()(algebra::Union& op) { return MoveTo(&op.left) && MoveTo(&op.right); }
  bool operator()(algebra::Minus& op) { return MoveTo(&op.left); }
  bool operator()(algebra::Filter& op) { return MoveTo(&op.input); }
  bool operator()(algebra::Extend& op) {
    return !algebra::ReferencedVariables(condition_).contains(op.variable) && MoveTo(&op.input);
  }
  bool operator()(algebra::Group& op) {
    if (op.keys.empty() || !LooksAtShownOnly(condition_, *op.input, op.keys)) return false;
    const VariableSet referenced = algebra::ReferencedVariables(condition_);
    for (const Aggregate& aggregate : op.aggregates) {
      if (referenced.contains(aggregate.result)) return false;
    }
    return MoveTo(&op.input);
  }
  bool operator()(algebra::OrderBy& op) { return MoveTo(&op.input); }
  bool operator()(algebra::Project& op) {
    return LooksAtShownOnly(condition_, *op.input, op.variables) && MoveTo(&op.input);
  }
  bool operator()(algebra::Distinct& op) { return MoveTo(&op.input); }

 private:
  bool MoveTo(NodePtr* child) {
    AddFilter(condition_, child);
    return true;
  }

  const Expression& condition_;
  Node* const node_;
};

void AddFilter(Expression condition, NodePtr* node) {
  if (std::visit(Mover(condition, node->get()), (*node)->op)) return;
  *node = algebra::MakeNode(algebra::Filter{std::move(*node), std::move(condition)});
}

}  // namespace

void PushFilters(PassContext* context, NodePtr* node) {
  ForEachChild(node->get(), [context](NodePtr& child) { PushFilters(context, &child); });
  auto* filter = std::get_if<algebra::Filter>(&(*node)->op);
  if (filter == nullptr) return;
  std::vector<Expression> parts;
  Split(filter->condition, &parts);
  NodePtr input = std::move(filter->input);
  for (Expression& part : parts) AddFilter(std::move(part), &input);
  *node = std::move(input);
}

}  // namespace dossier::optimizer

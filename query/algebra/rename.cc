#include "query/algebra/rename.h"

#include <algorithm>
#include <utility>

#include "query/algebra/scope.h"

namespace dossier::algebra {
namespace {

class Renamer {
 public:
  Renamer(Variable from, Variable to) : from_(from), to_(to) {}

  void In(Node* node) const {
    ForEachChild(node, [this](NodePtr& child) { In(child.get()); });
    ForEachExpression(node, [this](Expression& expression) { In(&expression); });
    std::visit([this](auto& op) { InOperator(&op); }, node->op);
  }

 private:
  void In(Variable* variable) const {
    if (*variable == from_) *variable = to_;
  }
  void In(std::vector<Variable>* variables) const {
    for (Variable& variable : *variables) In(&variable);
  }
  void In(PatternTerm* term) const {
    if (auto* variable = std::get_if<Variable>(term)) In(variable);
  }
  void In(Expression* expression) const {
    if (expression->kind == Expression::Kind::kVariable) In(&expression->variable);
    for (Expression& argument : expression->arguments) In(&argument);
    if (expression->exists == nullptr) return;
    NodePtr pattern = Clone(*expression->exists);
    In(pattern.get());
    expression->exists = std::move(pattern);
  }

  void DropRepeated(std::vector<Variable>* variables) const {
    const auto first = std::find(variables->begin(), variables->end(), to_);
    if (first != variables->end()) variables->erase(std::remove(first + 1, variables->end(), to_), variables->end());
  }

  void InOperator(Bgp* op) const {
    for (Pattern& pattern : op->patterns) {
      for (PatternTerm* term :
           {&pattern.subject, &pattern.predicate, &pattern.object, &pattern.fourth, &pattern.graph.graph}) {
        In(term);
      }
    }
  }
  void InOperator(Path* op) const {
    for (PatternTerm* term : {&op->subject, &op->object, &op->graph.graph}) In(term);
  }
  void InOperator(Extend* op) const { In(&op->variable); }
  void InOperator(Values* op) const { In(&op->variables); }
  void InOperator(Group* op) const {
    In(&op->keys);
    DropRepeated(&op->keys);
    for (Aggregate& aggregate : op->aggregates) In(&aggregate.result);
  }
  void InOperator(Project* op) const {
    In(&op->variables);
    DropRepeated(&op->variables);
  }
  void InOperator(SliceOfEach* op) const {
    In(&op->keys);
    DropRepeated(&op->keys);
  }
  // What these speak of stands in their expressions and children.
  void InOperator(Join*) const {}
  void InOperator(LeftJoin*) const {}
  void InOperator(Union*) const {}
  void InOperator(Minus*) const {}
  void InOperator(Filter*) const {}
  void InOperator(OrderBy*) const {}
  void InOperator(Distinct*) const {}
  void InOperator(Slice*) const {}

  const Variable from_;
  const Variable to_;
};

}  // namespace

void RenameVariable(Variable from, Variable to, Node* node) { Renamer(from, to).In(node); }

}  // namespace dossier::algebra

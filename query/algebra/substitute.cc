#include "query/algebra/substitute.h"

#include <algorithm>
#include <utility>

#include "query/algebra/scope.h"

namespace dossier::algebra {
namespace {

class Substituter {
 public:
  explicit Substituter(const Substitution& values) : values_(values) {}

  NodePtr Of(const Node& node) const {
    NodePtr copy = Clone(node);
    Apply(&copy);
    return copy;
  }

 private:
  void Apply(NodePtr* node) const {
    ForEachChild(node->get(), [this](NodePtr& child) { Apply(&child); });
    ForEachExpression(node->get(), [this](Expression& expression) { InExpression(&expression); });
    if (auto* bgp = std::get_if<Bgp>(&(*node)->op)) {
      VariableSet replaced;
      for (Pattern& pattern : bgp->patterns) InPattern(&pattern, &replaced);
      BindAgain(replaced, node);
    } else if (auto* path = std::get_if<Path>(&(*node)->op)) {
      VariableSet replaced;
      for (PatternTerm* term : {&path->subject, &path->object, &path->graph.graph}) InTerm(term, &replaced);
      BindAgain(replaced, node);
    } else if (auto* table = std::get_if<Values>(&(*node)->op)) {
      std::erase_if(table->rows, [&](const auto& row) { return !Agrees(*table, row); });
    }
  }

  void InTerm(PatternTerm* term, VariableSet* replaced) const {
    const auto* variable = std::get_if<Variable>(term);
    if (variable == nullptr) return;
    const auto value = values_.find(*variable);
    if (value == values_.end()) return;
    replaced->insert(*variable);
    *term = value->second;
  }

  void InPattern(Pattern* pattern, VariableSet* replaced) const {
    InTerm(&pattern->subject, replaced);
    InTerm(&pattern->predicate, replaced);
    InTerm(&pattern->object, replaced);
    if (pattern->kind != Pattern::Kind::kQuad) InTerm(&pattern->fourth, replaced);
    if (pattern->graph.kind == GraphSelector::Kind::kNamed) InTerm(&pattern->graph.graph, replaced);
  }

  // The solutions bind the replaced variables all the same.
  void BindAgain(const VariableSet& replaced, NodePtr* node) const {
    for (const Variable variable : replaced) {
      *node = MakeNode(Extend{std::move(*node), variable, Expression::Constant(values_.at(variable))});
    }
  }

  bool Agrees(const Values& table, const std::vector<std::optional<Term>>& row) const {
    for (size_t i = 0; i < row.size(); ++i) {
      const auto value = values_.find(table.variables[i]);
      if (value != values_.end() && row[i].has_value() && *row[i] != value->second) return false;
    }
    return true;
  }

  // The solution's own value first; the substituted one where it has none.
  void InExpression(Expression* expression) const {
    for (Expression& argument : expression->arguments) InExpression(&argument);
    if (expression->exists != nullptr) expression->exists = Of(*expression->exists);
    if (expression->kind != Expression::Kind::kVariable) return;
    const auto value = values_.find(expression->variable);
    if (value == values_.end()) return;
    *expression = Expression::Call(Function::kCoalesce, {*expression, Expression::Constant(value->second)});
  }

  const Substitution& values_;
};

}  // namespace

NodePtr Substitute(const Node& node, const Substitution& values) { return Substituter(values).Of(node); }

}  // namespace dossier::algebra

#include "query/algebra/parameters.h"

#include <utility>

namespace dossier::algebra {
namespace {

class Parametriser {
 public:
  explicit Parametriser(const VariableSet& parameters) : parameters_(parameters) {}

  // False where it cannot be done.
  bool Apply(NodePtr* node) const {
    bool possible = true;
    ForEachChild(node->get(), [&](NodePtr& child) { possible = possible && Apply(&child); });
    ForEachExpression(node->get(), [&](Expression& expression) { possible = possible && InExpression(&expression); });
    if (!possible) return false;
    if (const auto* bgp = std::get_if<Bgp>(&(*node)->op)) {
      VariableSet mentioned;
      for (const Pattern& pattern : bgp->patterns) {
        const VariableSet variables = PatternVariables(pattern);
        mentioned.insert(variables.begin(), variables.end());
      }
      JoinWithValues(mentioned, node);
    } else if (const auto* path = std::get_if<Path>(&(*node)->op)) {
      const VariableSet mentioned = MentionedVariables(**node);
      if (MayHaveZeroSteps(path->path) && Intersects(mentioned, parameters_)) return false;
      JoinWithValues(mentioned, node);
    } else if (const auto* table = std::get_if<Values>(&(*node)->op); table != nullptr && !table->parameters) {
      if (HasUnboundParameter(*table)) return false;
      JoinWithValues(VariableSet(table->variables.begin(), table->variables.end()), node);
    }
    return true;
  }

 private:
  bool InExpression(Expression* expression) const {
    for (Expression& argument : expression->arguments) {
      if (!InExpression(&argument)) return false;
    }
    if (expression->exists == nullptr) return true;
    expression->exists = WithParameters(*expression->exists, parameters_);
    return expression->exists != nullptr;
  }

  bool HasUnboundParameter(const Values& table) const {
    for (const auto& row : table.rows) {
      for (size_t i = 0; i < row.size(); ++i) {
        if (!row[i].has_value() && parameters_.contains(table.variables[i])) return true;
      }
    }
    return false;
  }

  void JoinWithValues(const VariableSet& mentioned, NodePtr* node) const {
    Values values;
    values.parameters = true;
    for (const Variable variable : mentioned) {
      if (parameters_.contains(variable)) values.variables.push_back(variable);
    }
    if (values.variables.empty()) return;
    *node = MakeNode(Join{std::move(*node), MakeNode(std::move(values))});
  }

  const VariableSet& parameters_;
};

}  // namespace

NodePtr WithParameters(const Node& node, const VariableSet& parameters) {
  NodePtr copy = Clone(node);
  if (!Parametriser(parameters).Apply(&copy)) return nullptr;
  return copy;
}

}  // namespace dossier::algebra

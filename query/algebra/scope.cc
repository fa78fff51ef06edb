#include "query/algebra/scope.h"

#include <algorithm>

namespace dossier::algebra {
namespace {

void AddTerm(const PatternTerm& term, VariableSet* variables) {
  if (const auto* variable = std::get_if<Variable>(&term)) variables->insert(*variable);
}

VariableSet PathVariables(const Path& path) {
  VariableSet variables;
  AddTerm(path.subject, &variables);
  AddTerm(path.object, &variables);
  if (path.graph.kind == GraphSelector::Kind::kNamed) AddTerm(path.graph.graph, &variables);
  return variables;
}

VariableSet Intersection(const VariableSet& a, const VariableSet& b) {
  VariableSet result;
  for (Variable v : a) {
    if (b.contains(v)) result.insert(v);
  }
  return result;
}

VariableSet Merged(VariableSet a, const VariableSet& b) {
  a.insert(b.begin(), b.end());
  return a;
}

bool IsVariable(const PatternTerm& term, const Expression& expression) {
  const auto* variable = std::get_if<Variable>(&term);
  return variable != nullptr && expression.kind == Expression::Kind::kVariable && expression.variable == *variable;
}

// Whether `extend` makes the triple term that a claim reifies.
bool MakesClaimedTriple(const Extend& extend) {
  const Expression& expression = extend.expression;
  const auto* bgp = std::get_if<Bgp>(&extend.input->op);
  if (bgp == nullptr || bgp->patterns.size() != 1 || bgp->patterns[0].kind != Pattern::Kind::kReification) return false;
  if (expression.kind != Expression::Kind::kCall || expression.function != Function::kTriple) return false;
  const Pattern& claim = bgp->patterns[0];
  return IsVariable(claim.subject, expression.arguments[0]) && IsVariable(claim.predicate, expression.arguments[1]) &&
         IsVariable(claim.object, expression.arguments[2]);
}

bool AlwaysHasValue(const Extend& extend, const VariableSet& certain_in_input) {
  switch (extend.expression.kind) {
    case Expression::Kind::kConstant: return true;
    case Expression::Kind::kVariable: return certain_in_input.contains(extend.expression.variable);
    case Expression::Kind::kCall: return MakesClaimedTriple(extend);
    case Expression::Kind::kExists: return true;
  }
  return false;
}

// Both questions at once: `certain` asks for the variables that are bound in every solution.
class ScopeVisitor {
 public:
  explicit ScopeVisitor(bool certain) : certain_(certain) {}

  VariableSet Of(const Node& node) const { return std::visit(*this, node.op); }

  VariableSet operator()(const Bgp& op) const {
    VariableSet variables;
    for (const Pattern& pattern : op.patterns) variables = Merged(std::move(variables), PatternVariables(pattern));
    return variables;
  }
  VariableSet operator()(const Path& op) const { return PathVariables(op); }
  VariableSet operator()(const Join& op) const { return Merged(Of(*op.left), Of(*op.right)); }
  VariableSet operator()(const LeftJoin& op) const {
    return certain_ ? Of(*op.left) : Merged(Of(*op.left), Of(*op.right));
  }
  VariableSet operator()(const Union& op) const {
    return certain_ ? Intersection(Of(*op.left), Of(*op.right)) : Merged(Of(*op.left), Of(*op.right));
  }
  VariableSet operator()(const Minus& op) const { return Of(*op.left); }
  VariableSet operator()(const Filter& op) const { return Of(*op.input); }
  VariableSet operator()(const Extend& op) const {
    VariableSet variables = Of(*op.input);
    if (!certain_ || AlwaysHasValue(op, variables)) variables.insert(op.variable);
    return variables;
  }
  VariableSet operator()(const Values& op) const {
    VariableSet variables;
    for (size_t i = 0; i < op.variables.size(); ++i) {
      const bool bound =
          std::all_of(op.rows.begin(), op.rows.end(), [i](const auto& row) { return row[i].has_value(); });
      if (!certain_ || bound) variables.insert(op.variables[i]);
    }
    return variables;
  }
  VariableSet operator()(const Group& op) const {
    const VariableSet input = Of(*op.input);
    VariableSet variables;
    for (Variable key : op.keys) {
      if (!certain_ || input.contains(key)) variables.insert(key);
    }
    for (const Aggregate& aggregate : op.aggregates) {
      const bool bound =
          aggregate.function == AggregateFunction::kCountRows || aggregate.function == AggregateFunction::kCount;
      if (!certain_ || bound) variables.insert(aggregate.result);
    }
    return variables;
  }
  VariableSet operator()(const OrderBy& op) const { return Of(*op.input); }
  VariableSet operator()(const Project& op) const {
    VariableSet wanted(op.variables.begin(), op.variables.end());
    return Intersection(wanted, Of(*op.input));
  }
  VariableSet operator()(const Distinct& op) const { return Of(*op.input); }
  VariableSet operator()(const Slice& op) const { return Of(*op.input); }
  VariableSet operator()(const SliceOfEach& op) const { return Of(*op.input); }

 private:
  bool certain_;
};

// `node` is constant or not, and so are the expressions.
template <typename AnyNode, typename Visitor>
void VisitExpressions(AnyNode& node, Visitor visit) {
  if (auto* filter = std::get_if<Filter>(&node.op)) visit(filter->condition);
  if (auto* join = std::get_if<LeftJoin>(&node.op); join != nullptr && join->condition.has_value()) {
    visit(*join->condition);
  }
  if (auto* extend = std::get_if<Extend>(&node.op)) visit(extend->expression);
  if (auto* group = std::get_if<Group>(&node.op)) {
    for (auto& aggregate : group->aggregates) visit(aggregate.argument);
  }
  if (auto* order = std::get_if<OrderBy>(&node.op)) {
    for (auto& key : order->keys) visit(key.expression);
  }
}

void AddReferenced(const Expression& expression, VariableSet* variables) {
  if (expression.kind == Expression::Kind::kVariable) variables->insert(expression.variable);
  for (const Expression& argument : expression.arguments) AddReferenced(argument, variables);
  if (expression.exists != nullptr) {
    const VariableSet mentioned = MentionedVariables(*expression.exists);
    variables->insert(mentioned.begin(), mentioned.end());
  }
}

void AddMentioned(const Node& node, VariableSet* variables) {
  const VariableSet possible = PossibleVariables(node);
  variables->insert(possible.begin(), possible.end());
  ForEachExpression(node, [variables](const Expression& expression) { AddReferenced(expression, variables); });
  ForEachChild(node, [variables](const Node& child) { AddMentioned(child, variables); });
}

// `Function` gets a (const) NodePtr.
template <typename Op, typename Function>
void VisitChildren(Op& op, Function visit) {
  if constexpr (requires { op.left; }) {
    visit(op.left);
    visit(op.right);
  } else if constexpr (requires { op.input; }) {
    visit(op.input);
  }
}

}  // namespace

VariableSet PatternVariables(const Pattern& pattern) {
  VariableSet variables;
  AddTerm(pattern.subject, &variables);
  AddTerm(pattern.predicate, &variables);
  AddTerm(pattern.object, &variables);
  if (pattern.kind != Pattern::Kind::kQuad) AddTerm(pattern.fourth, &variables);
  if (pattern.kind != Pattern::Kind::kTripleTerm && pattern.graph.kind == GraphSelector::Kind::kNamed) {
    AddTerm(pattern.graph.graph, &variables);
  }
  return variables;
}

VariableSet PossibleVariables(const Node& node) { return ScopeVisitor(false).Of(node); }

VariableSet CertainVariables(const Node& node) { return ScopeVisitor(true).Of(node); }

VariableSet ReferencedVariables(const Expression& expression) {
  VariableSet variables;
  AddReferenced(expression, &variables);
  return variables;
}

VariableSet MentionedVariables(const Node& node) {
  VariableSet variables;
  AddMentioned(node, &variables);
  return variables;
}

bool ContainsExists(const Expression& expression) {
  return expression.kind == Expression::Kind::kExists ||
         std::any_of(expression.arguments.begin(), expression.arguments.end(), ContainsExists);
}

bool IsSubset(const VariableSet& part, const VariableSet& whole) {
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

bool Intersects(const VariableSet& a, const VariableSet& b) {
  return std::any_of(a.begin(), a.end(), [&b](Variable v) { return b.contains(v); });
}

void ForEachChild(const Node& node, absl::FunctionRef<void(const Node&)> visit) {
  std::visit([visit](const auto& op) { VisitChildren(op, [visit](const NodePtr& child) { visit(*child); }); }, node.op);
}

void ForEachChild(Node* node, absl::FunctionRef<void(NodePtr&)> visit) {
  std::visit([visit](auto& op) { VisitChildren(op, [visit](NodePtr& child) { visit(child); }); }, node->op);
}

void ForEachExpression(const Node& node, absl::FunctionRef<void(const Expression&)> visit) {
  VisitExpressions(node, visit);
}

void ForEachExpression(Node* node, absl::FunctionRef<void(Expression&)> visit) { VisitExpressions(*node, visit); }
std::vector<Variable> VariablesInScope(const Node& node) {
  const VariableSet variables = PossibleVariables(node);
  return {variables.begin(), variables.end()};
}

bool MayHaveZeroSteps(const PathExpression& path) {
  switch (path.kind) {
    case PathExpression::Kind::kZeroOrMore:
    case PathExpression::Kind::kZeroOrOne: return true;
    case PathExpression::Kind::kLink:
    case PathExpression::Kind::kNegatedSet: return false;
    case PathExpression::Kind::kAlternative:
      return std::any_of(path.operands.begin(), path.operands.end(), MayHaveZeroSteps);
    default: return std::all_of(path.operands.begin(), path.operands.end(), MayHaveZeroSteps);
  }
}

}  // namespace dossier::algebra

#include <optional>
#include <utility>

#include "query/algebra/scope.h"
#include "query/optimizer/passes.h"
#include "rdf/vocabulary.h"

namespace dossier::optimizer {
namespace {

using algebra::Node;
using algebra::NodePtr;
using algebra::PatternTerm;
using algebra::Variable;

struct Equation {
  Variable variable;
  Term constant;
};

// Only of these terms is none equal but the same term.
bool EqualsItselfOnly(const Term& term) {
  return term.is_iri() || (term.is_literal() && term.datatype() == xsd::kString);
}

std::optional<Equation> EquationOf(const Expression& condition) {
  if (condition.kind != Expression::Kind::kCall) return std::nullopt;
  const bool same_term = condition.function == Function::kSameTerm;
  if (!same_term && condition.function != Function::kEqual) return std::nullopt;
  const Expression* variable = &condition.arguments[0];
  const Expression* constant = &condition.arguments[1];
  if (variable->kind == Expression::Kind::kConstant) std::swap(variable, constant);
  if (variable->kind != Expression::Kind::kVariable || constant->kind != Expression::Kind::kConstant) {
    return std::nullopt;
  }
  if (!same_term && !EqualsItselfOnly(constant->constant)) return std::nullopt;
  return Equation{variable->variable, constant->constant};
}

// Joins of patterns only: every place of a variable can take the constant.
bool IsReplaceable(const Node& node) {
  if (std::holds_alternative<algebra::Bgp>(node.op)) return true;
  const auto* join = std::get_if<algebra::Join>(&node.op);
  return join != nullptr && IsReplaceable(*join->left) && IsReplaceable(*join->right);
}

void ReplaceIn(PatternTerm* term, const Equation& equation) {
  if (*term == PatternTerm(equation.variable)) *term = equation.constant;
}

void ReplaceIn(Node* node, const Equation& equation) {
  if (auto* bgp = std::get_if<algebra::Bgp>(&node->op)) {
    for (algebra::Pattern& pattern : bgp->patterns) {
      for (PatternTerm* term :
           {&pattern.subject, &pattern.predicate, &pattern.object, &pattern.fourth, &pattern.graph.graph}) {
        ReplaceIn(term, equation);
      }
    }
  }
  ForEachChild(node, [&](NodePtr& child) { ReplaceIn(child.get(), equation); });
}

}  // namespace

void SubstituteConstants(PassContext* context, NodePtr* node) {
  ForEachChild(node->get(), [context](NodePtr& child) { SubstituteConstants(context, &child); });
  auto* filter = std::get_if<algebra::Filter>(&(*node)->op);
  if (filter == nullptr || !IsReplaceable(*filter->input)) return;
  const std::optional<Equation> equation = EquationOf(filter->condition);
  if (!equation.has_value() || !algebra::CertainVariables(*filter->input).contains(equation->variable)) return;
  NodePtr input = std::move(filter->input);
  ReplaceIn(input.get(), *equation);
  algebra::Values values;
  values.variables = {equation->variable};
  values.rows = {{equation->constant}};
  *node = algebra::MakeNode(algebra::Join{std::move(input), algebra::MakeNode(std::move(values))});
}

}  // namespace dossier::optimizer

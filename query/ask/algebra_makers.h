// Short names for the pieces of algebra that a question is made of (query/algebra): patterns, joins, unions, filters.
#pragma once

#include <memory>
#include <utility>
#include <variant>
#include <vector>

#include "query/algebra/node.h"
#include "query/expr/expression.h"
#include "rdf/term.h"

namespace dossier::ask {

inline Expression ToExpression(const algebra::PatternTerm& term) {
  return std::holds_alternative<algebra::Variable>(term) ? Expression::Var(std::get<algebra::Variable>(term))
                                                         : Expression::Constant(std::get<Term>(term));
}

// In any graph.
inline algebra::Pattern QuadPattern(algebra::PatternTerm subject, algebra::PatternTerm predicate,
                                    algebra::PatternTerm object) {
  algebra::Pattern pattern;
  pattern.subject = std::move(subject);
  pattern.predicate = std::move(predicate);
  pattern.object = std::move(object);
  pattern.graph.kind = algebra::GraphSelector::Kind::kAll;
  return pattern;
}

// A pattern alone.
inline algebra::NodePtr One(algebra::Pattern pattern) {
  algebra::Bgp bgp;
  bgp.patterns.push_back(std::move(pattern));
  return algebra::MakeNode(std::move(bgp));
}

// Null stands for no condition: the other side alone.
inline algebra::NodePtr Both(algebra::NodePtr left, algebra::NodePtr right) {
  if (left == nullptr) return right;
  if (right == nullptr) return left;
  return algebra::MakeNode(algebra::Join{std::move(left), std::move(right)});
}

// Null on the left stands for nothing yet.
inline algebra::NodePtr Either(algebra::NodePtr left, algebra::NodePtr right) {
  if (left == nullptr) return right;
  return algebra::MakeNode(algebra::Union{std::move(left), std::move(right)});
}

inline algebra::NodePtr Where(algebra::NodePtr input, Expression condition) {
  return algebra::MakeNode(algebra::Filter{std::move(input), std::move(condition)});
}

inline Expression NotExists(algebra::NodePtr pattern) {
  return Expression::Call(Function::kNot,
                          {Expression::Exists(std::shared_ptr<const algebra::Node>(std::move(pattern)))});
}

// The solutions in which the variable is one of the terms.
inline algebra::NodePtr OneOf(algebra::Variable variable, const std::vector<Term>& terms) {
  algebra::Values values;
  values.variables.push_back(variable);
  for (const Term& term : terms) values.rows.push_back({term});
  return algebra::MakeNode(std::move(values));
}

}  // namespace dossier::ask

#include "query/sparql/triple_term.h"

#include <array>
#include <utility>

#include "query/algebra/scope.h"
#include "rdf/quad.h"

namespace dossier::sparql {

using algebra::MakeNode;
using algebra::NodePtr;
using algebra::Variable;

std::optional<Term> ConstantTerm(const ast::PatternTerm& term) {
  if (term.is_term()) return term.term;
  if (!term.is_triple_term()) return std::nullopt;
  std::array<Term, 3> parts;
  for (size_t i = 0; i < parts.size(); ++i) {
    std::optional<Term> part = ConstantTerm(term.triple[i]);
    if (!part.has_value()) return std::nullopt;
    parts[i] = *std::move(part);
  }
  if (!parts[0].is_iri() || !parts[1].is_iri()) return std::nullopt;
  return Term::TripleTerm({std::move(parts[0]), std::move(parts[1]), std::move(parts[2])});
}

NodePtr MatchTripleTerm(NodePtr input, Variable triple, const ast::PatternTerm& pattern, NameScope* scope) {
  constexpr std::array kParts = {Function::kSubject, Function::kPredicate, Function::kObject};
  const Expression whole = Expression::Var(triple);
  NodePtr node = MakeNode(algebra::Filter{std::move(input), Expression::Call(Function::kIsTriple, {whole})});
  const auto keep_same = [&node](Expression a, Expression b) {
    Expression same = Expression::Call(Function::kSameTerm, {std::move(a), std::move(b)});
    node = MakeNode(algebra::Filter{std::move(node), std::move(same)});
  };
  for (size_t i = 0; i < kParts.size(); ++i) {
    const ast::PatternTerm& part = pattern.triple[i];
    Expression value = Expression::Call(kParts[i], {whole});
    if (part.is_term()) {
      keep_same(std::move(value), Expression::Constant(part.term));
    } else if (part.is_triple_term()) {
      const Variable inner = scope->Fresh("triple");
      node = MakeNode(algebra::Extend{std::move(node), inner, std::move(value)});
      node = MatchTripleTerm(std::move(node), inner, part, scope);
    } else {
      const Variable variable = part.is_variable() ? scope->Of(part.name) : scope->OfBlankNode(part.name);
      if (algebra::PossibleVariables(*node).contains(variable)) {
        keep_same(std::move(value), Expression::Var(variable));
      } else {
        node = MakeNode(algebra::Extend{std::move(node), variable, std::move(value)});
      }
    }
  }
  return node;
}

}  // namespace dossier::sparql

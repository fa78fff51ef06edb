#include "query/expr/function_families.h"
#include "rdf/quad.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

std::optional<Term> MakeTriple(Arguments arguments) {
  const Term& subject = *arguments[0];
  const Term& predicate = *arguments[1];
  if (!predicate.is_iri() || subject.is_literal() || subject.is_triple_term()) return std::nullopt;
  return Term::TripleTerm({subject, predicate, *arguments[2]});
}

std::optional<Term> ComponentOf(Function function, const Term& term) {
  if (!term.is_triple_term()) return std::nullopt;
  if (function == Function::kSubject) return term.triple().subject;
  if (function == Function::kPredicate) return term.triple().predicate;
  return term.triple().object;
}

bool IsNumeric(const Term& term) {
  const std::optional<XsdValue> value = XsdValue::Of(term);
  return value.has_value() && value->is_numeric();
}

}  // namespace

Term BooleanTerm(bool value) { return Term::Typed(value ? "true" : "false", std::string(xsd::kBoolean)); }

Term IntegerTerm(int64_t value) { return XsdValue::Integer(value).ToTerm(); }

std::optional<Term> ApplyTermFunction(Function function, Arguments arguments) {
  const Term& term = *arguments[0];
  switch (function) {
    case Function::kStr:
      if (term.is_blank_node() || term.is_triple_term()) return std::nullopt;
      return Term::String(term.value());
    case Function::kLang:
      if (!term.is_literal()) return std::nullopt;
      return Term::String(std::string(term.language()));
    case Function::kDatatype:
      if (!term.is_literal()) return std::nullopt;
      return Term::Iri(std::string(term.datatype()));
    case Function::kIsIri: return BooleanTerm(term.is_iri());
    case Function::kIsBlank: return BooleanTerm(term.is_blank_node());
    case Function::kIsLiteral: return BooleanTerm(term.is_literal());
    case Function::kIsNumeric: return BooleanTerm(IsNumeric(term));
    case Function::kIsTriple: return BooleanTerm(term.is_triple_term());
    case Function::kTriple: return MakeTriple(arguments);
    default: return ComponentOf(function, term);
  }
}

}  // namespace dossier

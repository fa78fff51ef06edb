#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "query/expr/function_families.h"
#include "rdf/iri.h"
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

// IRI: an IRI as it is, a string resolved against the base, if there is one.
std::optional<Term> MakeIri(Arguments arguments) {
  const Term& term = *arguments[0];
  if (term.is_iri()) return term;
  if (!IsSimpleLiteral(term)) return std::nullopt;
  std::string iri = term.value();
  if (!HasOnlyIriCharacters(iri)) return std::nullopt;
  if (!IsAbsoluteIri(iri)) {
    if (arguments.size() < 2) return std::nullopt;
    iri = ResolveIri(arguments[1]->value(), iri);
  }
  return Term::Iri(std::move(iri));
}

// A language tag as RDF demands it (BCP 47, "well-formed" as far as its grammar of subtags goes).
bool IsLanguageTag(absl::string_view tag) {
  bool first = true;
  for (const absl::string_view subtag : absl::StrSplit(tag, '-')) {
    if (subtag.empty() || subtag.size() > 8) return false;
    for (const char c : subtag) {
      const auto byte = static_cast<unsigned char>(c);
      if (first ? !absl::ascii_isalpha(byte) : !absl::ascii_isalnum(byte)) return false;
    }
    first = false;
  }
  return true;
}

std::optional<Term> MakeTyped(const Term& text, const Term& datatype) {
  if (!IsSimpleLiteral(text) || !datatype.is_iri()) return std::nullopt;
  // Literals of these have a language, which a datatype does not say.
  if (datatype.value() == rdf::kLangString || datatype.value() == rdf::kDirLangString) return std::nullopt;
  if (datatype.value() == xsd::kString) return text;
  return Term::Typed(text.value(), datatype.value());
}

// STRLANG and STRLANGDIR.
std::optional<Term> MakeTagged(Arguments arguments) {
  for (const Term* argument : arguments) {
    if (!IsSimpleLiteral(*argument)) return std::nullopt;
  }
  if (!IsLanguageTag(arguments[1]->value())) return std::nullopt;
  BaseDirection direction = BaseDirection::kNone;
  if (arguments.size() > 2) {
    if (arguments[2]->value() != "ltr" && arguments[2]->value() != "rtl") return std::nullopt;
    direction = arguments[2]->value() == "ltr" ? BaseDirection::kLeftToRight : BaseDirection::kRightToLeft;
  }
  return Term::LanguageTagged(arguments[0]->value(), arguments[1]->value(), direction);
}

std::optional<Term> DirectionOf(const Term& term) {
  if (!term.is_literal()) return std::nullopt;
  if (term.direction() == BaseDirection::kNone) return Term::String("");
  return Term::String(term.direction() == BaseDirection::kLeftToRight ? "ltr" : "rtl");
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
    case Function::kLangDirection: return DirectionOf(term);
    case Function::kDatatype:
      if (!term.is_literal()) return std::nullopt;
      return Term::Iri(std::string(term.datatype()));
    case Function::kIsIri: return BooleanTerm(term.is_iri());
    case Function::kIsBlank: return BooleanTerm(term.is_blank_node());
    case Function::kIsLiteral: return BooleanTerm(term.is_literal());
    case Function::kIsNumeric: return BooleanTerm(IsNumeric(term));
    case Function::kIsTriple: return BooleanTerm(term.is_triple_term());
    case Function::kHasLang: return BooleanTerm(term.is_literal() && !term.language().empty());
    case Function::kHasLangDirection: return BooleanTerm(term.direction() != BaseDirection::kNone);
    case Function::kTriple: return MakeTriple(arguments);
    case Function::kIri: return MakeIri(arguments);
    case Function::kStrDatatype: return MakeTyped(term, *arguments[1]);
    case Function::kStrLang:
    case Function::kStrLangDirection: return MakeTagged(arguments);
    default: return ComponentOf(function, term);
  }
}

}  // namespace dossier

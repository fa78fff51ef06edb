// The rules of TurtleParser for terms.
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "rdf/language_tag.h"
#include "rdf/turtle_parser.h"
#include "rdf/vocabulary.h"

namespace dossier {

absl::StatusOr<Term> TurtleParser::ParseObject() {
  switch (token_.kind) {
    case Kind::kOpenBracket: return ParseBracket();
    case Kind::kOpenParenthesis: return ParseCollection();
    default: return ParsePlainObject();
  }
}

// What may stand as an object also inside `<< >>` and `<<( )>>`, save that the latter has no `<< >>` in it.
absl::StatusOr<Term> TurtleParser::ParsePlainObject() {
  switch (token_.kind) {
    case Kind::kOpenReified: return ParseReifiedTriple();
    case Kind::kOpenTripleTerm: return ParseTripleTerm();
    case Kind::kString:
    case Kind::kInteger:
    case Kind::kDecimal:
    case Kind::kDouble:
    case Kind::kWord: return ParseLiteral();
    default: return ParseIriOrBlankNode("an object");
  }
}

absl::StatusOr<Term> TurtleParser::ParseIri() {
  std::string iri;
  if (token_.kind == Kind::kIri) {
    DOSSIER_ASSIGN_OR_RETURN(iri, Resolve(token_.text));
  } else {
    const auto prefix = prefixes_.find(token_.text);
    if (prefix == prefixes_.end()) return ErrorHere(absl::StrCat("the prefix `", token_.text, ":` is not declared"));
    iri = absl::StrCat(prefix->second, token_.local);
  }
  DOSSIER_RETURN_IF_ERROR(Advance());
  return Term::Iri(std::move(iri));
}

absl::StatusOr<Term> TurtleParser::ParseIriOrBlankNode(const char* expected) {
  if (AtIri()) return ParseIri();
  if (token_.kind == Kind::kBlankNodeLabel) {
    Term node = LabelledBlankNode(token_.text);
    DOSSIER_RETURN_IF_ERROR(Advance());
    return node;
  }
  if (token_.kind == Kind::kOpenBracket) {
    DOSSIER_RETURN_IF_ERROR(Advance());
    DOSSIER_RETURN_IF_ERROR(Expect(Kind::kCloseBracket, "`]`"));
    return FreshBlankNode();
  }
  return Unexpected(expected);
}

absl::StatusOr<Term> TurtleParser::ParseLiteral() {
  const auto finish = [this](absl::string_view datatype) -> absl::StatusOr<Term> {
    Term literal = Term::Typed(token_.text, std::string(datatype));
    DOSSIER_RETURN_IF_ERROR(Advance());
    return literal;
  };
  switch (token_.kind) {
    case Kind::kInteger: return finish(xsd::kInteger);
    case Kind::kDecimal: return finish(xsd::kDecimal);
    case Kind::kDouble: return finish(xsd::kDouble);
    case Kind::kWord:
      if (token_.text == "true" || token_.text == "false") return finish(xsd::kBoolean);
      return Unexpected("an object");
    default: break;
  }
  std::string lexical = std::move(token_.text);
  DOSSIER_RETURN_IF_ERROR(Advance());
  if (token_.kind == Kind::kLanguage) {
    absl::StatusOr<Term> literal = TermWithLanguageTag(std::move(lexical), token_.text);
    if (!literal.ok()) return ErrorHere(std::string(literal.status().message()));
    DOSSIER_RETURN_IF_ERROR(Advance());
    return literal;
  }
  if (token_.kind != Kind::kDatatypeMark) return Term::String(std::move(lexical));
  DOSSIER_RETURN_IF_ERROR(Advance());
  if (!AtIri()) return Unexpected("a datatype");
  const DocumentPosition datatype_position = token_.position;
  DOSSIER_ASSIGN_OR_RETURN(const Term datatype, ParseIri());
  if (datatype.value() == rdf::kLangString || datatype.value() == rdf::kDirLangString) {
    return lexer_.ErrorAt(datatype_position, "a literal of this datatype is written with a language tag");
  }
  return Term::Typed(std::move(lexical), datatype.value());
}

absl::StatusOr<Term> TurtleParser::ParseCollection() {
  const Nesting nesting(this);
  if (nesting.too_deep()) return ErrorHere("nested too deeply");
  DOSSIER_RETURN_IF_ERROR(Advance());
  const Term nil = Term::Iri(std::string(rdf::kNil));
  const Term rest = Term::Iri(std::string(rdf::kRest));
  std::optional<Term> head;
  Term last;
  while (token_.kind != Kind::kCloseParenthesis) {
    Term node = FreshBlankNode();
    DOSSIER_ASSIGN_OR_RETURN(Term item, ParseObject());
    if (head.has_value()) {
      DOSSIER_RETURN_IF_ERROR(Emit(last, rest, node));
    } else {
      head = node;
    }
    DOSSIER_RETURN_IF_ERROR(Emit(node, Term::Iri(std::string(rdf::kFirst)), std::move(item)));
    last = std::move(node);
  }
  DOSSIER_RETURN_IF_ERROR(Advance());
  if (!head.has_value()) return nil;
  DOSSIER_RETURN_IF_ERROR(Emit(last, rest, nil));
  return *head;
}

absl::StatusOr<Term> TurtleParser::ParseBracket() {
  const Nesting nesting(this);
  if (nesting.too_deep()) return ErrorHere("nested too deeply");
  DOSSIER_RETURN_IF_ERROR(Advance());
  Term node = FreshBlankNode();
  const bool properties = token_.kind != Kind::kCloseBracket;
  if (properties) DOSSIER_RETURN_IF_ERROR(ParsePredicateObjectList(node));
  DOSSIER_RETURN_IF_ERROR(Expect(Kind::kCloseBracket, "`]`"));
  bracket_had_properties_ = properties;
  return node;
}

// RDF 1.2 ---------------------------------------------------------------------------------------------------------

absl::StatusOr<Term> TurtleParser::ParseReifier() {
  DOSSIER_RETURN_IF_ERROR(Advance());
  if (AtIri() || token_.kind == Kind::kBlankNodeLabel || token_.kind == Kind::kOpenBracket) {
    return ParseIriOrBlankNode("a reifier");
  }
  return FreshBlankNode();
}

absl::StatusOr<Term> TurtleParser::ParseReifiedTriple() {
  const Nesting nesting(this);
  if (nesting.too_deep()) return ErrorHere("nested too deeply");
  DOSSIER_RETURN_IF_ERROR(Advance());
  DOSSIER_ASSIGN_OR_RETURN(Term subject, token_.kind == Kind::kOpenReified
                                             ? ParseReifiedTriple()
                                             : ParseIriOrBlankNode("the subject of a reified triple"));
  DOSSIER_ASSIGN_OR_RETURN(Term predicate, ParseVerb());
  DOSSIER_ASSIGN_OR_RETURN(Term object, ParsePlainObject());
  std::optional<Term> reifier;
  if (token_.kind == Kind::kTilde) {
    DOSSIER_ASSIGN_OR_RETURN(reifier, ParseReifier());
  } else {
    reifier = FreshBlankNode();
  }
  DOSSIER_RETURN_IF_ERROR(Expect(Kind::kCloseReified, "`>>` at the end of the reified triple"));
  DOSSIER_RETURN_IF_ERROR(Emit(*reifier, Term::Iri(std::string(rdf::kReifies)),
                               Term::TripleTerm({std::move(subject), std::move(predicate), std::move(object)})));
  return *reifier;
}

absl::StatusOr<Term> TurtleParser::ParseTripleTerm() {
  const Nesting nesting(this);
  if (nesting.too_deep()) return ErrorHere("nested too deeply");
  DOSSIER_RETURN_IF_ERROR(Advance());
  DOSSIER_ASSIGN_OR_RETURN(Term subject, ParseIriOrBlankNode("the subject of a triple term"));
  DOSSIER_ASSIGN_OR_RETURN(Term predicate, ParseVerb());
  if (token_.kind == Kind::kOpenReified) return ErrorHere("a reified triple cannot stand inside a triple term");
  DOSSIER_ASSIGN_OR_RETURN(Term object, ParsePlainObject());
  DOSSIER_RETURN_IF_ERROR(Expect(Kind::kCloseTripleTerm, "`)>>` at the end of the triple term"));
  return Term::TripleTerm({std::move(subject), std::move(predicate), std::move(object)});
}

}  // namespace dossier

#include "rdf/turtle_parser.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "rdf/blank_node_labels.h"
#include "rdf/iri.h"
#include "rdf/vocabulary.h"

namespace dossier {

TurtleParser::TurtleParser(Input* input, bool trig, const ReaderOptions& options, QuadSink sink)
    : lexer_(input, options.source),
      trig_(trig),
      options_(options),
      sink_(sink),
      base_(options.base),
      graph_(options.default_graph) {}

absl::Status TurtleParser::Parse() {
  DOSSIER_RETURN_IF_ERROR(Advance());
  while (token_.kind != Kind::kEnd) {
    DOSSIER_RETURN_IF_ERROR(ParseStatement());
  }
  return absl::OkStatus();
}

absl::Status TurtleParser::ParseStatement() {
  DOSSIER_ASSIGN_OR_RETURN(const bool directive, ParseDirective());
  if (directive) return absl::OkStatus();
  if (trig_ && token_.kind == Kind::kOpenBrace) return ParseGraph(options_.default_graph);
  if (trig_ && AtWord("GRAPH")) return ParseGraphBlock();
  return ParseTriples(/*top_level=*/true);
}

// Directives ------------------------------------------------------------------------------------------------------

absl::StatusOr<bool> TurtleParser::ParseDirective() {
  const bool at_form = token_.kind == Kind::kLanguage;
  if (at_form ? token_.text == "prefix" : AtWord("PREFIX")) {
    DOSSIER_RETURN_IF_ERROR(ParsePrefix());
  } else if (at_form ? token_.text == "base" : AtWord("BASE")) {
    DOSSIER_RETURN_IF_ERROR(ParseBase());
  } else if (at_form ? token_.text == "version" : AtWord("VERSION")) {
    DOSSIER_RETURN_IF_ERROR(ParseVersion());
  } else {
    return false;
  }
  if (at_form) DOSSIER_RETURN_IF_ERROR(Expect(Kind::kDot, "`.` at the end of the directive"));
  return true;
}

absl::Status TurtleParser::ParsePrefix() {
  DOSSIER_RETURN_IF_ERROR(Advance());
  if (token_.kind != Kind::kPrefixedName || !token_.local.empty()) return Unexpected("a prefix such as `ex:`");
  const std::string prefix = token_.text;
  DOSSIER_RETURN_IF_ERROR(Advance());
  if (token_.kind != Kind::kIri) return Unexpected("the prefix's IRI in <>");
  DOSSIER_ASSIGN_OR_RETURN(prefixes_[prefix], Resolve(token_.text));
  return Advance();
}

absl::Status TurtleParser::ParseBase() {
  DOSSIER_RETURN_IF_ERROR(Advance());
  if (token_.kind != Kind::kIri) return Unexpected("the base IRI in <>");
  DOSSIER_ASSIGN_OR_RETURN(base_, Resolve(token_.text));
  return Advance();
}

absl::Status TurtleParser::ParseVersion() {
  DOSSIER_RETURN_IF_ERROR(Advance());
  if (token_.kind != Kind::kString || token_.long_quotes) return Unexpected("the version in quotes, such as \"1.2\"");
  return Advance();
}

// Graphs ----------------------------------------------------------------------------------------------------------

absl::Status TurtleParser::ParseGraphBlock() {
  DOSSIER_RETURN_IF_ERROR(Advance());
  DOSSIER_ASSIGN_OR_RETURN(Term name, ParseIriOrBlankNode("the graph's name"));
  return ParseGraph(std::move(name));
}

absl::Status TurtleParser::ParseGraph(std::optional<Term> name) {
  DOSSIER_RETURN_IF_ERROR(Expect(Kind::kOpenBrace, "`{`"));
  graph_ = std::move(name);
  while (token_.kind != Kind::kCloseBrace) {
    DOSSIER_RETURN_IF_ERROR(ParseTriples(/*top_level=*/false));
    if (token_.kind == Kind::kCloseBrace) break;
    DOSSIER_RETURN_IF_ERROR(Expect(Kind::kDot, "`.` or `}` after the triple"));
  }
  graph_ = options_.default_graph;
  return Advance();
}

// Triples ---------------------------------------------------------------------------------------------------------

absl::Status TurtleParser::ParseTriples(bool top_level) {
  const Kind first = token_.kind;
  Term subject;
  bool may_be_graph = trig_ && top_level;
  bool may_stand_alone = false;
  switch (first) {
    case Kind::kOpenBracket: {
      DOSSIER_ASSIGN_OR_RETURN(subject, ParseBracket());
      may_stand_alone = bracket_had_properties_;
      may_be_graph = may_be_graph && !may_stand_alone;
      break;
    }
    case Kind::kOpenParenthesis: {
      DOSSIER_ASSIGN_OR_RETURN(subject, ParseCollection());
      may_be_graph = false;
      break;
    }
    case Kind::kOpenReified: {
      DOSSIER_ASSIGN_OR_RETURN(subject, ParseReifiedTriple());
      may_stand_alone = true;
      may_be_graph = false;
      break;
    }
    case Kind::kOpenTripleTerm: return ErrorHere("a triple term can only be an object; a subject is written `<< >>`");
    default: {
      DOSSIER_ASSIGN_OR_RETURN(subject, ParseIriOrBlankNode("a subject"));
    }
  }
  if (may_be_graph && token_.kind == Kind::kOpenBrace) return ParseGraph(std::move(subject));
  const bool at_end = token_.kind == Kind::kDot || (!top_level && token_.kind == Kind::kCloseBrace);
  if (!may_stand_alone || !at_end) DOSSIER_RETURN_IF_ERROR(ParsePredicateObjectList(subject));
  if (!top_level) return absl::OkStatus();
  return Expect(Kind::kDot, "`.` after the triple");
}

absl::Status TurtleParser::ParsePredicateObjectList(const Term& subject) {
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const Term predicate, ParseVerb());
    DOSSIER_RETURN_IF_ERROR(ParseObjectList(subject, predicate));
    if (token_.kind != Kind::kSemicolon) return absl::OkStatus();
    while (token_.kind == Kind::kSemicolon) DOSSIER_RETURN_IF_ERROR(Advance());
    if (!AtIri() && token_.kind != Kind::kWord) return absl::OkStatus();
  }
}

absl::Status TurtleParser::ParseObjectList(const Term& subject, const Term& predicate) {
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const Term object, ParseObject());
    DOSSIER_RETURN_IF_ERROR(Emit(subject, predicate, object));
    DOSSIER_RETURN_IF_ERROR(ParseAnnotations(subject, predicate, object));
    if (token_.kind != Kind::kComma) return absl::OkStatus();
    DOSSIER_RETURN_IF_ERROR(Advance());
  }
}

absl::Status TurtleParser::ParseAnnotations(const Term& subject, const Term& predicate, const Term& object) {
  std::optional<Term> reifier;
  const auto reify = [&]() {
    return Emit(*reifier, Term::Iri(std::string(rdf::kReifies)), Term::TripleTerm({subject, predicate, object}));
  };
  while (true) {
    if (token_.kind == Kind::kTilde) {
      DOSSIER_ASSIGN_OR_RETURN(reifier, ParseReifier());
      DOSSIER_RETURN_IF_ERROR(reify());
    } else if (token_.kind == Kind::kOpenAnnotation) {
      const Nesting nesting(this);
      if (nesting.too_deep()) return ErrorHere("nested too deeply");
      if (!reifier.has_value()) {
        reifier = FreshBlankNode();
        DOSSIER_RETURN_IF_ERROR(reify());
      }
      DOSSIER_RETURN_IF_ERROR(Advance());
      DOSSIER_RETURN_IF_ERROR(ParsePredicateObjectList(*reifier));
      DOSSIER_RETURN_IF_ERROR(Expect(Kind::kCloseAnnotation, "`|}` at the end of the annotation"));
      reifier.reset();  // The next block annotates a reifier of its own.
    } else {
      return absl::OkStatus();
    }
  }
}

absl::StatusOr<Term> TurtleParser::ParseVerb() {
  if (token_.kind == Kind::kWord && token_.text == "a") {
    DOSSIER_RETURN_IF_ERROR(Advance());
    return Term::Iri(std::string(rdf::kType));
  }
  if (!AtIri()) return Unexpected("a predicate");
  return ParseIri();
}

// Helpers ---------------------------------------------------------------------------------------------------------

bool TurtleParser::AtWord(absl::string_view keyword) const {
  return token_.kind == Kind::kWord && absl::EqualsIgnoreCase(token_.text, keyword);
}

absl::Status TurtleParser::Expect(Kind kind, absl::string_view expected) {
  if (token_.kind != kind) return Unexpected(expected);
  return Advance();
}

absl::Status TurtleParser::Unexpected(absl::string_view expected) {
  return ErrorHere(absl::StrCat("expected ", expected, ", found ", DescribeToken(token_)));
}

absl::StatusOr<std::string> TurtleParser::Resolve(const std::string& reference) {
  if (IsAbsoluteIri(reference)) return reference;
  if (base_.empty()) return ErrorHere(absl::StrCat("the relative IRI <", reference, "> has no base to stand on"));
  return ResolveIri(base_, reference);
}

absl::Status TurtleParser::Emit(Term subject, Term predicate, Term object) {
  return sink_(Quad{std::move(subject), std::move(predicate), std::move(object), graph_});
}

Term TurtleParser::FreshBlankNode() { return Term::BlankNode(FreshLabel(options_.blank_node_prefix, ++blank_nodes_)); }

Term TurtleParser::LabelledBlankNode(const std::string& label) const {
  return Term::BlankNode(DocumentLabel(options_.blank_node_prefix, label));
}

}  // namespace dossier

#include "query/sparql/parse/term_builder.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "query/sparql/parse/escapes.h"
#include "rdf/vocabulary.h"

namespace dossier::sparql {

SourceSpan TermBuilder::SpanOf(const antlr4::Token* token) const {
  return source_.Span(token->getStartIndex(), token->getStopIndex() + 1);
}

SourceSpan TermBuilder::SpanOf(antlr4::ParserRuleContext* context) const {
  const SourceSpan begin = SpanOf(context->getStart());
  const antlr4::Token* const stop = context->getStop();
  return {begin.begin, stop == nullptr ? begin.end : std::max(begin.begin, SpanOf(stop).end)};
}

void TermBuilder::ReadPrologue(SparqlParser::PrologueContext* context) {
  for (SparqlParser::DeclarationContext* declaration : context->declaration()) {
    if (auto* base = dynamic_cast<SparqlParser::BaseContext*>(declaration)) {
      names_.SetBase(TextOf(base->IRIREF()), SpanOf(base->IRIREF()));
    } else if (auto* prefix = dynamic_cast<SparqlParser::PrefixContext*>(declaration)) {
      names_.Declare(TextOf(prefix->NAMESPACE_NAME()), TextOf(prefix->IRIREF()), SpanOf(prefix->IRIREF()));
    }
    // A version announces what the text may use; all of every version is understood anyway.
  }
}

ast::Variable TermBuilder::BuildVariable(antlr4::tree::TerminalNode* node) const {
  return {std::string(TextOf(node).substr(1)), SpanOf(node)};
}

ast::Iri TermBuilder::BuildIri(SparqlParser::IriContext* context) {
  const SourceSpan span = SpanOf(context);
  return {names_.Resolve(source_.View(span), span), span};
}

std::string TermBuilder::BuildString(SparqlParser::StringContext* context) {
  const SourceSpan span = SpanOf(context);
  const size_t quotes = context->LONG_STRING() != nullptr ? 3 : 1;
  const size_t begin = span.begin + quotes;
  std::string text;
  if (const auto problem = UnescapeString(source_.View({begin, span.end - quotes}), &text)) {
    problems_.Add({begin + problem->begin, begin + problem->end}, problem->message);
  }
  return text;
}

Term TermBuilder::BuildTagged(std::string lexical, antlr4::tree::TerminalNode* language) {
  const absl::string_view tag = TextOf(language).substr(1);
  const size_t dashes = tag.find("--");
  if (dashes == absl::string_view::npos) return Term::LanguageTagged(std::move(lexical), tag);
  const absl::string_view direction = tag.substr(dashes + 2);
  if (direction != "ltr" && direction != "rtl") {
    const SourceSpan span = SpanOf(language);
    problems_.Add({span.end - direction.size(), span.end}, absl::StrCat("\"", direction, "\" is no direction of text"),
                  {"ltr", "rtl"});
  }
  return Term::LanguageTagged(std::move(lexical), tag.substr(0, dashes),
                              direction == "rtl" ? BaseDirection::kRightToLeft : BaseDirection::kLeftToRight);
}

Term TermBuilder::BuildTyped(std::string lexical, SparqlParser::IriContext* datatype) {
  ast::Iri iri = BuildIri(datatype);
  if (iri.iri == rdf::kLangString || iri.iri == rdf::kDirLangString) {
    problems_.Add(iri.span, "a literal of this datatype has a language tag, such as \"text\"@en");
    return Term::String(std::move(lexical));
  }
  return Term::Typed(std::move(lexical), std::move(iri.iri));
}

Term TermBuilder::BuildLiteral(SparqlParser::LiteralContext* context) {
  if (context->string() != nullptr) {
    std::string lexical = BuildString(context->string());
    if (context->LANGUAGE() != nullptr) return BuildTagged(std::move(lexical), context->LANGUAGE());
    if (context->iri() != nullptr) return BuildTyped(std::move(lexical), context->iri());
    return Term::String(std::move(lexical));
  }
  return ShortLiteral(context->getStart());
}

Term TermBuilder::BuildSignedNumber(SparqlParser::SignedNumberContext* context) const {
  return ShortLiteral(context->getStart());
}

Term TermBuilder::ShortLiteral(const antlr4::Token* token) const {
  const absl::string_view text = source_.View(SpanOf(token));
  switch (token->getType()) {
    case SparqlLexer::TRUE:
    case SparqlLexer::FALSE: return Term::Typed(absl::AsciiStrToLower(text), std::string(xsd::kBoolean));
    case SparqlLexer::INTEGER:
    case SparqlLexer::SIGNED_INTEGER: return Term::Typed(std::string(text), std::string(xsd::kInteger));
    case SparqlLexer::DECIMAL:
    case SparqlLexer::SIGNED_DECIMAL: return Term::Typed(std::string(text), std::string(xsd::kDecimal));
    default: return Term::Typed(std::string(text), std::string(xsd::kDouble));
  }
}

ast::PatternTerm TermBuilder::ConstantTerm(Term term, SourceSpan span) {
  ast::PatternTerm result;
  result.term = std::move(term);
  result.span = span;
  return result;
}

ast::PatternTerm TermBuilder::VariableTerm(antlr4::tree::TerminalNode* node) const {
  ast::Variable variable = BuildVariable(node);
  ast::PatternTerm result;
  result.kind = ast::PatternTerm::Kind::kVariable;
  result.name = std::move(variable.name);
  result.span = variable.span;
  return result;
}

ast::PatternTerm TermBuilder::IriTerm(SparqlParser::IriContext* context) {
  ast::Iri iri = BuildIri(context);
  return ConstantTerm(Term::Iri(std::move(iri.iri)), iri.span);
}

ast::PatternTerm TermBuilder::LiteralTerm(SparqlParser::LiteralContext* context) {
  return ConstantTerm(BuildLiteral(context), SpanOf(context));
}

ast::PatternTerm TermBuilder::VarOrIriTerm(SparqlParser::VarOrIriContext* context) {
  return context->iri() != nullptr ? IriTerm(context->iri()) : VariableTerm(context->VARIABLE());
}

ast::PatternTerm TermBuilder::FreshBlankNode(SourceSpan span) {
  ast::PatternTerm result;
  result.kind = ast::PatternTerm::Kind::kBlankNode;
  result.name = blank_nodes_.Fresh();
  result.span = span;
  return result;
}

ast::PatternTerm TermBuilder::BlankNodeTerm(SparqlParser::BlankNodeContext* context) {
  ast::PatternTerm result = FreshBlankNode(SpanOf(context));
  if (context->BLANK_NODE_LABEL() == nullptr) return result;
  result.name = std::string(TextOf(context->BLANK_NODE_LABEL()).substr(2));
  if (!blank_nodes_.Use(result.name)) {
    problems_.Add(result.span, absl::StrCat("the label _:", result.name,
                                            " was used in another group of triples; a blank node belongs to one group, "
                                            "use a variable to speak of it in two"));
  }
  return result;
}

}  // namespace dossier::sparql

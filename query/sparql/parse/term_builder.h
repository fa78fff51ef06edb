// Terms, variables and spans from the parse tree, and the prologue that says how IRIs are meant.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "query/sparql/ast_term.h"
#include "query/sparql/parse/antlr.h"
#include "query/sparql/parse/blank_nodes.h"
#include "query/sparql/parse/names.h"
#include "query/sparql/parse/problem.h"
#include "query/sparql/parse/source_text.h"

namespace dossier::sparql {

class TermBuilder {
 public:
  TermBuilder(const SourceText& source, absl::string_view base, Problems* problems)
      : source_(source), problems_(*problems), names_(base, problems) {}

  Problems& problems() { return problems_; }
  const Names& names() const { return names_; }
  BlankNodes& blank_nodes() { return blank_nodes_; }

  SourceSpan SpanOf(const antlr4::Token* token) const;
  SourceSpan SpanOf(antlr4::tree::TerminalNode* node) const { return SpanOf(node->getSymbol()); }
  SourceSpan SpanOf(antlr4::ParserRuleContext* context) const;
  absl::string_view TextOf(antlr4::tree::TerminalNode* node) const { return source_.View(SpanOf(node)); }

  // Declarations hold for what is built after them.
  void ReadPrologue(SparqlParser::PrologueContext* context);

  ast::Variable BuildVariable(antlr4::tree::TerminalNode* node) const;
  ast::Iri BuildIri(SparqlParser::IriContext* context);
  Term BuildLiteral(SparqlParser::LiteralContext* context);
  Term BuildSignedNumber(SparqlParser::SignedNumberContext* context) const;
  std::string BuildString(SparqlParser::StringContext* context);

  ast::PatternTerm VariableTerm(antlr4::tree::TerminalNode* node) const;
  ast::PatternTerm IriTerm(SparqlParser::IriContext* context);
  ast::PatternTerm LiteralTerm(SparqlParser::LiteralContext* context);
  ast::PatternTerm BlankNodeTerm(SparqlParser::BlankNodeContext* context);
  ast::PatternTerm VarOrIriTerm(SparqlParser::VarOrIriContext* context);
  // A fresh blank node that stands for what is at `span`.
  ast::PatternTerm FreshBlankNode(SourceSpan span);
  static ast::PatternTerm ConstantTerm(Term term, SourceSpan span);

 private:
  Term BuildTagged(std::string lexical, antlr4::tree::TerminalNode* language);
  // A number or boolean without quotes.
  Term ShortLiteral(const antlr4::Token* token) const;
  Term BuildTyped(std::string lexical, SparqlParser::IriContext* datatype);

  const SourceText& source_;
  Problems& problems_;
  Names names_;
  BlankNodes blank_nodes_;
};

}  // namespace dossier::sparql

// Lexer and parser of ANTLR, run over one text.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "query/sparql/parse/antlr.h"
#include "query/sparql/parse/problem.h"
#include "query/sparql/parse/source_text.h"
#include "query/sparql/parse/syntax_error.h"

namespace dossier::sparql {

// The lexer leaves a byte order mark out of its count, so it is given a blank in its place.
std::string TextForLexer(absl::string_view text);

class Parsing {
 public:
  // REQUIRES: `text` is well-formed UTF-8 and outlives this.
  explicit Parsing(absl::string_view text);

  const SourceText& source() const { return source_; }
  Problems& problems() { return problems_; }
  antlr4::CommonTokenStream& tokens() { return tokens_; }

  const antlr4::dfa::Vocabulary& vocabulary() const { return parser_.getVocabulary(); }

  // The parse tree of `rule`, which lives as long as this; null after a problem.
  template <typename Context>
  Context* Run(Context* (SparqlParser::*rule)());

  // What may stand behind the text when it is the beginning of a `rule`, or else nothing.
  template <typename Context>
  antlr4::misc::IntervalSet ExpectedBehind(Context* (SparqlParser::*rule)());

 private:
  bool CheckNesting();

  SourceText source_;
  Problems problems_;
  antlr4::ANTLRInputStream input_;
  SparqlLexer lexer_;
  antlr4::CommonTokenStream tokens_;
  RememberingParser parser_;
};

extern template SparqlParser::QueryUnitContext* Parsing::Run(SparqlParser::QueryUnitContext* (SparqlParser::*)());
extern template SparqlParser::UpdateUnitContext* Parsing::Run(SparqlParser::UpdateUnitContext* (SparqlParser::*)());
extern template antlr4::misc::IntervalSet Parsing::ExpectedBehind(SparqlParser::QueryUnitContext* (SparqlParser::*)());
extern template antlr4::misc::IntervalSet Parsing::ExpectedBehind(SparqlParser::UpdateUnitContext* (SparqlParser::*)());

}  // namespace dossier::sparql

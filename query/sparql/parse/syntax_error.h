// What is wrong where the parser could not go on, in the words of those who write SPARQL.
#pragma once

#include <exception>

#include "query/sparql/parse/antlr.h"
#include "query/sparql/parse/problem.h"
#include "query/sparql/parse/source_text.h"

namespace dossier::sparql {

// Remembers where it was when it took its last token, and so knows all that could have followed: when it reports an
// error, it has already decided against what may be left out.
class RememberingParser : public SparqlParser {
 public:
  using SparqlParser::SparqlParser;

  antlr4::Token* consume() override;

  // What may stand behind the last token; or, when an error has the given cause and the parser had to look further than
  // that to see it, behind the last token that it looked at in vain. The end of the text is no token here.
  antlr4::misc::IntervalSet NextTokens(const std::exception_ptr& cause);

 private:
  size_t state_ = 0;
  antlr4::ParserRuleContext* context_ = nullptr;  // Null before the first token.
};

// The problem that `parser` has just met at `token`, with the exception (or null) that its listeners are given.
// REQUIRES: all tokens have been read.
Problem DescribeSyntaxError(RememberingParser* parser, antlr4::Token* token, const std::exception_ptr& cause,
                            const SourceText& source);

}  // namespace dossier::sparql

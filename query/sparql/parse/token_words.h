// Tokens in the words of those who write SPARQL, for messages.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "query/sparql/parse/antlr.h"

namespace dossier::sparql {

// What closes what such a token opens, or nothing.
std::optional<size_t> CloserOf(size_t token_type);
bool IsCloser(size_t token_type);

// A variable, IRI, literal or blank node: a triple may begin with it.
bool BeginsTerm(size_t token_type);

class TokenWords {
 public:
  // `vocabulary` is the parser's, and outlives this.
  explicit TokenWords(const antlr4::dfa::Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  // "SELECT" for the token of that keyword; nothing for other tokens.
  std::optional<std::string> KeywordOf(size_t token_type) const;
  // "}" for CLOSE_BRACE; nothing for tokens without a fixed text, and for keywords.
  std::optional<std::string> MarkOf(size_t token_type) const;

  // Each of the things that may begin with one of the tokens `expected`: "a variable", "'}' to close ...". `rule` is
  // the rule of the grammar in which they are expected; `opener` the innermost bracket that is still open, or null.
  std::vector<std::string> DescribeExpected(const antlr4::misc::IntervalSet& expected, size_t rule,
                                            const antlr4::Token* opener) const;

  // "'}' to close the group that begins on line 2". REQUIRES: `opener` opens something.
  std::string DescribeCloser(const antlr4::Token* opener) const;

 private:
  void DescribeMarks(const antlr4::misc::IntervalSet& expected, const antlr4::Token* opener,
                     std::vector<std::string>* phrases) const;
  void DescribeKeywords(const antlr4::misc::IntervalSet& expected, std::vector<std::string>* phrases) const;

  const antlr4::dfa::Vocabulary& vocabulary_;
};

}  // namespace dossier::sparql

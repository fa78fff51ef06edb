#include "query/sparql/parse/token_words.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace dossier::sparql {
namespace {

using Lexer = SparqlLexer;
using Parser = SparqlParser;
using TokenSet = antlr4::misc::IntervalSet;

bool Has(const TokenSet& set, size_t type) { return set.contains(type); }

// The thing that begins with one of these tokens: what a term or an expression is here.
std::optional<std::string> DescribeTerm(const TokenSet& expected, size_t rule) {
  const bool variable = Has(expected, Lexer::VARIABLE);
  const bool iri = Has(expected, Lexer::IRIREF);
  const bool literal = Has(expected, Lexer::STRING);
  if (Has(expected, Lexer::WORD) && literal) return "an expression";
  if (Has(expected, Lexer::WORD)) return "a condition in parentheses or the call of a function";
  if (variable && iri && literal) {
    if (rule == Parser::RuleTriples || rule == Parser::RuleGroup || rule == Parser::RuleQuads ||
        rule == Parser::RuleBracedTriples || rule == Parser::RuleSubjectTriples) {
      return "a triple";
    }
    if (rule == Parser::RuleObjectList || rule == Parser::RuleObject || rule == Parser::RuleReifiedObject ||
        rule == Parser::RuleTripleTermObject || rule == Parser::RuleNode) {
      return "an object";
    }
    return "a variable, an IRI or a literal";
  }
  if (variable && iri) {
    const bool verb = Has(expected, Lexer::TYPE_MARK);
    return verb ? "a predicate" : rule == Parser::RuleReifier ? std::nullopt : std::optional("a variable or an IRI");
  }
  if (variable) return "a variable such as ?x";
  if (iri && literal) return "an IRI or a literal";
  if (iri) return Has(expected, Lexer::PREFIXED_NAME) ? "an IRI" : "an IRI in <...>";
  if (literal) return "a string in quotes";
  if (Has(expected, Lexer::INTEGER)) return "a number";
  if (Has(expected, Lexer::NAMESPACE_NAME)) return "a prefix with its colon, such as ex:";
  return std::nullopt;
}

}  // namespace

std::optional<size_t> CloserOf(size_t token_type) {
  switch (token_type) {
    case Lexer::OPEN_BRACE: return Lexer::CLOSE_BRACE;
    case Lexer::OPEN_PAREN: return Lexer::CLOSE_PAREN;
    case Lexer::OPEN_BRACKET: return Lexer::CLOSE_BRACKET;
    case Lexer::OPEN_ANNOTATION: return Lexer::CLOSE_ANNOTATION;
    case Lexer::OPEN_REIFIED: return Lexer::CLOSE_REIFIED;
    case Lexer::OPEN_TRIPLE_TERM: return Lexer::CLOSE_TRIPLE_TERM;
    default: return std::nullopt;
  }
}

bool IsCloser(size_t token_type) {
  return token_type == Lexer::CLOSE_BRACE || token_type == Lexer::CLOSE_PAREN || token_type == Lexer::CLOSE_BRACKET ||
         token_type == Lexer::CLOSE_ANNOTATION || token_type == Lexer::CLOSE_REIFIED ||
         token_type == Lexer::CLOSE_TRIPLE_TERM;
}

bool BeginsTerm(size_t token_type) {
  return (token_type >= Lexer::IRIREF && token_type <= Lexer::LONG_STRING && token_type != Lexer::LANGUAGE) ||
         token_type == Lexer::TRUE || token_type == Lexer::FALSE || token_type == Lexer::OPEN_BRACKET ||
         token_type == Lexer::OPEN_REIFIED;
}

std::optional<std::string> TokenWords::KeywordOf(size_t token_type) const {
  if (token_type < Lexer::ADD || token_type >= Lexer::TYPE_MARK) return std::nullopt;
  return vocabulary_.getSymbolicName(token_type);
}

std::optional<std::string> TokenWords::MarkOf(size_t token_type) const {
  if (token_type < Lexer::OPEN_TRIPLE_TERM || token_type > Lexer::SEMICOLON) return std::nullopt;
  const std::string quoted = vocabulary_.getLiteralName(token_type);
  return quoted.substr(1, quoted.size() - 2);
}

std::string TokenWords::DescribeCloser(const antlr4::Token* opener) const {
  const size_t closer = *CloserOf(opener->getType());
  const std::string what = closer == Lexer::CLOSE_BRACE ? "group" : absl::StrCat("'", *MarkOf(opener->getType()), "'");
  return absl::StrCat("'", *MarkOf(closer), "' to close the ", what, " that begins on line ", opener->getLine());
}

void TokenWords::DescribeMarks(const TokenSet& expected, const antlr4::Token* opener,
                               std::vector<std::string>* phrases) const {
  // Where a path may go on, so may much else: what makes it longer need not be named.
  const bool operators = Has(expected, Lexer::SLASH);
  if (operators && Has(expected, Lexer::EQUAL)) phrases->push_back("an operator");
  // Where a triple may begin, the dot of the one before has been.
  const bool after_dot = Has(expected, Lexer::DOT) && Has(expected, Lexer::VARIABLE);
  for (const size_t mark : {Lexer::DOT, Lexer::SEMICOLON, Lexer::COMMA, Lexer::STAR, Lexer::EQUAL}) {
    if (Has(expected, mark) && !(operators && (mark == Lexer::STAR || mark == Lexer::EQUAL)) &&
        !(after_dot && mark == Lexer::DOT)) {
      phrases->push_back(absl::StrCat("'", *MarkOf(mark), "'"));
    }
  }
  // Opening marks are part of terms and expressions; alone they are what must come.
  if (phrases->empty()) {
    for (const size_t mark : {Lexer::OPEN_BRACE, Lexer::OPEN_PAREN}) {
      if (Has(expected, mark)) phrases->push_back(absl::StrCat("'", *MarkOf(mark), "'"));
    }
  }
  const std::optional<size_t> closer = opener == nullptr ? std::nullopt : CloserOf(opener->getType());
  if (closer.has_value() && Has(expected, *closer)) {
    phrases->push_back(DescribeCloser(opener));
  } else if (phrases->empty()) {
    for (size_t mark = Lexer::OPEN_TRIPLE_TERM; mark <= Lexer::CLOSE_BRACKET; ++mark) {
      if (IsCloser(mark) && Has(expected, mark)) phrases->push_back(absl::StrCat("'", *MarkOf(mark), "'"));
    }
  }
}

void TokenWords::DescribeKeywords(const TokenSet& expected, std::vector<std::string>* phrases) const {
  if (Has(expected, Lexer::SELECT) && Has(expected, Lexer::ASK)) {
    phrases->push_back("a query: SELECT, ASK, CONSTRUCT or DESCRIBE");
  } else if (Has(expected, Lexer::LOAD) && Has(expected, Lexer::INSERT)) {
    phrases->push_back("an operation such as INSERT, DELETE or LOAD");
  } else if (Has(expected, Lexer::OPTIONAL) && Has(expected, Lexer::FILTER)) {
    phrases->push_back("a keyword such as FILTER or OPTIONAL");
  } else if (Has(expected, Lexer::LIMIT) && Has(expected, Lexer::OFFSET)) {
    phrases->push_back(Has(expected, Lexer::ORDER) ? "a clause such as ORDER BY or LIMIT" : "LIMIT");
  } else if (!Has(expected, Lexer::WORD) || Has(expected, Lexer::AS)) {
    // Keywords among the words of an expression are part of it.
    for (size_t type = Lexer::ADD; type < Lexer::TYPE_MARK; ++type) {
      const bool constant = type == Lexer::TRUE || type == Lexer::FALSE;
      if (Has(expected, type) && !constant && (!Has(expected, Lexer::EQUAL) || type == Lexer::AS)) {
        phrases->push_back(*KeywordOf(type));
      }
    }
  }
}

std::vector<std::string> TokenWords::DescribeExpected(const TokenSet& expected, size_t rule,
                                                      const antlr4::Token* opener) const {
  std::vector<std::string> phrases;
  if (auto term = DescribeTerm(expected, rule)) phrases.push_back(*std::move(term));
  DescribeMarks(expected, opener, &phrases);
  DescribeKeywords(expected, &phrases);
  if (Has(expected, antlr4::Token::EOF)) phrases.push_back("the end");
  return phrases;
}

}  // namespace dossier::sparql

#include "query/sparql/parse/syntax_error.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/text.h"
#include "base/utf8.h"
#include "query/sparql/parse/function_names.h"
#include "query/sparql/parse/token_words.h"

namespace dossier::sparql {
namespace {

using Lexer = SparqlLexer;
using Parser = SparqlParser;

class SyntaxError {
 public:
  SyntaxError(RememberingParser* parser, antlr4::Token* token, const std::exception_ptr& cause,
              const SourceText& source)
      : parser_(*parser),
        token_(*token),
        source_(source),
        words_(parser->getVocabulary()),
        expected_(parser->NextTokens(cause)),
        rule_(parser->getContext()->getRuleIndex()),
        opener_(FindOpener()) {}

  Problem Describe() const {
    if (auto problem = BrokenToken()) return *std::move(problem);
    if (auto problem = WrongOperator()) return *std::move(problem);
    if (auto problem = SlipInClause()) return *std::move(problem);
    if (auto problem = MissingDot()) return *std::move(problem);
    if (auto problem = StrayCloser()) return *std::move(problem);
    return Unexpected();
  }

 private:
  size_t type() const { return token_.getType(); }
  bool Expects(size_t type) const { return expected_.contains(type); }
  SourceSpan Span(const antlr4::Token& token) const {
    if (token.getType() == antlr4::Token::EOF) return {source_.text().size(), source_.text().size()};
    return source_.Span(token.getStartIndex(), token.getStopIndex() + 1);
  }
  absl::string_view Text(const antlr4::Token& token) const { return source_.View(Span(token)); }
  Problem At(const antlr4::Token& token, std::string message, std::vector<std::string> suggestions = {}) const {
    return {std::move(message), Span(token), std::move(suggestions)};
  }

  // The token `distance` behind (or, negative, before) the one in question; null outside the text.
  const antlr4::Token* Neighbour(int64_t distance) const {
    const int64_t index = static_cast<int64_t>(token_.getTokenIndex()) + distance;
    auto* const tokens = parser_.getTokenStream();
    return index >= 0 && index < static_cast<int64_t>(tokens->size()) ? tokens->get(static_cast<size_t>(index))
                                                                      : nullptr;
  }
  size_t TypeOf(const antlr4::Token* token) const { return token == nullptr ? antlr4::Token::EOF : token->getType(); }
  bool Touches(const antlr4::Token* token) const {
    return token != nullptr &&
           (token->getStopIndex() + 1 == token_.getStartIndex() || token_.getStopIndex() + 1 == token->getStartIndex());
  }

  // The innermost bracket before the token that is still open.
  const antlr4::Token* FindOpener() const {
    std::vector<const antlr4::Token*> open;
    for (size_t i = 0; i < token_.getTokenIndex(); ++i) {
      const antlr4::Token* const token = parser_.getTokenStream()->get(i);
      if (CloserOf(token->getType()).has_value()) open.push_back(token);
      if (IsCloser(token->getType()) && !open.empty()) open.pop_back();
    }
    return open.empty() ? nullptr : open.back();
  }

  // Text that is no token of the language at all.
  std::optional<Problem> BrokenToken() const {
    switch (type()) {
      case Lexer::UNCLOSED_STRING:
        return At(token_, absl::StrCat("this string is not closed: its ", Text(token_).substr(0, 1),
                                       " is missing on this line; a string of several lines stands in three quotes"));
      case Lexer::UNCLOSED_LONG_STRING:
        return Problem{"the string that begins here with three quotes is not closed by three quotes",
                       {Span(token_).begin, Span(token_).begin + 3},
                       {}};
      case Lexer::UNKNOWN: break;
      case Lexer::LESS:
        if (!Expects(Lexer::LESS) && Touches(Neighbour(1))) return BrokenIri();
        return std::nullopt;
      default: return std::nullopt;
    }
    const absl::string_view text = Text(token_);
    if (text == "&") return At(token_, "'and' is written '&&'", {"&&"});
    if (text == "\u201c" || text == "\u201d" || text == "\u2018" || text == "\u2019") {
      return At(token_, "strings stand in straight quotes", {"\"...\""});
    }
    if (text == "\\") return At(token_, "a backslash can stand in strings, IRIs and behind the colon of a name only");
    return std::nullopt;
  }

  std::optional<Problem> BrokenIri() const {
    const SourceSpan begin = Span(token_);
    const absl::string_view rest = source_.text().substr(begin.begin);
    const size_t bad = rest.find_first_of("<>\"{}|^`\\ \t\r\n", 1);
    std::string message = "this IRI is not closed by '>'";
    if (bad != absl::string_view::npos && rest[bad] != '>' && rest[bad] != '\n' && rest[bad] != '\r') {
      absl::StrAppend(&message, ", or has a character that an IRI cannot have: ",
                      rest[bad] == ' ' || rest[bad] == '\t' ? "a blank" : absl::StrCat("'", rest.substr(bad, 1), "'"));
    }
    return Problem{std::move(message), {begin.begin, begin.begin + std::min(bad, rest.size())}, {}};
  }

  std::optional<Problem> WrongOperator() const {
    const antlr4::Token* const before = Neighbour(-1);
    if (type() == Lexer::EQUAL && TypeOf(before) == Lexer::EQUAL && Touches(before)) {
      return At(token_, "there is no operator '=='; to compare, write '='", {"="});
    }
    if ((type() == Lexer::LESS || type() == Lexer::GREATER) && TypeOf(before) == Lexer::EQUAL && Touches(before)) {
      return At(token_, absl::StrCat("there is no operator '=", Text(token_), "'"), {absl::StrCat(Text(token_), "=")});
    }
    if (!Expects(Lexer::EQUAL) && !Expects(Lexer::AND)) return std::nullopt;
    if (type() == Lexer::IRIREF && Text(token_) == "<>") return At(token_, "'not equal' is written '!='", {"!="});
    if (type() == Lexer::PIPE) return At(token_, "'or' is written '||'", {"||"});
    if (type() == Lexer::WORD && absl::EqualsIgnoreCase(Text(token_), "and")) {
      return At(token_, "'and' is written '&&'", {"&&"});
    }
    if (type() == Lexer::WORD && absl::EqualsIgnoreCase(Text(token_), "or")) {
      return At(token_, "'or' is written '||'", {"||"});
    }
    return std::nullopt;
  }

  // Slips that are known from the clause they happen in.
  std::optional<Problem> SlipInClause() const {
    const size_t before = TypeOf(Neighbour(-1));
    if (rule_ == Parser::RuleConstraint && before == Lexer::FILTER) {
      return At(token_, "the condition of FILTER stands in parentheses", {"FILTER (?x > 3)"});
    }
    const bool in_select = rule_ == Parser::RuleSelectClause || rule_ == Parser::RuleProjection ||
                           (rule_ == Parser::RuleSelectQuery && Expects(Lexer::WHERE));
    if (in_select && type() == Lexer::COMMA) {
      return At(token_, "the columns of SELECT stand side by side, without commas", {"SELECT ?x ?y"});
    }
    if (in_select && type() == Lexer::WORD && TypeOf(Neighbour(1)) == Lexer::OPEN_PAREN) {
      return At(token_, "an expression in SELECT stands in parentheses and gets a name",
                {absl::StrCat("(", Text(token_), "(...) AS ?name)")});
    }
    if (rule_ == Parser::RuleProjection && type() == Lexer::CLOSE_PAREN && Expects(Lexer::AS)) {
      return At(token_, "an expression in SELECT gets a name before its ')'", {"(... AS ?name)"});
    }
    if (type() == Lexer::LANGUAGE && (Text(token_) == "@prefix" || Text(token_) == "@base")) {
      return At(token_,
                absl::StrCat("in SPARQL, ", absl::AsciiStrToUpper(Text(token_).substr(1)),
                             " is written without '@' and without a dot at its end"),
                {absl::AsciiStrToUpper(Text(token_).substr(1))});
    }
    if (type() == Lexer::DOT && before == Lexer::IRIREF && Expects(Lexer::PREFIX)) {
      return At(token_, "there is no dot behind PREFIX and BASE in SPARQL");
    }
    if (Expects(Lexer::USING) && Expects(Lexer::WHERE) && !Expects(Lexer::FROM)) {
      return At(token_, absl::StrCat("expected WHERE and a pattern, ", Found(),
                                     "; triples that are given as they are need INSERT DATA or DELETE DATA"));
    }
    if (Expects(Lexer::SELECT) && Expects(Lexer::ASK) && !Expects(Lexer::INSERT) && BeginsUpdate()) {
      return At(token_,
                absl::StrCat("this is an update, where a query is expected: SELECT, ASK, CONSTRUCT or DESCRIBE"));
    }
    if (Expects(Lexer::INSERT) && Expects(Lexer::LOAD) && BeginsQuery()) {
      return At(token_, "this is a query, where an update is expected: INSERT, DELETE, LOAD or another operation");
    }
    if (ComesTooLate()) {
      return At(token_,
                absl::StrCat(Text(token_), " comes too late: the order is GROUP BY, HAVING, ORDER BY, LIMIT, VALUES"));
    }
    return std::nullopt;
  }

  bool BeginsUpdate() const {
    return type() == Lexer::INSERT || type() == Lexer::DELETE || type() == Lexer::LOAD || type() == Lexer::CLEAR ||
           type() == Lexer::DROP || type() == Lexer::CREATE || type() == Lexer::ADD || type() == Lexer::MOVE ||
           type() == Lexer::COPY || type() == Lexer::WITH;
  }
  bool BeginsQuery() const {
    return type() == Lexer::SELECT || type() == Lexer::ASK || type() == Lexer::CONSTRUCT || type() == Lexer::DESCRIBE;
  }
  bool ComesTooLate() const {
    const bool modifier = type() == Lexer::GROUP || type() == Lexer::HAVING || type() == Lexer::ORDER;
    return modifier && (Expects(antlr4::Token::EOF) || (Expects(Lexer::CLOSE_BRACE) && Expects(Lexer::VALUES)));
  }

  std::optional<Problem> MissingDot() const {
    if (!Expects(Lexer::DOT) || !Expects(Lexer::SEMICOLON) || !BeginsTerm(type())) return std::nullopt;
    return At(token_, absl::StrCat("a triple has three parts and ends before ", Quoted(token_),
                                   ": expected '.' before the next triple, or ';' or ',' to go on with this one"));
  }

  std::optional<Problem> StrayCloser() const {
    if (!IsCloser(type()) || opener_ != nullptr) return std::nullopt;
    return At(token_, absl::StrCat("this ", Quoted(token_), " closes nothing: all that was open before it is closed"));
  }

  std::string Quoted(const antlr4::Token& token) const {
    constexpr size_t kLongest = 30;
    const absl::string_view text = Text(token);
    const absl::string_view shown = CodePointPrefix(text, kLongest);
    return absl::StrCat("'", shown, shown.size() < text.size() ? "...'" : "'");
  }
  std::string Found() const {
    return type() == antlr4::Token::EOF ? "but the text ends here" : absl::StrCat("found ", Quoted(token_));
  }

  Problem Unexpected() const {
    if (type() == antlr4::Token::EOF && opener_ != nullptr && Expects(*CloserOf(opener_->getType()))) {
      return At(token_, absl::StrCat("expected ", words_.DescribeCloser(opener_), ", but the text ends here"));
    }
    const std::vector<std::string> expected = words_.DescribeExpected(expected_, rule_, opener_);
    if (expected.empty()) return At(token_, absl::StrCat("did not expect ", Quoted(token_), " here"), Suggestions());
    std::string list = expected.front();
    for (size_t i = 1; i < expected.size(); ++i) {
      absl::StrAppend(&list, i + 1 == expected.size() ? " or " : ", ", expected[i]);
    }
    return At(token_, absl::StrCat("expected ", list, ", ", Found()), Suggestions());
  }

  // What a misspelt word may have been meant to be.
  std::vector<std::string> Suggestions() const {
    if (type() != Lexer::WORD) return {};
    const std::string word = absl::AsciiStrToUpper(Text(token_));
    const size_t limit = word.size() > 4 ? 2 : 1;
    std::vector<std::pair<size_t, std::string>> near;
    for (size_t type = Lexer::ADD; type < Lexer::TYPE_MARK; ++type) {
      if (!Expects(type)) continue;
      const std::string keyword = *words_.KeywordOf(type);
      const size_t distance = EditDistance(word, keyword, limit);
      if (distance <= limit) near.emplace_back(distance, keyword);
    }
    std::stable_sort(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> suggestions;
    for (auto& [distance, keyword] : near) suggestions.push_back(std::move(keyword));
    if (word == "A" && Expects(Lexer::TYPE_MARK)) suggestions.insert(suggestions.begin(), "a");
    if (suggestions.empty() && Expects(Lexer::VARIABLE)) suggestions.push_back(absl::StrCat("?", Text(token_)));
    return suggestions;
  }

  Parser& parser_;
  const antlr4::Token& token_;
  const SourceText& source_;
  TokenWords words_;
  antlr4::misc::IntervalSet expected_;
  size_t rule_;
  const antlr4::Token* opener_;
};

}  // namespace

antlr4::Token* RememberingParser::consume() {
  if (getCurrentToken()->getType() != antlr4::Token::EOF) {
    state_ = getState();
    context_ = getContext();
  }
  return SparqlParser::consume();
}

antlr4::misc::IntervalSet RememberingParser::NextTokens(const std::exception_ptr& cause) {
  const antlr4::atn::ATN& atn = getATN();
  try {
    if (cause != nullptr) std::rethrow_exception(cause);
  } catch (const antlr4::NoViableAltException& dead_end) {
    if (dead_end.getOffendingToken() != dead_end.getStartToken() && dead_end.getDeadEndConfigs() != nullptr) {
      antlr4::misc::IntervalSet tokens;
      for (const auto& config : dead_end.getDeadEndConfigs()->configs) {
        for (const antlr4::atn::Transition* transition : config->state->transitions) {
          if (!transition->isEpsilon()) tokens.addAll(transition->label());
        }
      }
      return tokens;
    }
  } catch (const std::exception&) {
    // Of other causes the token in question is the one behind the last.
  }
  if (context_ == nullptr) return getExpectedTokens();
  return atn.getExpectedTokens(atn.states[state_]->transitions[0]->target->stateNumber, context_);
}

Problem DescribeSyntaxError(RememberingParser* parser, antlr4::Token* token, const std::exception_ptr& cause,
                            const SourceText& source) {
  return SyntaxError(parser, token, cause, source).Describe();
}

}  // namespace dossier::sparql

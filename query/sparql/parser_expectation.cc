#include "query/sparql/parser_expectation.h"

#include <algorithm>
#include <exception>

#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "query/sparql/parse/function_names.h"
#include "query/sparql/parse/names.h"
#include "query/sparql/parse/parsing.h"
#include "query/sparql/parse/token_words.h"
#include "query/sparql/parser.h"
#include "rdf/vocabulary.h"

namespace dossier::sparql {
namespace {

using Lexer = SparqlLexer;
using antlr4::misc::IntervalSet;

class Expecter {
 public:
  explicit Expecter(absl::string_view text) : text_(text), parsing_(text) {}

  Expectation Expect() {
    ReadTokens();
    if (InComment()) return std::move(result_);
    if (IsUpdate(text_)) {
      Add(parsing_.ExpectedBehind(&SparqlParser::updateUnit));
    } else {
      const IntervalSet expected = parsing_.ExpectedBehind(&SparqlParser::queryUnit);
      Add(expected);
      // Behind a prologue there may be either.
      if (expected.contains(static_cast<size_t>(Lexer::SELECT)) && expected.contains(static_cast<size_t>(Lexer::ASK))) {
        Add(Parsing(text_).ExpectedBehind(&SparqlParser::updateUnit));
      }
    }
    return std::move(result_);
  }

 private:
  absl::string_view TextOf(const antlr4::Token* token) const {
    return parsing_.source().View(parsing_.source().Span(token->getStartIndex(), token->getStopIndex() + 1));
  }

  // The prefixes and variables that the text has.
  void ReadTokens() {
    Problems ignored;
    Names names("", &ignored);
    const auto tokens = parsing_.tokens().getTokens();
    for (size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i]->getType() == Lexer::VARIABLE) {
        std::string name(TextOf(tokens[i]).substr(1));
        auto& known = result_.variables;
        if (std::find(known.begin(), known.end(), name) == known.end()) known.push_back(std::move(name));
      }
      if (i < 2 || tokens[i - 2]->getType() != Lexer::PREFIX || tokens[i - 1]->getType() != Lexer::NAMESPACE_NAME)
        continue;
      if (tokens[i]->getType() == Lexer::IRIREF) names.Declare(TextOf(tokens[i - 1]), TextOf(tokens[i]), {});
    }
    result_.prefixes = names.prefixes();
    // The last token is the end of the text.
    if (tokens.size() > 1) last_ = tokens[tokens.size() - 2];
  }

  // Comments leave no token, so one at the end shows by its mark behind the last.
  bool InComment() const {
    const size_t begin =
        last_ == nullptr ? 0 : parsing_.source().Span(last_->getStartIndex(), last_->getStopIndex() + 1).end;
    const absl::string_view rest = text_.substr(begin);
    const size_t line = rest.rfind('\n');
    return rest.find('#', line == absl::string_view::npos ? 0 : line) != absl::string_view::npos;
  }

  bool LastIsType() const {
    if (last_ == nullptr) return false;
    if (last_->getType() == Lexer::TYPE_MARK) return true;
    return TextOf(last_) == "rdf:type" || TextOf(last_) == absl::StrCat("<", rdf::kType, ">");
  }

  void Add(const IntervalSet& expected) {
    const auto has = [&expected](size_t type) { return expected.contains(type); };
    const TokenWords words(vocabulary_);
    for (size_t type = Lexer::ADD; type < Lexer::TYPE_MARK; ++type) {
      if (!has(type)) continue;
      std::string keyword = *words.KeywordOf(type);
      if (type == Lexer::ORDER || type == Lexer::GROUP) keyword += " BY";
      if (type == Lexer::TRUE || type == Lexer::FALSE) keyword = type == Lexer::TRUE ? "true" : "false";
      auto& known = result_.keywords;
      if (std::find(known.begin(), known.end(), keyword) == known.end()) known.push_back(std::move(keyword));
    }
    result_.variable |= has(Lexer::VARIABLE);
    result_.iri |= has(Lexer::PREFIXED_NAME);
    result_.predicate |= has(Lexer::TYPE_MARK);
    result_.function |= has(Lexer::WORD);
    result_.prefix |= has(Lexer::NAMESPACE_NAME) && !has(Lexer::PREFIXED_NAME);
    result_.type |= result_.iri && !result_.predicate && LastIsType();
    const bool declares = has(Lexer::IRIREF) && !has(Lexer::PREFIXED_NAME) && last_ != nullptr;
    if (declares && last_->getType() == Lexer::NAMESPACE_NAME) {
      const absl::string_view name = TextOf(last_);
      result_.declared = std::string(name.substr(0, name.size() - 1));
    }
  }

  absl::string_view text_;
  Parsing parsing_;
  const antlr4::dfa::Vocabulary& vocabulary_ = parsing_.vocabulary();
  const antlr4::Token* last_ = nullptr;
  Expectation result_;
};

}  // namespace

Expectation ExpectBehind(absl::string_view text) {
  if (text.size() > kMaximumRequestBytes || FindInvalidUtf8(text) != absl::string_view::npos) return {};
  try {
    return Expecter(text).Expect();
  } catch (const std::exception&) {
    return {};
  }
}

std::vector<std::string> FunctionNames() {
  std::vector<std::string> names;
  for (const NamedFunction& function : NamedFunctions()) names.emplace_back(function.name);
  for (const NamedAggregate& aggregate : NamedAggregates()) names.emplace_back(aggregate.name);
  return names;
}

}  // namespace dossier::sparql

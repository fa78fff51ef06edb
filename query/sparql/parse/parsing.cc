#include "query/sparql/parse/parsing.h"

#include <exception>
#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "query/sparql/parse/token_words.h"
#include "query/sparql/parser_limits.h"

namespace dossier::sparql {
namespace {

using antlr4::misc::IntervalSet;

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Describes the first syntax error while the parser still knows where it is.
class FirstError : public antlr4::BaseErrorListener {
 public:
  FirstError(const SourceText& source, Problems* problems) : source_(source), problems_(*problems) {}

  void syntaxError(antlr4::Recognizer* recognizer, antlr4::Token* token, size_t /*line*/, size_t /*column*/,
                   const std::string& /*message*/, std::exception_ptr cause) override {
    if (problems_.first().has_value()) return;
    Problem problem = DescribeSyntaxError(static_cast<RememberingParser*>(recognizer), token, cause, source_);
    problems_.Add(problem.span, std::move(problem.message), std::move(problem.suggestions));
  }

 private:
  const SourceText& source_;
  Problems& problems_;
};

// Notes what was expected at the first syntax error, if that is the end of the text.
class EndListener : public antlr4::BaseErrorListener {
 public:
  void syntaxError(antlr4::Recognizer* recognizer, antlr4::Token* token, size_t /*line*/, size_t /*column*/,
                   const std::string& /*message*/, std::exception_ptr cause) override {
    if (std::exchange(failed_, true) || token->getType() != antlr4::Token::EOF) return;
    expected_ = static_cast<RememberingParser*>(recognizer)->NextTokens(cause);
  }

  bool failed() const { return failed_; }
  const IntervalSet& expected() const { return expected_; }

 private:
  bool failed_ = false;
  IntervalSet expected_;
};

}  // namespace

std::string TextForLexer(absl::string_view text) {
  if (!absl::StartsWith(text, kByteOrderMark)) return std::string(text);
  return absl::StrCat(" ", text.substr(kByteOrderMark.size()));
}

Parsing::Parsing(absl::string_view text)
    : source_(text), input_(TextForLexer(text)), lexer_(&input_), tokens_(&lexer_), parser_(&tokens_) {
  lexer_.removeErrorListeners();
  parser_.removeErrorListeners();
  tokens_.fill();
}

bool Parsing::CheckNesting() {
  size_t depth = 0;
  for (antlr4::Token* token : tokens_.getTokens()) {
    if (IsCloser(token->getType()) && depth > 0) --depth;
    if (!CloserOf(token->getType()).has_value() || ++depth <= kMaximumNesting) continue;
    problems_.Add(source_.Span(token->getStartIndex(), token->getStopIndex() + 1),
                  absl::StrCat("groups and brackets are nested more than ", kMaximumNesting, " deep here"));
    return false;
  }
  return true;
}

template <typename Context>
Context* Parsing::Run(Context* (SparqlParser::*rule)()) {
  if (!CheckNesting()) return nullptr;
  // Nearly all texts can be parsed without regard to what stands around a rule, which is much faster. Only when that
  // fails is it done again with all care, and what is wrong, if anything, described.
  auto* const simulator = parser_.getInterpreter<antlr4::atn::ParserATNSimulator>();
  simulator->setPredictionMode(antlr4::atn::PredictionMode::SLL);
  parser_.setErrorHandler(std::make_shared<antlr4::BailErrorStrategy>());
  try {
    return (parser_.*rule)();
  } catch (const antlr4::ParseCancellationException&) {
    parser_.reset();
  }
  FirstError error(source_, &problems_);
  parser_.addErrorListener(&error);
  parser_.setErrorHandler(std::make_shared<antlr4::DefaultErrorStrategy>());
  simulator->setPredictionMode(antlr4::atn::PredictionMode::LL);
  Context* const tree = (parser_.*rule)();
  parser_.removeErrorListeners();
  return problems_.first().has_value() ? nullptr : tree;
}

template <typename Context>
IntervalSet Parsing::ExpectedBehind(Context* (SparqlParser::*rule)()) {
  if (!CheckNesting()) return {};
  EndListener end;
  parser_.reset();
  parser_.addErrorListener(&end);
  const Context* const tree = (parser_.*rule)();
  parser_.removeErrorListeners();
  if (end.failed()) return end.expected();
  // A text without a token may be a whole request already.
  if (tokens_.size() <= 1) return parser_.getATN().nextTokens(parser_.getATN().ruleToStartState[tree->getRuleIndex()]);
  return parser_.NextTokens(nullptr);
}

template SparqlParser::QueryUnitContext* Parsing::Run(SparqlParser::QueryUnitContext* (SparqlParser::*)());
template SparqlParser::UpdateUnitContext* Parsing::Run(SparqlParser::UpdateUnitContext* (SparqlParser::*)());
template IntervalSet Parsing::ExpectedBehind(SparqlParser::QueryUnitContext* (SparqlParser::*)());
template IntervalSet Parsing::ExpectedBehind(SparqlParser::UpdateUnitContext* (SparqlParser::*)());

}  // namespace dossier::sparql

#include "query/sparql/parser.h"

#include <exception>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/diagnostic.h"
#include "base/utf8.h"
#include "query/sparql/parse/antlr.h"
#include "query/sparql/parse/request_builder.h"
#include "query/sparql/parse/scope_check.h"
#include "query/sparql/parse/source_text.h"
#include "query/sparql/parse/syntax_error.h"
#include "query/sparql/parse/token_words.h"

namespace dossier::sparql {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Describes the first syntax error while the parser still knows where it is.
class FirstError : public antlr4::BaseErrorListener {
 public:
  FirstError(const SourceText& source, Problems* problems) : source_(source), problems_(*problems) {}

  void syntaxError(antlr4::Recognizer* recognizer, antlr4::Token* token, size_t /*line*/, size_t /*column*/,
                   const std::string& /*message*/, std::exception_ptr /*cause*/) override {
    if (problems_.first().has_value()) return;
    Problem problem = DescribeSyntaxError(static_cast<RememberingParser*>(recognizer), token, source_);
    problems_.Add(problem.span, std::move(problem.message), std::move(problem.suggestions));
  }

 private:
  const SourceText& source_;
  Problems& problems_;
};

// The lexer leaves the byte order mark out of its count, so it gets a blank in its place.
std::string ForLexer(absl::string_view text) {
  if (!absl::StartsWith(text, kByteOrderMark)) return std::string(text);
  return absl::StrCat(" ", text.substr(kByteOrderMark.size()));
}

// Lexer and parser over one text, with all that they must not outlive.
class Parsing {
 public:
  explicit Parsing(absl::string_view text)
      : source_(text), input_(ForLexer(text)), lexer_(&input_), tokens_(&lexer_), parser_(&tokens_) {
    lexer_.removeErrorListeners();
    parser_.removeErrorListeners();
    tokens_.fill();
  }

  const SourceText& source() const { return source_; }
  Problems& problems() { return problems_; }
  antlr4::CommonTokenStream& tokens() { return tokens_; }

  // The parse tree; null after a problem.
  template <typename Context>
  Context* Run(Context* (SparqlParser::*rule)()) {
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

 private:
  bool CheckNesting() {
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

  SourceText source_;
  Problems problems_;
  antlr4::ANTLRInputStream input_;
  SparqlLexer lexer_;
  antlr4::CommonTokenStream tokens_;
  RememberingParser parser_;
};

absl::Status CheckText(absl::string_view text) {
  if (text.size() > kMaximumRequestBytes) {
    return absl::InvalidArgumentError(absl::StrCat("the request has ", text.size(), " bytes, more than the ",
                                                   kMaximumRequestBytes,
                                                   " that are read at once; large data is better loaded from a file"));
  }
  if (const size_t bad = FindInvalidUtf8(text); bad != absl::string_view::npos) {
    return absl::InvalidArgumentError(absl::StrCat("the request is not valid UTF-8 at byte ", bad));
  }
  return absl::OkStatus();
}

// A request by `Builder` from the tree of `rule`.
template <typename Request, typename Builder, typename Context>
absl::StatusOr<Request> Parse(absl::string_view text, absl::string_view base, Context* (SparqlParser::*rule)()) {
  if (absl::Status status = CheckText(text); !status.ok()) return status;
  try {
    Parsing parsing(text);
    Request request;
    if (Context* const tree = parsing.Run(rule)) {
      request = Builder(parsing.source(), base, &parsing.problems()).Build(tree);
      if (!parsing.problems().first().has_value()) CheckScopes(request, &parsing.problems());
    }
    if (const std::optional<Problem>& problem = parsing.problems().first()) {
      return DiagnosticError(MakeDiagnostic(problem->message, text, problem->span, problem->suggestions));
    }
    return request;
  } catch (const std::exception& failure) {
    return absl::InternalError(absl::StrCat("the parser failed: ", failure.what()));
  }
}

bool BeginsUpdate(size_t token_type) {
  switch (token_type) {
    case SparqlLexer::LOAD:
    case SparqlLexer::CLEAR:
    case SparqlLexer::DROP:
    case SparqlLexer::CREATE:
    case SparqlLexer::ADD:
    case SparqlLexer::MOVE:
    case SparqlLexer::COPY:
    case SparqlLexer::INSERT:
    case SparqlLexer::DELETE:
    case SparqlLexer::WITH: return true;
    default: return false;
  }
}

}  // namespace

absl::StatusOr<ast::Query> ParseQuery(absl::string_view text, absl::string_view base) {
  return Parse<ast::Query, QueryBuilder>(text, base, &SparqlParser::queryUnit);
}

absl::StatusOr<ast::Update> ParseUpdate(absl::string_view text, absl::string_view base) {
  return Parse<ast::Update, UpdateBuilder>(text, base, &SparqlParser::updateUnit);
}

absl::StatusOr<ast::Request> ParseRequest(absl::string_view text, absl::string_view base) {
  if (IsUpdate(text)) return ParseUpdate(text, base);
  return ParseQuery(text, base);
}

bool IsUpdate(absl::string_view text) {
  if (!CheckText(text).ok()) return false;
  try {
    antlr4::ANTLRInputStream input(ForLexer(text));
    SparqlLexer lexer(&input);
    lexer.removeErrorListeners();
    // Behind the prologue, whose words are PREFIX, BASE, VERSION and what they declare.
    for (;;) {
      const size_t type = lexer.nextToken()->getType();
      switch (type) {
        case SparqlLexer::PREFIX:
        case SparqlLexer::BASE:
        case SparqlLexer::VERSION:
        case SparqlLexer::NAMESPACE_NAME:
        case SparqlLexer::IRIREF:
        case SparqlLexer::STRING: continue;
        default: return BeginsUpdate(type);
      }
    }
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace dossier::sparql

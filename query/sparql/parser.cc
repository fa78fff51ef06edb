#include "query/sparql/parser.h"

#include <exception>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/diagnostic.h"
#include "base/utf8.h"
#include "query/sparql/parse/parsing.h"
#include "query/sparql/parse/request_builder.h"
#include "query/sparql/parse/scope_check.h"

namespace dossier::sparql {
namespace {

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
    antlr4::ANTLRInputStream input(TextForLexer(text));
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

#include "query/sparql/sparql.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/diagnostic.h"
#include "base/status_macros.h"
#include "query/cursor_pipe.h"
#include "query/query_engine.h"
#include "query/result/row_reader.h"
#include "query/result/row_texts.h"
#include "query/sparql/bind.h"
#include "query/sparql/construct.h"
#include "query/sparql/describe.h"
#include "query/sparql/leading_tokens.h"
#include "query/sparql/parser.h"

namespace dossier::sparql {
namespace {

using Form = ast::Query::Form;

absl::Status RunToTheEnd(ResultCursor* cursor) {
  RowBatch batch;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&batch));
    if (!more) return absl::OkStatus();
    cursor->ForgetRows();
  }
}

// For writers that take rows as texts.
absl::StatusOr<uint64_t> WriteTextRows(ResultCursor* cursor, const QueryContext& context, TextRowWriter* writer) {
  // Results that are smaller are written before another thread would have begun.
  constexpr uint64_t kManyRows = uint64_t{16} << 10;
  const bool may_read_ahead = cursor->GivesStoredTermsOnly();
  RowTexts texts(&cursor->terms(), context.memory, writer);
  std::optional<ThreadLease> lease;
  std::optional<CursorPipe> pipe;
  RowBatch batch;
  uint64_t rows = 0;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, pipe.has_value() ? pipe->Next(&batch) : cursor->Next(&batch));
    if (!more) break;
    rows += batch.rows;
    bool written = false;
    DOSSIER_RETURN_IF_ERROR(texts.Add(batch, &written));
    if (!pipe.has_value()) {
      if (written) cursor->ForgetRows();
      if (may_read_ahead && rows > kManyRows) {
        lease.emplace(&cursor->threads(), 1);
        if (lease->count() == 1) pipe.emplace(cursor, context.memory);
      }
    }
    DOSSIER_RETURN_IF_ERROR(context.cancellation->Check());
  }
  DOSSIER_RETURN_IF_ERROR(texts.Flush());
  return rows;
}

absl::StatusOr<uint64_t> WriteRows(const std::vector<std::string>& columns, ResultCursor* cursor,
                                   const QueryContext& context, SolutionWriter* writer) {
  DOSSIER_RETURN_IF_ERROR(writer->Begin(columns));
  if (TextRowWriter* const text_writer = writer->AsTextRowWriter(); text_writer != nullptr) {
    DOSSIER_ASSIGN_OR_RETURN(const uint64_t rows, WriteTextRows(cursor, context, text_writer));
    DOSSIER_RETURN_IF_ERROR(writer->End());
    return rows;
  }
  RowReader reader(&cursor->terms());
  RowBatch batch;
  uint64_t rows = 0;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&batch));
    if (!more) break;
    DOSSIER_RETURN_IF_ERROR(reader.ForEachRow(batch, [&](SolutionRow row) { return writer->Row(row); }));
    rows += batch.rows;
    cursor->ForgetRows();
    DOSSIER_RETURN_IF_ERROR(context.cancellation->Check());
  }
  DOSSIER_RETURN_IF_ERROR(writer->End());
  return rows;
}

}  // namespace

std::string WithPrologue(absl::string_view statement, const Prologue& prologue) {
  // One line before the text. EXPLAIN stands before declarations, so it moves there too; blanks take its place.
  std::string declarations;
  std::string text(statement);
  LeadingTokens tokens(statement);
  for (const absl::string_view keyword : {"EXPLAIN", "ANALYZE"}) {
    const absl::string_view token = tokens.Next();
    if (!absl::EqualsIgnoreCase(token, keyword)) break;
    absl::StrAppend(&declarations, token, " ");
    const auto begin = static_cast<size_t>(token.data() - statement.data());
    text.replace(begin, token.size(), token.size(), ' ');
  }
  for (const auto& [name, iri] : prologue.prefixes) absl::StrAppend(&declarations, "PREFIX ", name, ": <", iri, "> ");
  return absl::StrCat(declarations, "\n", text);
}

absl::Status AsInStatement(const absl::Status& error, absl::string_view statement) {
  std::optional<Diagnostic> diagnostic = GetDiagnostic(error);
  if (!diagnostic.has_value() || diagnostic->line < 2) return error;
  --diagnostic->line;
  const std::vector<absl::string_view> lines = absl::StrSplit(statement, '\n');
  if (diagnostic->line <= lines.size()) diagnostic->line_text = std::string(lines[diagnostic->line - 1]);
  return DiagnosticError(*diagnostic, error.code());
}

absl::StatusOr<BoundQuery> PrepareQuery(absl::string_view statement, const Prologue& prologue) {
  const std::string text = WithPrologue(statement, prologue);
  const absl::StatusOr<ast::Query> query = ParseQuery(text, prologue.base);
  if (!query.ok()) return AsInStatement(query.status(), statement);
  absl::StatusOr<BoundQuery> bound = BindQuery(*query, text);
  if (!bound.ok()) return AsInStatement(bound.status(), statement);
  return bound;
}

absl::StatusOr<uint64_t> RunSolutions(BoundQuery query, std::shared_ptr<const Snapshot> snapshot,
                                      const QueryContext& context, SolutionWriter* writer) {
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ResultCursor> cursor,
                           Execute(std::move(query.algebra), std::move(snapshot), context));
  if (query.form == Form::kSelect) return WriteRows(query.columns, cursor.get(), context, writer);
  RowBatch batch;
  DOSSIER_ASSIGN_OR_RETURN(const bool found, cursor->Next(&batch));
  DOSSIER_RETURN_IF_ERROR(writer->Boolean(found));
  DOSSIER_RETURN_IF_ERROR(writer->End());
  return found ? 1 : 0;
}

absl::StatusOr<uint64_t> RunGraph(BoundQuery query, std::shared_ptr<const Snapshot> snapshot,
                                  const QueryContext& context, QuadSink sink) {
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ResultCursor> cursor,
                           Execute(std::move(query.algebra), std::move(snapshot), context));
  uint64_t triples = 0;
  const auto counting = [&](Quad&& quad) {
    ++triples;
    return sink(std::move(quad));
  };
  if (query.form == Form::kConstruct) {
    DOSSIER_RETURN_IF_ERROR(Construct(query.construct, cursor.get(), context, counting));
  } else {
    DOSSIER_RETURN_IF_ERROR(Describe(query, cursor.get(), context, counting));
  }
  return triples;
}

absl::StatusOr<std::string> Explain(BoundQuery query, std::shared_ptr<const Snapshot> snapshot,
                                    const QueryContext& context) {
  std::string text = absl::StrCat(algebra::ToString(*query.algebra.root, query.algebra.variables), "\n\n");
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ResultCursor> cursor,
                           Execute(std::move(query.algebra), std::move(snapshot), context));
  const bool analyze = query.explain == ast::Query::Explain::kAnalyze;
  if (analyze) DOSSIER_RETURN_IF_ERROR(RunToTheEnd(cursor.get()));
  return absl::StrCat(text, cursor->DescribePlan(analyze));
}

}  // namespace dossier::sparql

// Answers as text: a table for people, CSV and TSV for spreadsheets, JSON for programs, Markdown for reports, Turtle
// for other stores.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "query/result/answer.h"

namespace dossier {

enum class AnswerFormat : uint8_t { kTable, kCsv, kTsv, kJson, kJsonLines, kMarkdown, kTurtle };

// The names of the formats, in the order of the enumeration: "table", "csv", "tsv", "json", "jsonl", "markdown",
// "turtle".
absl::Span<const absl::string_view> AnswerFormatNames();
// One of those names; nullopt for others.
std::optional<AnswerFormat> ParseAnswerFormat(absl::string_view name);

struct TableOptions {
  // Columns of the terminal: long cells are shortened to fit, claims are broken into lines. 0: as wide as needed.
  size_t width = 100;
  bool color = false;         // ANSI colours.
  bool claims = true;         // The claims under each row.
  size_t maximum_claims = 3;  // Of one row; the rest are counted, with the words that show them (`why 2`).
  bool elapsed = true;        // How long it took.
};

// The reading, the notes, the verdict, the rows (with their numbers when there are several) with when, certainty and
// sources, the claims. Ends with a line end.
std::string AnswerToTable(const Answer& answer, const TableOptions& options);

// A header line and a line for each row: the columns' labels, then possible, when, certainty, sources, articles.
// RFC 4180 for CSV; TSV with \t, \n and \\ escaped.
std::string AnswerToCsv(const Answer& answer);
std::string AnswerToTsv(const Answer& answer);

// One JSON object in one line, without a line end, of the form in docs/language.md.
std::string AnswerToJson(const Answer& answer);

// The rows of AnswerToJson, each an object in a line of its own. A yes-no question gives one line with the verdict and
// all claims.
std::string AnswerToJsonLines(const Answer& answer);

// The question as a heading, the reading, a table, and the claims as a list.
std::string AnswerToMarkdown(const Answer& answer);

// `answer.statements` as a Turtle document, with the question in a comment. Named graphs are left out: Turtle has none.
absl::StatusOr<std::string> AnswerToTurtle(const Answer& answer);

// {"error": {"message", "line", "column", "suggestions"}}: what AnswerToJson is for a failed question.
std::string ErrorToJson(const absl::Status& error);

}  // namespace dossier

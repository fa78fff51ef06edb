// Answers as text: a table for people, CSV and TSV for spreadsheets, JSON for programs.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "query/result/answer.h"

namespace dossier {

enum class AnswerFormat { kTable, kCsv, kTsv, kJson };

// "table", "csv", "tsv", "json"; nullopt for others.
std::optional<AnswerFormat> ParseAnswerFormat(absl::string_view name);

struct TableOptions {
  size_t width = 100;         // Columns of the terminal; long cells are shortened to fit. 0: as wide as needed.
  bool color = false;         // ANSI colours.
  bool claims = true;         // The claims under each row.
  size_t maximum_claims = 3;  // Of one row; the rest are counted.
  bool elapsed = true;        // How long it took.
};

// The reading, the notes, the verdict, the rows with when, certainty and sources, the claims. Ends with a line end.
std::string AnswerToTable(const Answer& answer, const TableOptions& options);

// A header line and a line for each row: the columns' labels, then possible, when, certainty, sources, articles.
// RFC 4180 for CSV; TSV with \t, \n and \\ escaped.
std::string AnswerToCsv(const Answer& answer);
std::string AnswerToTsv(const Answer& answer);

// One JSON object in one line, without a line end, of the form in docs/language.md.
std::string AnswerToJson(const Answer& answer);

// {"error": {"message", "line", "column", "suggestions"}}: what AnswerToJson is for a failed question.
std::string ErrorToJson(const absl::Status& error);

}  // namespace dossier

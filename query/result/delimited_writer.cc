#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "query/result/answer_format.h"
#include "query/result/answer_writer.h"

namespace dossier {
namespace {

// RFC 4180: fields with separators, quotes or line ends stand in quotes, quotes are doubled.
std::string CsvField(absl::string_view text) {
  if (text.find_first_of(",\"\r\n") == absl::string_view::npos) return std::string(text);
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

std::string TsvField(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"\t", "\\t"}, {"\n", "\\n"}, {"\r", "\\r"}});
}

std::string Delimited(const Answer& answer, absl::string_view separator, absl::string_view line_end,
                      absl::FunctionRef<std::string(absl::string_view)> field) {
  std::string text;
  const auto add = [&](absl::string_view value, bool last) {
    absl::StrAppend(&text, field(value), last ? line_end : separator);
  };
  for (const std::string& column : answer.columns) add(column, false);
  for (const char* extra : {"possible", "when", "certainty", "sources"}) add(extra, false);
  add("articles", true);
  for (const AnswerRow& row : answer.rows) {
    for (size_t i = 0; i < answer.columns.size(); ++i) {
      const bool has_value = i < row.cells.size() && row.cells[i].has_value();
      add(has_value ? absl::string_view(row.cells[i]->label) : absl::string_view(), false);
    }
    add(row.possible ? "true" : "false", false);
    add(row.when, false);
    add(row.certainty, false);
    add(absl::StrCat(row.sources), false);
    add(ArticlesOf(row), true);
  }
  return text;
}

}  // namespace

std::string AnswerToCsv(const Answer& answer) { return Delimited(answer, ",", "\r\n", CsvField); }

std::string AnswerToTsv(const Answer& answer) { return Delimited(answer, "\t", "\n", TsvField); }

}  // namespace dossier

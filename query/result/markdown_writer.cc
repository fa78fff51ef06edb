#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "query/result/answer_format.h"
#include "query/result/answer_writer.h"
#include "query/result/table_layout.h"

namespace dossier {
namespace {

// Characters that Markdown would take for its own.
std::string Escaped(absl::string_view text) {
  std::string escaped;
  for (const char c : table::OneLine(text)) {
    if (absl::string_view("\\`*_[]<>|#").find(c) != absl::string_view::npos) escaped.push_back('\\');
    escaped.push_back(c);
  }
  return escaped;
}

std::string Line(const std::vector<std::string>& cells) {
  return absl::StrCat("| ", absl::StrJoin(cells, " | "), " |\n");
}

std::string Table(const Answer& answer) {
  const GatheredColumns gathered = GatheredColumnsOf(answer);
  const bool possible =
      std::any_of(answer.rows.begin(), answer.rows.end(), [](const AnswerRow& r) { return r.possible; });
  std::vector<std::string> header = {""};
  for (const std::string& column : answer.columns) header.push_back(Escaped(column));
  if (gathered.when) header.emplace_back("when");
  if (gathered.certainty) header.emplace_back("certainty");
  if (gathered.sources) header.emplace_back("sources");
  if (possible) header.emplace_back("");
  std::string text = absl::StrCat(Line(header), Line(std::vector<std::string>(header.size(), "---")));
  for (size_t i = 0; i < answer.rows.size(); ++i) {
    const AnswerRow& row = answer.rows[i];
    std::vector<std::string> cells = {absl::StrCat(i + 1)};
    for (size_t column = 0; column < answer.columns.size(); ++column) {
      const bool has_value = column < row.cells.size() && row.cells[column].has_value();
      cells.push_back(has_value ? Escaped(row.cells[column]->label) : "");
    }
    if (gathered.when) cells.push_back(Escaped(row.when));
    if (gathered.certainty) cells.push_back(row.certainty);
    if (gathered.sources) cells.push_back(absl::StrCat(row.sources));
    if (possible) cells.emplace_back(row.possible ? "possibly" : "");
    absl::StrAppend(&text, Line(cells));
  }
  return text;
}

// The claims of a row, as items of a list below the number of the row.
std::string Claims(const AnswerRow& row) {
  std::string text;
  for (const AnswerClaim& claim : row.claims) {
    absl::StrAppend(&text, "   - ", Escaped(absl::StrCat(CitationOf(claim), SentenceOf(claim))), "\n");
    if (!claim.text.empty()) absl::StrAppend(&text, "     > ", Escaped(claim.text), "\n");
    if (!claim.note.empty()) absl::StrAppend(&text, "     (", Escaped(claim.note), ")\n");
  }
  return text;
}

}  // namespace

std::string AnswerToMarkdown(const Answer& answer) {
  std::string text = absl::StrCat("## ", Escaped(answer.question), "\n\n");
  if (!answer.reading.empty()) absl::StrAppend(&text, "*", Escaped(answer.reading), "*\n\n");
  for (const std::string& note : answer.notes) absl::StrAppend(&text, "Note: ", Escaped(note), "\n\n");
  if (answer.verdict != Answer::Verdict::kNone) absl::StrAppend(&text, "**", VerdictName(answer.verdict), "**\n\n");
  if (answer.rows.empty()) {
    if (answer.verdict == Answer::Verdict::kNone) absl::StrAppend(&text, "No answer.\n\n");
    return text;
  }
  if (!answer.columns.empty()) absl::StrAppend(&text, Table(answer), "\n");
  for (size_t i = 0; i < answer.rows.size(); ++i) {
    const AnswerRow& row = answer.rows[i];
    if (row.claims.empty()) continue;
    std::vector<std::string> labels;
    for (const auto& cell : row.cells) labels.push_back(cell.has_value() ? Escaped(cell->label) : "–");
    absl::StrAppend(&text, i + 1, ". ", labels.empty() ? "claims" : absl::StrJoin(labels, ", "), "\n", Claims(row));
  }
  return absl::StrCat(text, "\n");
}

}  // namespace dossier

#include "query/result/table_layout.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/utf8.h"

namespace dossier::table {
namespace {

constexpr size_t kGap = 2;              // Blanks between columns.
constexpr size_t kNarrowestColumn = 8;  // No column is shortened below this.

}  // namespace

std::string Shortened(absl::string_view text, size_t width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  std::string cut;
  size_t used = 0;
  while (!text.empty()) {
    const absl::string_view character = FirstCharacter(text);
    used += DisplayWidth(character);
    if (used + 1 > width) break;
    absl::StrAppend(&cut, character);
    text.remove_prefix(character.size());
  }
  return absl::StrCat(cut, "…");
}

std::string Wrapped(absl::string_view text, absl::string_view indent, size_t width) {
  // A terminal that is all indentation is not wrapped for.
  if (width < 2 * DisplayWidth(indent) + kNarrowestColumn) return absl::StrCat(indent, text, "\n");
  std::string lines;
  std::string line(indent);
  bool empty = true;
  const auto end_line = [&] {
    absl::StrAppend(&lines, line, "\n");
    line = absl::StrCat(indent, "  ");
    empty = true;
  };
  for (absl::string_view word : absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    if (!empty && DisplayWidth(line) + 1 + DisplayWidth(word) > width) end_line();
    absl::StrAppend(&line, empty ? "" : " ");
    empty = false;
    // What is longer than a line (an IRI, text without blanks) is broken where the line ends.
    while (DisplayWidth(line) + DisplayWidth(word) > width) {
      while (!word.empty() && DisplayWidth(line) + DisplayWidth(FirstCharacter(word)) <= width) {
        const absl::string_view character = FirstCharacter(word);
        absl::StrAppend(&line, character);
        word.remove_prefix(character.size());
      }
      end_line();
    }
    absl::StrAppend(&line, word);
    empty = word.empty();
  }
  if (!empty) end_line();
  return lines;
}

std::string OneLine(absl::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return line;
}

void Widen(const Cells& cells, std::vector<size_t>* widths) {
  widths->resize(std::max(widths->size(), cells.size()), 0);
  for (size_t i = 0; i < cells.size(); ++i) (*widths)[i] = std::max((*widths)[i], DisplayWidth(cells[i]));
}

void Fit(size_t total, std::vector<size_t>* widths) {
  if (total == 0 || widths->empty()) return;
  size_t used = kGap * (widths->size() - 1);
  for (const size_t width : *widths) used += width;
  while (used > total) {
    const auto widest = std::max_element(widths->begin(), widths->end());
    if (*widest <= kNarrowestColumn) break;
    --*widest;
    --used;
  }
}

std::string Line(const Cells& cells, const std::vector<size_t>& widths) {
  std::string line;
  for (size_t i = 0; i < cells.size(); ++i) {
    const std::string cell = Shortened(cells[i], widths[i]);
    absl::StrAppend(&line, cell);
    if (i + 1 < cells.size()) line.append(widths[i] - std::min(widths[i], DisplayWidth(cell)) + kGap, ' ');
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace dossier::table

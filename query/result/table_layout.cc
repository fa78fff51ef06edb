#include "query/result/table_layout.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
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
    absl::string_view rest = text;
    TakeCodePoint(&rest);
    const absl::string_view character = text.substr(0, text.size() - rest.size());
    if (used + DisplayWidth(character) + 1 > width) break;
    used += DisplayWidth(character);
    absl::StrAppend(&cut, character);
    text = rest;
  }
  return absl::StrCat(cut, "…");
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

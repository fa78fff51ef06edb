// Cells side by side on a terminal: how wide columns may be, and what does not fit.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace dossier::table {

inline constexpr absl::string_view kBold = "\x1b[1m";
inline constexpr absl::string_view kDim = "\x1b[2m";
inline constexpr absl::string_view kPlain = "\x1b[0m";

using Cells = std::vector<std::string>;

// `text` in at most `width` columns of the terminal, with "…" where it was cut.
std::string Shortened(absl::string_view text, size_t width);

// `text` in lines of at most `width` columns (0: one line), broken at blanks where it has any. Each begins with
// `indent`, those after the first with two blanks more, and ends with a line end.
std::string Wrapped(absl::string_view text, absl::string_view indent, size_t width);

// Line ends and tabs, which would break a table, as blanks.
std::string OneLine(absl::string_view text);

// Makes `widths` large enough for `cells`.
void Widen(const Cells& cells, std::vector<size_t>* widths);

// Takes width where there is most, until all columns fit into `total` columns of the terminal (0: any), or none can be
// made narrower.
void Fit(size_t total, std::vector<size_t>* widths);

// One line without line end and without blanks at its end; what is wider than its column is shortened.
std::string Line(const Cells& cells, const std::vector<size_t>& widths);

}  // namespace dossier::table

// Paragraphs and sentences of an article's text, numbered as claims cite them (docs/datasets.md): a paragraph is a
// non-blank line, counted from 1; a sentence ends at `.`, `?` or `!` (closing quotes and brackets included) before a
// blank or the end of the line. Dots of abbreviations ("Mr.", "Feb. 26", "J. Smith", "U.S. troops") end none; "the U.S.
// The meeting" does end one, since a word that often begins sentences follows.
#pragma once

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"

namespace dossier {

struct Paragraph {
  size_t line = 0;                           // Line of the text, counted from 1, blank ones included.
  std::vector<absl::string_view> sentences;  // Without outer blanks; at least one.
};

// The sentences of one line; none when it is blank. The views point into `line`.
std::vector<absl::string_view> SplitSentences(absl::string_view line);

// All paragraphs of `text`, into which the views point.
std::vector<Paragraph> SplitParagraphs(absl::string_view text);

}  // namespace dossier

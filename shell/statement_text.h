// Cutting text into statements: a statement is a line; it goes on in the next line after a trailing backslash, and as
// long as a double quote or a parenthesis is open. `#` at the begin of a line, or after a blank, makes the rest of the
// line a comment (not inside quotes).
#pragma once

#include <cstddef>
#include <istream>
#include <string>

#include "absl/strings/string_view.h"

namespace dossier {

class StatementReader {
 public:
  // Takes one more line (without its end). True when a statement is complete, for TakeStatement().
  bool AddLine(absl::string_view line);

  // Whether lines have been added that are no whole statement yet.
  bool IsUnfinished() const { return !text_.empty(); }

  // What has been added and not taken.
  const std::string& unfinished() const { return text_; }

  // The statement, with line ends where its lines ended (blanks inside quotes), without comments; then begins anew. An
  // unfinished one is given as far as it goes.
  std::string TakeStatement();

  // The line in which the statement that was last taken, or is being read, began; counted from 1.
  size_t first_line() const { return first_line_; }

 private:
  std::string text_;
  size_t line_number_ = 0;
  size_t first_line_ = 0;
};

}  // namespace dossier

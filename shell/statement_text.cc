#include "shell/statement_text.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace dossier {
namespace {

// How a text stands at its end.
struct Nesting {
  bool in_quotes = false;
  int parentheses = 0;
};

bool IsBlank(char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); }

// Goes through `line`; returns where a comment begins, or its size.
size_t Scan(absl::string_view line, Nesting* nesting) {
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (nesting->in_quotes) {
      if (c == '\\' && i + 1 < line.size()) {
        ++i;
      } else if (c == '"') {
        nesting->in_quotes = false;
      }
    } else if (c == '"') {
      nesting->in_quotes = true;
    } else if (c == '(') {
      ++nesting->parentheses;
    } else if (c == ')' && nesting->parentheses > 0) {
      --nesting->parentheses;
    } else if (c == '#' && (i == 0 || IsBlank(line[i - 1]))) {
      return i;
    }
  }
  return line.size();
}

}  // namespace

bool StatementReader::AddLine(absl::string_view line) {
  ++line_number_;
  absl::ConsumeSuffix(&line, "\r");
  Nesting nesting;
  if (text_.empty()) {
    first_line_ = line_number_;
  } else {
    Scan(text_, &nesting);
    if (nesting.in_quotes) text_.back() = ' ';  // A quoted name is one, though it was written in two lines.
  }
  const bool is_dot_command = text_.empty() && absl::StartsWith(absl::StripLeadingAsciiWhitespace(line), ".");
  line = absl::StripTrailingAsciiWhitespace(line.substr(0, Scan(line, &nesting)));
  const bool goes_on = absl::ConsumeSuffix(&line, "\\");
  if (text_.empty() && !goes_on && absl::StripLeadingAsciiWhitespace(line).empty()) return false;
  absl::StrAppend(&text_, line, "\n");
  return is_dot_command || (!goes_on && !nesting.in_quotes && nesting.parentheses == 0);
}

std::string StatementReader::TakeStatement() {
  std::string statement = std::move(text_);
  text_.clear();
  absl::StripAsciiWhitespace(&statement);
  return statement;
}

}  // namespace dossier

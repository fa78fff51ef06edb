#include "shell/statement_text.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/utf8.h"
#include "query/sparql/statement_extent.h"
#include "query/sparql/statement_form.h"
#include "shell/statement_start.h"

namespace dossier {
namespace {

// How a text stands at its end.
struct Nesting {
  bool in_quotes = false;
  int parentheses = 0;
};

sparql::StatementForm FormOf(absl::string_view text) {
  // Which prefixes there are makes no difference for where a statement ends: `describe ex:a` is one line either way.
  return sparql::RecognizeStatement(text, [](absl::string_view) { return false; });
}

bool IsSparql(absl::string_view line) { return FormOf(line) != sparql::StatementForm::kNotSparql; }

bool IsQuery(absl::string_view text) { return FormOf(text) == sparql::StatementForm::kQuery; }

bool IsBlank(char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); }

// Where a line stops to belong to a statement.
struct LineEnd {
  size_t at = 0;  // A comment begins here, or the line ends, or there is a `;` that ends the statement.
  bool is_statement_end = false;
};

size_t Indentation(absl::string_view line) { return std::min(line.find_first_not_of(" \t"), line.size()); }

// Goes through `line`, from where `nesting` is that of what comes before it.
LineEnd Scan(absl::string_view line, Nesting* nesting) {
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
      return {i, false};
    } else if (c == ';' && nesting->parentheses == 0 && (i + 1 == line.size() || IsBlank(line[i + 1]))) {
      return {i, true};
    }
  }
  return {line.size(), false};
}

}  // namespace

bool StatementReader::AddLine(absl::string_view line) {
  ++line_number_;
  absl::ConsumeSuffix(&line, "\r");
  is_taken_ = false;
  if (text_.empty()) {
    first_line_ = line_number_;
    is_sparql_ = IsSparql(line);
  }
  if (is_sparql_) {
    AddSparqlLine(line);
  } else {
    AddQuestionLine(line);
  }
  return is_complete_;
}

// Whether a script's unfinished statement ends before `line`. `is_open`: inside quotes or parentheses.
bool StatementReader::EndsBefore(absl::string_view line, bool is_open) const {
  if (absl::StripAsciiWhitespace(line).empty()) return true;
  return !is_open && !goes_on_ && Indentation(line) <= Indentation(text_) && StartsStatement(line);
}

void StatementReader::AddQuestionLine(absl::string_view line) {
  Nesting nesting;
  if (!text_.empty()) {
    Scan(text_, &nesting);
    if (source_ == Source::kScript && EndsBefore(line, nesting.in_quotes || nesting.parentheses > 0)) {
      held_line_ = std::string(line);
      is_complete_ = true;
      return;
    }
    if (nesting.in_quotes) text_.back() = ' ';  // A quoted name is one, though it was written in two lines.
  }
  const bool is_dot_command = text_.empty() && absl::StartsWith(absl::StripLeadingAsciiWhitespace(line), ".");
  const LineEnd end = Scan(line, &nesting);
  if (end.is_statement_end && !is_dot_command) {
    const absl::string_view rest = line.substr(end.at + 1);
    if (!absl::StripAsciiWhitespace(rest).empty()) {
      held_line_ = absl::StrCat(std::string(CountCodePoints(line.substr(0, end.at + 1)), ' '), rest);
    }
  }
  line =
      absl::StripTrailingAsciiWhitespace(line.substr(0, is_dot_command && end.is_statement_end ? line.size() : end.at));
  goes_on_ = !end.is_statement_end && absl::ConsumeSuffix(&line, "\\");
  if (text_.empty() && !goes_on_ && absl::StripLeadingAsciiWhitespace(line).empty() && !held_line_.has_value()) return;
  absl::StrAppend(&text_, line, "\n");
  const bool is_open = goes_on_ || nesting.in_quotes || nesting.parentheses > 0;
  is_complete_ = is_dot_command || end.is_statement_end || (source_ == Source::kPrompt && !is_open);
}

void StatementReader::AddSparqlLine(absl::string_view line) {
  if (may_end_ && !sparql::GoesOnWith(line)) {
    held_line_ = std::string(line);
    is_complete_ = true;
    return;
  }
  absl::StrAppend(&text_, line, "\n");
  const sparql::StatementExtent extent = sparql::ExtentOf(text_);
  may_end_ = extent == sparql::StatementExtent::kMayGoOn;
  is_complete_ = extent == sparql::StatementExtent::kEnded;
  // Behind a `;` nothing has to follow.
  const bool is_empty_line = absl::StripAsciiWhitespace(line).empty();
  if (is_empty_line && absl::EndsWith(absl::StripAsciiWhitespace(text_), ";")) is_complete_ = true;
}

std::string StatementReader::TakeStatement() {
  std::string statement = std::move(text_);
  text_.clear();
  const bool was_sparql = std::exchange(is_sparql_, false);
  is_complete_ = false;
  may_end_ = false;
  goes_on_ = false;
  taken_line_ = first_line_;
  if (held_line_.has_value()) {
    const std::string line = *std::exchange(held_line_, std::nullopt);
    --line_number_;
    AddLine(line);
  }
  is_taken_ = true;
  absl::StripTrailingAsciiWhitespace(&statement);
  taken_column_ = 1;
  if (!was_sparql) {
    taken_column_ = 1 + Indentation(statement);
    absl::StripLeadingAsciiWhitespace(&statement);
  } else if (IsQuery(statement)) {
    while (absl::EndsWith(statement, ";")) {
      statement.pop_back();
      absl::StripTrailingAsciiWhitespace(&statement);
    }
  }
  return statement;
}

}  // namespace dossier

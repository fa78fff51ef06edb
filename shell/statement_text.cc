#include "shell/statement_text.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "query/sparql/statement_extent.h"
#include "query/sparql/statement_form.h"

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

void StatementReader::AddQuestionLine(absl::string_view line) {
  Nesting nesting;
  if (!text_.empty()) {
    Scan(text_, &nesting);
    if (nesting.in_quotes) text_.back() = ' ';  // A quoted name is one, though it was written in two lines.
  }
  const bool is_dot_command = text_.empty() && absl::StartsWith(absl::StripLeadingAsciiWhitespace(line), ".");
  line = absl::StripTrailingAsciiWhitespace(line.substr(0, Scan(line, &nesting)));
  const bool goes_on = absl::ConsumeSuffix(&line, "\\");
  if (text_.empty() && !goes_on && absl::StripLeadingAsciiWhitespace(line).empty()) return;
  absl::StrAppend(&text_, line, "\n");
  is_complete_ = is_dot_command || (!goes_on && !nesting.in_quotes && nesting.parentheses == 0);
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
  taken_line_ = first_line_;
  if (held_line_.has_value()) {
    const std::string line = *std::exchange(held_line_, std::nullopt);
    --line_number_;
    AddLine(line);
  }
  is_taken_ = true;
  absl::StripTrailingAsciiWhitespace(&statement);
  if (!was_sparql) {
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

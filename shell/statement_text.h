// Cutting text into statements. At a prompt a statement of the question language is a line; it goes on in the next line
// after a trailing backslash, and as long as a double quote or a parenthesis is open. In a script it goes on until `;`,
// an empty line, or the end; and until a line that begins another statement (statement_start.h) and is not indented
// deeper, so that scripts with a statement on each line need neither. A `;` with a blank or nothing behind it ends a
// statement at a prompt too, and another may follow it on the line. `#` at the begin of a line, or after a blank, makes
// the rest of the line a comment (not inside quotes); a line of nothing else ends no statement.
//
// A statement of SPARQL ends with a line as well, once its brackets are closed and nothing is missing; a line of
// solution modifiers (ORDER BY, LIMIT, ...) behind it still belongs to it, an empty line never does. A query may end
// with
// `;`; after an update's `;` another operation may follow.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace dossier {

class StatementReader {
 public:
  enum class Source : uint8_t { kPrompt, kScript };
  explicit StatementReader(Source source = Source::kPrompt) : source_(source) {}

  // Takes one more line (without its end). True when a statement is complete, for TakeStatement().
  // REQUIRES: HasStatement() is false.
  bool AddLine(absl::string_view line);

  // Whether a statement is complete. Taking it may complete another: the line that showed where it ended.
  bool HasStatement() const { return is_complete_; }

  // Whether lines have been added that are no whole statement yet.
  bool IsUnfinished() const { return !text_.empty(); }

  // What has been added and not taken.
  const std::string& unfinished() const { return text_; }

  // Whether what there is can be taken as a whole statement, though the next line may still belong to it.
  bool MayEnd() const { return may_end_; }

  // Whether an empty line ends the unfinished statement, whatever it lacks.
  bool EmptyLineEnds() const { return !is_sparql_ || may_end_; }

  // The statement, then begins anew. One of the question language has line ends where its lines ended (blanks inside
  // quotes) and no comments; one of SPARQL is as it was written. An unfinished one is given as far as it goes.
  std::string TakeStatement();

  // The line in which the statement that was last taken, or is being read, began; counted from 1.
  size_t first_line() const { return is_taken_ ? taken_line_ : first_line_; }

  // Where in that line the statement that was last taken begins: in code points, counted from 1. What is wrong in its
  // first line is this much further right than in TakeStatement()'s text.
  size_t first_column() const { return taken_column_; }

 private:
  void AddQuestionLine(absl::string_view line);
  bool EndsBefore(absl::string_view line, bool is_open) const;
  void AddSparqlLine(absl::string_view line);

  Source source_;
  std::string text_;
  // What stands behind a complete statement: the line that was needed to see its end, or the rest of its own line, then
  // with blanks for what came before.
  std::optional<std::string> held_line_;
  bool is_sparql_ = false;
  bool is_complete_ = false;
  bool may_end_ = false;
  bool goes_on_ = false;  // After a backslash.
  size_t line_number_ = 0;
  size_t first_line_ = 0;
  bool is_taken_ = false;
  size_t taken_line_ = 0;
  size_t taken_column_ = 1;
};

}  // namespace dossier

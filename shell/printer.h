// Shows what statements gave: on standard output in the format that was asked for, errors with a caret on standard
// error (as an object on standard output when the format is JSON).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "database/session.h"
#include "query/result/answer_writer.h"
#include "shell/exit_code.h"
#include "shell/output.h"

namespace dossier {

struct PrintOptions {
  AnswerFormat format = AnswerFormat::kTable;
  size_t width = 0;        // Columns to fit tables into; 0: as wide as needed.
  size_t fixed_width = 0;  // What `width` is to be whatever the terminal has; 0: what the terminal has.
  size_t limit = 0;        // Rows of an answer to show; 0: all.
  bool color = false;
  bool error_color = false;
  bool claims = true;         // The claims under each row of a table.
  size_t maximum_claims = 3;  // Of one row.
  bool timer = false;         // Whether it is told how long a statement took.
  bool pager = true;          // Whether long results go through the pager at a terminal.
  enum class Explain : uint8_t { kOff, kPlan, kAnalyze };
  Explain explain = Explain::kOff;  // Whether the plan of a question is shown before its answer.
};

// Whether errors and reports are objects as well.
inline bool IsJson(AnswerFormat format) { return format == AnswerFormat::kJson || format == AnswerFormat::kJsonLines; }

class Printer {
 public:
  // Results go to `output`, errors to `errors`. Both must outlive it.
  Printer(Output* output, Output* errors, PrintOptions options) : output_(output), errors_(errors), options_(options) {}

  PrintOptions& options() { return options_; }

  // Both return what the program's exit code would be. That of Print() is kPartial when a load rejected lines.
  ExitCode Print(const StatementResult& result);
  ExitCode PrintError(const absl::Status& error);

  // The width to fit tables into, after the terminal may have changed its size.
  void FitToTerminal();

  // Sends results to a file, or with an empty path back to where they went before (see Output::SwitchToFile).
  absl::Status SwitchOutput(const std::string& path);

  // What is printed in between is one result, for the pager.
  void BeginResult();
  void EndResult();

  // As it is, whatever the format.
  ExitCode PrintText(absl::string_view text);

  // A piece of a result that is written while it is computed. An error is Aborted when nobody reads any more. A
  // PrintError() that comes after a piece goes beside the result, whatever the format: what was begun is no JSON.
  absl::Status WritePiece(absl::string_view piece);

  // A word to the user that is no part of the result.
  void PrintNote(absl::string_view note);

  // False when standard output can no longer be written to.
  bool output_ok() const { return output_->status().ok(); }

 private:
  absl::StatusOr<std::string> Format(const StatementResult& result) const;
  ExitCode Write(absl::string_view text);

  Output* const output_;
  Output* const errors_;
  PrintOptions options_;
  bool in_pieces_ = false;
};

}  // namespace dossier

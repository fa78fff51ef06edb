// Shows what statements gave: on standard output in the format that was asked for, errors with a caret on standard
// error (as an object on standard output when the format is JSON).
#pragma once

#include <cstddef>
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
  size_t width = 0;  // Columns to fit tables into; 0: as wide as needed.
  bool color = false;
  bool error_color = false;
  bool claims = true;         // The claims under each row of a table.
  size_t maximum_claims = 3;  // Of one row.
  bool timer = false;         // Whether the table of an answer tells how long it took.
};

class Printer {
 public:
  // Results go to `output`, errors to `errors`. Both must outlive it.
  Printer(Output* output, Output* errors, PrintOptions options) : output_(output), errors_(errors), options_(options) {}

  PrintOptions& options() { return options_; }

  // Both return what the program's exit code would be. That of Print() is kPartial when a load rejected lines.
  ExitCode Print(const StatementResult& result);
  ExitCode PrintError(const absl::Status& error);

  // As it is, whatever the format.
  ExitCode PrintText(absl::string_view text);

  // False when standard output can no longer be written to.
  bool output_ok() const { return output_->status().ok(); }

 private:
  absl::StatusOr<std::string> Format(const StatementResult& result) const;
  ExitCode Write(absl::string_view text);

  Output* const output_;
  Output* const errors_;
  PrintOptions options_;
};

}  // namespace dossier

// Standard output. Errors of writing are kept, so that a closed pipe or a full disk ends the program with a message (or
// silently, when the reader has simply had enough) and never with a signal.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace dossier {

// Not thread-safe.
class Output {
 public:
  // `descriptor` stays open.
  explicit Output(int descriptor) : descriptor_(descriptor) {}
  // Appends to `text` instead, which must outlive it.
  explicit Output(std::string* text) : text_(text) {}

  // Writes all of `text` at once. After an error nothing more is written and the same error is returned: Aborted when
  // the other end of a pipe was closed, else Unavailable with the reason.
  absl::Status Write(absl::string_view text);

  const absl::Status& status() const { return status_; }
  int descriptor() const { return descriptor_; }

 private:
  const int descriptor_ = -1;
  std::string* const text_ = nullptr;
  absl::Status status_;
};

// A line on standard error; "error: " goes before messages that are errors.
void PrintToStandardError(absl::string_view text);

}  // namespace dossier

// Where results go: standard output, or a file in its place, through a pager where the terminal is too small. Errors of
// writing are kept, so that a closed pipe or a full disk ends the program with a message (or silently, when the reader
// has simply had enough) and never with a signal.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "shell/pager.h"

namespace dossier {

// Not thread-safe.
class Output {
 public:
  // `descriptor` stays open.
  explicit Output(int descriptor) : descriptor_(descriptor) {}
  // Appends to `text` instead, which must outlive it.
  explicit Output(std::string* text) : text_(text) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output();

  // Writes all of `text` at once. After an error nothing more is written and the same error is returned: Aborted when
  // the other end of a pipe was closed or the pager was left, else Unavailable with the reason.
  absl::Status Write(absl::string_view text);

  // From now on everything goes to this file, made anew; with an empty path back to where it went before. An error of
  // the file before ends with it. InvalidArgument when the file cannot be made: then all stays as it was.
  absl::Status SwitchToFile(const std::string& path);
  bool in_file() const { return file_ >= 0; }
  // Whether what is written now goes to a terminal.
  bool to_terminal() const;

  // Shows what is written up to EndPaging() through `command` when it has more lines than the terminal. Nothing when
  // this is no terminal.
  void BeginPaging(const std::string& command);
  // Waits until the user has left the pager. That it was left is no error any more then.
  void EndPaging();

  const absl::Status& status() const { return status_; }

 private:
  absl::Status WriteTo(int descriptor, absl::string_view text) const;

  const int descriptor_ = -1;
  std::string* const text_ = nullptr;
  int file_ = -1;
  std::unique_ptr<Pager> pager_;
  absl::Status status_;
};

// A line on standard error; "error: " goes before messages that are errors.
void PrintToStandardError(absl::string_view text);

}  // namespace dossier

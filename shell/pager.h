// Shows a long result through the user's pager. What fits the screen goes to the terminal as it is; the pager is
// started when more has come than that, so that a result may be written piece by piece.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace dossier {

// PAGER, or `less`; empty when PAGER is set to nothing, or there is no such program.
std::string PagerCommand();

// Not thread-safe.
class Pager {
 public:
  // `descriptor` is a terminal of `rows` lines and `columns` columns.
  Pager(int descriptor, size_t rows, size_t columns, std::string command);
  Pager(const Pager&) = delete;
  Pager& operator=(const Pager&) = delete;
  ~Pager();  // Waits until the user leaves the pager.

  // Aborted once the user has left the pager: there is no need for the rest. Unavailable when nothing can be written.
  absl::Status Write(absl::string_view text);

 private:
  bool Start();
  absl::Status WriteTo(int descriptor, absl::string_view text);

  const int descriptor_;
  const size_t rows_;
  const size_t columns_;
  const std::string command_;
  std::string kept_;      // What has come before the screen was full.
  size_t kept_rows_ = 0;  // Lines of the screen that it takes.
  bool direct_ = false;   // There is no pager after all.
  int pipe_ = -1;         // To the pager.
  pid_t process_ = -1;
};

}  // namespace dossier

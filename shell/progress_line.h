// The line at the foot of a terminal that tells how a long load is getting on: rate, errors, time left.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "base/progress.h"

namespace dossier {

// Writes to standard error; nothing when that is no terminal, or within the first second. Not thread-safe.
class ProgressLine {
 public:
  ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine();  // Erases the line.

  void Show(const Progress& progress);

  // What Show() writes, `elapsed` after the begin.
  static std::string Text(const Progress& progress, absl::Duration elapsed);

 private:
  const bool visible_;
  const absl::Time begin_;
  bool shown_ = false;
};

}  // namespace dossier

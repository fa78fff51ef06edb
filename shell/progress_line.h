// The line at the foot of a terminal that tells how a long load is getting on: rate, errors, time left.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "base/progress.h"

namespace dossier {

// Writes to standard error; nothing when that is no terminal, or within the first second.
class ProgressLine {
 public:
  ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine();  // Erases the line.

  // One call at a time, from whichever thread.
  void Show(const Progress& progress);

  // What Show() writes, `elapsed` after the begin of the work and `in_stage` after that of its stage, by which the time
  // left is reckoned.
  static std::string Text(const Progress& progress, absl::Duration elapsed, absl::Duration in_stage);

 private:
  const bool visible_;
  const absl::Time begin_;
  absl::Time stage_begin_;
  std::string stage_;
  bool shown_ = false;
};

}  // namespace dossier

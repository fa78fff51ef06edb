// Where the time of a question goes, stage by stage: for benchmarks and for whoever looks for what is slow.
#pragma once

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace dossier {

// Durations add up over all questions that are given the same object.
struct StageTimes {
  absl::Duration parse;    // From the text to the tree of the statement.
  absl::Duration read;     // From its words to their meaning: every way to read them.
  absl::Duration bind;     // Choosing what ambiguous names mean, and making the algebra.
  absl::Duration plan;     // From the algebra to operators that are ready to run.
  absl::Duration execute;  // The rows.
  absl::Duration claims;   // The claims and names of every row.
  absl::Duration notes;    // Near misses of an empty answer.
};

// Adds the time of its life to a stage. `times` may be null: then it does nothing.
class StageTimer {
 public:
  StageTimer(StageTimes* times, absl::Duration StageTimes::*stage)
      : stage_(times == nullptr ? nullptr : &(times->*stage)), begin_(times == nullptr ? absl::Time() : absl::Now()) {}
  StageTimer(const StageTimer&) = delete;
  StageTimer& operator=(const StageTimer&) = delete;
  ~StageTimer() {
    if (stage_ != nullptr) *stage_ += absl::Now() - begin_;
  }

 private:
  absl::Duration* const stage_;
  const absl::Time begin_;
};

}  // namespace dossier

// How claims of a time are found by an index scan: the ids of short times (up to a month) lie in order of their begin,
// so those that overlap a range are among the ids of the range and of the month before. The few distinct longer ones (a
// year, an interval without an end, whatever the dictionary has) are listed once per commit.
#pragma once

#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "rdf/term_id.h"
#include "rdf/time_range.h"
#include "storage/snapshot.h"

namespace dossier::ask {

class WideTimes {
 public:
  // Reads the objects of dossier:when: one scan of one column.
  static absl::StatusOr<WideTimes> Read(const Snapshot& snapshot);

  // Every distinct time of a claim that is longer than a month or not inline.
  const std::vector<std::pair<TermId, TimeRange>>& times() const { return times_; }

 private:
  std::vector<std::pair<TermId, TimeRange>> times_;
};

// Ranges of ids (both ends included) in which every inline time lies that is no longer than a month and overlaps
// `range`; others may lie there as well.
std::vector<std::pair<TermId, TermId>> IdsOfShortTimes(const TimeRange& range);

}  // namespace dossier::ask

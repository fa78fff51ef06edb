// Vague times as ids: which moments an inline id stands for, and which ids may stand for a given time. Both without
// making a term, so that a question about a month reads the rows of that month and little else.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "rdf/term_id.h"

namespace dossier {

// [begin, end) in seconds since 1970, as in TimeRange.
struct Moments {
  int64_t begin = 0;
  int64_t end = 0;

  bool Overlaps(const Moments& other) const { return begin < other.end && other.begin < end; }
  bool Contains(const Moments& other) const { return begin <= other.begin && other.end <= end; }
};

// The moments of an inline date, dateTime, year, month or EDTF date: those of TimeRangeOf(InlineTerm(id)). nullopt for
// any other id; a time that is kept in the dictionary has moments as well, which its term tells.
std::optional<Moments> MomentsOf(TermId id);

// Ranges of ids, first and last, ascending and apart: every time that overlaps `moments` is in one of them, with some
// that do not. All literals of the dictionary are among them, since it keeps the open and the unusual dates.
std::vector<std::pair<TermId, TermId>> IdsOverlapping(const Moments& moments);

}  // namespace dossier

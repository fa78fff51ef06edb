// How long the time of a claim is, and what follows from that.
#pragma once

#include <cstdint>
#include <limits>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "rdf/calendar.h"
#include "rdf/time_range.h"

namespace dossier::ask {

// An interval that is longer is that of a state ("president from 2017 to 2021"), not of an occasion.
inline constexpr int64_t kLastingSeconds = 366 * kSecondsPerDay;
// What is told of a longer time may be of another event.
inline constexpr int64_t kOneEventSeconds = 92 * kSecondsPerDay;
// Days that may be rival dates of one event are no farther apart.
inline constexpr int64_t kNearSeconds = 3 * kSecondsPerDay;

// In seconds; without a begin or an end it is longer than any other.
inline int64_t LengthOf(const TimeRange& time) {
  return time.open_begin || time.open_end ? std::numeric_limits<int64_t>::max() : time.end - time.begin;
}

inline absl::CivilDay DayOf(int64_t seconds) {
  return absl::ToCivilDay(absl::FromUnixSeconds(seconds), absl::UTCTimeZone());
}

}  // namespace dossier::ask

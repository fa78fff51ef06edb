// The bounds of the calendar that all dates and times share.
#pragma once

#include <cstdint>

#include "absl/time/civil_time.h"

namespace dossier {

inline constexpr int64_t kSecondsPerDay = 86'400;
// Years farther away, in either direction, are refused.
inline constexpr int64_t kMaxYear = 10'000'000'000;
// Seconds and days are counted from its begin.
inline constexpr absl::CivilDay kEpoch(1970, 1, 1);

}  // namespace dossier

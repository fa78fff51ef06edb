// The durations of XML Schema 1.1.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "rdf/date_time.h"

namespace dossier {

// months and seconds have the same sign, or one of them is zero.
struct Duration {
  int64_t months = 0;
  int64_t seconds = 0;
  int nanoseconds = 0;  // Sign of `seconds`.

  friend bool operator==(const Duration&, const Duration&) = default;
};

// The partial order of xsd:duration: one month against 30 days is unordered.
std::partial_ordering Compare(const Duration& a, const Duration& b);
std::optional<Duration> ParseDuration(absl::string_view text);
std::optional<Duration> ParseDayTimeDuration(absl::string_view text);
std::optional<Duration> ParseYearMonthDuration(absl::string_view text);
std::string FormatDuration(const Duration& value);
// `zero` is what an empty duration is written as: "PT0S" or "P0M".
std::string FormatDuration(const Duration& value, absl::string_view zero);

// Adds a duration as XML Schema does it (days are cut to the length of the month). Nullopt beyond the years that
// DateTime holds.
std::optional<DateTime> Add(const DateTime& moment, const Duration& duration);

}  // namespace dossier

// The values of the date and time types of XML Schema 1.1 and of its durations.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace dossier {

// The seven properties of the date/time types; those that a type lacks keep their defaults. Year 0 is 1 BCE.
struct DateTime {
  int64_t year = 0;
  int month = 1;
  int day = 1;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int nanosecond = 0;                 // Digits after the ninth are cut off.
  std::optional<int> offset_minutes;  // The time zone, east of UTC; none when the literal has none.

  // Seconds since 1970-01-01T00:00:00Z; a value without a time zone is taken as UTC.
  int64_t ToSeconds() const;
  static DateTime FromSeconds(int64_t seconds, std::optional<int> offset_minutes);

  // Equal parts; equality of the moment is Compare(...) == 0.
  friend bool operator==(const DateTime&, const DateTime&) = default;
};

// The order of moments.
std::strong_ordering Compare(const DateTime& a, const DateTime& b);

// Lexical forms of xsd:dateTime, date, time, gYear, gYearMonth; nullopt when the form is wrong or there is no such day.
// `24:00:00` is the next day's midnight. Years have at least four digits, and at most eleven.
std::optional<DateTime> ParseDateTime(absl::string_view text);
std::optional<DateTime> ParseDate(absl::string_view text);
std::optional<DateTime> ParseTime(absl::string_view text);
std::optional<DateTime> ParseGYear(absl::string_view text);
std::optional<DateTime> ParseGYearMonth(absl::string_view text);

// Canonical forms; UTC is written "Z", other time zones are kept.
std::string FormatDateTime(const DateTime& value);
std::string FormatDate(const DateTime& value);
std::string FormatTime(const DateTime& value);
std::string FormatGYear(const DateTime& value);
std::string FormatGYearMonth(const DateTime& value);

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

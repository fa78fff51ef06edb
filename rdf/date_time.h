// The values of the date and time types of XML Schema 1.1.
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

}  // namespace dossier

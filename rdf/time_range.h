// When something was so, as vague as the source says it: a half-open range of time with the precision in which it was
// written. A claim dated `2023` has the range of the whole year; whether it answers `in September 2023` for certain
// (Contains) or possibly (Overlaps) is decided on ranges only, so every date type of the data is turned into one.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "rdf/term.h"

namespace dossier {

// From fine to coarse; ranges of intervals and sets have the coarser one of their parts.
enum class TimePrecision : uint8_t {
  kSecond,
  kMinute,
  kHour,
  kDay,
  kMonth,
  kSeason,
  kYear,
  kDecade,
  kCentury,
  kMillennium
};

// [begin, end) in seconds since 1970-01-01T00:00:00Z in the proleptic Gregorian calendar. Days, months and years
// without a time zone are those of UTC. Seconds are whole: a fraction widens the range to the second that it lies in.
struct TimeRange {
  static constexpr int64_t kUnboundedBegin = std::numeric_limits<int64_t>::min();
  static constexpr int64_t kUnboundedEnd = std::numeric_limits<int64_t>::max();

  int64_t begin = kUnboundedBegin;
  int64_t end = kUnboundedEnd;
  TimePrecision precision = TimePrecision::kDay;
  bool approximate = false;  // EDTF `~` or `%` on any part.
  bool uncertain = false;    // EDTF `?` or `%` on any part.
  bool open_begin = false;   // No begin (`../2019`) or an unknown one (`/2019`); `begin` is kUnboundedBegin.
  bool open_end = false;     // No end (`2019/..`) or an unknown one (`2019/`); `end` is kUnboundedEnd.
  bool is_interval = false;  // Written as an interval `a/b`: it went on from a to b.
  bool is_set = false;     // Written as an EDTF set `{a, b}` or `[a, b]`; the range reaches from the first to the last.
  bool is_masked = false;  // Some digits are not known: `201X`, `2004-06-XX`.

  bool Overlaps(const TimeRange& other) const { return begin < other.end && other.begin < end; }
  // Every moment of `other` is in this range.
  bool Contains(const TimeRange& other) const { return begin <= other.begin && other.end <= end; }
  bool IsDisjointFrom(const TimeRange& other) const { return !Overlaps(other); }
  bool IsBefore(const TimeRange& other) const { return end <= other.begin; }
  bool IsAfter(const TimeRange& other) const { return begin >= other.end; }

  friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

// The range of a day, month or year; nullopt when there is no such day or month (31 February), or when the year is
// beyond 10^10 in either direction.
std::optional<TimeRange> DayRange(int64_t year, int month, int day);
std::optional<TimeRange> MonthRange(int64_t year, int month);
std::optional<TimeRange> YearRange(int64_t year);
// The second that begins at `seconds` since 1970.
TimeRange SecondRange(int64_t seconds);

// From the begin of `first` to the end of `last`, flags of both taken over; nullopt when it would be empty.
std::optional<TimeRange> Spanning(const TimeRange& first, const TimeRange& last);
// All before `range` (open begin), and all after it (open end).
TimeRange RangeBefore(const TimeRange& range);
TimeRange RangeAfter(const TimeRange& range);

// The range of a literal of type EDTF, xsd:date, xsd:dateTime, xsd:gYear or xsd:gYearMonth; nullopt for any other term
// and for forms that are not valid.
std::optional<TimeRange> TimeRangeOf(const Term& term);

// The range as EDTF text in its precision (`2023-09`, `2019/..`, `201X`, `2023~`). A range that has no such form (from
// the middle of a month to that of another) is written as an interval of days, or of seconds, which take no qualifiers.
std::string ToEdtf(const TimeRange& range);

}  // namespace dossier

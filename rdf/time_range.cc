#include "rdf/time_range.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "rdf/calendar.h"
#include "rdf/date_time.h"
#include "rdf/edtf.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

TimeRange RangeOfDays(absl::CivilDay begin, absl::CivilDay end, TimePrecision precision) {
  TimeRange range;
  range.begin = (begin - kEpoch) * kSecondsPerDay;
  range.end = (end - kEpoch) * kSecondsPerDay;
  range.precision = precision;
  return range;
}

bool IsYear(int64_t year) { return std::abs(year) <= kMaxYear; }

// Moves a range of UTC to the time zone of `moment`.
std::optional<TimeRange> InZone(std::optional<TimeRange> range, const DateTime& moment) {
  const int64_t shift = int64_t{moment.offset_minutes.value_or(0)} * 60;
  if (range.has_value()) {
    range->begin -= shift;
    range->end -= shift;
  }
  return range;
}

absl::CivilDay DayAt(int64_t seconds) {
  const DateTime moment = DateTime::FromSeconds(seconds, std::nullopt);
  return absl::CivilDay(moment.year, moment.month, moment.day);
}

// How many years a precision from kYear on stands for.
int64_t YearsIn(TimePrecision precision) {
  switch (precision) {
    case TimePrecision::kDecade: return 10;
    case TimePrecision::kCentury: return 100;
    case TimePrecision::kMillennium: return 1000;
    default: return 1;
  }
}

std::string YearText(int64_t year) {
  if (std::abs(year) > 9999) return absl::StrCat("Y", year);
  return absl::StrFormat("%s%04d", year < 0 ? "-" : "", std::abs(year));
}

// The unit of `precision` that begins at `seconds`, as EDTF; nullopt when none begins there. A year that has no mask
// form (before year 0 or after 9999) has none for decades and longer.
std::optional<std::string> UnitText(int64_t seconds, TimePrecision precision) {
  if (precision <= TimePrecision::kHour) {
    return FormatDateTime(DateTime::FromSeconds(seconds, 0));
  }
  if (seconds % kSecondsPerDay != 0) return std::nullopt;
  const absl::CivilDay day = DayAt(seconds);
  const std::string year = YearText(day.year());
  if (precision == TimePrecision::kDay) return absl::StrFormat("%s-%02d-%02d", year, day.month(), day.day());
  if (day.day() != 1) return std::nullopt;
  if (precision == TimePrecision::kMonth) return absl::StrFormat("%s-%02d", year, day.month());
  if (precision == TimePrecision::kSeason) {
    if (day.month() % 3 != 0) return std::nullopt;
    return absl::StrFormat("%s-%02d", year, 20 + day.month() / 3);
  }
  const int64_t years = YearsIn(precision);
  if (day.month() != 1 || day.year() % years != 0) return std::nullopt;
  if (years == 1) return year;
  if (day.year() < 0 || day.year() > 9999) return std::nullopt;
  const size_t digits = years == 10 ? 3 : years == 100 ? 2 : 1;
  return absl::StrCat(year.substr(0, digits), std::string(4 - digits, 'X'));
}

// The begin of the unit after the one of `precision` that begins at `seconds`; `count` may be negative.
int64_t Advance(int64_t seconds, TimePrecision precision, int count) {
  if (precision <= TimePrecision::kHour) return seconds + count;
  const absl::CivilDay day = DayAt(seconds);
  absl::CivilDay moved = day;
  if (precision == TimePrecision::kDay) {
    moved = day + count;
  } else if (precision == TimePrecision::kMonth || precision == TimePrecision::kSeason) {
    moved = absl::CivilDay(absl::CivilMonth(day) + count * (precision == TimePrecision::kMonth ? 1 : 3));
  } else {
    moved = absl::CivilDay(absl::CivilYear(day) + count * YearsIn(precision));
  }
  return (moved - kEpoch) * kSecondsPerDay;
}

// Both ends in units of `precision`; nullopt when they do not fall on its borders.
std::optional<std::string> RangeText(const TimeRange& range, TimePrecision precision, absl::string_view qualifier) {
  std::optional<std::string> first = "";
  std::optional<std::string> last = "";
  if (range.begin != TimeRange::kUnboundedBegin) first = UnitText(range.begin, precision);
  if (range.end != TimeRange::kUnboundedEnd) {
    if (!UnitText(range.end, precision).has_value()) return std::nullopt;
    last = UnitText(Advance(range.end, precision, -1), precision);
  }
  if (!first.has_value() || !last.has_value()) return std::nullopt;
  if (first->empty()) return absl::StrCat("../", *last, qualifier);
  if (last->empty()) return absl::StrCat(*first, qualifier, "/..");
  if (*first == *last) return absl::StrCat(*first, qualifier);
  return absl::StrCat(*first, qualifier, "/", *last, qualifier);
}

}  // namespace

std::optional<TimeRange> DayRange(int64_t year, int month, int day) {
  if (!IsYear(year) || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const absl::CivilDay civil(year, month, day);
  if (civil.day() != day) return std::nullopt;
  return RangeOfDays(civil, civil + 1, TimePrecision::kDay);
}

std::optional<TimeRange> MonthRange(int64_t year, int month) {
  if (!IsYear(year) || month < 1 || month > 12) return std::nullopt;
  const absl::CivilMonth civil(year, month);
  return RangeOfDays(absl::CivilDay(civil), absl::CivilDay(civil + 1), TimePrecision::kMonth);
}

std::optional<TimeRange> YearRange(int64_t year) {
  if (!IsYear(year)) return std::nullopt;
  const absl::CivilYear civil(year);
  return RangeOfDays(absl::CivilDay(civil), absl::CivilDay(civil + 1), TimePrecision::kYear);
}

TimeRange SecondRange(int64_t seconds) {
  TimeRange range;
  range.begin = seconds;
  range.end = seconds + 1;
  range.precision = TimePrecision::kSecond;
  return range;
}

std::optional<TimeRange> Spanning(const TimeRange& first, const TimeRange& last) {
  TimeRange range;
  range.begin = first.begin;
  range.end = last.end;
  range.precision = std::max(first.precision, last.precision);
  range.approximate = first.approximate || last.approximate;
  range.uncertain = first.uncertain || last.uncertain;
  range.open_begin = first.open_begin;
  range.open_end = last.open_end;
  range.is_interval = true;
  range.is_masked = first.is_masked || last.is_masked;
  if (range.begin >= range.end) return std::nullopt;
  return range;
}

TimeRange RangeBefore(const TimeRange& range) {
  TimeRange before;
  before.end = range.begin;
  before.precision = range.precision;
  before.open_begin = true;
  before.is_interval = true;
  return before;
}

TimeRange RangeAfter(const TimeRange& range) {
  TimeRange after;
  after.begin = range.end;
  after.precision = range.precision;
  after.open_end = true;
  after.is_interval = true;
  return after;
}

std::optional<TimeRange> TimeRangeOf(const Term& term) {
  if (!term.is_literal()) return std::nullopt;
  const absl::string_view datatype = term.datatype();
  const std::string& text = term.value();
  if (datatype == edtf::kEdtf) {
    const absl::StatusOr<TimeRange> range = ParseEdtf(text);
    return range.ok() ? std::optional<TimeRange>(*range) : std::nullopt;
  }
  if (datatype == xsd::kDate) {
    const std::optional<DateTime> day = ParseDate(text);
    return day.has_value() ? InZone(DayRange(day->year, day->month, day->day), *day) : std::nullopt;
  }
  if (datatype == xsd::kDateTime) {
    const std::optional<DateTime> moment = ParseDateTime(text);
    return moment.has_value() ? std::optional<TimeRange>(SecondRange(moment->ToSeconds())) : std::nullopt;
  }
  if (datatype == xsd::kGYear) {
    const std::optional<DateTime> year = ParseGYear(text);
    return year.has_value() ? InZone(YearRange(year->year), *year) : std::nullopt;
  }
  if (datatype == xsd::kGYearMonth) {
    const std::optional<DateTime> month = ParseGYearMonth(text);
    return month.has_value() ? InZone(MonthRange(month->year, month->month), *month) : std::nullopt;
  }
  return std::nullopt;
}

std::string ToEdtf(const TimeRange& range) {
  if (range.begin == TimeRange::kUnboundedBegin && range.end == TimeRange::kUnboundedEnd) return "../..";
  const absl::string_view qualifier = range.approximate && range.uncertain ? "%"
                                      : range.approximate                  ? "~"
                                      : range.uncertain                    ? "?"
                                                                           : "";
  constexpr std::array<TimePrecision, 8> kFromCoarse = {
      TimePrecision::kMillennium, TimePrecision::kCentury, TimePrecision::kDecade, TimePrecision::kYear,
      TimePrecision::kSeason,     TimePrecision::kMonth,   TimePrecision::kDay,    TimePrecision::kSecond};
  for (const TimePrecision precision : kFromCoarse) {
    if (precision > range.precision) continue;
    if (precision == TimePrecision::kSeason && range.precision != precision) continue;
    // A date with a time of day takes no qualifier.
    const absl::string_view taken = precision == TimePrecision::kSecond ? "" : qualifier;
    if (std::optional<std::string> text = RangeText(range, precision, taken)) return *std::move(text);
  }
  return "";
}

}  // namespace dossier

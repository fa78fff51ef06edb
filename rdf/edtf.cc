#include "rdf/edtf.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "base/status_macros.h"
#include "rdf/calendar.h"
#include "rdf/date_time.h"

namespace dossier {
namespace {

// One component of a date as written: digits, of which some may be `X`.
struct Pattern {
  std::string digits;
  bool negative = false;

  bool is_masked() const { return digits.find('X') != std::string::npos; }
  int64_t Extreme(bool highest) const {
    int64_t value = 0;
    for (const char c : digits) value = value * 10 + (c == 'X' ? (highest ? 9 : 0) : c - '0');
    return value;
  }
  int64_t Lowest() const { return negative ? -Extreme(true) : Extreme(false); }
  int64_t Highest() const { return negative ? -Extreme(false) : Extreme(true); }
  bool Matches(int64_t value) const {
    if ((value < 0) != negative && value != 0) return false;
    value = value < 0 ? -value : value;
    for (size_t i = digits.size(); i-- > 0; value /= 10) {
      if (digits[i] != 'X' && digits[i] - '0' != value % 10) return false;
    }
    return value == 0;
  }
};

struct Flags {
  bool approximate = false;
  bool uncertain = false;
};

// `?`, `~` or `%` at the front or at the back, which then is removed.
bool TakeQualifier(bool front, absl::string_view* text, Flags* flags) {
  if (text->empty()) return false;
  const char c = front ? text->front() : text->back();
  if (c != '?' && c != '~' && c != '%') return false;
  flags->uncertain |= c != '~';
  flags->approximate |= c != '?';
  if (front) {
    text->remove_prefix(1);
  } else {
    text->remove_suffix(1);
  }
  return true;
}

absl::Status NotEdtf(absl::string_view text, absl::string_view reason) {
  return absl::InvalidArgumentError(absl::StrCat("`", text, "` is not a date in EDTF: ", reason));
}

// One date, without `/` and sets: `2023`, `2023-09~`, `-0044-03-15`, `201X`, `2023-21`, `Y170000002`, `1950S2`.
class DateParser {
 public:
  explicit DateParser(absl::string_view text) : text_(text) {}

  absl::StatusOr<TimeRange> Parse() {
    if (absl::StrContains(text_, "T")) return ParseMoment();
    absl::string_view rest = text_;
    TakeQualifier(/*front=*/true, &rest, &flags_);
    if (absl::ConsumePrefix(&rest, "Y")) return ParseLongYear(rest);
    const bool negative = absl::ConsumePrefix(&rest, "-");
    std::vector<absl::string_view> parts = absl::StrSplit(rest, '-');
    if (parts.size() > 3) return NotEdtf(text_, "a date has at most year, month and day");
    if (absl::StrContains(parts[0], "S")) {
      if (parts.size() > 1) return NotEdtf(text_, "significant digits belong to a year alone");
      TakeQualifier(/*front=*/false, &parts[0], &flags_);
      return ParseSignificantDigits(parts[0], negative);
    }
    std::vector<Pattern> patterns;
    for (size_t i = 0; i < parts.size(); ++i) {
      if (i > 0) TakeQualifier(/*front=*/true, &parts[i], &flags_);
      TakeQualifier(/*front=*/false, &parts[i], &flags_);
      DOSSIER_RETURN_IF_ERROR(CheckDigits(parts[i], i == 0 ? 4 : 2));
      patterns.push_back({std::string(parts[i]), i == 0 && negative});
    }
    if (negative && patterns[0].digits == "0000") return NotEdtf(text_, "there is no year -0000");
    if (patterns.size() == 1) return YearRangeOf(patterns[0]);
    if (patterns.size() == 2) return MonthRangeOf(patterns[0], patterns[1]);
    return DayRangeOf(patterns[0], patterns[1], patterns[2]);
  }

 private:
  absl::Status CheckDigits(absl::string_view part, size_t width) const {
    const bool digits =
        std::all_of(part.begin(), part.end(), [](char c) { return absl::ascii_isdigit(c) || c == 'X'; });
    if (!digits || part.size() != width) {
      return NotEdtf(
          text_, width == 4 ? "a year has four digits (longer ones begin with Y)" : "months and days have two digits");
    }
    return absl::OkStatus();
  }

  TimeRange Finish(const TimeRange& first, const TimeRange& last, TimePrecision precision, bool masked) const {
    TimeRange range;
    range.begin = first.begin;
    range.end = last.end;
    range.precision = precision;
    range.approximate = flags_.approximate;
    range.uncertain = flags_.uncertain;
    range.is_masked = masked;
    return range;
  }

  absl::StatusOr<TimeRange> YearsBetween(int64_t low, int64_t high, TimePrecision precision, bool masked) const {
    const std::optional<TimeRange> first = YearRange(low);
    const std::optional<TimeRange> last = YearRange(high);
    if (!first.has_value() || !last.has_value()) return NotEdtf(text_, "the year is too far away");
    return Finish(*first, *last, precision, masked);
  }

  absl::StatusOr<TimeRange> YearRangeOf(const Pattern& year) const {
    return YearsBetween(year.Lowest(), year.Highest(), MaskPrecision(year, TimePrecision::kYear), year.is_masked());
  }

  // The precision of a date whose year is `year` and whose other parts have `precision`.
  static TimePrecision MaskPrecision(const Pattern& year, TimePrecision precision) {
    switch (year.digits.find('X')) {
      case 0:
      case 1: return TimePrecision::kMillennium;
      case 2: return TimePrecision::kCentury;
      case 3: return TimePrecision::kDecade;
      default: return precision;
    }
  }

  absl::StatusOr<TimeRange> MonthRangeOf(const Pattern& year, const Pattern& month) const {
    if (!month.is_masked() && month.Lowest() > 12) return SeasonRangeOf(year, static_cast<int>(month.Lowest()));
    if (month.digits == "XX") return MaskedYearRange(year);
    std::vector<int> months;
    for (int m = 1; m <= 12; ++m) {
      if (month.Matches(m)) months.push_back(m);
    }
    if (months.empty()) return NotEdtf(text_, absl::StrCat("there is no month ", month.digits));
    const TimePrecision precision = months.size() == 1 ? TimePrecision::kMonth : TimePrecision::kYear;
    return Finish(*MonthRange(year.Lowest(), months.front()), *MonthRange(year.Highest(), months.back()),
                  MaskPrecision(year, precision), year.is_masked() || month.is_masked());
  }

  // Months or days are not known: all of the year.
  absl::StatusOr<TimeRange> MaskedYearRange(const Pattern& year) const {
    return YearsBetween(year.Lowest(), year.Highest(), MaskPrecision(year, TimePrecision::kYear), /*masked=*/true);
  }

  absl::StatusOr<TimeRange> SeasonRangeOf(const Pattern& year, int season) const;
  absl::StatusOr<TimeRange> DayRangeOf(const Pattern& year, const Pattern& month, const Pattern& day) const;
  absl::StatusOr<TimeRange> ParseMoment() const;
  absl::StatusOr<TimeRange> ParseLongYear(absl::string_view rest);
  absl::StatusOr<TimeRange> ParseSignificantDigits(absl::string_view rest, bool negative) const;

  absl::string_view text_;
  Flags flags_;
};

// First month and number of months of the sub-year groupings 21 to 41 (ISO 8601-2, table of "season" codes).
struct Season {
  int first_month;
  int months;
};

std::optional<Season> SeasonOf(int code) {
  if (code >= 21 && code <= 24) return Season{(code - 20) * 3, 3};      // Hemisphere not said.
  if (code >= 25 && code <= 28) return Season{(code - 24) * 3, 3};      // Northern.
  if (code >= 29 && code <= 32) return Season{(code - 28) * 3 + 6, 3};  // Southern: may pass the year's end.
  if (code >= 33 && code <= 36) return Season{(code - 33) * 3 + 1, 3};  // Quarters.
  if (code >= 37 && code <= 39) return Season{(code - 37) * 4 + 1, 4};  // Quadrimesters.
  if (code == 40 || code == 41) return Season{(code - 40) * 6 + 1, 6};  // Semesters.
  return std::nullopt;
}

absl::StatusOr<TimeRange> DateParser::SeasonRangeOf(const Pattern& year, int code) const {
  const std::optional<Season> season = SeasonOf(code);
  if (!season.has_value()) return NotEdtf(text_, absl::StrCat("there is no month or season ", code));
  int first_month = season->first_month;
  // Southern autumn and winter are in the middle of their year, not after its end.
  if (code == 31 || code == 32) first_month -= 12;
  const auto range_in = [&](int64_t y) {
    const absl::CivilMonth begin = absl::CivilMonth(y, 1) + (first_month - 1);
    const absl::CivilMonth end = begin + (season->months - 1);
    return *Spanning(*MonthRange(begin.year(), begin.month()), *MonthRange(end.year(), end.month()));
  };
  return Finish(range_in(year.Lowest()), range_in(year.Highest()), MaskPrecision(year, TimePrecision::kSeason),
                year.is_masked());
}

absl::StatusOr<TimeRange> DateParser::DayRangeOf(const Pattern& year, const Pattern& month, const Pattern& day) const {
  // Days of a month that is not known at all say nothing beyond the year.
  if (month.digits == "XX" && day.digits == "XX") return MaskedYearRange(year);
  // The first (or last) day that the patterns allow. Years that do not have it (29 February) are passed over.
  const auto extreme_day = [&](bool first) -> std::optional<TimeRange> {
    const int64_t step = first ? 1 : -1;
    for (int64_t y = first ? year.Lowest() : year.Highest(); y >= year.Lowest() && y <= year.Highest(); y += step) {
      if (!year.Matches(y)) continue;
      for (int64_t m = first ? 1 : 12; m >= 1 && m <= 12; m += step) {
        if (!month.Matches(m)) continue;
        for (int64_t d = first ? 1 : 31; d >= 1 && d <= 31; d += step) {
          if (!day.Matches(d)) continue;
          if (auto range = DayRange(y, static_cast<int>(m), static_cast<int>(d))) return range;
        }
      }
    }
    return std::nullopt;
  };
  const std::optional<TimeRange> first = extreme_day(true);
  const std::optional<TimeRange> last = extreme_day(false);
  if (!first.has_value() || !last.has_value()) return NotEdtf(text_, "there is no such day");
  const TimePrecision precision = !month.is_masked() && !day.is_masked() ? TimePrecision::kDay
                                  : !month.is_masked()                   ? TimePrecision::kMonth
                                                                         : TimePrecision::kYear;
  return Finish(*first, *last, MaskPrecision(year, precision),
                year.is_masked() || month.is_masked() || day.is_masked());
}

absl::StatusOr<TimeRange> DateParser::ParseMoment() const {
  std::string text(text_);
  // EDTF allows a time zone of whole hours, which XML Schema does not.
  const size_t sign = text.find_first_of("+-", text.find('T'));
  if (sign != std::string::npos && text.size() == sign + 3) text.append(":00");
  const std::optional<DateTime> moment = ParseDateTime(text);
  if (!moment.has_value() || absl::StrContains(text, ".")) {
    return NotEdtf(text_, "a day with a time looks like 2023-09-12T10:30:00Z");
  }
  return SecondRange(moment->ToSeconds());
}

absl::StatusOr<TimeRange> DateParser::ParseLongYear(absl::string_view rest) {
  TakeQualifier(/*front=*/false, &rest, &flags_);
  const bool negative = absl::ConsumePrefix(&rest, "-");
  if (absl::StrContains(rest, "S")) return ParseSignificantDigits(rest, negative);
  const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(rest, absl::MaxSplits('E', 1));
  int64_t year = 0;
  int exponent = 0;
  const bool has_exponent = parts.first.size() < rest.size();
  if (parts.first.empty() || !absl::ascii_isdigit(parts.first[0]) || !absl::SimpleAtoi(parts.first, &year) ||
      year > kMaxYear ||
      (has_exponent && (!absl::SimpleAtoi(parts.second, &exponent) || exponent < 0 || exponent > 10))) {
    return NotEdtf(text_, "a long year looks like Y170000002 or Y-17E7");
  }
  if (!has_exponent && parts.first.size() < 5) return NotEdtf(text_, "a year after Y has five digits or more");
  for (int i = 0; i < exponent && year <= kMaxYear; ++i) year *= 10;
  return YearsBetween(negative ? -year : year, negative ? -year : year, TimePrecision::kYear, /*masked=*/false);
}

absl::StatusOr<TimeRange> DateParser::ParseSignificantDigits(absl::string_view rest, bool negative) const {
  const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(rest, absl::MaxSplits('S', 1));
  const std::pair<absl::string_view, absl::string_view> number = absl::StrSplit(parts.first, absl::MaxSplits('E', 1));
  const bool all_digits = std::all_of(number.first.begin(), number.first.end(), absl::ascii_isdigit);
  int64_t year = 0;
  int exponent = 0;
  int significant = 0;
  if (number.first.size() < (number.second.empty() ? 4 : 1) || !all_digits || !absl::SimpleAtoi(number.first, &year) ||
      (!number.second.empty() && !absl::SimpleAtoi(number.second, &exponent)) || exponent < 0 || exponent > 10 ||
      !absl::SimpleAtoi(parts.second, &significant) || significant < 1 || significant > 11) {
    return NotEdtf(text_, "a year with significant digits looks like 1950S2");
  }
  for (int i = 0; i < exponent && year <= kMaxYear; ++i) year *= 10;
  if (year > kMaxYear) return NotEdtf(text_, "the year is too far away");
  const int digits = static_cast<int>(absl::StrCat(year).size());
  int64_t unit = 1;
  for (int i = significant; i < digits; ++i) unit *= 10;
  const int64_t low = year / unit * unit;
  const int64_t high = low + unit - 1;
  DOSSIER_ASSIGN_OR_RETURN(TimeRange range, YearsBetween(negative ? -high : low, negative ? -low : high,
                                                         unit >= 1000  ? TimePrecision::kMillennium
                                                         : unit >= 100 ? TimePrecision::kCentury
                                                         : unit >= 10  ? TimePrecision::kDecade
                                                                       : TimePrecision::kYear,
                                                         /*masked=*/unit > 1));
  range.approximate = true;
  return range;
}

absl::StatusOr<TimeRange> ParseInterval(absl::string_view text) {
  const std::vector<absl::string_view> ends = absl::StrSplit(text, '/');
  if (ends.size() != 2) return NotEdtf(text, "an interval has two ends");
  const auto is_open = [](absl::string_view end) { return end.empty() || end == ".."; };
  if (is_open(ends[0]) && is_open(ends[1])) return NotEdtf(text, "an interval needs a date at one end at least");
  TimeRange first;
  TimeRange last;
  first.precision = last.precision = TimePrecision::kSecond;
  first.open_begin = is_open(ends[0]);
  last.open_end = is_open(ends[1]);
  if (!first.open_begin) {
    DOSSIER_ASSIGN_OR_RETURN(first, DateParser(ends[0]).Parse());
  }
  if (!last.open_end) {
    DOSSIER_ASSIGN_OR_RETURN(last, DateParser(ends[1]).Parse());
  }
  const std::optional<TimeRange> range = Spanning(first, last);
  if (!range.has_value()) return NotEdtf(text, "the interval ends before it begins");
  return *range;
}

// One element of a set: a date, `a..b`, `..b` or `a..`.
absl::StatusOr<TimeRange> ParseElement(absl::string_view element, absl::string_view text) {
  const size_t dots = element.find("..");
  if (dots == absl::string_view::npos) return DateParser(element).Parse();
  const absl::string_view from = element.substr(0, dots);
  const absl::string_view to = element.substr(dots + 2);
  if (from.empty() && to.empty()) return NotEdtf(text, "`..` needs a date on one side at least");
  return ParseInterval(absl::StrCat(from, "/", to));
}

absl::StatusOr<TimeRange> ParseSet(absl::string_view text) {
  const char closing = text.front() == '{' ? '}' : ']';
  if (text.size() < 3 || text.back() != closing)
    return NotEdtf(text, absl::StrCat("`", text.substr(0, 1), "` is not closed"));
  std::optional<TimeRange> all;
  for (const absl::string_view part : absl::StrSplit(text.substr(1, text.size() - 2), ',')) {
    const absl::string_view element = absl::StripAsciiWhitespace(part);
    DOSSIER_ASSIGN_OR_RETURN(const TimeRange range, ParseElement(element, text));
    if (!all.has_value()) {
      all = range;
      continue;
    }
    all->begin = std::min(all->begin, range.begin);
    all->end = std::max(all->end, range.end);
    all->precision = std::max(all->precision, range.precision);
    all->approximate |= range.approximate;
    all->uncertain |= range.uncertain;
    all->open_begin |= range.open_begin;
    all->open_end |= range.open_end;
    all->is_masked |= range.is_masked;
  }
  all->is_set = true;
  all->is_interval = false;
  return *all;
}

}  // namespace

absl::StatusOr<TimeRange> ParseEdtf(absl::string_view text) {
  // Longer ones are never dates; the bound keeps messages short.
  constexpr size_t kLongest = 1000;
  if (text.empty()) return NotEdtf(text, "it is empty");
  if (text.size() > kLongest) return NotEdtf(text.substr(0, 40), "it is too long");
  if (text.front() == '{' || text.front() == '[') return ParseSet(text);
  if (absl::StrContains(text, "/")) return ParseInterval(text);
  return DateParser(text).Parse();
}

}  // namespace dossier

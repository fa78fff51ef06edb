#include "rdf/date_time.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"

namespace dossier {
namespace {

constexpr int64_t kSecondsPerDay = 86400;
constexpr int64_t kMaxYear = 10'000'000'000;
// Enough for all years, and no sum of two overflows.
constexpr int64_t kMaxDurationMonths = 12 * kMaxYear * 10;
constexpr int64_t kMaxDurationSeconds = 1'000'000'000'000'000'000;

constexpr absl::CivilDay kEpoch(1970, 1, 1);

// Reads a text from left to right; after the first mismatch it stays failed.
class Scanner {
 public:
  explicit Scanner(absl::string_view text) : rest_(text) {}

  bool ok() const { return ok_; }
  bool AtEnd() const { return rest_.empty(); }
  char Peek() const { return rest_.empty() ? '\0' : rest_[0]; }

  bool Accept(char c) {
    if (Peek() != c || rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void Expect(char c) { ok_ = Accept(c) && ok_; }

  absl::string_view TakeDigits() {
    size_t count = 0;
    while (count < rest_.size() && absl::ascii_isdigit(rest_[count])) ++count;
    const absl::string_view digits = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return digits;
  }

  int TwoDigits(int low, int high) {
    const absl::string_view digits = rest_.substr(0, 2);
    int value = 0;
    if (digits.size() != 2 || !absl::ascii_isdigit(digits[0]) || !absl::ascii_isdigit(digits[1]) ||
        !absl::SimpleAtoi(digits, &value) || value < low || value > high) {
      ok_ = false;
      return low;
    }
    rest_.remove_prefix(2);
    return value;
  }

  void Fail() { ok_ = false; }

 private:
  absl::string_view rest_;
  bool ok_ = true;
};

int64_t ScanYear(Scanner* scanner) {
  const bool negative = scanner->Accept('-');
  const absl::string_view digits = scanner->TakeDigits();
  int64_t year = 0;
  if (digits.size() < 4 || (digits.size() > 4 && digits[0] == '0') || !absl::SimpleAtoi(digits, &year) ||
      year > kMaxYear) {
    scanner->Fail();
    return 0;
  }
  return negative ? -year : year;
}

int ScanNanoseconds(Scanner* scanner) {
  if (!scanner->Accept('.')) return 0;
  const absl::string_view digits = scanner->TakeDigits();
  if (digits.empty()) scanner->Fail();
  int nanoseconds = 0;
  for (size_t i = 0; i < 9; ++i) nanoseconds = nanoseconds * 10 + (i < digits.size() ? digits[i] - '0' : 0);
  return nanoseconds;
}

void ScanOffset(Scanner* scanner, DateTime* value) {
  if (scanner->Accept('Z')) {
    value->offset_minutes = 0;
  } else if (scanner->Peek() == '+' || scanner->Peek() == '-') {
    const int sign = scanner->Accept('-') ? -1 : 1;
    if (sign > 0) scanner->Accept('+');
    const int hours = scanner->TwoDigits(0, 14);
    scanner->Expect(':');
    const int minutes = scanner->TwoDigits(0, hours == 14 ? 0 : 59);
    value->offset_minutes = sign * (hours * 60 + minutes);
  }
}

void ScanDay(Scanner* scanner, DateTime* value) {
  value->year = ScanYear(scanner);
  scanner->Expect('-');
  value->month = scanner->TwoDigits(1, 12);
  scanner->Expect('-');
  value->day = scanner->TwoDigits(1, 31);
  if (absl::CivilDay(value->year, value->month, value->day).day() != value->day) scanner->Fail();
}

// Returns whether the time is 24:00:00.
bool ScanClock(Scanner* scanner, DateTime* value) {
  value->hour = scanner->TwoDigits(0, 24);
  scanner->Expect(':');
  value->minute = scanner->TwoDigits(0, 59);
  scanner->Expect(':');
  value->second = scanner->TwoDigits(0, 59);
  value->nanosecond = ScanNanoseconds(scanner);
  if (value->hour < 24) return false;
  if (value->minute != 0 || value->second != 0 || value->nanosecond != 0) scanner->Fail();
  value->hour = 0;
  return true;
}

std::optional<DateTime> Finish(Scanner* scanner, const DateTime& value) {
  if (!scanner->ok() || !scanner->AtEnd()) return std::nullopt;
  return value;
}

void AppendYear(int64_t year, std::string* text) {
  absl::StrAppendFormat(text, "%s%04d", year < 0 ? "-" : "", std::abs(year));
}

void AppendFraction(int nanosecond, std::string* text) {
  if (nanosecond == 0) return;
  std::string digits = absl::StrFormat("%09d", nanosecond);
  while (digits.back() == '0') digits.pop_back();
  absl::StrAppend(text, ".", digits);
}

void AppendOffset(const DateTime& value, std::string* text) {
  if (!value.offset_minutes.has_value()) return;
  const int minutes = *value.offset_minutes;
  if (minutes == 0) {
    text->push_back('Z');
  } else {
    absl::StrAppendFormat(text, "%c%02d:%02d", minutes < 0 ? '-' : '+', std::abs(minutes) / 60, std::abs(minutes) % 60);
  }
}

void AppendClock(const DateTime& value, std::string* text) {
  absl::StrAppendFormat(text, "%02d:%02d:%02d", value.hour, value.minute, value.second);
  AppendFraction(value.nanosecond, text);
}

// Adds `digits` * `unit` to `total`; false past `limit`.
bool Accumulate(absl::string_view digits, int64_t unit, int64_t limit, int64_t* total) {
  int64_t count = 0;
  int64_t product = 0;
  return absl::SimpleAtoi(digits, &count) && !__builtin_mul_overflow(count, unit, &product) &&
         !__builtin_add_overflow(*total, product, total) && *total <= limit;
}

// The components between the designators, in their order; `seen` says whether there were any.
bool ScanComponents(Scanner* scanner, absl::Span<const std::pair<char, int64_t>> units, int64_t limit, int64_t* total,
                    int* nanoseconds, bool* seen) {
  size_t next = 0;
  while (absl::ascii_isdigit(scanner->Peek())) {
    const absl::string_view digits = scanner->TakeDigits();
    const bool fraction = scanner->Peek() == '.';
    if (fraction) *nanoseconds = ScanNanoseconds(scanner);
    while (next < units.size() && units[next].first != scanner->Peek()) ++next;
    if (next == units.size() || !scanner->ok() || (fraction && units[next].first != 'S')) return false;
    if (!Accumulate(digits, units[next].second, limit, total)) return false;
    scanner->Expect(units[next].first);
    ++next;
    *seen = true;
  }
  return true;
}

}  // namespace

int64_t DateTime::ToSeconds() const {
  const int64_t days = absl::CivilDay(year, month, day) - kEpoch;
  return days * kSecondsPerDay + hour * 3600 + minute * 60 + second - int64_t{offset_minutes.value_or(0)} * 60;
}

DateTime DateTime::FromSeconds(int64_t seconds, std::optional<int> offset_minutes) {
  seconds += int64_t{offset_minutes.value_or(0)} * 60;
  int64_t days = seconds / kSecondsPerDay;
  int64_t rest = seconds % kSecondsPerDay;
  if (rest < 0) {
    rest += kSecondsPerDay;
    --days;
  }
  const absl::CivilDay day = kEpoch + days;
  DateTime value;
  value.year = day.year();
  value.month = day.month();
  value.day = day.day();
  value.hour = static_cast<int>(rest / 3600);
  value.minute = static_cast<int>(rest / 60 % 60);
  value.second = static_cast<int>(rest % 60);
  value.offset_minutes = offset_minutes;
  return value;
}

std::strong_ordering Compare(const DateTime& a, const DateTime& b) {
  const std::strong_ordering seconds = a.ToSeconds() <=> b.ToSeconds();
  return seconds != std::strong_ordering::equal ? seconds : a.nanosecond <=> b.nanosecond;
}

std::optional<DateTime> ParseDateTime(absl::string_view text) {
  Scanner scanner(text);
  DateTime value;
  ScanDay(&scanner, &value);
  scanner.Expect('T');
  const bool next_day = ScanClock(&scanner, &value);
  ScanOffset(&scanner, &value);
  if (next_day && scanner.ok()) {
    const absl::CivilDay day = absl::CivilDay(value.year, value.month, value.day) + 1;
    value.year = day.year();
    value.month = day.month();
    value.day = day.day();
  }
  return Finish(&scanner, value);
}

std::optional<DateTime> ParseDate(absl::string_view text) {
  Scanner scanner(text);
  DateTime value;
  ScanDay(&scanner, &value);
  ScanOffset(&scanner, &value);
  return Finish(&scanner, value);
}

std::optional<DateTime> ParseTime(absl::string_view text) {
  Scanner scanner(text);
  DateTime value;
  ScanClock(&scanner, &value);
  ScanOffset(&scanner, &value);
  return Finish(&scanner, value);
}

std::optional<DateTime> ParseGYear(absl::string_view text) {
  Scanner scanner(text);
  DateTime value;
  value.year = ScanYear(&scanner);
  ScanOffset(&scanner, &value);
  return Finish(&scanner, value);
}

std::optional<DateTime> ParseGYearMonth(absl::string_view text) {
  Scanner scanner(text);
  DateTime value;
  value.year = ScanYear(&scanner);
  scanner.Expect('-');
  value.month = scanner.TwoDigits(1, 12);
  ScanOffset(&scanner, &value);
  return Finish(&scanner, value);
}

std::string FormatDateTime(const DateTime& value) {
  std::string text;
  AppendYear(value.year, &text);
  absl::StrAppendFormat(&text, "-%02d-%02dT", value.month, value.day);
  AppendClock(value, &text);
  AppendOffset(value, &text);
  return text;
}

std::string FormatDate(const DateTime& value) {
  std::string text;
  AppendYear(value.year, &text);
  absl::StrAppendFormat(&text, "-%02d-%02d", value.month, value.day);
  AppendOffset(value, &text);
  return text;
}

std::string FormatTime(const DateTime& value) {
  std::string text;
  AppendClock(value, &text);
  AppendOffset(value, &text);
  return text;
}

std::string FormatGYear(const DateTime& value) {
  std::string text;
  AppendYear(value.year, &text);
  AppendOffset(value, &text);
  return text;
}

std::string FormatGYearMonth(const DateTime& value) {
  std::string text;
  AppendYear(value.year, &text);
  absl::StrAppendFormat(&text, "-%02d", value.month);
  AppendOffset(value, &text);
  return text;
}

std::optional<Duration> ParseDuration(absl::string_view text) {
  static constexpr std::array<std::pair<char, int64_t>, 2> kMonths = {{{'Y', 12}, {'M', 1}}};
  static constexpr std::array<std::pair<char, int64_t>, 1> kDays = {{{'D', kSecondsPerDay}}};
  static constexpr std::array<std::pair<char, int64_t>, 3> kClock = {{{'H', 3600}, {'M', 60}, {'S', 1}}};
  Scanner scanner(text);
  const bool negative = scanner.Accept('-');
  scanner.Expect('P');
  Duration value;
  bool seen = false;
  // Days share their digits with years and months: what these do not take is tried again as days.
  const size_t day = text.find('D');
  const size_t clock = text.find('T');
  const size_t begin = negative ? 2 : 1;
  if (!scanner.ok()) return std::nullopt;
  const size_t date_end = std::min(clock, text.size());
  size_t day_begin = day < date_end ? day : date_end;
  while (day < date_end && day_begin > begin && absl::ascii_isdigit(text[day_begin - 1])) --day_begin;
  Scanner months(text.substr(begin, day_begin - begin));
  Scanner days(text.substr(day_begin, date_end - day_begin));
  if (!ScanComponents(&months, kMonths, kMaxDurationMonths, &value.months, &value.nanoseconds, &seen) ||
      !months.AtEnd() ||
      !ScanComponents(&days, kDays, kMaxDurationSeconds, &value.seconds, &value.nanoseconds, &seen) || !days.AtEnd()) {
    return std::nullopt;
  }
  if (clock != absl::string_view::npos) {
    Scanner time(text.substr(clock + 1));
    seen = false;
    if (!ScanComponents(&time, kClock, kMaxDurationSeconds, &value.seconds, &value.nanoseconds, &seen) ||
        !time.AtEnd()) {
      return std::nullopt;
    }
  }
  if (!seen) return std::nullopt;
  if (negative) value = {-value.months, -value.seconds, -value.nanoseconds};
  return value;
}

std::optional<Duration> ParseDayTimeDuration(absl::string_view text) {
  const size_t clock = text.find('T');
  const absl::string_view date = text.substr(0, clock);
  if (date.find('Y') != absl::string_view::npos || date.find('M') != absl::string_view::npos) return std::nullopt;
  return ParseDuration(text);
}

std::optional<Duration> ParseYearMonthDuration(absl::string_view text) {
  if (text.find('D') != absl::string_view::npos || text.find('T') != absl::string_view::npos) return std::nullopt;
  return ParseDuration(text);
}

std::string FormatDuration(const Duration& value) { return FormatDuration(value, "PT0S"); }

std::string FormatDuration(const Duration& value, absl::string_view zero) {
  if (value == Duration{}) return std::string(zero);
  const bool negative = value.months < 0 || value.seconds < 0 || value.nanoseconds < 0;
  const int64_t months = std::abs(value.months);
  const int64_t seconds = std::abs(value.seconds);
  const int nanoseconds = std::abs(value.nanoseconds);
  std::string text = negative ? "-P" : "P";
  if (months / 12 > 0) absl::StrAppend(&text, months / 12, "Y");
  if (months % 12 > 0) absl::StrAppend(&text, months % 12, "M");
  if (seconds / kSecondsPerDay > 0) absl::StrAppend(&text, seconds / kSecondsPerDay, "D");
  const int64_t rest = seconds % kSecondsPerDay;
  if (rest == 0 && nanoseconds == 0) return text;
  text.push_back('T');
  if (rest / 3600 > 0) absl::StrAppend(&text, rest / 3600, "H");
  if (rest / 60 % 60 > 0) absl::StrAppend(&text, rest / 60 % 60, "M");
  if (rest % 60 > 0 || nanoseconds > 0) {
    absl::StrAppend(&text, rest % 60);
    AppendFraction(nanoseconds, &text);
    text.push_back('S');
  }
  return text;
}

std::optional<DateTime> Add(const DateTime& moment, const Duration& duration) {
  const int64_t month_number = moment.year * 12 + (moment.month - 1) + duration.months;
  const absl::CivilMonth month = absl::CivilMonth(0, 1) + month_number;
  if (std::abs(month.year()) > kMaxYear) return std::nullopt;
  DateTime shifted = moment;
  shifted.year = month.year();
  shifted.month = month.month();
  const int last_day = (absl::CivilDay(month + 1) - 1).day();
  shifted.day = std::min(moment.day, last_day);
  int64_t nanoseconds = int64_t{moment.nanosecond} + duration.nanoseconds;
  int64_t seconds = shifted.ToSeconds() + duration.seconds;
  if (nanoseconds < 0) {
    nanoseconds += 1'000'000'000;
    --seconds;
  } else if (nanoseconds >= 1'000'000'000) {
    nanoseconds -= 1'000'000'000;
    ++seconds;
  }
  DateTime result = DateTime::FromSeconds(seconds, moment.offset_minutes);
  result.nanosecond = static_cast<int>(nanoseconds);
  if (std::abs(result.year) > kMaxYear) return std::nullopt;
  return result;
}

std::partial_ordering Compare(const Duration& a, const Duration& b) {
  // XML Schema's own definition: the order that holds when both are added to each of these four moments.
  static constexpr std::array<std::pair<int, int>, 4> kReferences = {{{1696, 9}, {1697, 2}, {1903, 3}, {1903, 7}}};
  std::optional<std::partial_ordering> order;
  for (const auto& [year, month] : kReferences) {
    DateTime reference;
    reference.year = year;
    reference.month = month;
    const std::optional<DateTime> after_a = Add(reference, a);
    const std::optional<DateTime> after_b = Add(reference, b);
    if (!after_a.has_value() || !after_b.has_value()) return std::partial_ordering::unordered;
    const std::partial_ordering here = Compare(*after_a, *after_b);
    if (order.has_value() && *order != here) return std::partial_ordering::unordered;
    order = here;
  }
  return *order;
}

}  // namespace dossier

#include "rdf/duration.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "rdf/calendar.h"
#include "rdf/lexical_scanner.h"

namespace dossier {
namespace {

// Enough for all years, and no sum of two overflows.
constexpr int64_t kMaxDurationMonths = 12 * kMaxYear * 10;
constexpr int64_t kMaxDurationSeconds = 1'000'000'000'000'000'000;

// Adds `digits` * `unit` to `total`; false past `limit`.
bool Accumulate(absl::string_view digits, int64_t unit, int64_t limit, int64_t* total) {
  int64_t count = 0;
  int64_t product = 0;
  return absl::SimpleAtoi(digits, &count) && !__builtin_mul_overflow(count, unit, &product) &&
         !__builtin_add_overflow(*total, product, total) && *total <= limit;
}

// The components between the designators, in their order; `seen` says whether there were any.
bool ScanComponents(LexicalScanner* scanner, absl::Span<const std::pair<char, int64_t>> units, int64_t limit,
                    int64_t* total, int* nanoseconds, bool* seen) {
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

std::optional<Duration> ParseDuration(absl::string_view text) {
  static constexpr std::array<std::pair<char, int64_t>, 2> kMonths = {{{'Y', 12}, {'M', 1}}};
  static constexpr std::array<std::pair<char, int64_t>, 1> kDays = {{{'D', kSecondsPerDay}}};
  static constexpr std::array<std::pair<char, int64_t>, 3> kClock = {{{'H', 3600}, {'M', 60}, {'S', 1}}};
  LexicalScanner scanner(text);
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
  LexicalScanner months(text.substr(begin, day_begin - begin));
  LexicalScanner days(text.substr(day_begin, date_end - day_begin));
  if (!ScanComponents(&months, kMonths, kMaxDurationMonths, &value.months, &value.nanoseconds, &seen) ||
      !months.AtEnd() ||
      !ScanComponents(&days, kDays, kMaxDurationSeconds, &value.seconds, &value.nanoseconds, &seen) || !days.AtEnd()) {
    return std::nullopt;
  }
  if (clock != absl::string_view::npos) {
    LexicalScanner time(text.substr(clock + 1));
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

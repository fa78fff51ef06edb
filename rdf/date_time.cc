#include "rdf/date_time.h"

#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "rdf/calendar.h"
#include "rdf/lexical_scanner.h"

namespace dossier {
namespace {

int64_t ScanYear(LexicalScanner* scanner) {
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

void ScanOffset(LexicalScanner* scanner, DateTime* value) {
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

void ScanDay(LexicalScanner* scanner, DateTime* value) {
  value->year = ScanYear(scanner);
  scanner->Expect('-');
  value->month = scanner->TwoDigits(1, 12);
  scanner->Expect('-');
  value->day = scanner->TwoDigits(1, 31);
  if (absl::CivilDay(value->year, value->month, value->day).day() != value->day) scanner->Fail();
}

// Returns whether the time is 24:00:00.
bool ScanClock(LexicalScanner* scanner, DateTime* value) {
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

std::optional<DateTime> Finish(LexicalScanner* scanner, const DateTime& value) {
  if (!scanner->ok() || !scanner->AtEnd()) return std::nullopt;
  return value;
}

void AppendYear(int64_t year, std::string* text) {
  absl::StrAppendFormat(text, "%s%04d", year < 0 ? "-" : "", std::abs(year));
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
  LexicalScanner scanner(text);
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
  LexicalScanner scanner(text);
  DateTime value;
  ScanDay(&scanner, &value);
  ScanOffset(&scanner, &value);
  return Finish(&scanner, value);
}

std::optional<DateTime> ParseTime(absl::string_view text) {
  LexicalScanner scanner(text);
  DateTime value;
  ScanClock(&scanner, &value);
  ScanOffset(&scanner, &value);
  return Finish(&scanner, value);
}

std::optional<DateTime> ParseGYear(absl::string_view text) {
  LexicalScanner scanner(text);
  DateTime value;
  value.year = ScanYear(&scanner);
  ScanOffset(&scanner, &value);
  return Finish(&scanner, value);
}

std::optional<DateTime> ParseGYearMonth(absl::string_view text) {
  LexicalScanner scanner(text);
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

}  // namespace dossier

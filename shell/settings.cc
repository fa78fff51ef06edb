#include "shell/settings.h"

#include <cstdint>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/status_macros.h"
#include "rdf/date_time.h"
#include "shell/reports.h"

namespace dossier {
namespace {

absl::Status Wrong(absl::string_view what, absl::string_view text, absl::string_view right) {
  return absl::InvalidArgumentError(absl::StrCat("\"", text, "\" is no ", what, "; write for example ", right));
}

// The number at the begin of `text`, and the rest in `unit`.
std::optional<uint64_t> SplitUnit(absl::string_view text, absl::string_view* unit) {
  size_t digits = 0;
  while (digits < text.size() && absl::ascii_isdigit(static_cast<unsigned char>(text[digits]))) ++digits;
  uint64_t number = 0;
  if (!absl::SimpleAtoi(text.substr(0, digits), &number)) return std::nullopt;
  *unit = absl::StripAsciiWhitespace(text.substr(digits));
  return number;
}

}  // namespace

absl::StatusOr<absl::Duration> ParseTimeout(absl::string_view text) {
  if (text == "off" || text == "none") return absl::InfiniteDuration();
  absl::string_view unit;
  const std::optional<uint64_t> number = SplitUnit(text, &unit);
  if (number.has_value() && *number > 0) {
    const auto count = static_cast<double>(*number);
    if (unit == "ms") return absl::Milliseconds(count);
    if (unit == "s" || unit.empty()) return absl::Seconds(count);
    if (unit == "min" || unit == "m") return absl::Minutes(count);
    if (unit == "h") return absl::Hours(count);
  }
  return Wrong("length of time", text, "500ms, 10s, 2min or off");
}

absl::StatusOr<size_t> ParseMemory(absl::string_view text) {
  absl::string_view unit;
  const std::optional<uint64_t> number = SplitUnit(text, &unit);
  constexpr uint64_t kMost = uint64_t{1} << 20;  // Of the largest unit: beyond every machine.
  if (number.has_value() && *number > 0 && (unit.empty() || *number <= kMost)) {
    if (unit.empty()) return *number;
    switch (absl::ascii_toupper(static_cast<unsigned char>(unit.front()))) {
      case 'K': return *number << 10U;
      case 'M': return *number << 20U;
      case 'G': return *number << 30U;
      default: break;
    }
  }
  return Wrong("amount of memory", text, "512M or 2G");
}

absl::StatusOr<TimeRange> ParseDay(absl::string_view text) {
  if (const std::optional<DateTime> day = ParseDate(text); day.has_value()) {
    if (const auto range = DayRange(day->year, day->month, day->day); range.has_value()) return *range;
  }
  return Wrong("day", text, "2023-09-12");
}

absl::Status ChangeSetting(absl::string_view name, absl::string_view value, SessionSettings* session,
                           PrintOptions* print) {
  if (name == "format") {
    const std::optional<AnswerFormat> format = ParseAnswerFormat(value);
    if (!format.has_value()) return Wrong("format", value, absl::StrJoin(AnswerFormatNames(), ", "));
    print->format = *format;
    return absl::OkStatus();
  }
  if (name == "claims") {
    print->claims = value != "off";
    if (print->claims && !absl::SimpleAtoi(value, &print->maximum_claims)) return Wrong("number", value, "3 or off");
    return absl::OkStatus();
  }
  if (name == "timeout") {
    DOSSIER_ASSIGN_OR_RETURN(session->timeout, ParseTimeout(value));
    return absl::OkStatus();
  }
  if (name == "memory") {
    DOSSIER_ASSIGN_OR_RETURN(session->memory_bytes, ParseMemory(value));
    return absl::OkStatus();
  }
  if (name == "today") {
    if (value == "off") {
      session->today.reset();
      return absl::OkStatus();
    }
    DOSSIER_ASSIGN_OR_RETURN(session->today, ParseDay(value));
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat("there is no setting \"", name, "\"; there are format, claims, timeout, memory and today"));
}

std::string ShowSettings(const SessionSettings& session, const PrintOptions& print) {
  return absl::StrCat("format   ", AnswerFormatNames()[static_cast<size_t>(print.format)], "\nclaims   ",
                      print.claims ? absl::StrCat(print.maximum_claims) : "off", "\ntimeout  ",
                      session.timeout == absl::InfiniteDuration() ? "off" : ShortDuration(session.timeout),
                      "\nmemory   ", ShortSize(session.memory_bytes), "\ntoday    ",
                      session.today.has_value() ? ToEdtf(*session.today) : "the day of the newest article", "\n");
}

}  // namespace dossier

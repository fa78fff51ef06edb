#include "shell/settings.h"

#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "base/status_macros.h"
#include "rdf/date_time.h"

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
  if (absl::Duration sum; absl::ParseDuration(text, &sum) && sum > absl::ZeroDuration()) return sum;  // "1m30s"
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

absl::Span<const SettingInfo> AllSettings() {
  static constexpr std::array<SettingInfo, 10> kSettings = {{
      {"mode", "FORMAT", "how answers are written (`help formats`)"},
      {"claims", "N|off", "how many claims are shown under a row"},
      {"limit", "N|off", "how many rows of an answer are shown"},
      {"width", "N|off", "how wide tables are; off: as wide as the terminal"},
      {"timer", "on|off", "whether it is told how long a statement took"},
      {"explain", "on|off|analyze", "whether plans are shown before answers"},
      {"pager", "on|off", "whether long answers go through $PAGER"},
      {"timeout", "TIME|off", "how long a statement may take: 500ms, 10s, 2min"},
      {"memory", "SIZE", "how much memory a statement may take: 512M, 2G"},
      {"today", "DAY|off", "what `yesterday` is counted from"},
  }};
  return kSettings;
}

const SettingInfo* FindSetting(absl::string_view name) {
  if (name == "format") name = "mode";
  for (const SettingInfo& setting : AllSettings()) {
    if (setting.name == name) return &setting;
  }
  return nullptr;
}

namespace {

absl::Status SetSwitch(absl::string_view value, bool* setting) {
  if (value != "on" && value != "off") return Wrong("switch", value, "on or off");
  *setting = value == "on";
  return absl::OkStatus();
}

absl::Status SetNumber(absl::string_view value, size_t* setting) {
  size_t number = 0;
  if (value != "off" && (!absl::SimpleAtoi(value, &number) || number == 0)) return Wrong("number", value, "20 or off");
  *setting = number;
  return absl::OkStatus();
}

absl::Status SetClaims(absl::string_view value, PrintOptions* print) {
  if (value == "off") {
    print->claims = false;
    return absl::OkStatus();
  }
  if (!absl::SimpleAtoi(value, &print->maximum_claims)) return Wrong("number", value, "3 or off");
  print->claims = true;
  return absl::OkStatus();
}

absl::Status SetExplain(absl::string_view value, PrintOptions* print) {
  if (value != "on" && value != "off" && value != "analyze") return Wrong("switch", value, "on, off or analyze");
  print->explain = value == "on"    ? PrintOptions::Explain::kPlan
                   : value == "off" ? PrintOptions::Explain::kOff
                                    : PrintOptions::Explain::kAnalyze;
  return absl::OkStatus();
}

absl::Status ChangePrinting(absl::string_view name, absl::string_view value, PrintOptions* print) {
  if (name == "mode") {
    const std::optional<AnswerFormat> format = ParseAnswerFormat(value);
    if (!format.has_value()) return Wrong("format", value, absl::StrJoin(AnswerFormatNames(), ", "));
    print->format = *format;
    return absl::OkStatus();
  }
  if (name == "claims") return SetClaims(value, print);
  if (name == "limit") return SetNumber(value, &print->limit);
  if (name == "width") return SetNumber(value, &print->fixed_width);
  if (name == "timer") return SetSwitch(value, &print->timer);
  if (name == "pager") return SetSwitch(value, &print->pager);
  return SetExplain(value, print);
}

std::string NumberOrOff(size_t number) { return number == 0 ? "off" : absl::StrCat(number); }
absl::string_view OnOrOff(bool on) { return on ? "on" : "off"; }

}  // namespace

absl::Status ChangeSetting(absl::string_view name, absl::string_view value, SessionSettings* session,
                           PrintOptions* print) {
  const SettingInfo* const setting = FindSetting(name);
  if (setting == nullptr) {
    const std::string names = absl::StrJoin(
        AllSettings(), ", ", [](std::string* out, const SettingInfo& known) { absl::StrAppend(out, known.name); });
    return absl::InvalidArgumentError(absl::StrCat("there is no setting \"", name, "\"; there are ", names));
  }
  name = setting->name;
  if (name == "timeout") {
    DOSSIER_ASSIGN_OR_RETURN(session->timeout, ParseTimeout(value));
  } else if (name == "memory") {
    DOSSIER_ASSIGN_OR_RETURN(session->memory_bytes, ParseMemory(value));
  } else if (name == "today") {
    std::optional<TimeRange> today;
    if (value != "off") {
      DOSSIER_ASSIGN_OR_RETURN(today, ParseDay(value));
    }
    session->today = today;
  } else {
    return ChangePrinting(name, value, print);
  }
  return absl::OkStatus();
}

std::string SettingValue(absl::string_view name, const SessionSettings& session, const PrintOptions& print) {
  if (name == "mode" || name == "format") return std::string(AnswerFormatNames()[static_cast<size_t>(print.format)]);
  if (name == "claims") return print.claims ? absl::StrCat(print.maximum_claims) : "off";
  if (name == "limit") return NumberOrOff(print.limit);
  if (name == "width") return NumberOrOff(print.fixed_width);
  if (name == "timer") return std::string(OnOrOff(print.timer));
  if (name == "pager") return std::string(OnOrOff(print.pager));
  if (name == "explain") {
    return print.explain == PrintOptions::Explain::kAnalyze
               ? "analyze"
               : std::string(OnOrOff(print.explain == PrintOptions::Explain::kPlan));
  }
  if (name == "timeout") {
    return session.timeout == absl::InfiniteDuration() ? "off" : absl::FormatDuration(session.timeout);
  }
  if (name == "memory") {
    for (const auto& [shift, unit] : {std::pair(30U, "G"), std::pair(20U, "M"), std::pair(10U, "K")}) {
      if (session.memory_bytes >> shift << shift == session.memory_bytes) {
        return absl::StrCat(session.memory_bytes >> shift, unit);
      }
    }
    return absl::StrCat(session.memory_bytes);
  }
  return session.today.has_value() ? ToEdtf(*session.today) : "off";
}

std::string ShowSettings(const SessionSettings& session, const PrintOptions& print) {
  std::string text;
  for (const SettingInfo& setting : AllSettings()) {
    absl::StrAppendFormat(&text, "%-9s%-9s  %s\n", setting.name, SettingValue(setting.name, session, print),
                          setting.description);
  }
  return text;
}

}  // namespace dossier

#include <string>

#include "absl/strings/ascii.h"
#include "query/expr/function_families.h"
#include "rdf/time_range.h"

namespace dossier {
namespace {

Term SecondsTerm(const DateTime& moment) {
  constexpr int64_t kNanosecondsPerSecond = 1'000'000'000;
  // Never an error: eleven digits.
  return XsdValue::OfDecimal(*Divide(Decimal(moment.second * kNanosecondsPerSecond + moment.nanosecond),
                                     Decimal(kNanosecondsPerSecond)))
      .ToTerm();
}

// The time zone as it is written; "" when there is none.
std::string ZoneText(const Term& term) {
  const absl::string_view text = absl::StripAsciiWhitespace(term.value());
  const size_t clock = text.find('T');
  const size_t zone = text.find_last_of("Z+-");
  // What stands before the clock belongs to the day.
  if (zone == absl::string_view::npos || (clock != absl::string_view::npos && zone < clock)) return {};
  return std::string(text.substr(zone));
}

// The parts of a moment that has them.
std::optional<Term> PartOf(Function function, const Term& term) {
  const std::optional<XsdValue> value = XsdValue::Of(term);
  if (!value.has_value()) return std::nullopt;
  const XsdType type = value->type();
  const bool has_clock = type == XsdType::kDateTime || type == XsdType::kTime;
  const bool has_day = type == XsdType::kDate || type == XsdType::kDateTime;
  const bool has_month = has_day || type == XsdType::kGYearMonth;
  const bool has_year = has_month || type == XsdType::kGYear;
  if (!has_year && !has_clock) return std::nullopt;
  const DateTime& moment = value->moment();
  if (function == Function::kYear && has_year) return IntegerTerm(moment.year);
  if (function == Function::kMonth && has_month) return IntegerTerm(moment.month);
  if (function == Function::kDay && has_day) return IntegerTerm(moment.day);
  if (function == Function::kHours && has_clock) return IntegerTerm(moment.hour);
  if (function == Function::kMinutes && has_clock) return IntegerTerm(moment.minute);
  if (function == Function::kSeconds && has_clock) return SecondsTerm(moment);
  if (function == Function::kTz) return Term::String(moment.offset_minutes.has_value() ? ZoneText(term) : "");
  if (function == Function::kTimezone && moment.offset_minutes.has_value()) {
    const Duration offset{0, int64_t{*moment.offset_minutes} * 60, 0};
    return XsdValue::OfDuration(XsdType::kDayTimeDuration, offset).ToTerm();
  }
  return std::nullopt;
}

Term DayOf(int64_t seconds) {
  DateTime moment = DateTime::FromSeconds(seconds, std::nullopt);
  moment.hour = moment.minute = moment.second = 0;
  return XsdValue::Moment(XsdType::kDate, moment).ToTerm();
}

}  // namespace

std::optional<Term> ApplyTimeFunction(Function function, Arguments arguments) {
  if (function < Function::kTimeOverlaps) return PartOf(function, *arguments[0]);
  const std::optional<TimeRange> range = TimeRangeOf(*arguments[0]);
  if (!range.has_value()) return std::nullopt;
  if (function == Function::kTimeBegin) {
    if (range->open_begin) return std::nullopt;
    return DayOf(range->begin);
  }
  if (function == Function::kTimeEnd) {
    if (range->open_end) return std::nullopt;
    return DayOf(range->end - 1);
  }
  const std::optional<TimeRange> other = TimeRangeOf(*arguments[1]);
  if (!other.has_value()) return std::nullopt;
  return BooleanTerm(function == Function::kTimeOverlaps ? range->Overlaps(*other) : other->Contains(*range));
}

}  // namespace dossier

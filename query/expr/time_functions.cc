#include "query/expr/function_families.h"
#include "rdf/time_range.h"

namespace dossier {
namespace {

// YEAR, MONTH and DAY of a moment that has that part.
std::optional<Term> PartOf(Function function, const Term& term) {
  const std::optional<XsdValue> value = XsdValue::Of(term);
  if (!value.has_value()) return std::nullopt;
  const XsdType type = value->type();
  const bool has_day = type == XsdType::kDate || type == XsdType::kDateTime;
  const bool has_month = has_day || type == XsdType::kGYearMonth;
  const bool has_year = has_month || type == XsdType::kGYear;
  if (function == Function::kYear && has_year) return IntegerTerm(value->moment().year);
  if (function == Function::kMonth && has_month) return IntegerTerm(value->moment().month);
  if (function == Function::kDay && has_day) return IntegerTerm(value->moment().day);
  return std::nullopt;
}

Term DayOf(int64_t seconds) {
  DateTime moment = DateTime::FromSeconds(seconds, std::nullopt);
  moment.hour = moment.minute = moment.second = 0;
  return XsdValue::Moment(XsdType::kDate, moment).ToTerm();
}

}  // namespace

std::optional<Term> ApplyTimeFunction(Function function, Arguments arguments) {
  if (function == Function::kYear || function == Function::kMonth || function == Function::kDay) {
    return PartOf(function, *arguments[0]);
  }
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

// Casts: XPath's constructor functions (https://www.w3.org/TR/sparql12-query/#FunctionMapping and
// https://www.w3.org/TR/xpath-functions-31/#casting).
#include <cmath>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "query/expr/function_families.h"

namespace dossier {
namespace {

using OptionalValue = std::optional<XsdValue>;

bool Truth(const XsdValue& value) {
  const double number = value.ToDouble();
  return number == number && number != 0;
}

OptionalValue ToExact(XsdType type, const XsdValue& value) {
  std::optional<Decimal> number;
  if (value.type() == XsdType::kBoolean) {
    number = Decimal(value.boolean() ? 1 : 0);
  } else if (value.is_floating()) {
    number = Decimal::FromDouble(value.floating());
  } else if (value.is_numeric()) {
    number = value.decimal();
  }
  if (!number.has_value()) return std::nullopt;
  if (type == XsdType::kDecimal) return XsdValue::OfDecimal(*number);
  // Towards zero.
  return XsdValue::Integer(*number < Decimal() ? number->Ceiling() : number->Floor());
}

OptionalValue ToFloating(XsdType type, const XsdValue& value) {
  double number = 0;
  if (value.type() == XsdType::kBoolean) {
    number = value.boolean() ? 1 : 0;
  } else if (value.is_numeric()) {
    number = value.ToDouble();
  } else {
    return std::nullopt;
  }
  return type == XsdType::kFloat ? XsdValue::Float(static_cast<float>(number)) : XsdValue::Double(number);
}

// A moment seen as one of a type with fewer parts, or a day as its first moment.
OptionalValue ToMoment(XsdType type, const XsdValue& value) {
  if (value.type() == type) return value;
  const bool from_date_time = value.type() == XsdType::kDateTime;
  if (!from_date_time && (value.type() != XsdType::kDate || type == XsdType::kTime)) return std::nullopt;
  DateTime moment = value.moment();
  if (type == XsdType::kTime) {
    const DateTime epoch;
    moment.year = epoch.year;
    moment.month = epoch.month;
    moment.day = epoch.day;
    return XsdValue::Moment(type, moment);
  }
  if (type != XsdType::kDateTime) moment.hour = moment.minute = moment.second = moment.nanosecond = 0;
  if (type == XsdType::kGYear || type == XsdType::kGYearMonth) moment.day = 1;
  if (type == XsdType::kGYear) moment.month = 1;
  return XsdValue::Moment(type, moment);
}

OptionalValue ToDuration(XsdType type, const XsdValue& value) {
  if (!IsDuration(value.type())) return std::nullopt;
  Duration duration = value.duration();
  if (type == XsdType::kDayTimeDuration) duration.months = 0;
  if (type == XsdType::kYearMonthDuration) duration.seconds = duration.nanoseconds = 0;
  return XsdValue::OfDuration(type, duration);
}

OptionalValue Convert(XsdType type, const XsdValue& value) {
  switch (type) {
    case XsdType::kBoolean:
      if (value.type() == XsdType::kBoolean) return value;
      return value.is_numeric() ? OptionalValue(XsdValue::Boolean(Truth(value))) : std::nullopt;
    case XsdType::kInteger:
    case XsdType::kDecimal: return ToExact(type, value);
    case XsdType::kFloat:
    case XsdType::kDouble: return ToFloating(type, value);
    default: break;
  }
  if (IsMoment(type)) return ToMoment(type, value);
  return ToDuration(type, value);
}

// Numbers between a millionth and a million are written without an exponent.
std::string FloatingText(const XsdValue& value) {
  const double number = value.floating();
  if (number == 0) return std::signbit(number) ? "-0" : "0";
  if (std::fabs(number) < 1e-6 || std::fabs(number) >= 1e6) return value.CanonicalForm();
  // The shortest decimal that reads as the number: that of the canonical form, with the point moved.
  std::string canonical = value.CanonicalForm();
  const size_t e = canonical.find('E');
  int exponent = 0;
  if (e == std::string::npos || !absl::SimpleAtoi(absl::string_view(canonical).substr(e + 1), &exponent)) {
    return canonical;  // Not a number.
  }
  std::string digits;
  for (const char c : canonical.substr(0, e)) {
    if (absl::ascii_isdigit(static_cast<unsigned char>(c))) digits.push_back(c);
  }
  const int point = 1 + exponent;
  const std::string sign = number < 0 ? "-" : "";
  if (point <= 0) {
    digits.insert(0, static_cast<size_t>(1 - point), '0');
  } else if (digits.size() < static_cast<size_t>(point)) {
    digits.append(static_cast<size_t>(point) - digits.size(), '0');
  }
  const size_t whole = point <= 0 ? 1 : static_cast<size_t>(point);
  std::string fraction = digits.substr(whole);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return sign + digits.substr(0, whole) + (fraction.empty() ? "" : "." + fraction);
}

std::optional<Term> ToText(const Term& term) {
  if (term.is_iri()) return Term::String(term.value());
  if (!term.is_literal() || !term.language().empty()) return std::nullopt;
  const OptionalValue value = XsdValue::Of(term);
  if (!value.has_value()) return Term::String(term.value());
  return Term::String(value->is_floating() ? FloatingText(*value) : value->CanonicalForm());
}

}  // namespace

std::optional<Term> ApplyCast(Arguments arguments) {
  const Term& term = *arguments[0];
  const std::string& datatype = arguments[1]->value();
  const std::optional<XsdType> type = XsdTypeOf(datatype);
  if (!type.has_value()) return std::nullopt;
  if (*type == XsdType::kString) return ToText(term);
  OptionalValue value;
  if (IsSimpleLiteral(term)) {
    value = XsdValue::Parse(term.value(), datatype);
  } else if (const OptionalValue given = XsdValue::Of(term); given.has_value()) {
    value = Convert(*type, *given);
  }
  if (!value.has_value()) return std::nullopt;
  // A derived type may be too small for the number.
  const std::string lexical = value->CanonicalForm();
  if (!XsdValue::Parse(lexical, datatype).has_value()) return std::nullopt;
  return Term::Typed(lexical, datatype);
}

}  // namespace dossier

#include "rdf/xsd_value.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

struct NamedType {
  absl::string_view name;  // Behind xsd::kPrefix.
  XsdType type;
};

// The first name of a type is that of DatatypeOf.
constexpr std::array<NamedType, 26> kTypes = {{
    {"boolean", XsdType::kBoolean},
    {"integer", XsdType::kInteger},
    {"decimal", XsdType::kDecimal},
    {"float", XsdType::kFloat},
    {"double", XsdType::kDouble},
    {"string", XsdType::kString},
    {"dateTime", XsdType::kDateTime},
    {"date", XsdType::kDate},
    {"time", XsdType::kTime},
    {"gYear", XsdType::kGYear},
    {"gYearMonth", XsdType::kGYearMonth},
    {"duration", XsdType::kDuration},
    {"dayTimeDuration", XsdType::kDayTimeDuration},
    {"yearMonthDuration", XsdType::kYearMonthDuration},
    {"long", XsdType::kInteger},
    {"int", XsdType::kInteger},
    {"short", XsdType::kInteger},
    {"byte", XsdType::kInteger},
    {"nonNegativeInteger", XsdType::kInteger},
    {"positiveInteger", XsdType::kInteger},
    {"nonPositiveInteger", XsdType::kInteger},
    {"negativeInteger", XsdType::kInteger},
    {"unsignedLong", XsdType::kInteger},
    {"unsignedInt", XsdType::kInteger},
    {"unsignedShort", XsdType::kInteger},
    {"unsignedByte", XsdType::kInteger},
}};

struct IntegerBounds {
  absl::string_view name;
  absl::string_view low;   // Empty: none.
  absl::string_view high;  // Empty: none.
};

constexpr std::array<IntegerBounds, 12> kIntegerBounds = {{
    {"long", "-9223372036854775808", "9223372036854775807"},
    {"int", "-2147483648", "2147483647"},
    {"short", "-32768", "32767"},
    {"byte", "-128", "127"},
    {"nonNegativeInteger", "0", ""},
    {"positiveInteger", "1", ""},
    {"nonPositiveInteger", "", "0"},
    {"negativeInteger", "", "-1"},
    {"unsignedLong", "0", "18446744073709551615"},
    {"unsignedInt", "0", "4294967295"},
    {"unsignedShort", "0", "65535"},
    {"unsignedByte", "0", "255"},
}};

absl::string_view Collapse(absl::string_view text) {
  constexpr absl::string_view kBlanks = " \t\n\r";
  const size_t begin = text.find_first_not_of(kBlanks);
  if (begin == absl::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

std::optional<Decimal> ParseInteger(absl::string_view text, absl::string_view type_name) {
  if (text.find('.') != absl::string_view::npos) return std::nullopt;
  const std::optional<Decimal> value = Decimal::Parse(text);
  if (!value.has_value()) return std::nullopt;
  for (const IntegerBounds& bounds : kIntegerBounds) {
    if (bounds.name != type_name) continue;
    if (!bounds.low.empty() && *value < *Decimal::Parse(bounds.low)) return std::nullopt;
    if (!bounds.high.empty() && *value > *Decimal::Parse(bounds.high)) return std::nullopt;
  }
  return value;
}

std::optional<double> ParseFloating(absl::string_view text, bool single) {
  if (text == "INF" || text == "+INF") return std::numeric_limits<double>::infinity();
  if (text == "-INF") return -std::numeric_limits<double>::infinity();
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  const size_t exponent = text.find_first_of("eE");
  size_t digits = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool first = i == 0 || i == exponent + 1;
    const bool digit = absl::ascii_isdigit(text[i]);
    const bool sign = first && (text[i] == '+' || text[i] == '-');
    const bool point = text[i] == '.' && i < exponent && text.find('.') == i;
    if (!digit && !sign && !point && i != exponent) return std::nullopt;
    digits += digit && i < exponent ? 1 : 0;
  }
  if (digits == 0 || text.empty() || !absl::ascii_isdigit(text.back())) {
    // "5." is a double; "5.E3" ends in a digit anyway.
    if (digits == 0 || text.empty() || text.back() != '.') return std::nullopt;
  }
  if (single) {
    float value = 0;
    return absl::SimpleAtof(text, &value) ? std::optional<double>(value) : std::nullopt;
  }
  double value = 0;
  return absl::SimpleAtod(text, &value) ? std::optional<double>(value) : std::nullopt;
}

std::string FormatFloating(double value, bool single) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-INF" : "INF";
  std::array<char, 64> buffer;
  const std::to_chars_result result =
      single ? std::to_chars(buffer.data(), buffer.data() + buffer.size(), static_cast<float>(value),
                             std::chars_format::scientific)
             : std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
  const absl::string_view text(buffer.data(), static_cast<size_t>(result.ptr - buffer.data()));
  const size_t e = text.find('e');
  int exponent = 0;
  if (!absl::SimpleAtoi(text.substr(e + 1), &exponent)) return std::string(text);
  const absl::string_view mantissa = text.substr(0, e);
  return absl::StrCat(mantissa, mantissa.find('.') == absl::string_view::npos ? ".0" : "", "E", exponent);
}

std::optional<DateTime> ParseMoment(XsdType type, absl::string_view text) {
  switch (type) {
    case XsdType::kDateTime: return ParseDateTime(text);
    case XsdType::kDate: return ParseDate(text);
    case XsdType::kTime: return ParseTime(text);
    case XsdType::kGYear: return ParseGYear(text);
    case XsdType::kGYearMonth: return ParseGYearMonth(text);
    default: return std::nullopt;
  }
}

std::optional<Duration> ParseDurationOf(XsdType type, absl::string_view text) {
  switch (type) {
    case XsdType::kDuration: return ParseDuration(text);
    case XsdType::kDayTimeDuration: return ParseDayTimeDuration(text);
    case XsdType::kYearMonthDuration: return ParseYearMonthDuration(text);
    default: return std::nullopt;
  }
}

}  // namespace

std::optional<XsdType> XsdTypeOf(absl::string_view datatype) {
  if (!absl::ConsumePrefix(&datatype, xsd::kPrefix)) return std::nullopt;
  for (const NamedType& type : kTypes) {
    if (type.name == datatype) return type.type;
  }
  return std::nullopt;
}

absl::string_view DatatypeOf(XsdType type) {
  switch (type) {
    case XsdType::kBoolean: return xsd::kBoolean;
    case XsdType::kInteger: return xsd::kInteger;
    case XsdType::kDecimal: return xsd::kDecimal;
    case XsdType::kFloat: return xsd::kFloat;
    case XsdType::kDouble: return xsd::kDouble;
    case XsdType::kString: return xsd::kString;
    case XsdType::kDateTime: return xsd::kDateTime;
    case XsdType::kDate: return xsd::kDate;
    case XsdType::kTime: return xsd::kTime;
    case XsdType::kGYear: return xsd::kGYear;
    case XsdType::kGYearMonth: return xsd::kGYearMonth;
    case XsdType::kDuration: return xsd::kDuration;
    case XsdType::kDayTimeDuration: return xsd::kDayTimeDuration;
    case XsdType::kYearMonthDuration: return xsd::kYearMonthDuration;
  }
  return {};
}

std::optional<XsdValue> XsdValue::Parse(absl::string_view lexical, absl::string_view datatype) {
  const std::optional<XsdType> type = XsdTypeOf(datatype);
  if (!type.has_value()) return std::nullopt;
  if (*type == XsdType::kString) return String(std::string(lexical));
  const absl::string_view text = Collapse(lexical);
  switch (*type) {
    case XsdType::kBoolean:
      if (text == "true" || text == "1") return Boolean(true);
      if (text == "false" || text == "0") return Boolean(false);
      return std::nullopt;
    case XsdType::kInteger:
      if (const auto value = ParseInteger(text, datatype.substr(xsd::kPrefix.size()))) return Integer(*value);
      return std::nullopt;
    case XsdType::kDecimal:
      if (const auto value = Decimal::Parse(text)) return OfDecimal(*value);
      return std::nullopt;
    case XsdType::kFloat:
    case XsdType::kDouble:
      if (const auto value = ParseFloating(text, *type == XsdType::kFloat)) return XsdValue(*type, *value);
      return std::nullopt;
    default: break;
  }
  if (const auto moment = ParseMoment(*type, text)) return Moment(*type, *moment);
  if (const auto duration = ParseDurationOf(*type, text)) return OfDuration(*type, *duration);
  return std::nullopt;
}

std::optional<XsdValue> XsdValue::Of(const Term& term) {
  if (!term.is_literal() || !term.language().empty()) return std::nullopt;
  return Parse(term.value(), term.datatype());
}

double XsdValue::ToDouble() const { return is_floating() ? floating() : decimal().ToDouble(); }

std::string XsdValue::CanonicalForm() const {
  switch (type_) {
    case XsdType::kBoolean: return boolean() ? "true" : "false";
    case XsdType::kInteger:
    case XsdType::kDecimal: return decimal().ToString();
    case XsdType::kFloat:
    case XsdType::kDouble: return FormatFloating(floating(), type_ == XsdType::kFloat);
    case XsdType::kString: return string();
    case XsdType::kDateTime: return FormatDateTime(moment());
    case XsdType::kDate: return FormatDate(moment());
    case XsdType::kTime: return FormatTime(moment());
    case XsdType::kGYear: return FormatGYear(moment());
    case XsdType::kGYearMonth: return FormatGYearMonth(moment());
    case XsdType::kDuration:
    case XsdType::kDayTimeDuration: return FormatDuration(duration());
    case XsdType::kYearMonthDuration: return FormatDuration(duration(), "P0M");
  }
  return {};
}

Term XsdValue::ToTerm() const { return Term::Typed(CanonicalForm(), std::string(DatatypeOf(type_))); }

std::optional<std::partial_ordering> CompareValues(const XsdValue& a, const XsdValue& b) {
  if (a.is_numeric() && b.is_numeric()) {
    if (a.is_floating() || b.is_floating()) return a.ToDouble() <=> b.ToDouble();
    return a.decimal() <=> b.decimal();
  }
  if (IsDuration(a.type()) && IsDuration(b.type())) return Compare(a.duration(), b.duration());
  if (a.type() != b.type()) return std::nullopt;
  if (a.type() == XsdType::kBoolean) return int{a.boolean()} <=> int{b.boolean()};
  // Bytes of UTF-8 order as code points do.
  if (a.type() == XsdType::kString) return a.string().compare(b.string()) <=> 0;
  return Compare(a.moment(), b.moment());
}

}  // namespace dossier

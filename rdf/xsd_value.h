// The values that literals stand for (XML Schema 1.1 part 2), with their order and their canonical forms.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "absl/strings/string_view.h"
#include "rdf/date_time.h"
#include "rdf/decimal.h"
#include "rdf/duration.h"
#include "rdf/term.h"

namespace dossier {

enum class XsdType : uint8_t {
  kBoolean,
  kInteger,  // And every type derived from it (xsd:int, xsd:nonNegativeInteger, ...).
  kDecimal,
  kFloat,
  kDouble,
  kString,
  kDateTime,
  kDate,
  kTime,
  kGYear,
  kGYearMonth,
  kDuration,
  kDayTimeDuration,
  kYearMonthDuration,
};

constexpr bool IsMoment(XsdType type) { return type >= XsdType::kDateTime && type <= XsdType::kGYearMonth; }
constexpr bool IsDuration(XsdType type) { return type >= XsdType::kDuration; }

// The type of a datatype IRI; nullopt for IRIs that have no values here.
std::optional<XsdType> XsdTypeOf(absl::string_view datatype);
// The IRI of a type.
absl::string_view DatatypeOf(XsdType type);

class XsdValue {
 public:
  static XsdValue Boolean(bool value) { return {XsdType::kBoolean, value}; }
  static XsdValue Integer(int64_t value) { return {XsdType::kInteger, Decimal(value)}; }
  // REQUIRES: value.is_integer().
  static XsdValue Integer(Decimal value) { return {XsdType::kInteger, value}; }
  static XsdValue OfDecimal(Decimal value) { return {XsdType::kDecimal, value}; }
  static XsdValue Float(float value) { return {XsdType::kFloat, double{value}}; }
  static XsdValue Double(double value) { return {XsdType::kDouble, value}; }
  static XsdValue String(std::string value) { return {XsdType::kString, std::move(value)}; }
  // `type` is one of the date, time and g... types.
  static XsdValue Moment(XsdType type, DateTime value) { return {type, value}; }
  // `type` is one of the durations.
  static XsdValue OfDuration(XsdType type, Duration value) { return {type, value}; }

  // The value of a lexical form (blanks around it are allowed as XML Schema has it, except for strings); nullopt when
  // the form is not valid for the datatype, the datatype has no values here, or a number has more than 38 digits.
  static std::optional<XsdValue> Parse(absl::string_view lexical, absl::string_view datatype);
  // The value of a literal; nullopt for other terms, for language-tagged strings, and as Parse.
  static std::optional<XsdValue> Of(const Term& term);

  XsdType type() const { return type_; }
  bool is_numeric() const { return type_ >= XsdType::kInteger && type_ <= XsdType::kDouble; }
  bool is_floating() const { return type_ == XsdType::kFloat || type_ == XsdType::kDouble; }

  // REQUIRES: the type is the one that the name says.
  bool boolean() const { return std::get<bool>(value_); }
  const Decimal& decimal() const { return std::get<Decimal>(value_); }  // kInteger and kDecimal.
  double floating() const { return std::get<double>(value_); }          // kFloat and kDouble.
  const std::string& string() const { return std::get<std::string>(value_); }
  const DateTime& moment() const { return std::get<DateTime>(value_); }
  const Duration& duration() const { return std::get<Duration>(value_); }
  // Any number as a double. REQUIRES: is_numeric().
  double ToDouble() const;

  // The lexical form in which the value is written: `7`, `-0.5`, `1.0E3`, `true`, `2023-09-12Z`.
  std::string CanonicalForm() const;
  // A literal with the canonical form.
  Term ToTerm() const;

 private:
  using Value = std::variant<bool, Decimal, double, std::string, DateTime, Duration>;
  XsdValue(XsdType type, Value value) : type_(type), value_(std::move(value)) {}

  XsdType type_;
  Value value_;
};

// The order of values: numbers of all types with each other (exactly, as far as they are decimal), strings by code
// point, booleans false first, moments of one type by time (no time zone counts as UTC), durations with each other.
// Nullopt when the two cannot be compared (types that have no common order); unordered for NaN and durations such as
// P1M and P30D.
std::optional<std::partial_ordering> CompareValues(const XsdValue& a, const XsdValue& b);

}  // namespace dossier

#include <algorithm>
#include <cmath>

#include "query/expr/function_families.h"

namespace dossier {
namespace {

// The type in which two numbers meet (XPath 3.1, B.1): integer < decimal < float < double.
XsdType Promoted(const XsdValue& a, const XsdValue& b) { return std::max(a.type(), b.type()); }
static_assert(XsdType::kInteger < XsdType::kDecimal && XsdType::kDecimal < XsdType::kFloat &&
              XsdType::kFloat < XsdType::kDouble);

XsdValue Floating(XsdType type, double value) {
  return type == XsdType::kFloat ? XsdValue::Float(static_cast<float>(value)) : XsdValue::Double(value);
}

std::optional<XsdValue> Exact(XsdType type, const std::optional<Decimal>& value) {
  if (!value.has_value()) return std::nullopt;
  return type == XsdType::kInteger ? XsdValue::Integer(*value) : XsdValue::OfDecimal(*value);
}

bool IsFloating(XsdType type) { return type == XsdType::kFloat || type == XsdType::kDouble; }

std::optional<XsdValue> Combine(Function function, const XsdValue& a, const XsdValue& b) {
  if (!a.is_numeric() || !b.is_numeric()) return CombineTimes(function, a, b);
  const XsdType type = Promoted(a, b);
  if (IsFloating(type)) {
    const double x = a.ToDouble();
    const double y = b.ToDouble();
    switch (function) {
      case Function::kAdd: return Floating(type, x + y);
      case Function::kSubtract: return Floating(type, x - y);
      case Function::kMultiply: return Floating(type, x * y);
      default: return Floating(type, x / y);
    }
  }
  switch (function) {
    case Function::kAdd: return Exact(type, Add(a.decimal(), b.decimal()));
    case Function::kSubtract: return Exact(type, Subtract(a.decimal(), b.decimal()));
    case Function::kMultiply: return Exact(type, Multiply(a.decimal(), b.decimal()));
    default: return Exact(XsdType::kDecimal, Divide(a.decimal(), b.decimal()));
  }
}

double RoundFloating(Function function, double value) {
  switch (function) {
    case Function::kAbs: return std::fabs(value);
    case Function::kCeil: return std::ceil(value);
    case Function::kFloor: return std::floor(value);
    case Function::kNegate: return -value;
    case Function::kPlus: return value;
    default: return std::isfinite(value) && std::fabs(value) < 0x1p52 ? std::floor(value + 0.5) : value;
  }
}

Decimal RoundExact(Function function, const Decimal& value) {
  switch (function) {
    case Function::kAbs: return value < Decimal() ? -value : value;
    case Function::kCeil: return value.Ceiling();
    case Function::kFloor: return value.Floor();
    case Function::kNegate: return -value;
    case Function::kPlus: return value;
    default: return value.Round();
  }
}

std::optional<XsdValue> ApplyUnary(Function function, const XsdValue& value) {
  if (!value.is_numeric()) return std::nullopt;
  if (value.is_floating()) return Floating(value.type(), RoundFloating(function, value.floating()));
  return Exact(value.type(), RoundExact(function, value.decimal()));
}

}  // namespace

std::optional<XsdValue> AddNumbers(const XsdValue& a, const XsdValue& b) {
  if (!a.is_numeric() || !b.is_numeric()) return std::nullopt;
  return Combine(Function::kAdd, a, b);
}

std::optional<XsdValue> DivideNumbers(const XsdValue& a, const XsdValue& b) {
  if (!a.is_numeric() || !b.is_numeric()) return std::nullopt;
  return Combine(Function::kDivide, a, b);
}

std::optional<Term> ApplyNumericFunction(Function function, Arguments arguments) {
  const std::optional<XsdValue> first = XsdValue::Of(*arguments[0]);
  if (!first.has_value()) return std::nullopt;
  std::optional<XsdValue> result;
  if (arguments.size() == 1) {
    result = ApplyUnary(function, *first);
  } else {
    const std::optional<XsdValue> second = XsdValue::Of(*arguments[1]);
    if (!second.has_value()) return std::nullopt;
    result = Combine(function, *first, *second);
  }
  if (!result.has_value()) return std::nullopt;
  return result->ToTerm();
}

}  // namespace dossier

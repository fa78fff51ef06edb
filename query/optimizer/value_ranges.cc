#include "query/optimizer/value_ranges.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "rdf/inline_time_range.h"
#include "rdf/term_id.h"
#include "rdf/time_range.h"
#include "rdf/xsd_value.h"

namespace dossier::optimizer {
namespace {

using plan::IdRange;

struct Bound {
  Function function = Function::kEqual;  // variable FUNCTION constant
  TermId constant;
};

std::optional<Function> Mirrored(Function function) {
  switch (function) {
    case Function::kEqual: return Function::kEqual;
    case Function::kLess: return Function::kGreater;
    case Function::kLessOrEqual: return Function::kGreaterOrEqual;
    case Function::kGreater: return Function::kLess;
    case Function::kGreaterOrEqual: return Function::kLessOrEqual;
    default: return std::nullopt;
  }
}

bool IsNumber(TermTag tag) { return tag >= TermTag::kInteger && tag <= TermTag::kDouble; }
bool IsTime(TermTag tag) { return tag >= TermTag::kDate && tag <= TermTag::kEdtf; }

std::optional<Bound> BoundOf(algebra::Variable variable, const Expression& condition) {
  if (condition.kind != Expression::Kind::kCall || condition.arguments.size() != 2) return std::nullopt;
  std::optional<Function> function = Mirrored(condition.function);
  if (!function.has_value()) return std::nullopt;
  const Expression* left = &condition.arguments[0];
  const Expression* right = &condition.arguments[1];
  if (left->kind == Expression::Kind::kConstant) {
    std::swap(left, right);
  } else {
    function = condition.function;
  }
  if (left->kind != Expression::Kind::kVariable || left->variable != variable) return std::nullopt;
  if (right->kind != Expression::Kind::kConstant) return std::nullopt;
  const std::optional<TermId> id = InlineTermId(right->constant);
  // EDTF ids are not ordered as their values are.
  if (!id.has_value() || !(IsNumber(id->tag()) || (IsTime(id->tag()) && id->tag() != TermTag::kEdtf))) {
    return std::nullopt;
  }
  return Bound{*function, *id};
}

IdRange WholeTag(TermTag tag) { return {TermId(tag, 0), TermId(tag, TermId::kMaxPayload)}; }

// The inline ids, of any type, of the number that an inline id stands for.
std::vector<TermId> SameNumbers(TermId id) {
  std::vector<TermId> same = {id};
  const std::optional<XsdValue> value = XsdValue::Of(InlineTerm(id));
  std::vector<XsdValue> others;
  if (value->is_floating()) return same;  // A double is rarely a decimal of few digits.
  others.push_back(XsdValue::OfDecimal(value->decimal()));
  if (value->decimal().is_integer()) others.push_back(XsdValue::Integer(value->decimal()));
  others.push_back(XsdValue::Double(value->ToDouble()));
  for (const XsdValue& other : others) {
    const bool exact = CompareValues(*value, other) == std::partial_ordering::equivalent;
    const std::optional<TermId> other_id = InlineTermId(other.ToTerm());
    if (exact && other_id.has_value() && other_id->tag() != id.tag()) same.push_back(*other_id);
  }
  return same;
}

// Narrows a range of ids with the constant's tag. Not-a-number is a double that compares with nothing; it may stay.
IdRange Narrowed(IdRange range, const Bound& bound) {
  const bool from_below = bound.function == Function::kLess || bound.function == Function::kLessOrEqual;
  const bool from_above = bound.function == Function::kGreater || bound.function == Function::kGreaterOrEqual;
  if (!from_below) range.lower = std::max(range.lower, bound.constant);
  if (!from_above) range.upper = std::min(range.upper, bound.constant);
  return range;
}

// The ids of `variable` with which `condition` may hold, where it is a test of a vague time against a constant one.
std::optional<std::vector<IdRange>> TimesOf(algebra::Variable variable, const Expression& condition) {
  if (condition.kind != Expression::Kind::kCall ||
      (condition.function != Function::kTimeOverlaps && condition.function != Function::kTimeWithin)) {
    return std::nullopt;
  }
  const Expression* time = &condition.arguments[0];
  const Expression* constant = &condition.arguments[1];
  if (time->kind == Expression::Kind::kConstant) std::swap(time, constant);
  if (time->kind != Expression::Kind::kVariable || time->variable != variable) return std::nullopt;
  if (constant->kind != Expression::Kind::kConstant) return std::nullopt;
  const std::optional<TimeRange> range = TimeRangeOf(constant->constant);
  if (!range.has_value()) return std::nullopt;
  std::vector<IdRange> ranges;
  // What lies within a time, or has it within, overlaps it.
  for (const auto& [lower, upper] : IdsOverlapping({range->begin, range->end})) ranges.push_back({lower, upper});
  return ranges;
}

// What is in both; each of them ascending and apart.
std::vector<IdRange> Intersection(const std::vector<IdRange>& a, const std::vector<IdRange>& b) {
  std::vector<IdRange> common;
  for (const IdRange& left : a) {
    for (const IdRange& right : b) {
      const IdRange both = {std::max(left.lower, right.lower), std::min(left.upper, right.upper)};
      if (both.lower <= both.upper) common.push_back(both);
    }
  }
  return common;
}

}  // namespace

std::vector<IdRange> RangesOf(algebra::Variable variable, const std::vector<Expression>& conditions) {
  std::vector<IdRange> ranges;
  for (const Expression& condition : conditions) {
    const std::optional<Bound> bound = BoundOf(variable, condition);
    if (!bound.has_value()) continue;
    if (ranges.empty()) {
      // Numbers compare with numbers of all types, times with times, and literals that are not inline may be either.
      const bool number = IsNumber(bound->constant.tag());
      ranges.push_back(WholeTag(TermTag::kLiteral));
      const auto first = static_cast<uint8_t>(number ? TermTag::kInteger : TermTag::kDate);
      const auto last = static_cast<uint8_t>(number ? TermTag::kDouble : TermTag::kEdtf);
      for (uint8_t tag = first; tag <= last; ++tag) ranges.push_back(WholeTag(static_cast<TermTag>(tag)));
    }
    const bool number = IsNumber(bound->constant.tag());
    for (const TermId constant : number ? SameNumbers(bound->constant) : std::vector<TermId>{bound->constant}) {
      for (IdRange& range : ranges) {
        if (range.lower.tag() == constant.tag()) range = Narrowed(range, Bound{bound->function, constant});
      }
    }
  }
  std::erase_if(ranges, [](const IdRange& range) { return range.upper < range.lower; });
  for (const Expression& condition : conditions) {
    const std::optional<std::vector<IdRange>> times = TimesOf(variable, condition);
    if (times.has_value()) ranges = ranges.empty() ? *times : Intersection(ranges, *times);
  }
  return ranges;
}

}  // namespace dossier::optimizer

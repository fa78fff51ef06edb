#include "query/expr/comparison.h"

#include <bit>
#include <tuple>
#include <utility>

#include "query/expr/order_key.h"
#include "rdf/inline_payload.h"
#include "rdf/inline_time_range.h"
#include "rdf/quad.h"
#include "rdf/time_range.h"
#include "rdf/vocabulary.h"
#include "rdf/xsd_value.h"

namespace dossier {
namespace {

int Sign(std::strong_ordering order) { return order < 0 ? -1 : (order > 0 ? 1 : 0); }
int Compare(absl::string_view a, absl::string_view b) { return a.compare(b); }

bool IsTime(XsdType type) {
  return type == XsdType::kDate || type == XsdType::kDateTime || type == XsdType::kGYear ||
         type == XsdType::kGYearMonth;
}

bool IsDayOrMoment(XsdType type) { return type == XsdType::kDate || type == XsdType::kDateTime; }

// The groups of literals in ORDER BY, in their order.
enum class LiteralGroup : uint8_t { kNumber, kTime, kTimeOfDay, kDuration, kBoolean, kString, kOther };

struct OrderedLiteral {
  LiteralGroup group = LiteralGroup::kOther;
  std::optional<XsdValue> value;
  std::optional<TimeRange> time;
};

OrderedLiteral Classify(const Term& literal) {
  OrderedLiteral ordered;
  if (!literal.language().empty()) {
    ordered.group = LiteralGroup::kString;
    return ordered;
  }
  if (ordered.time = TimeRangeOf(literal); ordered.time.has_value()) {
    ordered.group = LiteralGroup::kTime;
    ordered.value = XsdValue::Of(literal);
    return ordered;
  }
  ordered.value = XsdValue::Of(literal);
  if (!ordered.value.has_value()) return ordered;
  switch (ordered.value->type()) {
    case XsdType::kBoolean: ordered.group = LiteralGroup::kBoolean; break;
    case XsdType::kString: ordered.group = LiteralGroup::kString; break;
    case XsdType::kTime: ordered.group = LiteralGroup::kTimeOfDay; break;
    case XsdType::kDuration:
    case XsdType::kDayTimeDuration:
    case XsdType::kYearMonthDuration: ordered.group = LiteralGroup::kDuration; break;
    default: ordered.group = ordered.value->is_numeric() ? LiteralGroup::kNumber : LiteralGroup::kOther;
  }
  return ordered;
}

bool IsNaN(const XsdValue& value) { return value.is_floating() && value.floating() != value.floating(); }

// Keys: four bits for kind and group, then as much of the value as fits, in an order that is never wrong.
constexpr unsigned kGroupShift = 60;
constexpr uint64_t kLiteralGroups = 3;  // After unbound, blank nodes and IRIs.
constexpr uint64_t kTripleTerms = 15;

OrderKey MakeKey(uint64_t group, uint64_t value) { return group << kGroupShift | value >> (64U - kGroupShift); }
OrderKey MakeKey(LiteralGroup group, uint64_t value) {
  return MakeKey(kLiteralGroups + static_cast<uint64_t>(group), value);
}

// The first eight bytes; shorter texts come before those that they begin.
uint64_t FirstBytes(absl::string_view text) {
  uint64_t bytes = 0;
  for (size_t i = 0; i < sizeof(bytes); ++i) {
    bytes = bytes << 8U | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  }
  return bytes;
}

// Bits in the order of the numbers, not-a-number first.
uint64_t OrderedBits(double number) {
  if (number != number) return 0;
  const auto bits = std::bit_cast<uint64_t>(number == 0 ? 0.0 : number);
  const uint64_t sign = uint64_t{1} << 63U;
  return (bits & sign) != 0 ? ~bits : bits | sign;
}

uint64_t OrderedBits(int64_t number) {
  return static_cast<uint64_t>(number) ^ uint64_t { 1 } << 63U;
}

OrderKey KeyOfLiteral(const OrderedLiteral& literal) {
  switch (literal.group) {
    case LiteralGroup::kNumber: return MakeKey(literal.group, OrderedBits(literal.value->ToDouble()));
    case LiteralGroup::kTime: return MakeKey(literal.group, OrderedBits(literal.time->begin));
    default: return MakeKey(literal.group, 0);
  }
}

// The number of an inline id; numbers as large as are not exact as doubles are left to the slow way.
std::optional<double> ExactNumber(TermId id) {
  constexpr int64_t kExact = int64_t{1} << 53U;
  constexpr double kDecimalScale = 1e6;
  if (id.tag() == TermTag::kDouble) return ValueOfDouble(id.payload());
  if (id.tag() != TermTag::kInteger && id.tag() != TermTag::kDecimal) return std::nullopt;
  const int64_t value = ValueOfBiased(id.payload());
  if (value >= kExact || value <= -kExact) return std::nullopt;
  return id.tag() == TermTag::kInteger ? static_cast<double>(value) : static_cast<double>(value) / kDecimalScale;
}

// Numbers as doubles first, and those that are the same double by their exact values, floating ones last: decimals that
// differ may be equal to one and the same double, and the order has to be transitive.
int CompareNumbers(const XsdValue& a, const XsdValue& b) {
  // Not-a-number stands before all numbers.
  if (IsNaN(a) || IsNaN(b)) return static_cast<int>(IsNaN(b)) - static_cast<int>(IsNaN(a));
  const double left = a.ToDouble();
  const double right = b.ToDouble();
  if (left != right) return left < right ? -1 : 1;
  if (a.is_floating() || b.is_floating()) return static_cast<int>(a.is_floating()) - static_cast<int>(b.is_floating());
  return Sign(a.decimal() <=> b.decimal());
}

// Durations with months of an average length, which agrees with their partial order.
int CompareDurations(const Duration& a, const Duration& b) {
  constexpr int64_t kSecondsPerMonth = 2'629'746;  // 146,097 days in 4,800 months.
  const auto key = [](const Duration& duration) {
    return std::pair(absl::int128(duration.months) * kSecondsPerMonth + duration.seconds, duration.nanoseconds);
  };
  if (key(a) == key(b)) return 0;
  return key(a) < key(b) ? -1 : 1;
}

int CompareInGroup(const OrderedLiteral& a, const OrderedLiteral& b) {
  if (a.group == LiteralGroup::kNumber) return CompareNumbers(*a.value, *b.value);
  if (a.group == LiteralGroup::kDuration) return CompareDurations(a.value->duration(), b.value->duration());
  if (a.group == LiteralGroup::kTime) {
    const int by_range = Sign(std::tie(a.time->begin, a.time->end) <=> std::tie(b.time->begin, b.time->end));
    if (by_range != 0) return by_range;
  }
  if (!a.value.has_value() || !b.value.has_value()) return 0;
  const std::optional<std::partial_ordering> order = CompareValues(*a.value, *b.value);
  if (!order.has_value()) return 0;
  return *order < 0 ? -1 : (*order > 0 ? 1 : 0);
}

int CompareLiterals(const Term& a, const Term& b) {
  const OrderedLiteral left = Classify(a);
  const OrderedLiteral right = Classify(b);
  if (left.group != right.group) return left.group < right.group ? -1 : 1;
  if (const int order = CompareInGroup(left, right); order != 0) return order;
  if (left.group == LiteralGroup::kString) {
    if (const int order = Compare(a.value(), b.value()); order != 0) return order;
    // Without a language first.
    if (const int order = Compare(a.language(), b.language()); order != 0) return order;
  }
  if (const int order = Compare(a.datatype(), b.datatype()); order != 0) return order;
  if (const int order = Compare(a.value(), b.value()); order != 0) return order;
  return static_cast<int>(a.direction()) - static_cast<int>(b.direction());
}

int OrderOfKind(TermKind kind) {
  switch (kind) {
    case TermKind::kBlankNode: return 0;
    case TermKind::kIri: return 1;
    case TermKind::kLiteral: return 2;
    case TermKind::kTripleTerm: return 3;
  }
  return 4;
}

// A moment without a time zone may be one of a time zone up to 14 hours away (XML Schema 1.1 part 2, section D.2): so
// near to one with a time zone nobody can say which comes first. Nullopt then.
std::optional<std::partial_ordering> CompareMoments(const DateTime& a, const DateTime& b) {
  if (a.offset_minutes.has_value() == b.offset_minutes.has_value()) return Compare(a, b);
  constexpr int kFarthestOffset = 14 * 60;
  const bool a_is_local = !a.offset_minutes.has_value();
  DateTime earliest = a_is_local ? a : b;
  DateTime latest = earliest;
  earliest.offset_minutes = kFarthestOffset;
  latest.offset_minutes = -kFarthestOffset;
  const DateTime& fixed = a_is_local ? b : a;
  if (Compare(latest, fixed) < 0) {
    return a_is_local ? std::partial_ordering::less : std::partial_ordering::greater;
  }
  if (Compare(earliest, fixed) > 0) {
    return a_is_local ? std::partial_ordering::greater : std::partial_ordering::less;
  }
  return std::nullopt;
}

std::optional<bool> TriplesEqual(const Triple& a, const Triple& b) {
  std::optional<bool> all = true;
  for (const auto& [x, y] :
       {std::pair(&a.subject, &b.subject), std::pair(&a.predicate, &b.predicate), std::pair(&a.object, &b.object)}) {
    const std::optional<bool> equal = ValuesEqual(*x, *y);
    if (equal == std::optional(false)) return false;
    if (!equal.has_value()) all = std::nullopt;
  }
  return all;
}

}  // namespace

std::optional<bool> ValuesEqual(const Term& a, const Term& b) {
  if (a == b) {
    const std::optional<XsdValue> value = XsdValue::Of(a);
    return !(value.has_value() && IsNaN(*value));
  }
  if (a.kind() != b.kind()) return false;
  if (a.is_triple_term()) return TriplesEqual(a.triple(), b.triple());
  if (!a.is_literal()) return false;
  if (!a.language().empty() && !b.language().empty()) return false;
  const std::optional<XsdValue> left = XsdValue::Of(a);
  const std::optional<XsdValue> right = XsdValue::Of(b);
  if (left.has_value() && right.has_value()) {
    if (left->type() == right->type() && IsMoment(left->type())) {
      const std::optional<std::partial_ordering> order = CompareMoments(left->moment(), right->moment());
      if (!order.has_value()) return std::nullopt;
      return *order == std::partial_ordering::equivalent;
    }
    const std::optional<std::partial_ordering> order = CompareValues(*left, *right);
    return order.has_value() && *order == std::partial_ordering::equivalent;
  }
  // A language-tagged string is never the value of another literal; of unknown datatypes nobody can say.
  if (!a.language().empty() || !b.language().empty()) return false;
  return std::nullopt;
}

std::optional<std::partial_ordering> CompareValuesOf(const Term& a, const Term& b) {
  if (!a.is_literal() || !b.is_literal()) return std::nullopt;
  const std::optional<XsdValue> left = XsdValue::Of(a);
  const std::optional<XsdValue> right = XsdValue::Of(b);
  if (left.has_value() && right.has_value()) {
    if (left->type() == right->type() && IsMoment(left->type())) return CompareMoments(left->moment(), right->moment());
    if (const auto order = CompareValues(*left, *right); order.has_value()) return order;
    if (!IsTime(left->type()) || !IsTime(right->type())) return std::nullopt;
    // SPARQL has no order of days and moments; other types it does not know, so vague times may compare.
    if (IsDayOrMoment(left->type()) && IsDayOrMoment(right->type())) return std::nullopt;
  }
  const std::optional<TimeRange> from = TimeRangeOf(a);
  const std::optional<TimeRange> to = TimeRangeOf(b);
  if (!from.has_value() || !to.has_value()) return std::nullopt;
  if (from->IsBefore(*to)) return std::partial_ordering::less;
  if (from->IsAfter(*to)) return std::partial_ordering::greater;
  if (from->begin == to->begin && from->end == to->end) return std::partial_ordering::equivalent;
  return std::partial_ordering::unordered;
}

OrderKey OrderKeyOf(const TermView& term) {
  switch (term.kind) {
    case TermKind::kBlankNode: return MakeKey(1, FirstBytes(term.value));
    case TermKind::kIri: return MakeKey(2, FirstBytes(term.value));
    case TermKind::kTripleTerm: return MakeKey(kTripleTerms, 0);
    case TermKind::kLiteral: break;
  }
  if (term.is_string()) return MakeKey(LiteralGroup::kString, FirstBytes(term.value));
  return KeyOfLiteral(Classify(term.ToTerm()));
}

std::optional<OrderKey> OrderKeyOf(TermId id) {
  if (id.is_undefined()) return 0;
  if (!id.is_inline()) return std::nullopt;
  if (id.tag() == TermTag::kShortString) return MakeKey(LiteralGroup::kString, id.payload() << 8U);
  if (const std::optional<double> number = ExactNumber(id)) return MakeKey(LiteralGroup::kNumber, OrderedBits(*number));
  if (const std::optional<Moments> time = MomentsOf(id)) return MakeKey(LiteralGroup::kTime, OrderedBits(time->begin));
  return OrderKeyOf(TermView(InlineTerm(id)));
}

int CompareTermsForOrder(const Term& a, const Term& b) {
  if (a.kind() != b.kind()) return OrderOfKind(a.kind()) - OrderOfKind(b.kind());
  if (a.is_literal()) return CompareLiterals(a, b);
  if (!a.is_triple_term()) return Compare(a.value(), b.value());
  const Triple& left = a.triple();
  const Triple& right = b.triple();
  if (const int order = CompareTermsForOrder(left.subject, right.subject); order != 0) return order;
  if (const int order = CompareTermsForOrder(left.predicate, right.predicate); order != 0) return order;
  return CompareTermsForOrder(left.object, right.object);
}

}  // namespace dossier

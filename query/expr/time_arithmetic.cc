#include <cmath>

#include "query/expr/function_families.h"

namespace dossier {
namespace {

constexpr int64_t kNanosecondsPerSecond = 1'000'000'000;
// No duration between years that a moment can have is longer.
constexpr int64_t kMaxMonths = 1'200'000'000'000;
constexpr int64_t kMaxSeconds = 1'000'000'000'000'000'000;

// Of the moments, those that durations can be added to.
bool IsMovable(XsdType type) { return type >= XsdType::kDateTime && type <= XsdType::kTime; }

// Seconds with a fraction, brought to one sign.
std::optional<Duration> DurationOf(int64_t months, absl::int128 nanoseconds) {
  const absl::int128 seconds = nanoseconds / kNanosecondsPerSecond;
  if (seconds > kMaxSeconds || seconds < -kMaxSeconds || months > kMaxMonths || months < -kMaxMonths) {
    return std::nullopt;
  }
  if ((months > 0 && nanoseconds < 0) || (months < 0 && nanoseconds > 0)) return std::nullopt;
  return Duration{months, static_cast<int64_t>(seconds), static_cast<int>(nanoseconds % kNanosecondsPerSecond)};
}

absl::int128 NanosecondsOf(const Duration& duration) {
  return absl::int128(duration.seconds) * kNanosecondsPerSecond + duration.nanoseconds;
}

absl::int128 NanosecondsOf(const DateTime& moment) {
  return absl::int128(moment.ToSeconds()) * kNanosecondsPerSecond + moment.nanosecond;
}

Duration Negated(const Duration& duration) { return {-duration.months, -duration.seconds, -duration.nanoseconds}; }

std::optional<XsdValue> Typed(XsdType type, const std::optional<Duration>& duration) {
  if (!duration.has_value()) return std::nullopt;
  return XsdValue::OfDuration(type, *duration);
}

// The distance of two moments of one type.
std::optional<XsdValue> Difference(const XsdValue& a, const XsdValue& b) {
  if (a.type() != b.type()) return std::nullopt;
  return Typed(XsdType::kDayTimeDuration, DurationOf(0, NanosecondsOf(a.moment()) - NanosecondsOf(b.moment())));
}

std::optional<XsdValue> Moved(const XsdValue& moment, const Duration& duration) {
  const XsdType type = moment.type();
  // A time of day goes round, and months do not move it.
  if (type == XsdType::kTime && duration.months != 0) return std::nullopt;
  DateTime start = moment.moment();
  if (type == XsdType::kTime) start.year = 2000;
  std::optional<DateTime> moved = Add(start, duration);
  if (!moved.has_value()) return std::nullopt;
  if (type == XsdType::kDate) moved->hour = moved->minute = moved->second = moved->nanosecond = 0;
  if (type == XsdType::kTime) {
    moved->year = moment.moment().year;
    moved->month = moment.moment().month;
    moved->day = moment.moment().day;
  }
  return XsdValue::Moment(type, *moved);
}

// Sums of durations: of one kind, or of two that one xsd:duration can hold.
std::optional<XsdValue> Sum(const XsdValue& a, const XsdValue& b, const Duration& addend) {
  const XsdType type = a.type() == b.type() ? a.type() : XsdType::kDuration;
  int64_t months = 0;
  if (__builtin_add_overflow(a.duration().months, addend.months, &months)) return std::nullopt;
  return Typed(type, DurationOf(months, NanosecondsOf(a.duration()) + NanosecondsOf(addend)));
}

// A duration of one kind of units times a number; rounded to whole months or nanoseconds.
std::optional<XsdValue> Scaled(const XsdValue& duration, double factor) {
  if (duration.type() == XsdType::kDuration || !std::isfinite(factor)) return std::nullopt;
  if (duration.type() == XsdType::kYearMonthDuration) {
    const double months = std::floor(static_cast<double>(duration.duration().months) * factor + 0.5);
    if (std::fabs(months) > 0x1p53) return std::nullopt;
    return Typed(duration.type(), DurationOf(static_cast<int64_t>(months), 0));
  }
  const double nanoseconds = std::round(static_cast<double>(NanosecondsOf(duration.duration())) * factor);
  if (std::fabs(nanoseconds) > 0x1p90) return std::nullopt;
  return Typed(duration.type(), DurationOf(0, absl::int128(nanoseconds)));
}

std::optional<XsdValue> Ratio(const XsdValue& a, const XsdValue& b) {
  if (a.type() != b.type() || a.type() == XsdType::kDuration) return std::nullopt;
  std::optional<Decimal> ratio;
  if (a.type() == XsdType::kYearMonthDuration) {
    ratio = Divide(Decimal(a.duration().months), Decimal(b.duration().months));
  } else {
    const double divisor = static_cast<double>(NanosecondsOf(b.duration()));
    if (divisor == 0) return std::nullopt;
    ratio = Decimal::FromDouble(static_cast<double>(NanosecondsOf(a.duration())) / divisor);
  }
  if (!ratio.has_value()) return std::nullopt;
  return XsdValue::OfDecimal(*ratio);
}

}  // namespace

std::optional<XsdValue> CombineTimes(Function function, const XsdValue& a, const XsdValue& b) {
  const bool subtracts = function == Function::kSubtract;
  if (function == Function::kMultiply) {
    if (IsDuration(a.type()) && b.is_numeric()) return Scaled(a, b.ToDouble());
    if (a.is_numeric() && IsDuration(b.type())) return Scaled(b, a.ToDouble());
    return std::nullopt;
  }
  if (function == Function::kDivide) {
    if (IsDuration(a.type()) && IsDuration(b.type())) return Ratio(a, b);
    if (IsDuration(a.type()) && b.is_numeric() && b.ToDouble() != 0) return Scaled(a, 1 / b.ToDouble());
    return std::nullopt;
  }
  if (IsMovable(a.type()) && IsMovable(b.type())) return subtracts ? Difference(a, b) : std::nullopt;
  if (IsMovable(a.type()) && IsDuration(b.type())) return Moved(a, subtracts ? Negated(b.duration()) : b.duration());
  if (IsDuration(a.type()) && IsMovable(b.type())) return subtracts ? std::nullopt : Moved(b, a.duration());
  if (IsDuration(a.type()) && IsDuration(b.type())) return Sum(a, b, subtracts ? Negated(b.duration()) : b.duration());
  return std::nullopt;
}

}  // namespace dossier

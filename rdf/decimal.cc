#include "rdf/decimal.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace dossier {
namespace {

using Wide = __int128;

constexpr int kMaxDigits = 38;
constexpr int kDivisionDigits = 18;

Wide PowerOfTen(int exponent) {
  Wide power = 1;
  while (exponent-- > 0) power *= 10;
  return power;
}

const Wide kLimit = PowerOfTen(kMaxDigits);

Wide ToWide(absl::int128 value) { return static_cast<Wide>(value); }

bool TimesPowerOfTen(Wide value, int exponent, Wide* result) {
  return exponent <= kMaxDigits && !__builtin_mul_overflow(value, PowerOfTen(exponent), result);
}

// At least `least` digits.
std::string Digits(Wide magnitude, size_t least) {
  std::string digits;
  for (; magnitude != 0 || digits.size() < least; magnitude /= 10) {
    digits.push_back(static_cast<char>('0' + static_cast<int>(magnitude % 10)));
  }
  std::reverse(digits.begin(), digits.end());
  return digits;
}

// Division that rounds towards negative infinity.
Wide FloorDivide(Wide a, Wide b) {
  const Wide quotient = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

}  // namespace

std::optional<Decimal> Decimal::Make(absl::int128 coefficient, int scale) {
  Wide value = ToWide(coefficient);
  while (scale > 0 && value % 10 == 0) {
    value /= 10;
    --scale;
  }
  if (value >= kLimit || value <= -kLimit || scale > kMaxDigits) return std::nullopt;
  Decimal decimal;
  decimal.coefficient_ = value;
  decimal.scale_ = scale;
  return decimal;
}

std::optional<Decimal> Decimal::Parse(absl::string_view text) {
  bool negative = false;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  const size_t point = text.find('.');
  const absl::string_view whole = text.substr(0, point);
  absl::string_view fraction = point == absl::string_view::npos ? absl::string_view() : text.substr(point + 1);
  if (whole.empty() && fraction.empty()) return std::nullopt;
  for (const char c : whole) {
    if (!absl::ascii_isdigit(c)) return std::nullopt;
  }
  for (const char c : fraction) {
    if (!absl::ascii_isdigit(c)) return std::nullopt;
  }
  while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);
  if (fraction.size() > kMaxDigits) return std::nullopt;
  Wide value = 0;
  for (const absl::string_view part : {whole, fraction}) {
    for (const char c : part) {
      if (value >= kLimit / 10) return std::nullopt;
      value = value * 10 + (c - '0');
    }
  }
  return Make(negative ? -value : value, static_cast<int>(fraction.size()));
}

std::optional<Decimal> Decimal::FromDouble(double value) {
  if (!std::isfinite(value) || std::fabs(value) >= 1e20) {
    if (!std::isfinite(value) || std::fabs(value) >= 1e38) return std::nullopt;
    return Parse(absl::StrFormat("%.0f", value));
  }
  return Parse(absl::StrFormat("%.*f", kDivisionDigits, value));
}

std::optional<int64_t> Decimal::ToInt64() const {
  const Wide value = ToWide(coefficient_);
  if (scale_ != 0 || value < std::numeric_limits<int64_t>::min() || value > std::numeric_limits<int64_t>::max()) {
    return std::nullopt;
  }
  return static_cast<int64_t>(value);
}

double Decimal::ToDouble() const {
  // Both operands are exact below these bounds, so the quotient is correctly rounded.
  constexpr Wide kExact = Wide{1} << 53;
  const Wide value = ToWide(coefficient_);
  if (value < kExact && value > -kExact && scale_ <= 15) {
    return static_cast<double>(value) / static_cast<double>(PowerOfTen(scale_));
  }
  double result = 0;
  return absl::SimpleAtod(ToString(), &result) ? result : std::nan("");
}

std::string Decimal::ToString() const {
  const Wide value = ToWide(coefficient_);
  const auto scale = static_cast<size_t>(scale_);
  const std::string digits = Digits(value < 0 ? -value : value, scale + 1);
  const absl::string_view sign = value < 0 ? "-" : "";
  if (scale == 0) return absl::StrCat(sign, digits);
  const absl::string_view view = digits;
  return absl::StrCat(sign, view.substr(0, view.size() - scale), ".", view.substr(view.size() - scale));
}

std::optional<Decimal> Add(const Decimal& a, const Decimal& b) {
  const int scale = std::max(a.scale_, b.scale_);
  Wide left;
  Wide right;
  Wide sum;
  if (!TimesPowerOfTen(ToWide(a.coefficient_), scale - a.scale_, &left) ||
      !TimesPowerOfTen(ToWide(b.coefficient_), scale - b.scale_, &right) || __builtin_add_overflow(left, right, &sum)) {
    return std::nullopt;
  }
  return Decimal::Make(sum, scale);
}

std::optional<Decimal> Subtract(const Decimal& a, const Decimal& b) { return Add(a, -b); }

std::optional<Decimal> Multiply(const Decimal& a, const Decimal& b) {
  Wide product;
  if (__builtin_mul_overflow(ToWide(a.coefficient_), ToWide(b.coefficient_), &product)) return std::nullopt;
  return Decimal::Make(product, a.scale_ + b.scale_);
}

std::optional<Decimal> Divide(const Decimal& a, const Decimal& b) {
  const Wide divisor = ToWide(b.coefficient_);
  if (divisor == 0) return std::nullopt;
  // a / b = (a.coefficient * 10^shift / b.coefficient) / 10^digits, with one digit more than is kept, for rounding.
  const int shift = kDivisionDigits + 1 + b.scale_ - a.scale_;
  Wide numerator = ToWide(a.coefficient_);
  Wide denominator = divisor;
  if (shift >= 0 ? !TimesPowerOfTen(numerator, shift, &numerator)
                 : !TimesPowerOfTen(denominator, -shift, &denominator)) {
    return Decimal::FromDouble(a.ToDouble() / b.ToDouble());
  }
  const Wide rounded = FloorDivide(numerator / denominator + 5, 10);
  return Decimal::Make(rounded, kDivisionDigits);
}

Decimal Decimal::Floor() const { return *Make(FloorDivide(ToWide(coefficient_), PowerOfTen(scale_)), 0); }

Decimal Decimal::Ceiling() const { return -(-*this).Floor(); }

Decimal Decimal::Round() const {
  if (scale_ == 0) return *this;
  const Decimal below = Floor();
  const Wide fraction = ToWide(coefficient_) - ToWide(below.coefficient_) * PowerOfTen(scale_);
  // Never an overflow: a number with a fraction has fewer than 38 digits before the point.
  return fraction * 2 >= PowerOfTen(scale_) ? *Make(ToWide(below.coefficient_) + 1, 0) : below;
}

Decimal Decimal::operator-() const {
  Decimal negated = *this;
  negated.coefficient_ = -coefficient_;
  return negated;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  const Wide a_whole = FloorDivide(ToWide(a.coefficient_), PowerOfTen(a.scale_));
  const Wide b_whole = FloorDivide(ToWide(b.coefficient_), PowerOfTen(b.scale_));
  if (a_whole != b_whole) return a_whole < b_whole ? std::strong_ordering::less : std::strong_ordering::greater;
  // The rests are below 1, so they fit when brought to one scale.
  const int scale = std::max(a.scale_, b.scale_);
  const Wide a_rest = (ToWide(a.coefficient_) - a_whole * PowerOfTen(a.scale_)) * PowerOfTen(scale - a.scale_);
  const Wide b_rest = (ToWide(b.coefficient_) - b_whole * PowerOfTen(b.scale_)) * PowerOfTen(scale - b.scale_);
  if (a_rest == b_rest) return std::strong_ordering::equal;
  return a_rest < b_rest ? std::strong_ordering::less : std::strong_ordering::greater;
}

}  // namespace dossier

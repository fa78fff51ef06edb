// Exact decimal numbers: the values of xsd:decimal and xsd:integer, up to 38 digits.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/numeric/int128.h"
#include "absl/strings/string_view.h"

namespace dossier {

// coefficient * 10^-scale, kept with the smallest scale that is not negative: equal values have equal parts.
class Decimal {
 public:
  constexpr Decimal() = default;
  constexpr explicit Decimal(int64_t integer) : coefficient_(integer) {}

  // `-12.50`, `+7`, `.5`, `5.`: the lexical forms of xsd:decimal. Nullopt for others and for more than 38 significant
  // digits.
  static std::optional<Decimal> Parse(absl::string_view text);
  // The nearest decimal with at most 18 fractional digits; nullopt for infinities, NaN and what is too large.
  static std::optional<Decimal> FromDouble(double value);

  absl::int128 coefficient() const { return coefficient_; }
  int scale() const { return scale_; }
  bool is_integer() const { return scale_ == 0; }
  std::optional<int64_t> ToInt64() const;
  double ToDouble() const;
  // The shortest form: `-12.5`, `7`. (The canonical form of xsd:decimal; integers have no point.)
  std::string ToString() const;

  // Nullopt when the result needs more than 38 digits.
  friend std::optional<Decimal> Add(const Decimal& a, const Decimal& b);
  friend std::optional<Decimal> Subtract(const Decimal& a, const Decimal& b);
  friend std::optional<Decimal> Multiply(const Decimal& a, const Decimal& b);
  // Rounded half up to 18 fractional digits; nullopt also for division by zero.
  friend std::optional<Decimal> Divide(const Decimal& a, const Decimal& b);
  // Towards negative infinity, positive infinity, and to the nearest (halves up), as fn:floor, fn:ceiling and fn:round
  // do.
  Decimal Floor() const;
  Decimal Ceiling() const;
  Decimal Round() const;
  Decimal operator-() const;

  friend bool operator==(const Decimal&, const Decimal&) = default;
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);

 private:
  static std::optional<Decimal> Make(absl::int128 coefficient, int scale);

  absl::int128 coefficient_ = 0;
  int scale_ = 0;
};

}  // namespace dossier

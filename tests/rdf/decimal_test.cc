#include "rdf/decimal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace dossier {
namespace {

std::string Written(const std::optional<Decimal>& value) { return value.has_value() ? value->ToString() : "none"; }

TEST(Decimal, ParsesTheFormsOfXsdDecimalAndWritesTheShortest) {
  EXPECT_EQ(Written(Decimal::Parse("-12.50")), "-12.5");
  EXPECT_EQ(Written(Decimal::Parse("+007")), "7");
  EXPECT_EQ(Written(Decimal::Parse(".5")), "0.5");
  EXPECT_EQ(Written(Decimal::Parse("5.")), "5");
  EXPECT_EQ(Written(Decimal::Parse("-0.00")), "0");
  EXPECT_EQ(Written(Decimal::Parse("-0.001")), "-0.001");
}

TEST(Decimal, RefusesWhatIsNoDecimal) {
  for (const char* text : {"", "+", ".", "-.", "1e3", "1.2.3", " 1", "1 ", "--1", "0x10", "\xD9\xA1"}) {
    EXPECT_FALSE(Decimal::Parse(text).has_value()) << text;
  }
}

TEST(Decimal, HoldsThirtyEightDigitsAndNoMore) {
  const std::string longest(38, '9');
  EXPECT_EQ(Written(Decimal::Parse(longest)), longest);
  EXPECT_EQ(Written(Decimal::Parse("-" + longest)), "-" + longest);
  EXPECT_FALSE(Decimal::Parse("1" + longest).has_value());
  EXPECT_EQ(Written(Decimal::Parse("0." + longest)), "0." + longest);
  EXPECT_FALSE(Decimal::Parse("0.0" + longest).has_value());
}

TEST(Decimal, ComparesByValueWhateverTheScale) {
  EXPECT_EQ(*Decimal::Parse("1.0"), *Decimal::Parse("1"));
  EXPECT_LT(*Decimal::Parse("-1.5"), *Decimal::Parse("-1.49"));
  EXPECT_LT(*Decimal::Parse("0.99"), *Decimal::Parse("1"));
  EXPECT_GT(*Decimal::Parse(std::string(38, '9')), *Decimal::Parse("0.00000000000000000000000000000000000001"));
}

TEST(Decimal, AddsSubtractsAndMultipliesExactly) {
  EXPECT_EQ(Written(Add(*Decimal::Parse("0.1"), *Decimal::Parse("0.2"))), "0.3");
  EXPECT_EQ(Written(Subtract(*Decimal::Parse("1"), *Decimal::Parse("0.999"))), "0.001");
  EXPECT_EQ(Written(Multiply(*Decimal::Parse("-1.5"), *Decimal::Parse("0.2"))), "-0.3");
  const Decimal largest = *Decimal::Parse(std::string(38, '9'));
  EXPECT_EQ(Written(Add(largest, Decimal(1))), "none");
  EXPECT_EQ(Written(Multiply(largest, Decimal(2))), "none");
}

TEST(Decimal, DividesToEighteenDigits) {
  EXPECT_EQ(Written(Divide(Decimal(1), Decimal(8))), "0.125");
  EXPECT_EQ(Written(Divide(Decimal(2), Decimal(3))), "0.666666666666666667");
  EXPECT_EQ(Written(Divide(*Decimal::Parse("0.000001"), Decimal(4))), "0.00000025");
  EXPECT_EQ(Written(Divide(Decimal(1), Decimal(0))), "none");
}

TEST(Decimal, RoundsAsTheFunctionsOfXPathDo) {
  EXPECT_EQ(Decimal::Parse("-2.5")->Floor(), Decimal(-3));
  EXPECT_EQ(Decimal::Parse("-2.5")->Ceiling(), Decimal(-2));
  EXPECT_EQ(Decimal::Parse("-2.5")->Round(), Decimal(-2));
  EXPECT_EQ(Decimal::Parse("2.5")->Round(), Decimal(3));
  EXPECT_EQ(Decimal::Parse("2.4999")->Round(), Decimal(2));
}

TEST(Decimal, ConvertsToAndFromMachineNumbers) {
  EXPECT_EQ(Decimal::Parse("0.1")->ToDouble(), 0.1);
  EXPECT_EQ(Decimal::Parse("12345678901234567890.5")->ToDouble(), 12345678901234567890.5);
  EXPECT_EQ(Decimal::Parse("-9223372036854775808")->ToInt64(), std::numeric_limits<int64_t>::min());
  EXPECT_EQ(Decimal::Parse("9223372036854775808")->ToInt64(), std::nullopt);
  EXPECT_EQ(Decimal::Parse("0.5")->ToInt64(), std::nullopt);
  EXPECT_EQ(Written(Decimal::FromDouble(0.5)), "0.5");
  EXPECT_EQ(Written(Decimal::FromDouble(1e30)), "1000000000000000019884624838656");
  EXPECT_EQ(Written(Decimal::FromDouble(std::nan(""))), "none");
  EXPECT_EQ(Written(Decimal::FromDouble(1e300)), "none");
}

}  // namespace
}  // namespace dossier

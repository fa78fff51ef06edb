#include "rdf/term_id.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gtest/gtest.h"
#include "rdf/inline_payload.h"
#include "rdf/vocabulary.h"
#include "rdf/xsd_value.h"

namespace dossier {
namespace {

Term Typed(std::string lexical, absl::string_view datatype) {
  return Term::Typed(std::move(lexical), std::string(datatype));
}

// Every element is inline with `tag`, gives its term back, and lies above the one before.
void ExpectAscending(TermTag tag, absl::string_view datatype, const std::vector<std::string>& lexical_forms) {
  TermId previous;
  for (const std::string& lexical : lexical_forms) {
    const Term term = Typed(lexical, datatype);
    const auto id = InlineTermId(term);
    ASSERT_TRUE(id.has_value()) << lexical;
    EXPECT_EQ(id->tag(), tag) << lexical;
    EXPECT_EQ(InlineTerm(*id), term) << lexical;
    EXPECT_LT(previous, *id) << lexical;
    previous = *id;
  }
}

void ExpectDictionary(absl::string_view datatype, const std::vector<std::string>& lexical_forms) {
  for (const std::string& lexical : lexical_forms) {
    EXPECT_FALSE(InlineTermId(Typed(lexical, datatype)).has_value()) << lexical;
  }
}

TEST(TermId, KeepsOnlyLiteralsInline) {
  EXPECT_FALSE(InlineTermId(Term::Iri("urn:a")).has_value());
  EXPECT_FALSE(InlineTermId(Term::BlankNode("a")).has_value());
  EXPECT_FALSE(InlineTermId(Term::LanguageTagged("a", "en")).has_value());
  EXPECT_FALSE(InlineTermId(Typed("1", "urn:datatype")).has_value());
  EXPECT_FALSE(InlineTermId(Typed("1", "http://www.w3.org/2001/XMLSchema#int")).has_value());
}

TEST(TermId, OrdersBooleans) {
  ExpectAscending(TermTag::kBoolean, xsd::kBoolean, {"false", "true"});
  ExpectDictionary(xsd::kBoolean, {"0", "1", "TRUE", ""});
}

TEST(TermId, OrdersIntegers) {
  ExpectAscending(TermTag::kInteger, xsd::kInteger,
                  {"-36028797018963968", "-10", "-9", "-1", "0", "1", "9", "10", "36028797018963967"});
  ExpectDictionary(xsd::kInteger, {"-36028797018963969", "36028797018963968", "99999999999999999999", "007", "+1", "-0",
                                   "", "-", "1.0", " 1", "1x"});
}

TEST(TermId, OrdersDecimals) {
  ExpectAscending(TermTag::kDecimal, xsd::kDecimal,
                  {"-36028797018.963968", "-1.5", "-1.000001", "-1", "-0.5", "0", "0.000001", "0.05", "0.1", "1",
                   "1.05", "1.5", "2", "36028797018.963967"});
  ExpectDictionary(xsd::kDecimal, {"36028797018.963968", "1.50", "1.0", "1.", ".5", "01.5", "+1.5", "-0", "-0.0",
                                   "0.0000001", "1.2.3", "1,5", "1e3", ""});
}

TEST(TermId, OrdersDoubles) {
  ExpectAscending(
      TermTag::kDouble, xsd::kDouble,
      {"-INF", "-1.5E10", "-1.5E0", "-1.0E0", "-5.0E-1", "0.0E0", "2.5E-1", "1.0E0", "1.5E0", "1.0E3", "INF"});
  ExpectDictionary(xsd::kDouble, {"NaN", "-0.0E0", "1.0E-1", "1e0", "1.0e0", "1.00E0", "1E0", "+1.0E0", "1.0E+3",
                                  "10.0E2", "+INF", "inf", "nan", "1.0E999", "0x1p3", ""});
}

TEST(TermId, OrdersDates) {
  ExpectAscending(TermTag::kDate, xsd::kDate,
                  {"-12000-01-01", "-0001-12-31", "0000-01-01", "0001-01-01", "1999-12-31", "2000-02-29", "2023-09-09",
                   "2023-09-10", "2023-10-01", "9999-12-31", "10000-01-01"});
  ExpectDictionary(xsd::kDate,
                   {"2023-9-1", "2023-02-29", "2023-13-01", "2023-00-01", "2023-01-00", "02023-01-01", "-0000-01-01",
                    "2023-09-11Z", "2023-09-11+09:00", "+2023-09-11", "999999999-01-01", ""});
}

TEST(TermId, OrdersDateTimes) {
  ExpectAscending(TermTag::kDateTime, xsd::kDateTime,
                  {"0000-01-01T00:00:00Z", "2023-09-11T00:00:00Z", "2023-09-11T00:00:01Z", "2023-09-11T01:00:00Z",
                   "2023-09-11T23:59:59Z", "2023-09-12T00:00:00Z", "9999-12-31T23:59:59Z"});
  ExpectDictionary(xsd::kDateTime,
                   {"2023-09-11T24:00:00Z", "2023-09-11T00:00:60Z", "2023-09-11T00:60:00Z", "2023-09-11T00:00:00",
                    "2023-09-11T00:00:00.5Z", "2023-09-11T00:00:00+00:00", "10000-01-01T00:00:00Z", "2023-09-11"});
}

TEST(TermId, OrdersYearsAndMonths) {
  ExpectAscending(TermTag::kYear, xsd::kGYear, {"-12000", "-0001", "0000", "0987", "2023", "9999", "10000"});
  ExpectDictionary(xsd::kGYear, {"02023", "23", "-0000", "2023Z", "+2023", "", "-"});
  ExpectAscending(TermTag::kYearMonth, xsd::kGYearMonth,
                  {"-0001-12", "0000-01", "2022-12", "2023-01", "2023-02", "2024-01", "10000-01"});
  ExpectDictionary(xsd::kGYearMonth, {"2023", "2023-13", "2023-00", "2023-1", "2023-01Z", "2023-01-01"});
}

TEST(TermId, OrdersEdtfByTheClassOfTheirLengthThenByBeginThenByEnd) {
  ExpectAscending(TermTag::kEdtf, edtf::kEdtf,
                  {"2019-01-01", "2019-01-01?", "9999-12-31", "2019-04-24/2019-04-26", "2019-04-24/2019-04-30%",
                   "2018-12-31/2019-01-20", "2019-01", "2019-01?", "2019-01~", "2019-02-01/2019-03", "2019-01/2019-04~",
                   "0000", "2019", "2019?", "2018/2019", "2019/2020%", "1990/1999", "1900/2000"});
  ExpectDictionary(edtf::kEdtf, {"2019/2018", "2019-02-30", "201X", "2019-21", "2019/..", "/2019", "2019-?04", "~2019",
                                 "2019??", "12019", "-2019", "2019-04-24T10:00:00", "2019-1", "{2019,2020}", ""});
}

TEST(TermId, OrdersShortStringsByTheirBytes) {
  ExpectAscending(TermTag::kShortString, xsd::kString,
                  {"", "A", "Kim", "Kim J", "Kima", "a", "abcdefg", "z", "\u00e9"});
  ExpectDictionary(xsd::kString, {"abcdefgh", std::string("a\0b", 3), std::string("a\0", 2), std::string("\0", 1)});
}

// Random values of each kind: order and round trip hold everywhere, not only where a person would look.
class TermIdProperty : public ::testing::Test {
 protected:
  int64_t Random(int64_t low, int64_t high) { return std::uniform_int_distribution<int64_t>(low, high)(random_); }

  // Sizes of all magnitudes are equally likely.
  int64_t RandomMagnitude(int bits) {
    const int64_t value = Random(0, (int64_t{1} << Random(0, bits)) - 1);
    return Random(0, 1) == 0 ? value : -value;
  }

  void ExpectSameOrder(const std::string& a, const std::string& b, absl::string_view datatype, double value_a,
                       double value_b) {
    const auto id_a = InlineTermId(Typed(a, datatype));
    const auto id_b = InlineTermId(Typed(b, datatype));
    ASSERT_TRUE(id_a.has_value()) << a;
    ASSERT_TRUE(id_b.has_value()) << b;
    EXPECT_EQ(InlineTerm(*id_a).value(), a);
    EXPECT_EQ(*id_a < *id_b, value_a < value_b) << a << " and " << b;
    EXPECT_EQ(*id_a == *id_b, value_a == value_b) << a << " and " << b;
  }

  std::mt19937_64 random_{20230911};
};

TEST_F(TermIdProperty, IntegersKeepOrderAndForm) {
  for (int i = 0; i < 5'000; ++i) {
    const int64_t a = RandomMagnitude(53);  // Doubles hold these exactly.
    const int64_t b = Random(0, 3) == 0 ? a + Random(-1, 1) : RandomMagnitude(53);
    ExpectSameOrder(absl::StrCat(a), absl::StrCat(b), xsd::kInteger, a, b);
  }
}

TEST_F(TermIdProperty, EveryPayloadOfANumberIsTheIdOfItsTerm) {
  for (int i = 0; i < 5'000; ++i) {
    const auto payload = static_cast<uint64_t>(Random(0, TermId::kMaxPayload));
    for (const TermTag tag : {TermTag::kInteger, TermTag::kDecimal}) {
      const TermId id(tag, payload);
      const Term term = InlineTerm(id);
      EXPECT_EQ(InlineTermId(term), id) << term.ToString();
    }
    const double value = ValueOfDouble(payload);
    if (std::isnan(value) || (value == 0 && std::signbit(value))) continue;
    const TermId id(TermTag::kDouble, payload);
    EXPECT_EQ(InlineTermId(InlineTerm(id)), id) << InlineTerm(id).ToString();
  }
}

TEST_F(TermIdProperty, DoublesKeepOrder) {
  for (int i = 0; i < 5'000; ++i) {
    const double a = std::ldexp(static_cast<double>(RandomMagnitude(44)), static_cast<int>(Random(-300, 300)));
    const double b = std::ldexp(static_cast<double>(RandomMagnitude(44)), static_cast<int>(Random(-300, 300)));
    EXPECT_EQ(DoublePayload(a) < DoublePayload(b), a < b) << a << " and " << b;
    EXPECT_EQ(ValueOfDouble(DoublePayload(a)), a);
  }
}

TEST_F(TermIdProperty, DatesKeepOrderAndForm) {
  for (int i = 0; i < 5'000; ++i) {
    const auto date = [this](double* value) {
      const int64_t year = Random(-9'999, 99'999);
      const int64_t month = Random(1, 12);
      const int64_t day = Random(1, 28);
      *value = static_cast<double>((year * 12 + month) * 31 + day);
      return absl::StrFormat("%s%04d-%02d-%02d", year < 0 ? "-" : "", std::abs(year), month, day);
    };
    double value_a = 0;
    double value_b = 0;
    const std::string a = date(&value_a);
    const std::string b = date(&value_b);
    ExpectSameOrder(a, b, xsd::kDate, value_a, value_b);
  }
}

TEST_F(TermIdProperty, EdtfGivesItsTextBack) {
  const auto date = [this] {
    std::string text = absl::StrFormat("%04d", Random(0, 9'999));
    if (Random(0, 2) > 0) {
      absl::StrAppendFormat(&text, "-%02d", Random(1, 12));
      if (Random(0, 1) > 0) absl::StrAppendFormat(&text, "-%02d", Random(1, 28));
    }
    if (Random(0, 1) > 0) text.push_back("?~%"[Random(0, 2)]);
    return text;
  };
  int inline_count = 0;
  for (int i = 0; i < 5'000; ++i) {
    std::string text = date();
    if (Random(0, 1) > 0) absl::StrAppend(&text, "/", date());
    const auto id = InlineTermId(Typed(text, edtf::kEdtf));
    if (!id.has_value()) continue;  // An interval that ends before it begins.
    ++inline_count;
    EXPECT_EQ(InlineTerm(*id).value(), text);
  }
  EXPECT_GT(inline_count, 3'000);
}

TEST_F(TermIdProperty, InlineFormsAreTheCanonicalFormsOfValues) {
  for (int i = 0; i < 5'000; ++i) {
    const auto payload = static_cast<uint64_t>(Random(0, TermId::kMaxPayload));
    for (const TermTag tag : {TermTag::kInteger, TermTag::kDecimal, TermTag::kDouble}) {
      const Term term = InlineTerm(TermId(tag, payload));
      if (!InlineTermId(term).has_value()) continue;  // NaN.
      const auto value = XsdValue::Of(term);
      ASSERT_TRUE(value.has_value()) << term.ToString();
      EXPECT_EQ(value->ToTerm(), term);
    }
  }
}

TEST_F(TermIdProperty, StringsKeepOrderAndForm) {
  const auto text = [this] {
    std::string bytes;
    for (int64_t length = Random(0, 7); length > 0; --length) bytes.push_back(static_cast<char>(Random(1, 255)));
    return bytes;
  };
  for (int i = 0; i < 5'000; ++i) {
    const std::string a = text();
    const std::string b = Random(0, 1) == 0 ? text() : a.substr(0, static_cast<size_t>(Random(0, 7)));
    const auto id_a = InlineTermId(Term::String(a));
    const auto id_b = InlineTermId(Term::String(b));
    ASSERT_TRUE(id_a.has_value() && id_b.has_value());
    EXPECT_EQ(InlineTerm(*id_a), Term::String(a));
    EXPECT_EQ(*id_a < *id_b, a < b);
  }
}

}  // namespace
}  // namespace dossier

#include "rdf/xsd_value.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

XsdValue Value(absl::string_view lexical, absl::string_view type) {
  const auto value = XsdValue::Parse(lexical, absl::StrCat(xsd::kPrefix, type));
  EXPECT_TRUE(value.has_value()) << lexical << " as " << type;
  return value.value_or(XsdValue::String("not a value"));
}

bool IsValid(absl::string_view lexical, absl::string_view type) {
  return XsdValue::Parse(lexical, absl::StrCat(xsd::kPrefix, type)).has_value();
}

TEST(XsdValue, WritesCanonicalForms) {
  EXPECT_EQ(Value(" +07 ", "integer").CanonicalForm(), "7");
  EXPECT_EQ(Value("1.50", "decimal").CanonicalForm(), "1.5");
  EXPECT_EQ(Value("1500", "double").CanonicalForm(), "1.5E3");
  EXPECT_EQ(Value("0", "double").CanonicalForm(), "0.0E0");
  EXPECT_EQ(Value("-0.0", "double").CanonicalForm(), "-0.0E0");
  EXPECT_EQ(Value("1e-7", "double").CanonicalForm(), "1.0E-7");
  EXPECT_EQ(Value("0.1", "float").CanonicalForm(), "1.0E-1");
  EXPECT_EQ(Value("-INF", "float").CanonicalForm(), "-INF");
  EXPECT_EQ(Value("1", "boolean").CanonicalForm(), "true");
  EXPECT_EQ(Value("2023-09-12+00:00", "date").CanonicalForm(), "2023-09-12Z");
  EXPECT_EQ(Value("P0Y", "yearMonthDuration").CanonicalForm(), "P0M");
}

TEST(XsdValue, KeepsTheDatatypeInTheTerm) {
  EXPECT_EQ(Value("0042", "integer").ToTerm(), Term::Typed("42", std::string(xsd::kInteger)));
  EXPECT_EQ(XsdValue::String("x").ToTerm(), Term::String("x"));
}

TEST(XsdValue, ChecksTheBoundsOfDerivedIntegers) {
  EXPECT_TRUE(IsValid("127", "byte"));
  EXPECT_FALSE(IsValid("128", "byte"));
  EXPECT_FALSE(IsValid("-1", "nonNegativeInteger"));
  EXPECT_FALSE(IsValid("0", "positiveInteger"));
  EXPECT_TRUE(IsValid("18446744073709551615", "unsignedLong"));
  EXPECT_EQ(Value("5", "int").type(), XsdType::kInteger);
}

TEST(XsdValue, RefusesFormsThatAreNotValid) {
  EXPECT_FALSE(IsValid("1.0", "integer"));
  EXPECT_FALSE(IsValid("", "integer"));
  EXPECT_FALSE(IsValid("1e3", "decimal"));
  for (const char* text : {"", "e5", "1e", "1e+", "nan", "inf", "0x1p3", "1.2.3", "1e5.0", ".", "1-2", "+-1"}) {
    EXPECT_FALSE(IsValid(text, "double")) << text;
  }
  EXPECT_TRUE(IsValid("5.", "double"));
  EXPECT_TRUE(IsValid("+.5E+1", "double"));
  EXPECT_FALSE(IsValid("yes", "boolean"));
  EXPECT_FALSE(IsValid("x", "anyURI"));
}

TEST(XsdValue, HasNoValueForTermsThatAreNoPlainLiterals) {
  EXPECT_FALSE(XsdValue::Of(Term::Iri("http://a/")).has_value());
  EXPECT_FALSE(XsdValue::Of(Term::LanguageTagged("x", "en")).has_value());
  EXPECT_EQ(XsdValue::Of(Term::String("x"))->string(), "x");
}

TEST(XsdValue, ComparesNumbersOfAllTypes) {
  EXPECT_EQ(CompareValues(Value("1", "integer"), Value("1.0", "decimal")), std::partial_ordering::equivalent);
  EXPECT_EQ(CompareValues(Value("2", "byte"), Value("1.5E0", "double")), std::partial_ordering::greater);
  EXPECT_EQ(CompareValues(Value("NaN", "double"), Value("1", "integer")), std::partial_ordering::unordered);
  EXPECT_EQ(CompareValues(Value("9007199254740993", "integer"), Value("9007199254740992", "integer")),
            std::partial_ordering::greater);
}

TEST(XsdValue, ComparesWithinAKindOnly) {
  EXPECT_EQ(CompareValues(Value("b", "string"), Value("a", "string")), std::partial_ordering::greater);
  EXPECT_EQ(CompareValues(Value("false", "boolean"), Value("true", "boolean")), std::partial_ordering::less);
  EXPECT_EQ(CompareValues(Value("P1Y", "yearMonthDuration"), Value("P12M", "duration")),
            std::partial_ordering::equivalent);
  EXPECT_EQ(CompareValues(Value("2023", "gYear"), Value("2024", "gYear")), std::partial_ordering::less);
  EXPECT_EQ(CompareValues(Value("2023-01-01", "date"), Value("2024", "gYear")), std::nullopt);
  EXPECT_EQ(CompareValues(Value("1", "integer"), Value("1", "string")), std::nullopt);
}

}  // namespace
}  // namespace dossier

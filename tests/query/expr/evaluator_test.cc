// What expressions mean: SPARQL's operators and their errors, and Dossier's functions over vague times.
#include "query/expr/evaluator.h"

#include <gtest/gtest.h>

#include <map>

#include "absl/strings/str_cat.h"
#include "query/expr/comparison.h"
#include "query/expr/order_key.h"
#include "rdf/quad.h"
#include "rdf/vocabulary.h"
#include "storage/memory/reference_store.h"

namespace dossier {
namespace {

Term Integer(const char* lexical) { return Term::Typed(lexical, std::string(xsd::kInteger)); }
Term Decimal(const char* lexical) { return Term::Typed(lexical, std::string(xsd::kDecimal)); }
Term Double(const char* lexical) { return Term::Typed(lexical, std::string(xsd::kDouble)); }
Term Boolean(bool value) { return Term::Typed(value ? "true" : "false", std::string(xsd::kBoolean)); }
Term Date(const char* lexical) { return Term::Typed(lexical, std::string(xsd::kDate)); }
Term Edtf(const char* lexical) { return Term::Typed(lexical, std::string(edtf::kEdtf)); }
Term Text(const char* lexical) { return Term::String(lexical); }
Term Iri(const char* iri) { return Term::Iri(iri); }

Expression Constant(Term term) { return Expression::Constant(std::move(term)); }

class ExpressionTest : public ::testing::Test {
 protected:
  std::optional<Term> Value(const Expression& expression) {
    const auto id = Evaluate(expression,
                             [this](algebra::Variable variable) {
                               const auto found = row_.find(variable);
                               return found == row_.end() ? TermId() : found->second;
                             },
                             {&terms_, &values_, [this](const algebra::Node*, VariableLookup) { return exists_; }});
    EXPECT_TRUE(id.ok()) << id.status();
    if (!id.ok() || !id->has_value()) return std::nullopt;
    return **terms_.Get(**id);
  }
  std::optional<Term> Call(Function function, std::vector<Term> arguments) {
    std::vector<Expression> expressions;
    for (Term& argument : arguments) expressions.push_back(Constant(std::move(argument)));
    return Value(Expression::Call(function, std::move(expressions)));
  }
  std::unique_ptr<Store> store_ = NewReferenceStore();
  TermSpace terms_{store_->GetSnapshot()};
  QueryValues values_{absl::FromUnixSeconds(0), 1};
  std::map<algebra::Variable, TermId> row_;
  bool exists_ = false;
};

TEST_F(ExpressionTest, NumbersOfAllTypesCompareByValue) {
  EXPECT_EQ(Call(Function::kEqual, {Integer("7"), Decimal("7.0")}), Boolean(true));
  EXPECT_EQ(Call(Function::kEqual, {Integer("007"), Integer("7")}), Boolean(true));
  EXPECT_EQ(Call(Function::kLess, {Integer("2"), Integer("10")}), Boolean(true));
  EXPECT_EQ(Call(Function::kGreater, {Double("1e3"), Integer("999")}), Boolean(true));
  EXPECT_EQ(Call(Function::kLess, {Integer("-5"), Integer("3")}), Boolean(true));
}

TEST_F(ExpressionTest, NotANumberEqualsNothing) {
  EXPECT_EQ(Call(Function::kEqual, {Double("NaN"), Double("NaN")}), Boolean(false));
  EXPECT_EQ(Call(Function::kSameTerm, {Double("NaN"), Double("NaN")}), Boolean(true));
}

TEST_F(ExpressionTest, ComparingLiteralsOfUnknownTypesIsAnError) {
  const Term a = Term::Typed("a", "http://example.org/type");
  const Term b = Term::Typed("b", "http://example.org/type");
  EXPECT_EQ(Call(Function::kEqual, {a, b}), std::nullopt);
  EXPECT_EQ(Call(Function::kEqual, {a, a}), Boolean(true));
  EXPECT_EQ(Call(Function::kLess, {Text("a"), Integer("1")}), std::nullopt);
  EXPECT_EQ(Call(Function::kLess, {Iri("http://example.org/a"), Iri("http://example.org/b")}), std::nullopt);
}

TEST_F(ExpressionTest, ADecisiveArgumentWinsOverAnError) {
  const Expression error = Expression::Var({0});  // Unbound.
  const auto with = [&](Function function, bool value) {
    return Value(Expression::Call(function, {error, Constant(Boolean(value))}));
  };
  EXPECT_EQ(with(Function::kAnd, false), Boolean(false));
  EXPECT_EQ(with(Function::kAnd, true), std::nullopt);
  EXPECT_EQ(with(Function::kOr, true), Boolean(true));
  EXPECT_EQ(with(Function::kOr, false), std::nullopt);
}

TEST_F(ExpressionTest, EffectiveBooleanValues) {
  const auto negated = [&](Term term) { return Call(Function::kNot, {std::move(term)}); };
  EXPECT_EQ(negated(Integer("0")), Boolean(true));
  EXPECT_EQ(negated(Double("NaN")), Boolean(true));
  EXPECT_EQ(negated(Text("")), Boolean(true));
  EXPECT_EQ(negated(Text("false")), Boolean(false));
  EXPECT_EQ(negated(Integer("abc")), std::nullopt);
  EXPECT_EQ(negated(Term::LanguageTagged("a", "en")), std::nullopt);
  EXPECT_EQ(negated(Iri("http://example.org/")), std::nullopt);
  EXPECT_EQ(negated(Date("2023-09-12")), std::nullopt);
}

TEST_F(ExpressionTest, ArithmeticPromotesTypes) {
  EXPECT_EQ(Call(Function::kAdd, {Integer("1"), Integer("2")}), Integer("3"));
  EXPECT_EQ(Call(Function::kAdd, {Integer("1"), Decimal("0.5")}), Decimal("1.5"));
  EXPECT_EQ(Call(Function::kDivide, {Integer("7"), Integer("2")}), Decimal("3.5"));
  EXPECT_EQ(Call(Function::kDivide, {Integer("1"), Integer("0")}), std::nullopt);
  EXPECT_EQ(Call(Function::kMultiply, {Double("2"), Integer("4")}), Double("8.0E0"));
  EXPECT_EQ(Call(Function::kRound, {Decimal("-2.5")}), Decimal("-2"));
  EXPECT_EQ(Call(Function::kAdd, {Text("1"), Integer("2")}), std::nullopt);
}

TEST_F(ExpressionTest, InFindsValuesAndReportsErrorsOnlyWhenNothingIsFound) {
  EXPECT_EQ(Call(Function::kIn, {Integer("2"), Integer("1"), Decimal("2.0")}), Boolean(true));
  EXPECT_EQ(Call(Function::kIn, {Integer("2"), Integer("1")}), Boolean(false));
  EXPECT_EQ(
      Value(Expression::Call(Function::kIn, {Constant(Integer("2")), Expression::Var({0}), Constant(Integer("2"))})),
      Boolean(true));
  EXPECT_EQ(Value(Expression::Call(Function::kIn, {Constant(Integer("2")), Expression::Var({0})})), std::nullopt);
}

TEST_F(ExpressionTest, BoundAndCoalesceSeeUnboundVariables) {
  row_[{1}] = *terms_.Intern(Text("here"));
  EXPECT_EQ(Value(Expression::Call(Function::kBound, {Expression::Var({0})})), Boolean(false));
  EXPECT_EQ(Value(Expression::Call(Function::kBound, {Expression::Var({1})})), Boolean(true));
  EXPECT_EQ(Value(Expression::Call(Function::kCoalesce, {Expression::Var({0}), Expression::Var({1})})), Text("here"));
}

TEST_F(ExpressionTest, ExistsAsksItsOwner) {
  EXPECT_EQ(Value(Expression::Exists(nullptr)), Boolean(false));
  exists_ = true;
  EXPECT_EQ(Value(Expression::Exists(nullptr)), Boolean(true));
}

TEST_F(ExpressionTest, StringFunctionsKeepTheLanguageOfTheirFirstArgument) {
  const Term greeting = Term::LanguageTagged("Grüße", "de");
  EXPECT_EQ(Call(Function::kStrLen, {greeting}), Integer("5"));
  EXPECT_EQ(Call(Function::kUpperCase, {greeting}), Term::LanguageTagged("GRÜSSE", "de"));
  EXPECT_EQ(Call(Function::kSubStr, {greeting, Integer("2"), Integer("3")}), Term::LanguageTagged("rüß", "de"));
  EXPECT_EQ(Call(Function::kContains, {greeting, Text("üß")}), Boolean(true));
  EXPECT_EQ(Call(Function::kContains, {greeting, Term::LanguageTagged("üß", "fr")}), std::nullopt);
  EXPECT_EQ(Call(Function::kConcat, {greeting, Text("!")}), Text("Grüße!"));
}

TEST_F(ExpressionTest, RegexKnowsFlagsAndRefusesBrokenPatterns) {
  EXPECT_EQ(Call(Function::kRegex, {Text("Hwasong-18"), Text("^hwa"), Text("i")}), Boolean(true));
  EXPECT_EQ(Call(Function::kRegex, {Text("a.c"), Text("a.c"), Text("q")}), Boolean(true));
  EXPECT_EQ(Call(Function::kRegex, {Text("abc"), Text("a.c"), Text("q")}), Boolean(false));
}

TEST_F(ExpressionTest, TripleTermsAreTakenApart) {
  const Term triple = *Call(Function::kTriple, {Iri("urn:s"), Iri("urn:p"), Integer("1")});
  EXPECT_EQ(Call(Function::kIsTriple, {triple}), Boolean(true));
  EXPECT_EQ(Call(Function::kSubject, {triple}), Iri("urn:s"));
  EXPECT_EQ(Call(Function::kObject, {triple}), Integer("1"));
  EXPECT_EQ(Call(Function::kTriple, {Text("s"), Iri("urn:p"), Integer("1")}), std::nullopt);
  EXPECT_EQ(Call(Function::kPredicate, {Integer("1")}), std::nullopt);
}

TEST_F(ExpressionTest, AVagueDateOverlapsWithoutLyingWithin) {
  EXPECT_EQ(Call(Function::kTimeOverlaps, {Edtf("2023"), Edtf("2023-09")}), Boolean(true));
  EXPECT_EQ(Call(Function::kTimeWithin, {Edtf("2023"), Edtf("2023-09")}), Boolean(false));
  EXPECT_EQ(Call(Function::kTimeWithin, {Date("2023-09-12"), Edtf("2023-09")}), Boolean(true));
  EXPECT_EQ(Call(Function::kTimeOverlaps, {Edtf("2018-06-10/2018-06-12"), Edtf("2018-06-12/..")}), Boolean(true));
  EXPECT_EQ(Call(Function::kTimeOverlaps, {Edtf("2018"), Edtf("2019")}), Boolean(false));
  EXPECT_EQ(Call(Function::kTimeOverlaps, {Text("soon"), Edtf("2019")}), std::nullopt);
}

TEST_F(ExpressionTest, RangesHaveFirstAndLastDaysUnlessTheyAreOpen) {
  EXPECT_EQ(Call(Function::kTimeBegin, {Edtf("2023-09")}), Date("2023-09-01"));
  EXPECT_EQ(Call(Function::kTimeEnd, {Edtf("2023-09")}), Date("2023-09-30"));
  EXPECT_EQ(Call(Function::kTimeEnd, {Edtf("2019/..")}), std::nullopt);
}

TEST(OrderOfTerms, IsTotalAndPutsKindsApart) {
  const std::vector<Term> ascending = {Term::BlankNode("b"),
                                       Iri("urn:a"),
                                       Iri("urn:b"),
                                       Double("NaN"),
                                       Integer("-1"),
                                       Decimal("0.5"),
                                       Integer("1"),
                                       Integer("9007199254740992"),
                                       Integer("9007199254740993"),
                                       Double("9007199254740992"),
                                       Edtf("2018"),
                                       Date("2018-06-10"),
                                       Edtf("2018-06-10/2018-06-12"),
                                       Date("2019-01-01"),
                                       Term::Typed("10:00:00", std::string(xsd::kTime)),
                                       Term::Typed("P30D", std::string(xsd::kDayTimeDuration)),
                                       Term::Typed("P1M", std::string(xsd::kYearMonthDuration)),
                                       Term::Typed("P31D", std::string(xsd::kDayTimeDuration)),
                                       Boolean(false),
                                       Boolean(true),
                                       Text("a"),
                                       Term::LanguageTagged("a", "de"),
                                       Term::LanguageTagged("a", "en"),
                                       Text("b"),
                                       Term::Typed("x", "http://example.org/type"),
                                       Term::TripleTerm({Iri("urn:a"), Iri("urn:p"), Integer("2")}),
                                       Term::TripleTerm({Iri("urn:a"), Iri("urn:p"), Integer("10")})};
  for (size_t i = 0; i < ascending.size(); ++i) {
    for (size_t j = 0; j < ascending.size(); ++j) {
      const int order = CompareTermsForOrder(ascending[i], ascending[j]);
      EXPECT_EQ(order < 0, i < j) << ascending[i].ToString() << " " << ascending[j].ToString();
      EXPECT_EQ(order > 0, i > j) << ascending[i].ToString() << " " << ascending[j].ToString();
      // Keys never contradict.
      EXPECT_TRUE(i > j || OrderKeyOf(TermView(ascending[i])) <= OrderKeyOf(TermView(ascending[j])))
          << ascending[i].ToString() << " " << ascending[j].ToString();
    }
    EXPECT_LT(*OrderKeyOf(TermId()), OrderKeyOf(TermView(ascending[i])));
  }
}

TEST(OrderOfTerms, KeysOfInlineIdsAreThoseOfTheirTerms) {
  std::vector<Term> terms = {Boolean(false),
                             Boolean(true),
                             Double("NaN"),
                             Double("-INF"),
                             Double("0.0E0"),
                             Double("-0.0E0"),
                             Double("-1.5E0"),
                             Double("2.5E3"),
                             Text(""),
                             Text("abc"),
                             Text("abcdefg"),
                             Text("\xC3\xA4"),
                             Date("2018-06-10"),
                             Date("-0044-03-15"),
                             Edtf("2018-06"),
                             Edtf("2018~"),
                             Edtf("2018-06-10/2018-06-12"),
                             Integer("9007199254740993"),
                             Integer("-9007199254740993")};
  for (int64_t i = -5000; i < 5000; i += 7) {
    terms.push_back(Integer(absl::StrCat(i).c_str()));
    terms.push_back(Decimal(absl::StrCat(i, ".", 1 + i * i % 99989).c_str()));
    terms.push_back(Decimal(absl::StrCat(i * 1'000'003, ".25").c_str()));
  }
  size_t seen = 0;
  for (const Term& term : terms) {
    const std::optional<TermId> id = InlineTermId(term);
    if (!id.has_value()) continue;
    ++seen;
    EXPECT_EQ(OrderKeyOf(*id), OrderKeyOf(TermView(term))) << term.ToString();
  }
  EXPECT_GT(seen, 4000U);
  EXPECT_EQ(OrderKeyOf(TermId(TermTag::kIri, 7)), std::nullopt);
}

}  // namespace
}  // namespace dossier

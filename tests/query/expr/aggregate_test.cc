// What aggregates give: of values, of errors among them, and of nothing.
#include <gtest/gtest.h>

#include "query/expr/evaluator.h"
#include "rdf/vocabulary.h"
#include "storage/memory/reference_store.h"

namespace dossier {
namespace {

Term Integer(const char* lexical) { return Term::Typed(lexical, std::string(xsd::kInteger)); }
Term Decimal(const char* lexical) { return Term::Typed(lexical, std::string(xsd::kDecimal)); }
Term Text(const char* lexical) { return Term::String(lexical); }
Term Iri(const char* iri) { return Term::Iri(iri); }

class AggregateTest : public ::testing::Test {
 protected:
  std::optional<Term> Aggregated(Aggregate aggregate, const std::vector<std::optional<Term>>& values) {
    const std::unique_ptr<AggregateState> state = NewAggregateState(aggregate);
    for (const auto& value : values) {
      std::optional<TermId> id;
      if (value.has_value()) id = *terms_.Intern(*value);
      EXPECT_TRUE(state->Add(id, &terms_).ok());
    }
    const auto result = state->Finish(&terms_);
    EXPECT_TRUE(result.ok());
    if (!result->has_value()) return std::nullopt;
    return **terms_.Get(**result);
  }

  std::unique_ptr<Store> store_ = NewReferenceStore();
  TermSpace terms_{store_->GetSnapshot()};
};

TEST_F(AggregateTest, SumsAndAveragesPromoteAndFailOnOtherTerms) {
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kSum}, {Integer("1"), Decimal("0.5")}), Decimal("1.5"));
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kSum}, {}), Integer("0"));
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kSum}, {Integer("1"), Text("x")}), std::nullopt);
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kAvg}, {Integer("1"), Integer("2")}), Decimal("1.5"));
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kAvg}, {}), Integer("0"));
}

TEST_F(AggregateTest, DistinctAggregatesCountEachTermOnce) {
  const std::vector<std::optional<Term>> values = {Integer("1"), Integer("1"), Integer("2"), std::nullopt};
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kCount}, values), Integer("3"));
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kCount, .distinct = true}, values), Integer("2"));
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kSum, .distinct = true}, {Integer("1"), Integer("1")}),
            Integer("1"));
}

TEST_F(AggregateTest, MinimumAndMaximumFollowTheOrderOfOrderBy) {
  const std::vector<std::optional<Term>> values = {Integer("10"), Decimal("9.5"), Iri("urn:x")};
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kMin}, values), Iri("urn:x"));
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kMax}, values), Integer("10"));
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kMin}, {}), std::nullopt);
}

TEST_F(AggregateTest, GroupConcatJoinsStringForms) {
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kGroupConcat, .separator = "; "}, {Text("a"), Integer("2")}),
            Text("a; 2"));
}

TEST_F(AggregateTest, ErrorsSpoilSumsAndAreNotCounted) {
  const std::vector<std::optional<Term>> values = {Integer("1"), std::nullopt, Integer("2")};
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kCount}, values), Integer("2"));
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kSum}, values), std::nullopt);
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kAvg}, values), std::nullopt);
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kMin}, values), Integer("1"));
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kSample}, values), Integer("1"));
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kGroupConcat}, values), std::nullopt);
}

TEST_F(AggregateTest, NothingHasASumACountAndAnEmptyTextButNoSample) {
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kCount}, {}), Integer("0"));
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kSum}, {}), Integer("0"));
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kGroupConcat}, {}), Text(""));
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kSample}, {}), std::nullopt);
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kMax}, {}), std::nullopt);
}

TEST_F(AggregateTest, DurationsAndTextsHaveNoSum) {
  const Term day = Term::Typed("P1D", std::string(xsd::kDayTimeDuration));
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kSum}, {day, day}), std::nullopt);
}

TEST_F(AggregateTest, SumsOfDistinctValuesTellTermsApartNotValues) {
  EXPECT_EQ(Aggregated({.function = AggregateFunction::kSum, .distinct = true}, {Integer("1"), Decimal("1.0")}),
            Decimal("2"));
}

}  // namespace
}  // namespace dossier

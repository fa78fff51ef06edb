// What the expressions of one query share.
#include "query/expr/query_values.h"

#include <gtest/gtest.h>

#include <set>

#include "query/expr/function_iri.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

TEST(QueryValues, NowIsATimeInUtcWithItsFraction) {
  const QueryValues values(absl::FromUnixSeconds(86400) + absl::Milliseconds(250), 1);
  EXPECT_EQ(values.now(), Term::Typed("1970-01-02T00:00:00.25Z", std::string(xsd::kDateTime)));
}

TEST(QueryValues, RandomNumbersLieBetweenZeroAndOneAndDiffer) {
  QueryValues values(absl::UnixEpoch());
  std::set<double> seen;
  for (int i = 0; i < 1000; ++i) {
    const double number = values.Random();
    EXPECT_GE(number, 0);
    EXPECT_LT(number, 1);
    seen.insert(number);
  }
  EXPECT_EQ(seen.size(), 1000U);
}

TEST(QueryValues, UuidsHaveTheFormOfVersion4) {
  QueryValues values(absl::UnixEpoch());
  const std::string uuid = values.Uuid();
  ASSERT_EQ(uuid.size(), 36U);
  EXPECT_EQ(uuid[14], '4');
  EXPECT_NE(std::string("89ab").find(uuid[19]), std::string::npos);
  for (const size_t dash : {8, 13, 18, 23}) EXPECT_EQ(uuid[dash], '-');
  EXPECT_NE(uuid, values.Uuid());
}

TEST(QueryValues, ALabelMeansOneBlankNodeInEachSolution) {
  QueryValues values(absl::UnixEpoch());
  EXPECT_EQ(values.BlankNodeFor("a", "1"), values.BlankNodeFor("a", "1"));
  EXPECT_NE(values.BlankNodeFor("a", "1").value(), values.BlankNodeFor("b", "1").value());
  EXPECT_NE(values.BlankNodeFor("a", "1").value(), values.BlankNodeFor("a", "2").value());
  EXPECT_NE(values.NewBlankNode().value(), values.NewBlankNode().value());
}

TEST(QueryValues, TwoQueriesShareNoBlankNodes) {
  QueryValues first(absl::UnixEpoch());
  QueryValues second(absl::UnixEpoch());
  EXPECT_NE(first.NewBlankNode().value(), second.NewBlankNode().value());
}

TEST(QueryValues, TheSameSeedGivesTheSameValues) {
  QueryValues first(absl::UnixEpoch(), 7);
  QueryValues second(absl::UnixEpoch(), 7);
  EXPECT_EQ(first.Random(), second.Random());
  EXPECT_EQ(first.NewBlankNode(), second.NewBlankNode());
}

TEST(CallByIri, KnowsCastsAndTheFunctionsOverVagueTimes) {
  const auto cast = CallByIri(xsd::kInteger, {Expression::Constant(Term::String("1"))});
  ASSERT_TRUE(cast.ok());
  EXPECT_EQ(cast->function, Function::kCast);
  EXPECT_EQ(cast->arguments[1].constant, Term::Iri(std::string(xsd::kInteger)));
  EXPECT_TRUE(IsFunctionIri(vocab::kTimeOverlaps));
  EXPECT_FALSE(IsFunctionIri("http://example.org/unknown"));
}

TEST(CallByIri, SaysWhatIsWrongWithACall) {
  EXPECT_EQ(CallByIri("http://example.org/f", {}).status().message(), "there is no function <http://example.org/f>");
  EXPECT_EQ(CallByIri(vocab::kTimeEnd, {}).status().message(),
            "<urn:dossier:vocabulary:timeEnd> takes 1 argument, not 0");
}

}  // namespace
}  // namespace dossier

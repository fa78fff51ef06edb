#include "bench/news_generator.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "database/database.h"
#include "database/session.h"
#include "gtest/gtest.h"
#include "rdf/vocabulary.h"

namespace dossier::bench {
namespace {

std::vector<Quad> Generate(uint64_t claims, uint64_t seed) {
  std::vector<Quad> quads;
  NewsOptions options;
  options.claims = claims;
  options.seed = seed;
  const absl::Status status = GenerateNews(options, [&quads](Quad&& quad) {
    quads.push_back(std::move(quad));
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  return quads;
}

TEST(NewsGenerator, MakesExactlyAsManyClaimsAsWanted) {
  for (const uint64_t claims : {0, 1, 13, 5'000}) {
    std::set<Term> reifiers;
    for (const Quad& quad : Generate(claims, 1)) {
      if (quad.predicate.value() == rdf::kReifies) reifiers.insert(quad.subject);
    }
    EXPECT_EQ(reifiers.size(), claims);
  }
}

TEST(NewsGenerator, MakesTheSameNewsForTheSameSeed) {
  EXPECT_TRUE(Generate(500, 7) == Generate(500, 7));
  EXPECT_FALSE(Generate(500, 7) == Generate(500, 8));
}

TEST(NewsGenerator, NamesEachPersonCityAndCountryOnce) {
  std::set<std::string> names;
  for (uint64_t i = 0; i < 100'000; ++i) names.insert(PersonName(i));
  for (uint64_t i = 0; i < 30'000; ++i) names.insert(CityName(i));
  for (uint64_t i = 0; i < 200; ++i) names.insert(CountryName(i));
  EXPECT_EQ(names.size(), 130'200u);
}

TEST(NewsGenerator, EndsWithTheErrorOfItsSink) {
  int calls = 0;
  const absl::Status status = GenerateNews(
      {}, [&calls](Quad&&) { return ++calls < 10 ? absl::OkStatus() : absl::ResourceExhaustedError("full"); });
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(calls, 10);
}

TEST(NewsGenerator, MakesNewsThatCanBeAsked) {
  const std::unique_ptr<Database> database = Database::InMemory();
  ChangeSet changes;
  changes.assertions = Generate(5'000, 1);
  ASSERT_TRUE(database->Commit(changes).ok());
  Session session(database.get());
  const absl::StatusOr<Answer> answer = session.Ask("who met " + PersonName(0));
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_FALSE(answer->rows.empty());
}

}  // namespace
}  // namespace dossier::bench

#include "bench/triple_generator.h"

#include <set>
#include <vector>

#include "gtest/gtest.h"

namespace dossier::bench {
namespace {

std::vector<Quad> Generate(uint64_t triples, uint64_t seed) {
  std::vector<Quad> quads;
  GeneratorOptions options;
  options.triples = triples;
  options.seed = seed;
  const absl::Status status = GenerateTriples(options, [&quads](Quad&& quad) {
    quads.push_back(std::move(quad));
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  return quads;
}

TEST(TripleGenerator, MakesExactlyAsManyTriplesAsWantedAndNoneTwice) {
  for (const uint64_t triples : {0, 1, 999, 20'000}) {
    const std::vector<Quad> quads = Generate(triples, 1);
    EXPECT_EQ(quads.size(), triples);
    EXPECT_EQ(std::set<Quad>(quads.begin(), quads.end()).size(), triples);
  }
}

TEST(TripleGenerator, MakesTheSameTriplesForTheSameSeed) {
  EXPECT_TRUE(Generate(5'000, 7) == Generate(5'000, 7));
  EXPECT_FALSE(Generate(5'000, 7) == Generate(5'000, 8));
}

TEST(TripleGenerator, EndsWithTheErrorOfItsSink) {
  int calls = 0;
  const absl::Status status = GenerateTriples(
      {}, [&calls](Quad&&) { return ++calls < 10 ? absl::OkStatus() : absl::ResourceExhaustedError("full"); });
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(calls, 10);
}

}  // namespace
}  // namespace dossier::bench

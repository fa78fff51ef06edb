#include "tests/storage/crash_scenario.h"

#include "absl/strings/str_cat.h"
#include "tests/storage/store_test_support.h"

namespace dossier {
namespace {

std::vector<Quad> QuadsOfCommit(uint64_t number) {
  std::vector<Quad> quads;
  // Now a few and now more than a block.
  const uint64_t count = number % 5 == 0 ? 1'500 : 20;
  for (uint64_t i = 0; i < count; ++i) {
    quads.push_back(Fact(absl::StrCat("s", i), absl::StrCat("p", i % 5), absl::StrCat("o", number),
                         i % 7 == 0 ? absl::StrCat("g", number % 3) : ""));
  }
  quads.push_back(Claim(absl::StrCat("k", number), "s1", "p1", absl::StrCat("o", number)));
  return quads;
}

}  // namespace

ChangeSet ChangesOfCommit(uint64_t number) {
  ChangeSet changes;
  changes.assertions = QuadsOfCommit(number);
  // Every third commit takes back what the one two before it stated.
  if (number % 3 == 0) changes.retractions = QuadsOfCommit(number - 2);
  return changes;
}

ChangeSet ChangesOfThread(uint64_t number) {
  const std::string subject = absl::StrCat("thread", number);
  ChangeSet changes;
  for (uint64_t i = 0; i < 4; ++i) changes.assertions.push_back(Fact(subject, "p", absl::StrCat("o", i)));
  changes.assertions.push_back(Claim(subject, "s1", "p1", absl::StrCat("o", number)));
  return changes;
}

std::set<Quad> ContentsAfterCommits(uint64_t number) {
  std::set<Quad> quads;
  for (uint64_t i = 1; i <= number; ++i) {
    const ChangeSet changes = ChangesOfCommit(i);
    for (const Quad& quad : changes.retractions) quads.erase(quad);
    quads.insert(changes.assertions.begin(), changes.assertions.end());
  }
  return quads;
}

std::vector<Quad> QuadsOfLoad(uint64_t number) {
  std::vector<Quad> quads;
  for (uint64_t i = 0; i < 6'000; ++i) {
    quads.push_back(Fact(absl::StrCat("s", i % 1'000), absl::StrCat("loaded", i % 3), absl::StrCat(number, "/", i),
                         i % 50 == 0 ? "g1" : ""));
    if (i % 20 == 0) quads.push_back(Claim(absl::StrCat("load", number, "/", i), "s1", "loaded", absl::StrCat(i)));
  }
  return quads;
}

}  // namespace dossier

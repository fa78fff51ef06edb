// Space on the disk: what is retracted gives it back.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "storage/store.h"
#include "tests/storage/store_test_support.h"

namespace dossier {
namespace {

// Bytes of the permutations; terms and their names are kept for good.
uint64_t BytesOfRows(const Store& store) {
  const absl::flat_hash_set<std::string> others = {"terms", "term_index", "names", "name_words", "metadata"};
  uint64_t bytes = 0;
  for (const auto& [part, size] : store.SizeByPart()) {
    if (!others.contains(part)) bytes += size;
  }
  return bytes;
}

// Waits until it is less than `bytes`; false when it does not come to that.
bool ShrinksBelow(const Store& store, uint64_t bytes) {
  const absl::Time end = absl::Now() + absl::Seconds(60);
  while (BytesOfRows(store) >= bytes && absl::Now() < end) absl::SleepFor(absl::Milliseconds(50));
  return BytesOfRows(store) < bytes;
}

std::vector<Quad> ManyQuads() {
  std::vector<Quad> quads;
  for (int i = 0; i < 46'000; ++i) {
    quads.push_back(Fact(absl::StrCat("s", i % 7'001), absl::StrCat("p", i % 7), absl::StrCat("o", i)));
  }
  return quads;
}

TEST(Space, ComesBackByItselfWhenEverythingIsRetracted) {
  const TempDirectory directory;
  const auto store = OpenStore(directory.Child("store"), {});
  ASSERT_TRUE(store.ok()) << store.status();
  const std::vector<Quad> quads = ManyQuads();
  ASSERT_TRUE((*store)->BulkLoad(SourceOf(quads), {}).ok());
  const uint64_t before = BytesOfRows(**store);
  ASSERT_GT(before, 100'000U);
  ASSERT_TRUE((*store)->Commit({.retractions = quads}).ok());
  EXPECT_TRUE(ShrinksBelow(**store, before / 20)) << BytesOfRows(**store) << " of " << before << " bytes";
}

}  // namespace
}  // namespace dossier

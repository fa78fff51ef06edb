#include "storage/bulk/row_sorter.h"

#include <random>
#include <set>
#include <tuple>
#include <vector>

#include "gtest/gtest.h"
#include "tests/storage/store_test_support.h"

namespace dossier::storage {
namespace {

struct Parameters {
  size_t width;
  size_t memory_bytes;
  int rows;
};

class RowSorterTest : public ::testing::TestWithParam<Parameters> {};

TEST_P(RowSorterTest, GivesEveryRowOnceInOrder) {
  const auto [width, memory_bytes, rows] = GetParam();
  TempDirectory directory;
  RowSorter sorter(width, memory_bytes, directory.path());
  std::mt19937_64 random(width);
  std::set<Ids> expected;
  for (int i = 0; i < rows; ++i) {
    Ids row;
    for (size_t column = 0; column < width; ++column) {
      row.push_back(TermId(TermTag::kIri, random() % (column == 0 ? 40 : 400)));
    }
    expected.insert(row);
    ASSERT_TRUE(sorter.Add(row.data()).ok());
  }
  std::vector<Ids> actual;
  while (true) {
    const auto chunk = sorter.NextChunk();
    ASSERT_TRUE(chunk.ok()) << chunk.status();
    if (chunk->empty()) break;
    for (size_t i = 0; i < chunk->size(); i += width) {
      actual.emplace_back(chunk->begin() + static_cast<ptrdiff_t>(i),
                          chunk->begin() + static_cast<ptrdiff_t>(i + width));
    }
  }
  EXPECT_TRUE(std::equal(actual.begin(), actual.end(), expected.begin(), expected.end()))
      << actual.size() << " rows in place of " << expected.size();
}

INSTANTIATE_TEST_SUITE_P(WithAndWithoutRuns, RowSorterTest,
                         ::testing::Values(Parameters{4, 1 << 30, 20'000}, Parameters{4, 64 << 10, 50'000},
                                           Parameters{2, 1, 30'000}, Parameters{5, 1, 5'000}, Parameters{1, 1, 2'048},
                                           Parameters{3, 1 << 20, 0}));

}  // namespace
}  // namespace dossier::storage

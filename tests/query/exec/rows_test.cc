// Sorting, grouping, duplicates and slices over tables of many batches.
#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <vector>

#include "gtest/gtest.h"
#include "query/optimizer/plan_factory.h"
#include "tests/query/exec/operator_harness.h"

namespace dossier {
namespace {

using plan::PlanPtr;

std::vector<Numbers> RandomRows(size_t rows, uint64_t values, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<Numbers> result;
  for (size_t i = 0; i < rows; ++i) result.push_back({1 + random() % values, 1 + random() % values, i + 1});
  return result;
}

PlanPtr TableOf(const std::vector<Numbers>& rows) { return OperatorHarness::Table({0, 1, 2}, rows); }

std::vector<algebra::SortKey> FirstDescendingThenSecond() {
  return {{Expression::Var(OperatorHarness::Var(0)), true}, {Expression::Var(OperatorHarness::Var(1)), false}};
}

std::vector<Numbers> SortedByLoops(std::vector<Numbers> rows) {
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Numbers& a, const Numbers& b) { return a[0] != b[0] ? a[0] > b[0] : a[1] < b[1]; });
  return rows;
}

TEST(Sort, MergesManyRunsAndKeepsTheOrderOfEqualRows) {
  const std::vector<Numbers> rows = RandomRows(20000, 30, 1);
  const PlanPtr sort = optimizer::MakeSort(TableOf(rows), FirstDescendingThenSecond(), std::nullopt);
  EXPECT_EQ(OperatorHarness().Run(sort), SortedByLoops(rows));
}

TEST(Sort, WithALimitGivesTheFirstRowsOnly) {
  const std::vector<Numbers> rows = RandomRows(20000, 30, 2);
  std::vector<Numbers> sorted = SortedByLoops(rows);
  for (const uint64_t limit : {0U, 10U, 3000U, 30000U}) {
    const PlanPtr sort = optimizer::MakeSort(TableOf(rows), FirstDescendingThenSecond(), limit);
    std::vector<Numbers> expected = sorted;
    expected.resize(std::min<size_t>(limit, expected.size()));
    EXPECT_EQ(OperatorHarness().Run(sort), expected) << limit;
  }
}

TEST(Group, CountsInAHashTableAndInOrderAlike) {
  std::vector<Numbers> rows = RandomRows(20000, 50, 3);
  std::map<Numbers, uint64_t> counts;
  for (const Numbers& row : rows) ++counts[{row[0], row[1]}];
  std::vector<Numbers> expected;
  for (const auto& [key, count] : counts) expected.push_back({key[0], key[1], count});
  Aggregate count;
  count.result = OperatorHarness::Var(3);
  const std::vector<algebra::Variable> keys = {OperatorHarness::Var(0), OperatorHarness::Var(1)};
  const PlanPtr hashed = optimizer::MakeGroup(TableOf(rows), keys, {count});
  std::vector<Numbers> result = OperatorHarness().Run(hashed);
  std::sort(result.begin(), result.end());
  EXPECT_EQ(result, expected);

  std::sort(rows.begin(), rows.end());
  PlanPtr sorted_table = TableOf(rows);
  sorted_table->sorted_by = keys;
  const PlanPtr sorted = optimizer::MakeGroup(sorted_table, keys, {count});
  EXPECT_TRUE(std::get<plan::Group>(sorted->operation).sorted);
  EXPECT_EQ(OperatorHarness().Run(sorted), expected);
}

TEST(Group, OfNothingIsOneGroupWithoutKeysAndNoneWithKeys) {
  Aggregate count;
  count.result = OperatorHarness::Var(3);
  EXPECT_EQ(OperatorHarness().Run(optimizer::MakeGroup(TableOf({}), {}, {count})), (std::vector<Numbers>{{0}}));
  EXPECT_TRUE(OperatorHarness().Run(optimizer::MakeGroup(TableOf({}), {OperatorHarness::Var(0)}, {count})).empty());
}

TEST(Distinct, GivesEachRowOnceAsItFirstComes) {
  std::vector<Numbers> rows = RandomRows(20000, 40, 4);
  for (Numbers& row : rows) row[2] = 1;
  std::vector<Numbers> expected;
  std::set<Numbers> seen;
  for (const Numbers& row : rows) {
    if (seen.insert(row).second) expected.push_back(row);
  }
  EXPECT_EQ(OperatorHarness().Run(optimizer::MakeDistinct(TableOf(rows))), expected);
}

TEST(Distinct, OfSortedRowsRemembersTheLastOneOnly) {
  std::vector<Numbers> rows = RandomRows(20000, 40, 5);
  for (Numbers& row : rows) row[2] = 1;
  std::sort(rows.begin(), rows.end());
  PlanPtr table = TableOf(rows);
  table->sorted_by = table->columns;
  const PlanPtr distinct = optimizer::MakeDistinct(table);
  EXPECT_TRUE(std::get<plan::Distinct>(distinct->operation).sorted);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  EXPECT_EQ(OperatorHarness().Run(distinct), rows);
}

TEST(Slice, LeavesOutAndStopsInTheMiddleOfBatches) {
  const std::vector<Numbers> rows = RandomRows(10000, 40, 6);
  const PlanPtr slice = optimizer::MakeSlice(TableOf(rows), 3000, 4321);
  const std::vector<Numbers> expected(rows.begin() + 3000, rows.begin() + 7321);
  EXPECT_EQ(OperatorHarness().Run(slice), expected);
}

TEST(Union, FillsColumnsThatASideDoesNotHave) {
  const PlanPtr both =
      optimizer::MakeUnion({OperatorHarness::Table({0, 1}, {{1, 2}}), OperatorHarness::Table({1, 2}, {{3, 4}})});
  EXPECT_EQ(OperatorHarness().Run(both), (std::vector<Numbers>{{1, 2, 0}, {0, 3, 4}}));
}

}  // namespace
}  // namespace dossier

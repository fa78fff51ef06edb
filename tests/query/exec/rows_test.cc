// Sorting, grouping, duplicates and slices over tables of many batches.
#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <vector>

#include "gtest/gtest.h"
#include "query/optimizer/plan_factory.h"
#include "storage/store.h"
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

TEST(Sort, TakesTermsOfTheDictionaryAndOfTheQueryInTheirOrder) {
  const std::unique_ptr<Store> store = NewMemoryStore();
  std::vector<Quad> quads;
  const auto text = [](size_t i) {
    return Term::String(std::string("a long beginning that all texts share, then ").append(std::to_string(i)));
  };
  const Term property = Term::Iri("http://e/p");
  for (size_t i = 0; i < 3000; ++i) quads.push_back({Term::Iri("http://e/s"), property, text(i), std::nullopt});
  ASSERT_TRUE(store->Commit({quads, {}}).ok());
  TermSpace terms(store->GetSnapshot());
  std::mt19937_64 random(4);
  std::vector<std::vector<TermId>> rows;
  std::vector<std::pair<std::string, uint64_t>> expected;
  for (uint64_t i = 0; i < 10'000; ++i) {
    // A third of them are not in the store, and some have no value.
    const size_t choice = random() % 4500;
    const TermId id = choice % 100 == 7 ? TermId() : *terms.Intern(text(choice));
    rows.push_back({id, OperatorHarness::Number(i)});
    expected.emplace_back(id.is_undefined() ? "" : (*terms.Get(id))->value(), i);
  }
  std::stable_sort(expected.begin(), expected.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  Cancellation cancellation;
  MemoryBudget memory(size_t{1} << 30);
  exec::RunContext context;
  context.snapshot = &terms.snapshot();
  context.terms = &terms;
  context.cancellation = &cancellation;
  context.memory = &memory;
  for (const std::optional<uint64_t> limit : {std::optional<uint64_t>(), std::optional<uint64_t>(500)}) {
    const PlanPtr plan =
        optimizer::MakeSort(optimizer::MakeTable({OperatorHarness::Var(0), OperatorHarness::Var(1)}, rows),
                            {{Expression::Var(OperatorHarness::Var(0)), true}}, limit);
    const auto root = planner::MakeOperators(&context, plan.get());
    ASSERT_TRUE(root.ok());
    size_t row = 0;
    RowBatch batch;
    while (*(*root)->Next(&batch)) {
      for (size_t i = 0; i < batch.rows; ++i, ++row) {
        ASSERT_EQ(batch.columns[1][i], OperatorHarness::Number(expected[row].second)) << row;
      }
    }
    EXPECT_EQ(row, limit.value_or(rows.size()));
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

// Joins of tables of many batches against nested loops.
#include <algorithm>
#include <optional>
#include <random>
#include <vector>

#include "gtest/gtest.h"
#include "query/optimizer/plan_factory.h"
#include "tests/query/exec/operator_harness.h"

namespace dossier {
namespace {

using plan::JoinKind;
using plan::PlanPtr;

struct Input {
  std::vector<uint32_t> variables;
  std::vector<Numbers> rows;
};

// Rows of numbers from 1 to `values`; one cell in `unbound_one_in` is unbound, none when that is 0.
Input RandomInput(std::vector<uint32_t> variables, size_t rows, uint64_t values, uint64_t unbound_one_in,
                  std::mt19937_64* random) {
  Input input;
  input.variables = std::move(variables);
  for (size_t i = 0; i < rows; ++i) {
    Numbers& row = input.rows.emplace_back();
    for (size_t j = 0; j < input.variables.size(); ++j) {
      const bool unbound = unbound_one_in > 0 && (*random)() % unbound_one_in == 0;
      row.push_back(unbound ? 0 : 1 + (*random)() % values);
    }
  }
  return input;
}

uint64_t CellOf(const Input& input, const Numbers& row, uint32_t variable) {
  const auto found = std::find(input.variables.begin(), input.variables.end(), variable);
  return found == input.variables.end() ? 0 : row[static_cast<size_t>(found - input.variables.begin())];
}

bool Compatible(const Input& left, const Numbers& a, const Input& right, const Numbers& b, bool* share) {
  *share = false;
  for (const uint32_t variable : left.variables) {
    const uint64_t x = CellOf(left, a, variable);
    const uint64_t y = CellOf(right, b, variable);
    if (x != 0 && y != 0 && x != y) return false;
    *share = *share || (x != 0 && y != 0);
  }
  return true;
}

// The join by its definition, with the columns `output`, sorted.
std::vector<Numbers> NestedLoops(JoinKind kind, const Input& left, const Input& right,
                                 const std::vector<algebra::Variable>& output) {
  std::vector<Numbers> result;
  const auto emit = [&](const Numbers& a, const Numbers* b) {
    Numbers& row = result.emplace_back();
    for (const algebra::Variable variable : output) {
      const uint64_t x = CellOf(left, a, variable.index);
      row.push_back(x != 0 || b == nullptr ? x : CellOf(right, *b, variable.index));
    }
  };
  for (const Numbers& a : left.rows) {
    bool matched = false;
    for (const Numbers& b : right.rows) {
      bool share = false;
      if (!Compatible(left, a, right, b, &share) || (kind == JoinKind::kMinus && !share)) continue;
      matched = true;
      if (kind == JoinKind::kInner || kind == JoinKind::kLeft) emit(a, &b);
    }
    if (matched ? kind == JoinKind::kSemi : kind != JoinKind::kInner && kind != JoinKind::kSemi) emit(a, nullptr);
  }
  std::sort(result.begin(), result.end());
  return result;
}

std::vector<Numbers> Sorted(std::vector<Numbers> rows) {
  std::sort(rows.begin(), rows.end());
  return rows;
}

constexpr JoinKind kAllKinds[] = {JoinKind::kInner, JoinKind::kLeft, JoinKind::kSemi, JoinKind::kAnti,
                                  JoinKind::kMinus};

PlanPtr TableOf(const Input& input) { return OperatorHarness::Table(input.variables, input.rows); }

// Sorted by its first columns, which all are bound.
PlanPtr SortedTableOf(Input input, size_t sorted_columns) {
  std::sort(input.rows.begin(), input.rows.end());
  PlanPtr table = TableOf(input);
  for (size_t i = 0; i < sorted_columns; ++i) table->sorted_by.push_back(table->columns[i]);
  return table;
}

TEST(HashJoin, AgreesWithNestedLoopsForEveryKindOfJoin) {
  std::mt19937_64 random(1);
  for (const uint64_t unbound_one_in : {0, 5}) {
    const Input left = RandomInput({0, 1, 2}, 2300, 30, unbound_one_in, &random);
    const Input right = RandomInput({1, 2, 3}, 60, 30, unbound_one_in, &random);
    for (const JoinKind kind : kAllKinds) {
      SCOPED_TRACE(static_cast<int>(kind));
      const PlanPtr join = optimizer::MakeHashJoin(kind, TableOf(left), TableOf(right), std::nullopt, {});
      EXPECT_EQ(Sorted(OperatorHarness().Run(join)), NestedLoops(kind, left, right, join->columns));
    }
  }
}

TEST(HashJoin, OfInputsThatShareNothingIsTheCrossProduct) {
  const Input left = {{0}, {{1}, {2}}};
  const Input right = {{1}, {{3}, {4}, {5}}};
  const PlanPtr join = optimizer::MakeHashJoin(JoinKind::kInner, TableOf(left), TableOf(right), std::nullopt, {});
  EXPECT_EQ(OperatorHarness().Run(join).size(), 6U);
}

TEST(HashJoin, KeepsRowsOfTheLeftWhosePartnersFailTheCondition) {
  const Input left = {{0, 1}, {{1, 5}, {2, 5}}};
  const Input right = {{0, 2}, {{1, 4}, {1, 6}, {2, 4}}};
  const Expression condition = Expression::Call(
      Function::kLess, {Expression::Var(OperatorHarness::Var(1)), Expression::Var(OperatorHarness::Var(2))});
  const PlanPtr join = optimizer::MakeHashJoin(JoinKind::kLeft, TableOf(left), TableOf(right), condition, {});
  EXPECT_EQ(Sorted(OperatorHarness().Run(join)), (std::vector<Numbers>{{1, 5, 6}, {2, 5, 0}}));
}

TEST(MergeJoin, AgreesWithNestedLoopsOnOneKeyAndOnSeveral) {
  std::mt19937_64 random(2);
  for (const size_t keys : {1, 2}) {
    // The second shared column is a key or has to be compared besides.
    const Input left = RandomInput({0, 1, 2}, 2500, 40, 0, &random);
    const Input right = RandomInput({0, 1, 3}, 300, 40, 0, &random);
    std::vector<algebra::Variable> key_variables;
    for (uint32_t i = 0; i < keys; ++i) key_variables.push_back(OperatorHarness::Var(i));
    const PlanPtr join =
        optimizer::MakeMergeJoin(SortedTableOf(left, keys), SortedTableOf(right, keys), key_variables, {});
    const std::vector<Numbers> rows = OperatorHarness().Run(join);
    EXPECT_TRUE(
        std::is_sorted(rows.begin(), rows.end(), [](const Numbers& a, const Numbers& b) { return a[0] < b[0]; }));
    EXPECT_EQ(Sorted(rows), NestedLoops(JoinKind::kInner, left, right, join->columns));
  }
}

TEST(MergeJoin, JoinsGroupsThatReachOverManyBatches) {
  Input left{{0, 1}, {}};
  Input right{{0, 2}, {}};
  for (uint64_t i = 1; i <= 30; ++i) left.rows.push_back({7, i});
  for (uint64_t i = 1; i <= 3000; ++i) right.rows.push_back({i <= 2990 ? 7U : 8U, i});
  const PlanPtr join =
      optimizer::MakeMergeJoin(SortedTableOf(left, 1), SortedTableOf(right, 1), {OperatorHarness::Var(0)}, {});
  EXPECT_EQ(OperatorHarness().Run(join).size(), 30U * 2990U);
}

TEST(BindJoin, AgreesWithNestedLoopsForEveryKindOfJoin) {
  std::mt19937_64 random(3);
  const Input left = RandomInput({0, 1, 2}, 2500, 60, 0, &random);
  const Input right = RandomInput({1, 3}, 60, 60, 0, &random);
  for (const JoinKind kind : kAllKinds) {
    SCOPED_TRACE(static_cast<int>(kind));
    const std::vector<algebra::Variable> bindings = {OperatorHarness::Var(1)};
    PlanPtr restricted = optimizer::MakeHashJoin(JoinKind::kInner, optimizer::MakeBindings(bindings, 100),
                                                 TableOf(right), std::nullopt, {});
    const PlanPtr join =
        optimizer::MakeBindJoin(kind, TableOf(left), std::move(restricted), std::nullopt, bindings, {});
    EXPECT_EQ(Sorted(OperatorHarness().Run(join)), NestedLoops(kind, left, right, join->columns));
  }
}

TEST(BindJoin, GathersRowsThatComeOneByOneForFewRunsOfTheRightSide) {
  std::vector<PlanPtr> singles;
  for (uint64_t i = 1; i <= 60; ++i) singles.push_back(TableOf({{0}, {{i}}}));
  const std::vector<algebra::Variable> shared = {OperatorHarness::Var(0)};
  const PlanPtr bindings = optimizer::MakeBindings(shared, 1);
  PlanPtr restricted = optimizer::MakeHashJoin(JoinKind::kInner, bindings,
                                               TableOf({{0, 1}, {{1, 7}, {30, 8}, {60, 9}}}), std::nullopt, {});
  const PlanPtr join = optimizer::MakeBindJoin(JoinKind::kInner, optimizer::MakeUnion(std::move(singles)),
                                               std::move(restricted), std::nullopt, shared, {});
  EXPECT_EQ(Sorted(OperatorHarness().Run(join)), (std::vector<Numbers>{{1, 7}, {30, 8}, {60, 9}}));
  EXPECT_EQ(bindings->actuals.batches, 4) << "1, 4, 16 and 39 rows";
}

}  // namespace
}  // namespace dossier

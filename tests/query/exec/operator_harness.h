// Runs single operators over tables of small numbers, so that tests can compare them with loops.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "query/exec/operator.h"
#include "query/optimizer/plan_factory.h"
#include "query/planner/operator_factory.h"
#include "storage/memory/reference_store.h"

namespace dossier {

// A cell: 0 is unbound, other numbers stand for terms.
using Numbers = std::vector<uint64_t>;

class OperatorHarness {
 public:
  OperatorHarness() : terms_(NewReferenceStore()->GetSnapshot()) {
    context_.snapshot = &terms_.snapshot();
    context_.terms = &terms_;
    context_.cancellation = &cancellation_;
    context_.memory = &memory_;
    context_.exists = [](const algebra::Node*, VariableLookup) { return false; };
  }

  static algebra::Variable Var(uint32_t index) { return algebra::Variable{index}; }

  // A leaf with these rows.
  static plan::PlanPtr Table(const std::vector<uint32_t>& variables, const std::vector<Numbers>& rows) {
    std::vector<algebra::Variable> columns;
    for (const uint32_t index : variables) columns.push_back(Var(index));
    std::vector<std::vector<TermId>> ids;
    for (const Numbers& row : rows) {
      auto& cells = ids.emplace_back();
      for (const uint64_t number : row) cells.push_back(number == 0 ? TermId() : Number(number));
    }
    return optimizer::MakeTable(std::move(columns), std::move(ids));
  }

  // The integer `number`.
  static TermId Number(uint64_t number) {
    return *InlineTermId(Term::Typed(std::to_string(number), "http://www.w3.org/2001/XMLSchema#integer"));
  }

  // All rows of the plan, in the order of its columns; batches have to be well formed.
  std::vector<Numbers> Run(const plan::PlanPtr& plan) {
    absl::StatusOr<exec::OperatorPtr> root = planner::MakeOperators(&context_, plan.get());
    EXPECT_TRUE(root.ok()) << root.status();
    std::vector<Numbers> rows;
    RowBatch batch;
    while (true) {
      const absl::StatusOr<bool> more = (*root)->Next(&batch);
      EXPECT_TRUE(more.ok()) << more.status();
      if (!more.ok() || !*more) break;
      EXPECT_GT(batch.rows, 0U);
      for (const auto& column : batch.columns) EXPECT_EQ(column.size(), batch.rows);
      for (size_t row = 0; row < batch.rows; ++row) {
        Numbers& numbers = rows.emplace_back();
        for (const auto& column : batch.columns) numbers.push_back(NumberOf(column[row]));
      }
    }
    EXPECT_FALSE(*(*root)->Next(&batch)) << "after the end";
    return rows;
  }

  exec::RunContext* context() { return &context_; }

 private:
  static uint64_t NumberOf(TermId id) { return id.is_undefined() ? 0 : std::stoull(InlineTerm(id).value()); }

  TermSpace terms_;
  Cancellation cancellation_;
  MemoryBudget memory_{size_t{1} << 30};
  exec::RunContext context_;
};

}  // namespace dossier

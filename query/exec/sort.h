// ORDER BY: sorts runs of rows and merges them. With a limit only so many of the first rows are kept.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "query/exec/operator.h"
#include "query/exec/row_expression.h"

namespace dossier::exec {

class Sort : public Operator {
 public:
  // `node` holds a plan::Sort; the columns are some of the child's.
  Sort(RunContext* context, plan::PlanNode* node, OperatorPtr child);

 protected:
  absl::StatusOr<bool> Produce(RowBatch* batch) override;

 private:
  // Indexes of rows in order.
  using Run = std::vector<uint32_t>;

  absl::Status ReadSome();
  absl::Status AddRow(const RowBatch& input, size_t row);
  absl::StatusOr<bool> Precedes(uint32_t a, uint32_t b);
  absl::Status SortRun(Run* run);
  // Keeps the first rows only, when there are many more than the limit.
  absl::Status CutToLimit();
  // Merges neighbouring runs, two by two; a little of it in each call.
  absl::Status MergeSome();

  const plan::Sort& plan_;
  const OperatorPtr child_;
  std::vector<RowExpression> keys_;
  std::vector<size_t> kept_columns_;  // Of the child, by output column.
  const uint64_t limit_;

  RowBatch rows_;    // Output columns, then keys.
  Run current_run_;  // Rows not sorted yet.
  std::vector<Run> runs_;
  MemoryReservation memory_;

  Run merged_;
  size_t merge_left_ = 0;
  size_t merge_right_ = 0;

  enum class Phase : uint8_t { kRead, kMerge, kGive };
  Phase phase_ = Phase::kRead;
  size_t next_ = 0;
  RowBatch input_;
};

}  // namespace dossier::exec

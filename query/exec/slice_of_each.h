// Some rows by their place among those with the same values of some columns: LIMIT and OFFSET group by group.
#pragma once

#include <vector>

#include "query/exec/operator.h"
#include "query/exec/row_table.h"

namespace dossier::exec {

class SliceOfEach : public Operator {
 public:
  // `node` holds a plan::SliceOfEach; the columns are the child's.
  SliceOfEach(RunContext* context, plan::PlanNode* node, OperatorPtr child);

 protected:
  absl::StatusOr<bool> Produce(RowBatch* batch) override;

 private:
  // Counts the row, and tells how many with the same keys came before it.
  absl::StatusOr<uint64_t> PlaceOf(size_t row);

  const OperatorPtr child_;
  const plan::SliceOfEach& slice_;
  const std::vector<size_t> key_columns_;  // Of the child.
  const std::vector<size_t> all_keys_;     // 0 to their number.
  RowTable groups_;                        // Their keys.
  std::vector<uint64_t> rows_seen_;        // By group.
  MemoryReservation memory_;
  RowBatch input_;
  RowBatch keys_;  // Of the input.
};

}  // namespace dossier::exec

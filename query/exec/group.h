// Groups rows by the values of some columns and aggregates each group. Sorted input is aggregated one group at a time,
// other input in a hash table.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "query/exec/operator.h"
#include "query/exec/row_expression.h"
#include "query/exec/row_table.h"

namespace dossier::exec {

class Group : public Operator {
 public:
  // `node` holds a plan::Group; its columns are some of the keys and of the aggregates' results.
  Group(RunContext* context, plan::PlanNode* node, OperatorPtr child);

 protected:
  absl::StatusOr<bool> Produce(RowBatch* batch) override;

 private:
  // Where a column of the result comes from.
  struct Output {
    bool is_key = false;
    size_t index = 0;  // Of the key or of the aggregate.
  };

  // Finds or starts the group of row `row`; where groups come in order the one before is emitted.
  absl::StatusOr<uint32_t> GroupOf(size_t row, RowBatch* batch);
  bool HasKeysOfRowBefore(size_t row) const;
  absl::Status StartGroup(size_t row);
  absl::Status Accumulate(uint32_t group, size_t row);
  // Whether row `row` of the input is the first of its kind in the group.
  absl::StatusOr<bool> IsNewInGroup(uint32_t group, size_t row);
  // Whether nothing but the number of all rows is wanted.
  bool CountsAllRowsOnly() const { return plan_.keys.empty() && stateful_.empty(); }
  absl::Status ReadSome(RowBatch* batch);
  absl::Status EmitSome(RowBatch* batch);
  absl::Status EmitGroup(uint32_t group, RowBatch* batch);

  const plan::Group& plan_;
  const OperatorPtr child_;
  const std::vector<size_t> key_columns_;                // Of the child.
  std::vector<std::optional<RowExpression>> arguments_;  // By aggregate; none for counts of rows.
  std::vector<size_t> stateful_;                         // Aggregates that are more than the number of rows.
  std::vector<Output> outputs_;
  bool counts_distinct_rows_ = false;
  std::vector<uint64_t> row_counts_;  // By group: what counts of rows give, without a state for each.

  RowTable groups_;                                      // The keys of each group.
  RowBatch key_;                                         // Of a new group.
  uint32_t group_ = 0;                                   // Of the row before.
  std::vector<std::unique_ptr<AggregateState>> states_;  // Group by group: of the stateful aggregates.
  std::optional<RowTable> distinct_rows_;                // The group's number, then the columns of the child.
  std::vector<size_t> distinct_columns_;
  RowBatch distinct_row_;
  MemoryReservation memory_;
  size_t state_bytes_ = 0;

  RowBatch input_;
  bool read_all_ = false;
  uint32_t next_to_emit_ = 0;
};

}  // namespace dossier::exec

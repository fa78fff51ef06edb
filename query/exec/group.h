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
  using States = std::vector<std::unique_ptr<AggregateState>>;

  absl::Status AddRow(size_t row, RowBatch* batch);
  absl::Status StartGroup(size_t row);
  absl::Status Accumulate(States* states, uint32_t group, size_t row);
  // Whether row `row` of the input is the first of its kind in the group.
  absl::StatusOr<bool> IsNewInGroup(uint32_t group, size_t row);
  // Whether nothing but the number of all rows is wanted.
  bool CountsAllRowsOnly() const;
  absl::Status EmitSome(RowBatch* batch);
  absl::Status EmitGroup(uint32_t group, RowBatch* batch);

  const plan::Group& plan_;
  const OperatorPtr child_;
  const std::vector<size_t> key_columns_;                // Of the child.
  std::vector<std::optional<RowExpression>> arguments_;  // By aggregate; none for counts of rows.
  bool counts_distinct_rows_ = false;
  std::vector<uint64_t> row_counts_;  // By group: what counts of rows give, without a state for each.

  RowTable groups_;  // The keys of each group.
  std::vector<States> states_;
  std::optional<RowTable> distinct_rows_;  // The group's number, then the columns of the child.
  std::vector<size_t> distinct_columns_;
  RowBatch distinct_row_;
  MemoryReservation memory_;
  size_t state_bytes_ = 0;

  RowBatch input_;
  bool read_all_ = false;
  uint32_t next_to_emit_ = 0;
};

}  // namespace dossier::exec

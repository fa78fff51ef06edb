// Leaves whose rows are at hand: the table of a VALUES, and the bindings that an enclosing join hands in.
#pragma once

#include "query/exec/operator.h"
#include "query/exec/row_table.h"

namespace dossier::exec {

class TableScan : public Operator {
 public:
  // `node` holds a plan::Table whose rows have the node's columns.
  TableScan(RunContext* context, plan::PlanNode* node) : Operator(context, node) {}

 protected:
  absl::StatusOr<bool> Produce(RowBatch* batch) override;

 private:
  size_t next_ = 0;
};

// Each row of the bindings once.
class BindingsScan : public Operator {
 public:
  // `node` holds a plan::Bindings. `bindings` has a column for each of `variables` and outlives the operator.
  BindingsScan(RunContext* context, plan::PlanNode* node, const RowBatch* bindings,
               absl::Span<const Variable> variables);

 protected:
  absl::StatusOr<bool> Produce(RowBatch* batch) override;

 private:
  const RowBatch* const bindings_;
  const std::vector<size_t> positions_;  // Of the bindings, by output column.
  RowTable seen_;
  bool done_ = false;
};

}  // namespace dossier::exec

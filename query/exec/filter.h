// Passes on the rows for which a condition is true.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "query/exec/column_test.h"
#include "query/exec/operator.h"
#include "query/exec/row_expression.h"

namespace dossier::exec {

class Filter : public Operator {
 public:
  // `node` holds a plan::Filter.
  Filter(RunContext* context, plan::PlanNode* node, OperatorPtr child);

  absl::Status SkipTo(TermId id) override { return child_->SkipTo(id); }

 protected:
  absl::StatusOr<bool> Produce(RowBatch* batch) override;

 private:
  absl::StatusOr<bool> NextInput();
  void PassOn(RowBatch* batch);  // The selected rows.

  const OperatorPtr child_;
  const RowExpression condition_;
  std::optional<ColumnTest> column_test_;
  const std::vector<size_t> positions_;  // Of the child's columns, by output column.
  RowBatch input_;
  size_t row_ = 0;
  std::vector<bool> verdicts_;
  std::vector<uint32_t> selected_;
};

}  // namespace dossier::exec

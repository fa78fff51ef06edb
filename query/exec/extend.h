// Adds a column with the value of an expression; unbound where the expression is in error.
#pragma once

#include "query/exec/operator.h"
#include "query/exec/row_expression.h"

namespace dossier::exec {

class Extend : public Operator {
 public:
  // `node` holds a plan::Extend; its last column is the new one, those before are the child's.
  Extend(RunContext* context, plan::PlanNode* node, OperatorPtr child);

  absl::Status SkipTo(TermId id) override { return child_->SkipTo(id); }

 protected:
  absl::StatusOr<bool> Produce(RowBatch* batch) override;

 private:
  const OperatorPtr child_;
  const RowExpression expression_;
  const std::vector<size_t> positions_;  // Of the child's columns, by output column but the last.
  RowBatch input_;
  size_t row_ = 0;
};

}  // namespace dossier::exec

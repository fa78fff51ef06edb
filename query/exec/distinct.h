// Each row once, as it comes. Where equal rows come together only the last one is remembered.
#pragma once

#include "query/exec/operator.h"
#include "query/exec/row_table.h"

namespace dossier::exec {

class Distinct : public Operator {
 public:
  // `node` holds a plan::Distinct; the columns are the child's.
  Distinct(RunContext* context, plan::PlanNode* node, OperatorPtr child);

  absl::Status SkipTo(TermId id) override { return child_->SkipTo(id); }

 protected:
  absl::StatusOr<bool> Produce(RowBatch* batch) override;

 private:
  const OperatorPtr child_;
  const bool sorted_;
  const std::vector<size_t> all_columns_;
  RowTable seen_;
  RowBatch input_;
};

}  // namespace dossier::exec

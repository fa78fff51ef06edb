// Leaves out the first rows, and stops after so many.
#pragma once

#include "query/exec/operator.h"

namespace dossier::exec {

class Slice : public Operator {
 public:
  // `node` holds a plan::Slice; the columns are the child's.
  Slice(RunContext* context, plan::PlanNode* node, OperatorPtr child);

 protected:
  absl::StatusOr<bool> Produce(RowBatch* batch) override;

 private:
  const OperatorPtr child_;
  uint64_t to_skip_;
  uint64_t to_give_;
  RowBatch input_;
};

}  // namespace dossier::exec

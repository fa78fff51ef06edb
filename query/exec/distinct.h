// Each row once, as it comes. Where equal rows come together only the last one is remembered.
#pragma once

#include <cstdint>
#include <vector>

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
  // The positions of the rows of `input_` that differ from the row before.
  void FindChanges();
  absl::Status FindNew();

  const OperatorPtr child_;
  const bool sorted_;
  const std::vector<size_t> all_columns_;
  RowTable seen_;             // Not where equal rows come together.
  std::vector<TermId> last_;  // There: the row before; none at first.
  RowBatch input_;
  std::vector<uint32_t> new_rows_;
};

}  // namespace dossier::exec

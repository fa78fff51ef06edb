#include "query/exec/extend.h"

#include <algorithm>
#include <utility>

#include "base/status_macros.h"

namespace dossier::exec {

Extend::Extend(RunContext* context, plan::PlanNode* node, OperatorPtr child)
    : Operator(context, node),
      child_(std::move(child)),
      expression_(std::get<plan::Extend>(node->operation).expression, child_->columns(), context),
      positions_(ColumnPositions(child_->columns(), absl::MakeSpan(node->columns).first(node->columns.size() - 1))) {}

absl::StatusOr<bool> Extend::Produce(RowBatch* batch) {
  if (row_ == input_.rows) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, child_->Next(&input_));
    row_ = 0;
    if (!more) return false;
  }
  const size_t end = std::min(input_.rows, row_ + kRowsPerCall);
  for (; row_ < end; ++row_) {
    DOSSIER_ASSIGN_OR_RETURN(const TermId value, expression_.Value(input_, row_));
    for (size_t i = 0; i < positions_.size(); ++i) batch->columns[i].push_back(input_.columns[positions_[i]][row_]);
    batch->columns.back().push_back(value);
    ++batch->rows;
  }
  return true;
}

}  // namespace dossier::exec

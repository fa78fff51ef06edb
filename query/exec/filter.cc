#include "query/exec/filter.h"

#include <algorithm>
#include <utility>

#include "base/status_macros.h"

namespace dossier::exec {

Filter::Filter(RunContext* context, plan::PlanNode* node, OperatorPtr child)
    : Operator(context, node),
      child_(std::move(child)),
      condition_(std::get<plan::Filter>(node->operation).condition, child_->columns(), context),
      column_test_(ColumnTest::Of(std::get<plan::Filter>(node->operation).condition, child_->columns(), context)),
      positions_(ColumnPositions(child_->columns(), node->columns)) {}

absl::StatusOr<bool> Filter::NextInput() {
  if (row_ < input_.rows) return true;
  row_ = 0;
  return child_->Next(&input_);
}

absl::StatusOr<bool> Filter::Produce(RowBatch* batch) {
  DOSSIER_ASSIGN_OR_RETURN(const bool more, NextInput());
  if (!more) return false;
  selected_.clear();
  const size_t begin = row_;
  if (column_test_.has_value()) {
    DOSSIER_RETURN_IF_ERROR(column_test_->Judge(input_, begin, input_.rows, &verdicts_));
    for (; row_ < input_.rows; ++row_) {
      if (verdicts_[row_ - begin]) selected_.push_back(static_cast<uint32_t>(row_));
    }
  } else {
    row_ = condition_.is_quick() ? input_.rows : std::min(input_.rows, begin + kRowsPerCall);
    DOSSIER_RETURN_IF_ERROR(condition_.Select(input_, begin, row_, &selected_));
  }
  PassOn(batch);
  return true;
}

void Filter::PassOn(RowBatch* batch) {
  batch->rows = selected_.size();
  const bool all = selected_.size() == input_.rows;
  for (size_t i = 0; i < positions_.size(); ++i) {
    std::vector<TermId>& from = input_.columns[positions_[i]];
    std::vector<TermId>& to = batch->columns[i];
    if (all) {
      to.swap(from);
      continue;
    }
    to.reserve(selected_.size());
    for (const uint32_t row : selected_) to.push_back(from[row]);
  }
}

}  // namespace dossier::exec

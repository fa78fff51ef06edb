#include "query/exec/filter.h"

#include <algorithm>
#include <utility>

#include "base/status_macros.h"

namespace dossier::exec {
namespace {

// Rows judged in one call: conditions may be slow (EXISTS, regular expressions).
constexpr size_t kRowsPerCall = 256;

}  // namespace

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
  if (column_test_.has_value()) {
    DOSSIER_RETURN_IF_ERROR(column_test_->Judge(input_, 0, input_.rows, &verdicts_));
    for (; row_ < input_.rows; ++row_) {
      if (verdicts_[row_]) PassOn(batch);
    }
    return true;
  }
  for (const size_t end = std::min(input_.rows, row_ + kRowsPerCall); row_ < end; ++row_) {
    DOSSIER_ASSIGN_OR_RETURN(const bool holds, condition_.Holds(input_, row_));
    if (holds) PassOn(batch);
  }
  return true;
}

void Filter::PassOn(RowBatch* batch) {
  for (size_t i = 0; i < positions_.size(); ++i) batch->columns[i].push_back(input_.columns[positions_[i]][row_]);
  ++batch->rows;
}

}  // namespace dossier::exec

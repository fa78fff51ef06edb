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
      positions_(ColumnPositions(child_->columns(), node->columns)) {}

absl::StatusOr<bool> Filter::Produce(RowBatch* batch) {
  if (row_ == input_.rows) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, child_->Next(&input_));
    row_ = 0;
    if (!more) return false;
  }
  const size_t end = std::min(input_.rows, row_ + kRowsPerCall);
  for (; row_ < end; ++row_) {
    DOSSIER_ASSIGN_OR_RETURN(const bool holds, condition_.Holds(input_, row_));
    if (!holds) continue;
    for (size_t i = 0; i < positions_.size(); ++i) batch->columns[i].push_back(input_.columns[positions_[i]][row_]);
    ++batch->rows;
  }
  return true;
}

}  // namespace dossier::exec

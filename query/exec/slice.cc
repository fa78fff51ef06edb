#include "query/exec/slice.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/status_macros.h"

namespace dossier::exec {

Slice::Slice(RunContext* context, plan::PlanNode* node, OperatorPtr child)
    : Operator(context, node),
      child_(std::move(child)),
      to_skip_(std::get<plan::Slice>(node->operation).offset),
      to_give_(std::get<plan::Slice>(node->operation).limit.value_or(std::numeric_limits<uint64_t>::max())) {}

absl::StatusOr<bool> Slice::Produce(RowBatch* batch) {
  if (to_give_ == 0) return false;
  DOSSIER_ASSIGN_OR_RETURN(const bool more, child_->Next(&input_));
  if (!more) return false;
  const uint64_t skipped = std::min<uint64_t>(to_skip_, input_.rows);
  const uint64_t given = std::min<uint64_t>(to_give_, input_.rows - skipped);
  to_skip_ -= skipped;
  to_give_ -= given;
  for (size_t i = 0; i < batch->columns.size(); ++i) {
    const auto begin = input_.columns[i].begin() + static_cast<ptrdiff_t>(skipped);
    batch->columns[i].assign(begin, begin + static_cast<ptrdiff_t>(given));
  }
  batch->rows = given;
  return true;
}

}  // namespace dossier::exec

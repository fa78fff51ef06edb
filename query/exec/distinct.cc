#include "query/exec/distinct.h"

#include <limits>
#include <utility>

#include "base/status_macros.h"

namespace dossier::exec {

Distinct::Distinct(RunContext* context, plan::PlanNode* node, OperatorPtr child)
    : Operator(context, node),
      child_(std::move(child)),
      sorted_(std::get<plan::Distinct>(node->operation).sorted),
      all_columns_(FirstNumbers(child_->columns().size())),
      seen_(all_columns_.size(), all_columns_, context->memory) {}

void Distinct::FindChanges() {
  if (all_columns_.size() == 1) {
    const TermId* const values = input_.columns[0].data();
    if (last_.empty() || values[0] != last_[0]) new_rows_.push_back(0);
    for (uint32_t row = 1; row < input_.rows; ++row) {
      if (values[row] != values[row - 1]) new_rows_.push_back(row);
    }
  } else {
    for (uint32_t row = 0; row < input_.rows; ++row) {
      bool differs = row == 0 && last_.empty();
      for (size_t i = 0; i < all_columns_.size() && !differs; ++i) {
        differs = input_.columns[i][row] != (row == 0 ? last_[i] : input_.columns[i][row - 1]);
      }
      if (differs) new_rows_.push_back(row);
    }
  }
  last_.clear();
  for (const std::vector<TermId>& column : input_.columns) last_.push_back(column.back());
}

absl::Status Distinct::FindNew() {
  for (uint32_t row = 0; row < input_.rows; ++row) {
    if (seen_.Find(input_, all_columns_, row) != RowTable::kNoRow) continue;
    DOSSIER_RETURN_IF_ERROR(seen_.Add(input_, row));
    new_rows_.push_back(row);
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> Distinct::Produce(RowBatch* batch) {
  DOSSIER_ASSIGN_OR_RETURN(const bool more, child_->Next(&input_));
  if (!more) return false;
  new_rows_.clear();
  if (sorted_ && !all_columns_.empty()) {
    FindChanges();
  } else {
    DOSSIER_RETURN_IF_ERROR(FindNew());
  }
  for (size_t i = 0; i < all_columns_.size(); ++i) {
    batch->columns[i].reserve(new_rows_.size());
    for (const uint32_t row : new_rows_) batch->columns[i].push_back(input_.columns[i][row]);
  }
  batch->rows += new_rows_.size();
  if (sorted_ && all_columns_.size() == 1) {
    // On to the next value: a column of few values is read at their begins only.
    const uint64_t last = input_.columns[0][input_.rows - 1].bits();
    if (last != std::numeric_limits<uint64_t>::max()) {
      DOSSIER_RETURN_IF_ERROR(child_->SkipTo(TermId::FromBits(last + 1)));
    }
  }
  return true;
}

}  // namespace dossier::exec

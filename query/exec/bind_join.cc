#include "query/exec/bind_join.h"

#include <algorithm>
#include <utility>

#include "base/status_macros.h"
#include "query/exec/hash_join.h"

namespace dossier::exec {
namespace {

using plan::JoinKind;

}  // namespace

BindJoin::BindJoin(RunContext* context, plan::PlanNode* node, OperatorPtr left, RestrictedFactory right)
    : Operator(context, node),
      plan_(std::get<plan::BindJoin>(node->operation)),
      left_(std::move(left)),
      make_right_(std::move(right)),
      shape_(JoinShape::Of(*node->children[0], *node->children[1], node->columns)),
      binding_columns_(ColumnPositions(left_->columns(), plan_.bindings)),
      left_rows_(left_->columns().size(), shape_.left_keys, context->memory) {
  if (!plan_.condition.has_value()) return;
  const std::vector<Variable>& right_columns = node->children[1]->columns;
  condition_columns_ = JoinedColumns(left_->columns(), right_columns);
  condition_shape_ = JoinShape::Of(*node->children[0], *node->children[1], condition_columns_);
  condition_.emplace(*plan_.condition, condition_columns_, context);
}

absl::StatusOr<bool> BindJoin::NextLeft() {
  DOSSIER_ASSIGN_OR_RETURN(const bool more, left_->Next(&left_batch_));
  if (!more) return false;
  DOSSIER_RETURN_IF_ERROR(GatherLeft());
  left_rows_.Clear();
  for (size_t row = 0; row < left_batch_.rows; ++row) DOSSIER_RETURN_IF_ERROR(left_rows_.Add(left_batch_, row));
  matched_.assign(left_batch_.rows, false);
  ResetBatch(binding_columns_.size(), &bindings_);
  for (size_t i = 0; i < binding_columns_.size(); ++i) bindings_.columns[i] = left_batch_.columns[binding_columns_[i]];
  bindings_.rows = left_batch_.rows;
  DOSSIER_ASSIGN_OR_RETURN(right_, make_right_(&bindings_));
  right_batch_.Clear();
  right_row_ = 0;
  row_open_ = false;
  leftover_ = 0;
  return true;
}

// A run costs about as much for one row as for many, and a selective left side has few rows in each batch. The first
// rows do not wait for others, as they may be all that is wanted.
absl::Status BindJoin::GatherLeft() {
  while (left_batch_.rows < rows_to_gather_) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, left_->Next(&more_left_));
    if (!more) break;
    for (size_t i = 0; i < left_batch_.columns.size(); ++i) {
      const std::vector<TermId>& values = more_left_.columns[i];
      left_batch_.columns[i].insert(left_batch_.columns[i].end(), values.begin(), values.end());
    }
    left_batch_.rows += more_left_.rows;
  }
  rows_to_gather_ = std::min<size_t>(4 * rows_to_gather_, kBatchRows);
  return absl::OkStatus();
}

absl::StatusOr<bool> BindJoin::IsPartner(uint32_t candidate) {
  if (!shape_.Compatible(left_batch_, candidate, right_batch_, right_row_)) return false;
  if (plan_.kind == JoinKind::kMinus && !shape_.ShareBoundVariable(left_batch_, candidate, right_batch_, right_row_)) {
    return false;
  }
  if (!condition_.has_value()) return true;
  ResetBatch(condition_columns_.size(), &condition_row_);
  condition_shape_.Emit(left_batch_, candidate, right_batch_, right_row_, &condition_row_);
  return condition_->Holds(condition_row_, 0);
}

absl::Status BindJoin::JoinSome(RowBatch* batch) {
  const bool emits = plan_.kind == JoinKind::kInner || plan_.kind == JoinKind::kLeft;
  for (int step = 0; step < kStepsPerCall && batch->rows < kBatchRows; ++step) {
    if (!row_open_) {
      if (right_row_ == right_batch_.rows) {
        DOSSIER_ASSIGN_OR_RETURN(const bool more, right_->Next(&right_batch_));
        right_row_ = 0;
        if (!more) {
          phase_ = Phase::kLeftovers;
          return absl::OkStatus();
        }
      }
      candidate_ = left_rows_.Find(right_batch_, shape_.right_keys, right_row_);
      row_open_ = true;
    }
    if (candidate_ == RowTable::kNoRow) {
      ++right_row_;
      row_open_ = false;
      continue;
    }
    if (emits || !matched_[candidate_]) {
      DOSSIER_ASSIGN_OR_RETURN(const bool partner, IsPartner(candidate_));
      if (partner) {
        matched_[candidate_] = true;
        if (emits) shape_.Emit(left_batch_, candidate_, right_batch_, right_row_, batch);
      }
    }
    candidate_ = left_rows_.Next(candidate_, right_batch_, shape_.right_keys, right_row_);
  }
  return absl::OkStatus();
}

void BindJoin::EmitLeftovers(RowBatch* batch) {
  phase_ = Phase::kNextLeft;
  if (plan_.kind == JoinKind::kInner) return;
  const bool wanted = plan_.kind == JoinKind::kSemi;
  for (size_t row = 0; row < left_batch_.rows; ++row) {
    if (matched_[row] == wanted) shape_.EmitLeft(left_batch_, row, batch);
  }
}

absl::StatusOr<bool> BindJoin::Produce(RowBatch* batch) {
  switch (phase_) {
    case Phase::kNextLeft: {
      DOSSIER_ASSIGN_OR_RETURN(const bool more, NextLeft());
      phase_ = Phase::kRight;
      return more;
    }
    case Phase::kRight: DOSSIER_RETURN_IF_ERROR(JoinSome(batch)); return true;
    case Phase::kLeftovers: EmitLeftovers(batch); return true;
  }
  return false;
}

}  // namespace dossier::exec

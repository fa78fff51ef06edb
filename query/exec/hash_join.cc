#include "query/exec/hash_join.h"

#include <numeric>
#include <utility>

#include "base/status_macros.h"

namespace dossier::exec {
namespace {

using plan::JoinKind;

}  // namespace

std::vector<Variable> JoinedColumns(absl::Span<const Variable> left, absl::Span<const Variable> right) {
  std::vector<Variable> columns(left.begin(), left.end());
  for (const Variable variable : right) {
    if (!FindColumn(left, variable).has_value()) columns.push_back(variable);
  }
  return columns;
}

HashJoin::HashJoin(RunContext* context, plan::PlanNode* node, OperatorPtr left, OperatorPtr right)
    : HashJoin(context, node, std::move(left), std::shared_ptr<const HashBuild>()) {
  build_ = std::make_unique<HashBuild>(std::move(right), shape_.right_keys, context->memory);
}

HashJoin::HashJoin(RunContext* context, plan::PlanNode* node, OperatorPtr left, std::shared_ptr<const HashBuild> right)
    : Operator(context, node),
      plan_(std::get<plan::HashJoin>(node->operation)),
      left_(std::move(left)),
      shape_(JoinShape::Of(*node->children[0], *node->children[1], node->columns)),
      right_(std::move(right)) {
  if (!plan_.condition.has_value()) return;
  condition_columns_ = JoinedColumns(left_->columns(), node->children[1]->columns);
  condition_shape_ = JoinShape::Of(*node->children[0], *node->children[1], condition_columns_);
  condition_.emplace(*plan_.condition, condition_columns_, context);
}

absl::StatusOr<bool> HashJoin::IsPartner(size_t left_row, uint32_t candidate) {
  const RowBatch& right = right_->table().rows();
  if (!shape_.Compatible(left_batch_, left_row, right, candidate)) return false;
  if (plan_.kind == JoinKind::kMinus && !shape_.ShareBoundVariable(left_batch_, left_row, right, candidate)) {
    return false;
  }
  if (!condition_.has_value()) return true;
  ResetBatch(condition_columns_.size(), &condition_row_);
  condition_shape_.Emit(left_batch_, left_row, right, candidate, &condition_row_);
  return condition_->Holds(condition_row_, 0);
}

void HashJoin::EndRow(RowBatch* batch) {
  const bool alone = plan_.kind == JoinKind::kLeft || plan_.kind == JoinKind::kAnti || plan_.kind == JoinKind::kMinus;
  if (row_matched_ ? plan_.kind == JoinKind::kSemi : alone) shape_.EmitLeft(left_batch_, left_row_, batch);
  ++next_probe_;
  row_open_ = false;
}

absl::StatusOr<bool> HashJoin::NextLeft() {
  next_probe_ = 0;
  probes_.clear();
  DOSSIER_ASSIGN_OR_RETURN(const bool more, left_->Next(&left_batch_));
  if (!more) return false;
  if (plan_.kind == JoinKind::kInner || plan_.kind == JoinKind::kSemi) {
    right_->table().SelectMarked(left_batch_, shape_.left_keys, &probes_);
  } else {
    probes_.resize(left_batch_.rows);
    std::iota(probes_.begin(), probes_.end(), 0);
  }
  return true;
}

absl::StatusOr<bool> HashJoin::Produce(RowBatch* batch) {
  if (build_ != nullptr) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, build_->Step());
    if (!more) right_ = std::move(build_);
    return true;
  }
  const RowTable& table = right_->table();
  const bool one_partner_is_enough = plan_.kind != JoinKind::kInner && plan_.kind != JoinKind::kLeft;
  for (int step = 0; step < kStepsPerCall && batch->rows < kBatchRows; ++step) {
    if (!row_open_) {
      if (next_probe_ == probes_.size()) {
        const bool hopeless =
            table.rows().rows == 0 && (plan_.kind == JoinKind::kInner || plan_.kind == JoinKind::kSemi);
        if (hopeless || batch->rows > 0) return !hopeless;
        DOSSIER_ASSIGN_OR_RETURN(const bool more, NextLeft());
        if (!more) return false;
        step += static_cast<int>(left_batch_.rows - probes_.size());
        continue;
      }
      left_row_ = probes_[next_probe_];
      candidate_ = table.Find(left_batch_, shape_.left_keys, left_row_);
      row_open_ = true;
      row_matched_ = false;
    }
    if (candidate_ == RowTable::kNoRow) {
      EndRow(batch);
      continue;
    }
    DOSSIER_ASSIGN_OR_RETURN(const bool partner, IsPartner(left_row_, candidate_));
    if (partner) {
      row_matched_ = true;
      if (!one_partner_is_enough) shape_.Emit(left_batch_, left_row_, table.rows(), candidate_, batch);
    }
    candidate_ = partner && one_partner_is_enough ? RowTable::kNoRow
                                                  : table.Next(candidate_, left_batch_, shape_.left_keys, left_row_);
  }
  return true;
}

}  // namespace dossier::exec

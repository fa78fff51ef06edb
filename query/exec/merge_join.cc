#include "query/exec/merge_join.h"

#include <algorithm>
#include <utility>

#include "base/status_macros.h"

namespace dossier::exec {

MergeJoin::MergeJoin(RunContext* context, plan::PlanNode* node, OperatorPtr left, OperatorPtr right)
    : Operator(context, node),
      shape_(JoinShape::Of(*node->children[0], *node->children[1], node->columns)),
      group_(right->columns().size(), {}, context->memory) {
  const std::vector<Variable>& keys = std::get<plan::MergeJoin>(node->operation).keys;
  left_.keys = ColumnPositions(left->columns(), keys);
  right_.keys = ColumnPositions(right->columns(), keys);
  for (size_t i = 0; i < shape_.left_keys.size(); ++i) {
    if (std::find(left_.keys.begin(), left_.keys.end(), shape_.left_keys[i]) == left_.keys.end()) {
      residual_keys_.emplace_back(shape_.left_keys[i], shape_.right_keys[i]);
    }
  }
  left_.input = std::move(left);
  right_.input = std::move(right);
}

absl::Status MergeJoin::SkipTo(TermId id) {
  DOSSIER_RETURN_IF_ERROR(left_.input->SkipTo(id));
  return right_.input->SkipTo(id);
}

absl::Status MergeJoin::Fill(Side* side) {
  if (side->ended || side->row < side->batch.rows) return absl::OkStatus();
  DOSSIER_ASSIGN_OR_RETURN(const bool more, side->input->Next(&side->batch));
  side->row = 0;
  side->ended = !more;
  return absl::OkStatus();
}

absl::Status MergeJoin::Advance(Side* side, TermId id) {
  const std::vector<TermId>& column = side->batch.columns[side->keys[0]];
  if (column.back() < id) {
    side->row = side->batch.rows;
    return side->input->SkipTo(id);
  }
  // Galloping: the row is mostly near.
  size_t step = 1;
  while (side->row + step < column.size() && column[side->row + step] < id) step *= 2;
  const auto begin = column.begin() + static_cast<ptrdiff_t>(side->row + step / 2);
  const auto end = column.begin() + static_cast<ptrdiff_t>(std::min(side->row + step + 1, column.size()));
  side->row = static_cast<size_t>(std::lower_bound(begin, end, id) - column.begin());
  return absl::OkStatus();
}

int MergeJoin::CompareSides() const {
  for (size_t i = 0; i < left_.keys.size(); ++i) {
    const TermId a = left_.batch.columns[left_.keys[i]][left_.row];
    const TermId b = right_.batch.columns[right_.keys[i]][right_.row];
    if (a != b) return a < b ? -1 : 1;
  }
  return 0;
}

bool MergeJoin::RightRowHasGroupKey() const {
  for (size_t i = 0; i < right_.keys.size(); ++i) {
    if (group_.rows().columns[right_.keys[i]][0] != right_.batch.columns[right_.keys[i]][right_.row]) return false;
  }
  return true;
}

absl::Status MergeJoin::CollectGroup() {
  while (right_.row < right_.batch.rows) {
    if (group_.rows().rows > 0 && !RightRowHasGroupKey()) break;
    DOSSIER_RETURN_IF_ERROR(group_.Add(right_.batch, right_.row));
    ++right_.row;
  }
  if (right_.row == right_.batch.rows && !right_.ended) return Fill(&right_);
  collecting_ = false;
  emitting_ = true;
  group_row_ = 0;
  return absl::OkStatus();
}

void MergeJoin::EmitSome(RowBatch* batch) {
  const RowBatch& group = group_.rows();
  for (int step = 0; step < kStepsPerCall && batch->rows < kBatchRows; ++step) {
    if (left_.row == left_.batch.rows) return;
    if (group_row_ == 0) {
      for (size_t i = 0; i < left_.keys.size(); ++i) {
        if (left_.batch.columns[left_.keys[i]][left_.row] != group.columns[right_.keys[i]][0]) {
          emitting_ = false;
          return;
        }
      }
    }
    bool fits = shape_.Compatible(left_.batch, left_.row, group, group_row_);
    for (const auto& [left, right] : residual_keys_) {
      fits = fits && left_.batch.columns[left][left_.row] == group.columns[right][group_row_];
    }
    if (fits) shape_.Emit(left_.batch, left_.row, group, group_row_, batch);
    if (++group_row_ == group.rows) {
      group_row_ = 0;
      ++left_.row;
    }
  }
}

absl::StatusOr<bool> MergeJoin::Produce(RowBatch* batch) {
  for (int step = 0; step < kStepsPerCall && batch->rows < kBatchRows / 2; ++step) {
    if (collecting_) {
      DOSSIER_RETURN_IF_ERROR(CollectGroup());
      continue;
    }
    DOSSIER_RETURN_IF_ERROR(Fill(&left_));
    if (left_.ended) return batch->rows > 0;
    if (emitting_) {
      EmitSome(batch);
      continue;
    }
    DOSSIER_RETURN_IF_ERROR(Fill(&right_));
    if (right_.ended) return batch->rows > 0;
    const int order = CompareSides();
    if (order == 0) {
      group_.Clear();
      collecting_ = true;
      continue;
    }
    const TermId a = left_.batch.columns[left_.keys[0]][left_.row];
    const TermId b = right_.batch.columns[right_.keys[0]][right_.row];
    Side* behind = order < 0 ? &left_ : &right_;
    if (a == b) {
      ++behind->row;
    } else {
      DOSSIER_RETURN_IF_ERROR(Advance(behind, std::max(a, b)));
    }
  }
  return true;
}

}  // namespace dossier::exec

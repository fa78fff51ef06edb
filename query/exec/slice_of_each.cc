#include "query/exec/slice_of_each.h"

#include <utility>

#include "base/status_macros.h"

namespace dossier::exec {
namespace {

// A key that the child never binds is the same in all rows.
std::vector<size_t> KeyColumns(const Operator& child, const std::vector<Variable>& keys) {
  std::vector<size_t> columns;
  for (const Variable key : keys) {
    if (const auto column = FindColumn(child.columns(), key); column.has_value()) columns.push_back(*column);
  }
  return columns;
}

}  // namespace

SliceOfEach::SliceOfEach(RunContext* context, plan::PlanNode* node, OperatorPtr child)
    : Operator(context, node),
      child_(std::move(child)),
      slice_(std::get<plan::SliceOfEach>(node->operation)),
      key_columns_(KeyColumns(*child_, slice_.keys)),
      all_keys_(FirstNumbers(key_columns_.size())),
      groups_(key_columns_.size(), all_keys_, context->memory),
      memory_(context->memory) {
  keys_.columns.resize(key_columns_.size());
}

absl::StatusOr<uint64_t> SliceOfEach::PlaceOf(size_t row) {
  uint32_t group = groups_.Find(keys_, all_keys_, row);
  if (group == RowTable::kNoRow) {
    group = static_cast<uint32_t>(rows_seen_.size());
    DOSSIER_RETURN_IF_ERROR(groups_.Add(keys_, row));
    rows_seen_.push_back(0);
    DOSSIER_RETURN_IF_ERROR(memory_.Resize(rows_seen_.capacity() * sizeof(uint64_t)));
  }
  return rows_seen_[group]++;
}

absl::StatusOr<bool> SliceOfEach::Produce(RowBatch* batch) {
  DOSSIER_ASSIGN_OR_RETURN(const bool more, child_->Next(&input_));
  if (!more) return false;
  keys_.rows = input_.rows;
  for (size_t i = 0; i < key_columns_.size(); ++i) keys_.columns[i] = input_.columns[key_columns_[i]];
  for (size_t row = 0; row < input_.rows; ++row) {
    DOSSIER_ASSIGN_OR_RETURN(const uint64_t place, PlaceOf(row));
    if (place < slice_.offset || (slice_.limit.has_value() && place - slice_.offset >= *slice_.limit)) continue;
    for (size_t i = 0; i < batch->columns.size(); ++i) batch->columns[i].push_back(input_.columns[i][row]);
    ++batch->rows;
  }
  return true;
}

}  // namespace dossier::exec

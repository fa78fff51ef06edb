#include "query/exec/join_shape.h"

namespace dossier::exec {

JoinShape JoinShape::Of(const plan::PlanNode& left, const plan::PlanNode& right, absl::Span<const Variable> output) {
  JoinShape shape;
  for (size_t i = 0; i < left.columns.size(); ++i) {
    const Variable variable = left.columns[i];
    const auto j = FindColumn(right.columns, variable);
    if (!j.has_value()) continue;
    const bool certain = left.certain.contains(variable) && right.certain.contains(variable);
    (certain ? shape.left_keys : shape.left_loose).push_back(i);
    (certain ? shape.right_keys : shape.right_loose).push_back(*j);
  }
  for (const Variable variable : output) {
    Output column;
    if (const auto i = FindColumn(left.columns, variable); i.has_value()) column.left = static_cast<int>(*i);
    if (const auto j = FindColumn(right.columns, variable); j.has_value()) column.right = static_cast<int>(*j);
    shape.outputs.push_back(column);
  }
  return shape;
}

bool JoinShape::Compatible(const RowBatch& left, size_t left_row, const RowBatch& right, size_t right_row) const {
  for (size_t i = 0; i < left_loose.size(); ++i) {
    const TermId a = left.columns[left_loose[i]][left_row];
    const TermId b = right.columns[right_loose[i]][right_row];
    if (a != b && !a.is_undefined() && !b.is_undefined()) return false;
  }
  return true;
}

bool JoinShape::ShareBoundVariable(const RowBatch& left, size_t left_row, const RowBatch& right,
                                   size_t right_row) const {
  if (!left_keys.empty()) return true;
  for (size_t i = 0; i < left_loose.size(); ++i) {
    if (!left.columns[left_loose[i]][left_row].is_undefined() &&
        !right.columns[right_loose[i]][right_row].is_undefined()) {
      return true;
    }
  }
  return false;
}

void JoinShape::Emit(const RowBatch& left, size_t left_row, const RowBatch& right, size_t right_row,
                     RowBatch* batch) const {
  for (size_t i = 0; i < outputs.size(); ++i) {
    TermId id;
    if (outputs[i].left >= 0) id = left.columns[static_cast<size_t>(outputs[i].left)][left_row];
    if (id.is_undefined() && outputs[i].right >= 0) {
      id = right.columns[static_cast<size_t>(outputs[i].right)][right_row];
    }
    batch->columns[i].push_back(id);
  }
  ++batch->rows;
}

void JoinShape::EmitLeft(const RowBatch& left, size_t left_row, RowBatch* batch) const {
  for (size_t i = 0; i < outputs.size(); ++i) {
    batch->columns[i].push_back(outputs[i].left >= 0 ? left.columns[static_cast<size_t>(outputs[i].left)][left_row]
                                                     : TermId());
  }
  ++batch->rows;
}

}  // namespace dossier::exec

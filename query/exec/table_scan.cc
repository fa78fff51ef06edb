#include "query/exec/table_scan.h"

#include "base/status_macros.h"

namespace dossier::exec {

absl::StatusOr<bool> TableScan::Produce(RowBatch* batch) {
  const auto& [rows, parameters] = std::get<plan::Table>(node().operation);
  if (parameters) {
    if (next_++ > 0) return false;
    for (size_t i = 0; i < batch->columns.size(); ++i) {
      batch->columns[i].push_back(context().parameters->at(node().columns[i]));
    }
    batch->rows = 1;
    return true;
  }
  for (; next_ < rows.size() && batch->rows < kBatchRows; ++next_) {
    for (size_t i = 0; i < batch->columns.size(); ++i) batch->columns[i].push_back(rows[next_][i]);
    ++batch->rows;
  }
  return batch->rows > 0;
}

BindingsScan::BindingsScan(RunContext* context, plan::PlanNode* node, const RowBatch* bindings,
                           absl::Span<const Variable> variables)
    : Operator(context, node),
      bindings_(bindings),
      positions_(ColumnPositions(variables, node->columns)),
      seen_(node->columns.size(), FirstNumbers(node->columns.size()), context->memory) {}

absl::StatusOr<bool> BindingsScan::Produce(RowBatch* batch) {
  if (done_) return false;
  done_ = true;
  RowBatch row;
  row.columns.resize(positions_.size());
  const std::vector<size_t> keys = FirstNumbers(positions_.size());
  for (size_t i = 0; i < bindings_->rows; ++i) {
    for (size_t j = 0; j < positions_.size(); ++j) row.columns[j] = {bindings_->columns[positions_[j]][i]};
    if (seen_.Find(row, keys, 0) == RowTable::kNoRow) DOSSIER_RETURN_IF_ERROR(seen_.Add(row, 0));
  }
  *batch = seen_.rows();
  return batch->rows > 0;
}

}  // namespace dossier::exec

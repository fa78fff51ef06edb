#include "query/exec/operator.h"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "absl/time/clock.h"
#include "base/status_macros.h"

namespace dossier::exec {

absl::StatusOr<bool> Operator::Next(RowBatch* batch) {
  ResetBatch(columns().size(), batch);
  const absl::Time begin = absl::Now();
  plan::Actuals& actuals = node_->actuals;
  while (!finished_ && batch->rows == 0) {
    DOSSIER_RETURN_IF_ERROR(context_->cancellation->Check());
    DOSSIER_ASSIGN_OR_RETURN(const bool more, Produce(batch));
    finished_ = !more;
  }
  actuals.time += absl::Now() - begin;
  actuals.rows += batch->rows;
  actuals.batches += batch->rows > 0 ? 1 : 0;
  return batch->rows > 0;
}

std::optional<size_t> FindColumn(absl::Span<const Variable> columns, Variable variable) {
  const auto found = std::find(columns.begin(), columns.end(), variable);
  if (found == columns.end()) return std::nullopt;
  return static_cast<size_t>(found - columns.begin());
}

std::vector<size_t> ColumnPositions(absl::Span<const Variable> columns, absl::Span<const Variable> wanted) {
  std::vector<size_t> positions;
  for (const Variable variable : wanted) {
    const std::optional<size_t> position = FindColumn(columns, variable);
    assert(position.has_value());
    positions.push_back(*position);
  }
  return positions;
}

std::vector<size_t> FirstNumbers(size_t count) {
  std::vector<size_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

void ResetBatch(size_t columns, RowBatch* batch) {
  batch->columns.resize(columns);
  batch->Clear();
}

}  // namespace dossier::exec

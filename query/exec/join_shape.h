// How the columns of two joined inputs go together: which have to be equal, which only have to be compatible because
// they may be unbound, and where the columns of the result come from.
#pragma once

#include <vector>

#include "absl/types/span.h"
#include "query/exec/operator.h"
#include "query/exec/row_batch.h"
#include "query/plan/plan_node.h"

namespace dossier::exec {

// Candidates looked at in one call, so that a join whose candidates do not fit can be cancelled.
inline constexpr int kStepsPerCall = 16 * kBatchRows;

struct JoinShape {
  struct Output {
    int left = -1;  // -1: the input does not have the column.
    int right = -1;
  };

  std::vector<size_t> left_keys;  // Bound in every row of both inputs: equal or no match.
  std::vector<size_t> right_keys;
  std::vector<size_t> left_loose;  // In both inputs, perhaps unbound: compatible when one is unbound or both are equal.
  std::vector<size_t> right_loose;
  std::vector<Output> outputs;

  // The shape of a join of `left` and `right` with the columns `output`; columns that neither has are left unbound.
  static JoinShape Of(const plan::PlanNode& left, const plan::PlanNode& right, absl::Span<const Variable> output);

  // Whether the two rows agree on the loose columns.
  bool Compatible(const RowBatch& left, size_t left_row, const RowBatch& right, size_t right_row) const;

  // Whether the two rows share a bound variable (asked by MINUS).
  bool ShareBoundVariable(const RowBatch& left, size_t left_row, const RowBatch& right, size_t right_row) const;

  // Appends the joined row.
  void Emit(const RowBatch& left, size_t left_row, const RowBatch& right, size_t right_row, RowBatch* batch) const;
  // Appends the left row alone.
  void EmitLeft(const RowBatch& left, size_t left_row, RowBatch* batch) const;
};

}  // namespace dossier::exec

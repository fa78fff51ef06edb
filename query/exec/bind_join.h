// Bind join: for some rows of the left input at a time, runs the right side anew, restricted to the values that they
// have. So an OPTIONAL, MINUS or EXISTS on a few rows costs like those rows, however large the right side is.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "query/exec/join_shape.h"
#include "query/exec/operator.h"
#include "query/exec/row_expression.h"
#include "query/exec/row_table.h"

namespace dossier::exec {

// Makes the operators of the right side over a table of bindings, which outlives them.
using RestrictedFactory = std::function<absl::StatusOr<OperatorPtr>(const RowBatch* bindings)>;

class BindJoin : public Operator {
 public:
  // `node` holds a plan::BindJoin; its second child is what `right` makes.
  BindJoin(RunContext* context, plan::PlanNode* node, OperatorPtr left, RestrictedFactory right);

 protected:
  absl::StatusOr<bool> Produce(RowBatch* batch) override;

 private:
  enum class Phase : uint8_t { kNextLeft, kRight, kLeftovers };

  absl::StatusOr<bool> NextLeft();
  absl::Status GatherLeft();
  // Compares the right row at hand with its candidates on the left.
  absl::Status JoinSome(RowBatch* batch);
  absl::StatusOr<bool> IsPartner(uint32_t candidate);
  void EmitLeftovers(RowBatch* batch);

  const plan::BindJoin& plan_;
  const OperatorPtr left_;
  const RestrictedFactory make_right_;
  const JoinShape shape_;
  const std::vector<size_t> binding_columns_;  // Of the left.

  std::vector<Variable> condition_columns_;
  JoinShape condition_shape_;
  std::optional<RowExpression> condition_;
  RowBatch condition_row_;

  Phase phase_ = Phase::kNextLeft;
  RowTable left_rows_;
  std::vector<bool> matched_;
  RowBatch left_batch_;
  RowBatch more_left_;
  size_t rows_to_gather_ = 1;  // Before the right side is run.
  RowBatch bindings_;
  OperatorPtr right_;
  RowBatch right_batch_;
  size_t right_row_ = 0;
  bool row_open_ = false;
  uint32_t candidate_ = RowTable::kNoRow;
  size_t leftover_ = 0;
};

}  // namespace dossier::exec

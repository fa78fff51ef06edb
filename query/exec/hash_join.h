// Hash join: keeps all rows of the right input, and looks up the partners of each row of the left. With nothing to join
// on it is the cross product. Keeps the order of the left.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "query/exec/hash_build.h"
#include "query/exec/join_shape.h"
#include "query/exec/operator.h"
#include "query/exec/row_expression.h"
#include "query/exec/row_table.h"

namespace dossier::exec {

class HashJoin : public Operator {
 public:
  // `node` holds a plan::HashJoin.
  HashJoin(RunContext* context, plan::PlanNode* node, OperatorPtr left, OperatorPtr right);
  // With a table that is built already.
  HashJoin(RunContext* context, plan::PlanNode* node, OperatorPtr left, std::shared_ptr<const HashBuild> right);

  absl::Status SkipTo(TermId id) override { return left_->SkipTo(id); }

 protected:
  absl::StatusOr<bool> Produce(RowBatch* batch) override;

 private:
  // Whether the candidate is a partner of the left row, the condition included.
  absl::StatusOr<bool> IsPartner(size_t left_row, uint32_t candidate);
  void EndRow(RowBatch* batch);
  absl::StatusOr<bool> NextLeft();

  const plan::HashJoin& plan_;
  const OperatorPtr left_;
  const JoinShape shape_;
  std::unique_ptr<HashBuild> build_;  // Until it is done; then it is right_.
  std::shared_ptr<const HashBuild> right_;

  std::vector<Variable> condition_columns_;
  JoinShape condition_shape_;
  std::optional<RowExpression> condition_;
  RowBatch condition_row_;

  RowBatch left_batch_;
  std::vector<uint32_t> probes_;  // Rows of left_batch_ that may have a partner, or are wanted without one.
  size_t next_probe_ = 0;
  size_t left_row_ = 0;  // The one of them at hand.
  uint32_t candidate_ = RowTable::kNoRow;
  bool row_open_ = false;  // The candidates of the left row have been begun.
  bool row_matched_ = false;
};

// The columns of `left`, then those of `right` that it does not have: what a join's condition sees.
std::vector<Variable> JoinedColumns(absl::Span<const Variable> left, absl::Span<const Variable> right);

}  // namespace dossier::exec

// Merge join of two inputs that are sorted by the join's variables. The side that is behind skips forward, in the index
// where it comes from one. The result is sorted by the same variables.
#pragma once

#include <vector>

#include "query/exec/join_shape.h"
#include "query/exec/operator.h"
#include "query/exec/row_table.h"

namespace dossier::exec {

class MergeJoin : public Operator {
 public:
  // `node` holds a plan::MergeJoin. The keys are bound in every row of both inputs.
  MergeJoin(RunContext* context, plan::PlanNode* node, OperatorPtr left, OperatorPtr right);

  absl::Status SkipTo(TermId id) override;

 protected:
  absl::StatusOr<bool> Produce(RowBatch* batch) override;

 private:
  // One input with the batch and row at hand.
  struct Side {
    OperatorPtr input;
    std::vector<size_t> keys;
    RowBatch batch;
    size_t row = 0;
    bool ended = false;
  };

  static absl::Status Fill(Side* side);
  // Moves `side` to its first row whose first key is not less than `id`.
  static absl::Status Advance(Side* side, TermId id);
  int CompareSides() const;
  bool RightRowHasGroupKey() const;
  // Collects more of the right rows with the key of the left row at hand.
  absl::Status CollectGroup();
  void EmitSome(RowBatch* batch);

  const JoinShape shape_;
  std::vector<std::pair<size_t, size_t>> residual_keys_;  // Shared, bound columns that are no merge keys.
  Side left_;
  Side right_;
  RowTable group_;  // Right rows with one key.
  bool collecting_ = false;
  bool emitting_ = false;
  size_t group_row_ = 0;
};

}  // namespace dossier::exec

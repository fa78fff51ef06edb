// Index nested loop join: for each row of the child, seeks the rows of a pattern. The rows of a batch are sought in the
// order of the index, each key once, so that neighbours share blocks.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "query/exec/operator.h"
#include "query/exec/scan_reader.h"

namespace dossier::exec {

class IndexJoin : public Operator {
 public:
  // `node` holds a plan::IndexJoin.
  IndexJoin(RunContext* context, plan::PlanNode* node, OperatorPtr child);

 protected:
  absl::StatusOr<bool> Produce(RowBatch* batch) override;

 private:
  // A position of the index below the depth: a constant, or a column of the child.
  struct KeyPart {
    TermId constant;
    int column = -1;
  };
  struct OutputColumn {
    bool from_child = false;
    size_t position = 0;  // Column of the child, or position of the index.
  };

  static std::vector<size_t> WantedPositions(const plan::PlanNode& node);
  absl::StatusOr<bool> NextChildBatch();
  void SortInput();
  int CompareKeys(size_t a, size_t b) const;
  TermId KeyOf(size_t part, size_t row) const;
  // Goes to the next rows of the child with one key, and to the first row of the index that may match.
  absl::Status StartGroup();
  int CompareWithKey(size_t block_row) const;
  // Whether the row at hand belongs to the key; reads on when the block is used up.
  absl::StatusOr<bool> AtMatch();
  void Emit(size_t child_row, RowBatch* batch) const;
  // Emits the rows of the block from the one at hand on that belong to the key, as far as the batch has room.
  void EmitRun(size_t child_row, RowBatch* batch);
  bool ResidualsFit(size_t child_row) const;

  const plan::IndexJoin& plan_;
  const OperatorPtr child_;
  ScanReader reader_;
  std::vector<KeyPart> key_parts_;
  std::vector<std::pair<size_t, size_t>> residuals_;  // Position of the index, column of the child: to be equal.
  std::vector<OutputColumn> outputs_;
  bool emits_runs_ = false;  // Every row of the index that belongs to the key is wanted.

  RowBatch input_;
  std::vector<uint32_t> order_;            // Rows of the input by key.
  std::optional<size_t> only_key_column_;  // Of the child: no other one makes keys differ.
  std::vector<std::pair<TermId, uint32_t>> sorted_keys_;
  size_t group_begin_ = 0;
  size_t group_end_ = 0;
  size_t next_in_group_ = 0;
  bool in_group_ = false;
  std::vector<TermId> key_;
  RowBlock block_;
  size_t block_row_ = 0;
  bool index_ended_ = false;
};

}  // namespace dossier::exec

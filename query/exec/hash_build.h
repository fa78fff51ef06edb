// The table of a hash join: all rows of its right input. Once it is built, any number of joins on any threads may look
// up rows in it.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "query/exec/operator.h"
#include "query/exec/row_table.h"

namespace dossier::exec {

// Not thread-safe while it is built.
class HashBuild {
 public:
  // `keys`: the columns of `right` by which rows are found.
  HashBuild(OperatorPtr right, std::vector<size_t> keys, MemoryBudget* memory)
      : right_(std::move(right)), table_(right_->columns().size(), std::move(keys), memory) {}

  // Takes some rows in; false when there are no more.
  absl::StatusOr<bool> Step();

  const RowTable& table() const { return table_; }

 private:
  const OperatorPtr right_;
  RowTable table_;
  RowBatch batch_;
};

}  // namespace dossier::exec

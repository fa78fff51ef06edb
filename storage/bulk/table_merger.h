// Merges sorted new rows into a table: what a load does to every permutation. Blocks that get new rows are written
// anew, others stay as they are.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "rdf/term_id.h"
#include "storage/block.h"
#include "storage/bulk/load_context.h"
#include "storage/bulk/row_stream.h"
#include "storage/bulk/run_writer.h"
#include "storage/key_layout.h"

namespace dossier::storage {

// Is given every row that the table has after the load, in order: to count statistics.
using RowObserver = absl::FunctionRef<void(const TermId* row)>;

class TableMerger {
 public:
  // `context` outlives the merger. `observer` null: rows of blocks that stay as they are are not even read.
  TableMerger(const LoadContext& context, const Table& table, const RowObserver* observer);

  // `rows`: ascending, each once; those that are in the table stay as they are. Adds the changed blocks to `runs`.
  absl::Status Merge(RowStream* rows, std::vector<std::unique_ptr<SortedRun>>* runs);

 private:
  using Key = std::array<TermId, kMaxColumns>;

  absl::Status MergeIntoBlocks(KeyValueIterator* blocks);
  absl::Status MergeBlock(const Key* end);
  absl::Status AppendRest();
  absl::Status ObserveBlock(absl::string_view bytes);
  absl::Status Emit(const TermId* row);
  // Writes the rows that were collected: all but enough for a further block or, at the end of a group, all.
  absl::Status WriteBlocks(bool all);
  absl::Status WriteBlock(size_t first_row, size_t rows);
  absl::Status DropOldKeyBefore(const std::string* key);
  bool RowIsBelow(const TermId* row, const Key* end) const {
    return end == nullptr || RowLess(row, end->data(), table_.width);
  }

  const LoadContext& context_;
  const Table table_;
  const RowObserver* const observer_;
  RunWriter writer_;
  std::optional<RowPeeker> rows_;
  DecodedBlock block_;
  std::vector<TermId> collected_;  // Row after row.
  std::string old_key_;            // Of the block that is written anew, until it is written or deleted; else empty.
  std::array<std::vector<TermId>, kMaxColumns> columns_;
  std::string bytes_;
};

}  // namespace dossier::storage

// Walks over the blocks of a table without decoding them.
#pragma once

#include <array>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "rdf/term_id.h"
#include "storage/key_layout.h"
#include "storage/key_value_store.h"

namespace dossier::storage {

// Not thread-safe. The snapshot must outlive it. Moves return false at the end of the table; DataLoss when a key is
// not one of the table.
class TableReader {
 public:
  TableReader(const KeyValueSnapshot* snapshot, const Table& table);

  // To the block that contains the first row not less than `row` (may be shorter than a whole row), or would contain
  // it: the last block whose first row is not greater, else the first block of the table. When all rows of that block
  // are less, the row sought is the first one of the next block.
  absl::StatusOr<bool> SeekTo(absl::Span<const TermId> row);
  absl::StatusOr<bool> Next();  // REQUIRES: valid().
  absl::StatusOr<bool> Prev();  // REQUIRES: valid().

  bool valid() const { return valid_; }
  const Table& table() const { return table_; }
  // Of the block at hand. REQUIRES: valid().
  absl::Span<const TermId> first_row() const { return {first_row_.data(), table_.width}; }
  absl::string_view key() const { return iterator_->key(); }
  absl::string_view block() const { return iterator_->value(); }

 private:
  absl::StatusOr<bool> Arrive();
  bool InTable() const;

  const Table table_;
  const std::unique_ptr<KeyValueIterator> iterator_;
  bool valid_ = false;
  std::array<TermId, kMaxColumns> first_row_;
};

}  // namespace dossier::storage

// Walks over the blocks of a table, and decodes those whose rows are wanted; from the cache where they are there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "rdf/term_id.h"
#include "storage/block.h"
#include "storage/block_cache.h"
#include "storage/key_layout.h"
#include "storage/key_value_store.h"
#include "storage/table_reader.h"

namespace dossier::storage {

// Not thread-safe. The snapshot and the cache, which may be null, must outlive it. Moves return false at the end of the
// table; DataLoss when a key is not one of the table.
class BlockReader {
 public:
  BlockReader(const KeyValueSnapshot* snapshot, const Table& table, const SnapshotBlocks* cache)
      : snapshot_(snapshot), table_(table), cache_(cache) {}

  // As TableReader::SeekTo.
  absl::StatusOr<bool> SeekTo(absl::Span<const TermId> row);
  absl::StatusOr<bool> Next();  // REQUIRES: it stands on a block.
  // SeekTo for a row behind the block at hand, or the block after that one when the row sought comes before it.
  absl::StatusOr<bool> MoveOnTo(absl::Span<const TermId> row);

  const Table& table() const { return table_; }

  // Of the block at hand. REQUIRES: it stands on one.
  absl::Span<const TermId> first_row() const {
    return kept_ != nullptr ? absl::MakeConstSpan(kept_->first.data(), table_.width) : reader_->first_row();
  }
  // Its rows, with at least the columns whose bit is set; they live until the next move. DataLoss when the block is
  // damaged.
  absl::StatusOr<const DecodedBlock*> Rows(uint32_t columns);
  // The same for who seeks `key`: its rows with at least those that begin with the key and the first one behind them,
  // as far as the block has them. `window` is what is there of it: all of it, or the part to which the key belongs.
  // REQUIRES: the columns of the key are among `columns`.
  absl::StatusOr<const DecodedBlock*> RowsAt(absl::Span<const TermId> key, uint32_t columns, RowWindow* window);
  // Whether the first row not less than `row`, which is not before the block at hand, is known to lie behind it.
  bool IsBefore(absl::Span<const TermId> row) const;
  // Whether Rows() costs nothing.
  bool is_decoded() const { return kept_ != nullptr && kept_->is_decoded(); }
  // As it is stored; lives until the next call of anything. REQUIRES: !is_decoded().
  absl::string_view stored() const { return kept_ != nullptr ? absl::string_view(kept_->stored) : reader_->block(); }
  // Of the block and its key.
  size_t stored_bytes() const {
    return kept_ != nullptr ? kept_->stored_bytes : reader_->block().size() + reader_->key().size();
  }

 private:
  TableReader& reader();
  bool StandOn(std::shared_ptr<const CachedBlock> block);
  bool Arrive(bool found);
  // Keeps the block that reader_ stands on, decoded or as it is stored, if it is worth it.
  absl::Status KeepIfNew();
  absl::Status Keep(Keeping how);
  // Decodes the block at hand, which is kept as it is stored; `for_good`: it is kept decoded from here on.
  absl::StatusOr<const DecodedBlock*> DecodeKept(uint32_t columns, bool for_good);

  const KeyValueSnapshot* const snapshot_;
  const Table table_;
  const SnapshotBlocks* const cache_;
  std::shared_ptr<const CachedBlock> kept_;  // The block at hand, where it is in the cache.
  std::optional<TableReader> reader_;        // Made when the cache does not do; else it stands on the block at hand,
  bool reader_is_ahead_ = false;             // or on the one after kept_.
  size_t steps_ = 0;                         // Since something was sought.
  size_t far_moves_ = 0;                     // The last times that it moved on, it was not to the next block.
  bool is_new_ = false;                      // The block at hand: nobody has asked for its rows yet.
  DecodedBlock decoded_;
  uint32_t present_columns_ = 0;  // Of decoded_.
};

}  // namespace dossier::storage

// Decoded blocks of one snapshot that are asked for again and again: the few blocks that hold the names, types and
// relations of a question are sought a dozen times for each one, and finding and decoding them in the key-value store
// would take most of the time of a question on a small store.
//
// A snapshot never changes, so neither does what is kept. A block is kept when it is asked for a second time, so that a
// scan over a large table leaves nothing here; when there are too many, those go that nobody has asked for since.
// Thread-safe.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "rdf/term_id.h"
#include "storage/block.h"
#include "storage/key_layout.h"

namespace dossier::storage {

using BlockRow = std::array<TermId, kMaxColumns>;  // A row of a table, undefined beyond its width.

struct CachedBlock {
  BlockRow first{};
  std::optional<BlockRow> next;                // The first row of the next block of the table; none after the last one.
  DecodedBlock rows;                           // With all columns.
  size_t stored_bytes = 0;                     // Of the block and its key in the key-value store.
  size_t bytes = 0;                            // In memory.
  mutable std::atomic<bool> asked_for{false};  // Since the cache last looked for what can go.
};

class BlockCache {
 public:
  static constexpr size_t kDefaultBytes = size_t{128} << 20U;

  explicit BlockCache(size_t most_bytes = kDefaultBytes) : most_bytes_(most_bytes) {}

  // The block that has the first row not less than `row` (may be shorter than a whole row), or would have it; null when
  // it is not here.
  std::shared_ptr<const CachedBlock> Find(const Table& table, absl::Span<const TermId> row) const;

  // Notes that the block beginning with `first_row` was asked for, and tells whether it is to be kept now: when that
  // had been noted lately, and there is room or its turn has come.
  bool IsWorthKeeping(const Table& table, absl::Span<const TermId> first_row);

  // Keeps the rows of a block, all of whose columns are decoded.
  std::shared_ptr<const CachedBlock> Keep(const Table& table, const BlockRow& first, std::optional<BlockRow> next,
                                          const DecodedBlock& rows, size_t stored_bytes);

 private:
  struct Place {
    uint8_t table = 0;
    BlockRow row{};

    friend auto operator<=>(const Place&, const Place&) = default;
  };
  static Place PlaceOf(const Table& table, absl::Span<const TermId> row);
  std::shared_ptr<TermId[]> ColumnOf(TermId value) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void MakeRoom() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const size_t most_bytes_;
  mutable absl::Mutex mutex_;
  absl::btree_map<Place, std::shared_ptr<const CachedBlock>> blocks_ ABSL_GUARDED_BY(mutex_);
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t passed_by_ ABSL_GUARDED_BY(mutex_) = 0;  // Blocks for which there was no room.
  Place hand_ ABSL_GUARDED_BY(mutex_);            // Where the search for what can go went to.
  // Columns of one value only, such as that of a predicate: many blocks share them.
  absl::flat_hash_map<TermId, std::weak_ptr<TermId[]>> columns_ ABSL_GUARDED_BY(mutex_);
  // Hashes of what was asked for, each in the place that its last bits say; empty before the first.
  std::vector<uint32_t> asked_for_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace dossier::storage

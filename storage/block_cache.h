// Blocks of a store that are asked for again and again: the few blocks that hold the names, types and relations of a
// question are sought a dozen times for each one, and finding and decoding them in the key-value store would take most
// of the time of a question on a small store.
//
// A block that was sought is kept as it is stored, which takes a fifth of the room that its rows take: decoding it
// again costs a fraction of finding it in the key-value store. When it is sought again it is kept decoded, as long as
// there is much room; later on, when it has been sought many times.
//
// All snapshots of the store share them. A block that is kept is that of the snapshot which read it and of all later
// ones, as a commit takes away those that it changes; earlier snapshots do not see it. What a scan comes by is kept
// when it is asked for a second time, so that a scan over a large table leaves nothing here; when there are too many,
// those go that nobody has asked for since. Thread-safe.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "rdf/term_id.h"
#include "storage/block.h"
#include "storage/key_layout.h"
#include "storage/key_value_store.h"

namespace dossier::storage {

using BlockRow = std::array<TermId, kMaxColumns>;  // A row of a table, undefined beyond its width.

struct CachedBlock {
  BlockRow first{};
  std::optional<BlockRow> next;                // The first row of the next block of the table; none after the last one.
  DecodedBlock rows;                           // With all columns; none where it is kept as it is stored.
  std::string stored;                          // Empty where it is decoded. Its checksum fits.
  BlockGroups groups;                          // Of what is stored; empty where that has no parts.
  size_t stored_bytes = 0;                     // Of the block and its key in the key-value store.
  size_t bytes = 0;                            // In memory.
  uint64_t commit = 0;                         // Of the snapshot that it was read from.
  mutable std::atomic<bool> asked_for{false};  // Since the cache last looked for what can go.
  mutable std::atomic<uint32_t> decoded{0};    // How often `stored` was, in parts.

  bool is_decoded() const { return stored.empty(); }
};

// In what form a block that was read is to be kept.
enum class Keeping : uint8_t { kNot, kStored, kDecoded };

class BlockCache {
 public:
  static constexpr size_t kDefaultBytes = size_t{192} << 20U;

  // `commit` is that of the newest snapshot.
  explicit BlockCache(uint64_t commit, size_t most_bytes = kDefaultBytes)
      : most_bytes_(most_bytes), newest_commit_(commit) {}

  // As seen by a snapshot at `commit`: the block that has the first row not less than `row` (may be shorter than a
  // whole row), or would have it; null when it is not here.
  std::shared_ptr<const CachedBlock> Find(uint64_t commit, const Table& table, absl::Span<const TermId> row) const;

  // Notes that the block beginning with `first_row` was asked for, and tells whether it is to be kept now: when it was
  // sought, or that had been noted lately, and there is room or its turn has come. Only the newest snapshot's are kept.
  Keeping HowToKeep(uint64_t commit, const Table& table, absl::Span<const TermId> first_row, bool sought);
  // Notes that a block that is kept as it is stored is decoded, `whole` or a part of it, and tells whether it should be
  // kept decoded instead.
  bool IsWorthDecoding(const CachedBlock& block, bool whole) const {
    const uint32_t weight = whole ? kPartsOfWhole : 1;
    const uint32_t before = block.decoded.fetch_add(weight, std::memory_order_relaxed);
    if (before == 0 && has_much_room_.load(std::memory_order_relaxed)) return true;
    return before < kPartsDecoded && before + weight >= kPartsDecoded;
  }

  // Keeps the rows of a block, all of whose columns are decoded; in the place of its stored form, if that is here.
  std::shared_ptr<const CachedBlock> Keep(uint64_t commit, const Table& table, const BlockRow& first,
                                          std::optional<BlockRow> next, const DecodedBlock& rows, size_t stored_bytes);
  // Keeps a block as it is stored. REQUIRES: its checksum fits.
  std::shared_ptr<const CachedBlock> KeepStored(uint64_t commit, const Table& table, const BlockRow& first,
                                                std::optional<BlockRow> next, absl::string_view stored,
                                                size_t stored_bytes);

  // From here on `commit` is that of the newest snapshot, and the blocks that `batch` changes are gone, with those
  // before them, whose next blocks may be others. To be called after the batch was written, and before anybody has a
  // snapshot of it.
  void Advance(uint64_t commit, const WriteBatch& batch);

 private:
  struct Place {
    uint8_t table = 0;
    BlockRow row{};

    friend auto operator<=>(const Place&, const Place&) = default;
  };
  // What it takes to decode a whole block, in those of a part of it; after so many parts a block is kept decoded.
  static constexpr uint32_t kPartsOfWhole = 16;
  static constexpr uint32_t kPartsDecoded = 16 * kPartsOfWhole;

  static Place PlaceOf(const Table& table, absl::Span<const TermId> row);
  std::shared_ptr<TermId[]> ColumnOf(TermId value) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // For decoded blocks; a third of all.
  bool HasMuchRoom() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return bytes_ < most_bytes_ / 3; }
  void Put(const Table& table, std::shared_ptr<const CachedBlock> block) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void MakeRoom() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Forget(const WriteBatch::Entry& entry) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const size_t most_bytes_;
  mutable absl::Mutex mutex_;
  uint64_t newest_commit_ ABSL_GUARDED_BY(mutex_);
  absl::btree_map<Place, std::shared_ptr<const CachedBlock>> blocks_ ABSL_GUARDED_BY(mutex_);
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  std::atomic<bool> has_much_room_{true};
  size_t passed_by_ ABSL_GUARDED_BY(mutex_) = 0;  // Blocks for which there was no room.
  Place hand_ ABSL_GUARDED_BY(mutex_);            // Where the search for what can go went to.
  // Columns of one value only, such as that of a predicate: many blocks share them.
  absl::flat_hash_map<TermId, std::weak_ptr<TermId[]>> columns_ ABSL_GUARDED_BY(mutex_);
  // Hashes of what was asked for, each in the place that its last bits say; empty before the first.
  std::vector<uint32_t> asked_for_ ABSL_GUARDED_BY(mutex_);
};

// The blocks of a cache as one snapshot sees them.
class SnapshotBlocks {
 public:
  SnapshotBlocks(std::shared_ptr<BlockCache> cache, uint64_t commit) : cache_(std::move(cache)), commit_(commit) {}

  std::shared_ptr<const CachedBlock> Find(const Table& table, absl::Span<const TermId> row) const {
    return cache_->Find(commit_, table, row);
  }
  Keeping HowToKeep(const Table& table, absl::Span<const TermId> first_row, bool sought) const {
    return cache_->HowToKeep(commit_, table, first_row, sought);
  }
  bool IsWorthDecoding(const CachedBlock& block, bool whole) const { return cache_->IsWorthDecoding(block, whole); }
  std::shared_ptr<const CachedBlock> Keep(const Table& table, const BlockRow& first, std::optional<BlockRow> next,
                                          const DecodedBlock& rows, size_t stored_bytes) const {
    return cache_->Keep(commit_, table, first, next, rows, stored_bytes);
  }
  std::shared_ptr<const CachedBlock> KeepStored(const Table& table, const BlockRow& first, std::optional<BlockRow> next,
                                                absl::string_view stored, size_t stored_bytes) const {
    return cache_->KeepStored(commit_, table, first, next, stored, stored_bytes);
  }

 private:
  const std::shared_ptr<BlockCache> cache_;
  const uint64_t commit_;
};

}  // namespace dossier::storage

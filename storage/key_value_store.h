// The narrow ordered key-value interface that the store stands on: snapshots, lookups, range iteration, atomic durable
// batches, and ingestion of sorted runs. storage/rocks implements it on RocksDB, storage/memory on a tree in memory;
// an ordered distributed store could implement it too. Nothing above it knows which one it is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/read_counters.h"

namespace dossier::storage {

// Key spaces of their own, each tuned for what it holds. What keys and values look like: storage/key_layout.h.
enum class Family : uint8_t {
  kTerms,      // Blocks of dictionary terms by id.
  kTermIndex,  // Blocks of (hash of a term, id).
  kRows,       // Blocks of rows of the permutations.
  kMeta,       // Counters, statistics, settings.
};
inline constexpr size_t kFamilyCount = 4;

// Keys are ordered as unsigned bytes. Not thread-safe; must not outlive its snapshot.
class KeyValueIterator {
 public:
  virtual ~KeyValueIterator() = default;

  virtual void Seek(absl::string_view key) = 0;         // To the first entry with a key not less than `key`.
  virtual void SeekForPrev(absl::string_view key) = 0;  // To the last entry with a key not greater than `key`.
  virtual void Next() = 0;                              // REQUIRES: valid().
  virtual void Prev() = 0;                              // REQUIRES: valid().

  // False before the first seek, past either end, and after an error.
  virtual bool valid() const = 0;
  // Both live until the iterator moves. REQUIRES: valid().
  virtual absl::string_view key() const = 0;
  virtual absl::string_view value() const = 0;
  // To be asked when valid() is false: the end of the data is OK, an unreadable file is not.
  virtual absl::Status status() const = 0;
};

// The data as of one moment. Thread-safe; may not outlive the store.
class KeyValueSnapshot {
 public:
  virtual ~KeyValueSnapshot() = default;

  // False when there is no such key.
  virtual absl::StatusOr<bool> Get(Family family, absl::string_view key, std::string* value) const = 0;
  // Get for many keys at once, in the order given; faster when they ascend.
  virtual absl::Status MultiGet(Family family, absl::Span<const std::string> keys,
                                std::vector<std::optional<std::string>>* values) const = 0;
  virtual std::unique_ptr<KeyValueIterator> NewIterator(Family family) const = 0;

  // Bytes on disk (in memory, where there is no disk) of the keys in [begin, end), about.
  virtual uint64_t ApproximateSize(Family family, absl::string_view begin, absl::string_view end) const = 0;
};

// Changes that take effect together; the last one of a key counts.
class WriteBatch {
 public:
  struct Entry {
    Family family;
    std::string key;
    std::optional<std::string> value;  // None: the key is deleted.
  };

  void Put(Family family, std::string key, std::string value) {
    entries_.push_back({family, std::move(key), std::move(value)});
  }
  void Delete(Family family, std::string key) { entries_.push_back({family, std::move(key), std::nullopt}); }

  bool empty() const { return entries_.empty(); }
  absl::Span<const Entry> entries() const { return entries_; }

 private:
  std::vector<Entry> entries_;
};

// Entries of one family in strictly ascending order of keys, written aside and invisible until they are ingested.
// A run that is dropped without being ingested leaves nothing behind.
class SortedRun {
 public:
  virtual ~SortedRun() = default;

  virtual absl::Status Put(absl::string_view key, absl::string_view value) = 0;
  virtual absl::Status Delete(absl::string_view key) = 0;
  // Makes the run durable; nothing can be added then. Ingest does it for runs that are not finished yet. To be called
  // again does nothing.
  virtual absl::Status Finish() = 0;
  // By which AdoptRun finds the finished run when the process has died.
  virtual std::string name() const = 0;
  virtual Family family() const = 0;
  // Bytes written so far, about; a run of more than some hundred megabytes is better continued in another one.
  virtual uint64_t bytes() const = 0;
};

// Thread-safe, but for writers: Write and Ingest are called by one thread at a time.
class KeyValueStore {
 public:
  virtual ~KeyValueStore() = default;

  virtual std::shared_ptr<const KeyValueSnapshot> GetSnapshot() const = 0;

  // Durable when it returns OK; otherwise nothing has changed.
  virtual absl::Status Write(const WriteBatch& batch) = 0;

  virtual absl::StatusOr<std::unique_ptr<SortedRun>> NewRun(Family family) = 0;
  // The finished run that an earlier process has left under that name. NotFound when there is none.
  virtual absl::StatusOr<std::unique_ptr<SortedRun>> AdoptRun(Family family, absl::string_view name) = 0;
  // Makes all entries of all runs visible together, over what is there; durable when it returns OK. Empty runs are
  // allowed; runs of one family must not overlap one another.
  virtual absl::Status Ingest(std::vector<std::unique_ptr<SortedRun>> runs) = 0;

  // What has been read so far; nothing where there is no disk.
  virtual ReadCounters read_counters() const { return {}; }

  // Copies the data as of now into `directory`, which must not exist; it can be opened as a store then.
  virtual absl::Status CopyTo(const std::string& directory) const = 0;
};

}  // namespace dossier::storage

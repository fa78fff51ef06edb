// Reading RocksDB as of one moment.
#pragma once

#include <rocksdb/db.h>

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "storage/key_value_store.h"
#include "storage/rocks/rocks_database.h"

namespace dossier::storage {

// Iterators of RocksDB that nobody uses at the moment, by family. To make one costs more than a seek in it, and a
// question opens dozens of cursors. Thread-safe.
class IteratorPool {
 public:
  // Null when there is none.
  std::unique_ptr<rocksdb::Iterator> Take(Family family);
  void Return(Family family, std::unique_ptr<rocksdb::Iterator> iterator);
  void Clear();

 private:
  std::mutex mutex_;
  std::array<std::vector<std::unique_ptr<rocksdb::Iterator>>, kFamilyCount> idle_;  // Guarded by mutex_.
};

class RocksSnapshot : public KeyValueSnapshot {
 public:
  explicit RocksSnapshot(std::shared_ptr<RocksDatabase> database);
  ~RocksSnapshot() override;

  absl::StatusOr<bool> Get(Family family, absl::string_view key, std::string* value) const override;
  absl::Status MultiGet(Family family, absl::Span<const std::string> keys,
                        std::vector<std::optional<std::string>>* values) const override;
  std::unique_ptr<KeyValueIterator> NewIterator(Family family) const override;
  uint64_t ApproximateSize(Family family, absl::string_view begin, absl::string_view end) const override;

 private:
  rocksdb::ReadOptions read_options() const;

  const std::shared_ptr<RocksDatabase> database_;
  const rocksdb::Snapshot* const snapshot_;  // Null in a read-only database, which never changes.
  mutable IteratorPool iterators_;
};

}  // namespace dossier::storage

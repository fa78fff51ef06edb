// Reading RocksDB as of one moment.
#pragma once

#include <rocksdb/db.h>

#include <memory>
#include <string>
#include <vector>

#include "storage/key_value_store.h"
#include "storage/rocks/rocks_database.h"

namespace dossier::storage {

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
};

}  // namespace dossier::storage

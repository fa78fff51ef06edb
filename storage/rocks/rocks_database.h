// An open RocksDB and its column families; shared by the store, its snapshots and its runs, closed with the last.
#pragma once

#include <rocksdb/db.h>

#include <array>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "storage/key_value_store.h"
#include "storage/rocks/rocks_key_value_store.h"
#include "storage/rocks/rocks_read_counter.h"

namespace dossier::storage {

class RocksDatabase {
 public:
  static absl::StatusOr<std::shared_ptr<RocksDatabase>> Open(const std::string& directory, const RocksOptions& options);
  RocksDatabase(const RocksDatabase&) = delete;
  RocksDatabase& operator=(const RocksDatabase&) = delete;
  ~RocksDatabase();

  rocksdb::DB* db() const { return db_.get(); }
  rocksdb::ColumnFamilyHandle* family(Family family) const { return families_[static_cast<size_t>(family) + 1]; }
  const std::string& directory() const { return directory_; }
  ReadCounters read_counters() const { return read_counter_->counters(); }

 private:
  RocksDatabase(std::string directory, bool read_only) : directory_(std::move(directory)), read_only_(read_only) {}

  rocksdb::Status OpenOnce(const RocksOptions& options);
  void ShortenLog();

  const std::string directory_;
  const bool read_only_;
  const std::shared_ptr<RocksReadCounter> read_counter_ = std::make_shared<RocksReadCounter>();
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;  // Owned by db_; the default family first.
};

inline rocksdb::Slice ToSlice(absl::string_view bytes) { return {bytes.data(), bytes.size()}; }
inline absl::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

}  // namespace dossier::storage

// A sorted run as a table file of RocksDB.
#pragma once

#include <rocksdb/sst_file_writer.h>

#include <memory>
#include <string>

#include "storage/key_value_store.h"
#include "storage/rocks/rocks_database.h"

namespace dossier::storage {

class RocksRun : public SortedRun {
 public:
  // Writes to `path`, which is deleted with the run unless it was ingested.
  static absl::StatusOr<std::unique_ptr<RocksRun>> Create(std::shared_ptr<RocksDatabase> database, Family family,
                                                          std::string path);
  // The same for a file that was finished by another process.
  static absl::StatusOr<std::unique_ptr<RocksRun>> Adopt(std::shared_ptr<RocksDatabase> database, Family family,
                                                         std::string path);
  ~RocksRun() override;

  absl::Status Put(absl::string_view key, absl::string_view value) override;
  absl::Status Delete(absl::string_view key) override;
  uint64_t bytes() const override { return writer_ == nullptr ? 0 : writer_->FileSize(); }
  std::string name() const override;

  bool empty() const { return entries_ == 0; }
  Family family() const override { return family_; }
  const std::string& path() const { return path_; }
  absl::Status Finish() override;

 private:
  RocksRun(std::shared_ptr<RocksDatabase> database, Family family, std::string path);

  const std::shared_ptr<RocksDatabase> database_;
  const Family family_;
  const std::string path_;
  std::unique_ptr<rocksdb::SstFileWriter> writer_;
  uint64_t entries_ = 0;
  bool finished_ = false;
};

}  // namespace dossier::storage

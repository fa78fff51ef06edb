#include "storage/rocks/rocks_run.h"

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "storage/rocks/rocks_status.h"

namespace dossier::storage {

RocksRun::RocksRun(std::shared_ptr<RocksDatabase> database, Family family, std::string path)
    : database_(std::move(database)),
      family_(family),
      path_(std::move(path)),
      writer_(std::make_unique<rocksdb::SstFileWriter>(
          rocksdb::EnvOptions(), database_->db()->GetOptions(database_->family(family)), database_->family(family))) {}

absl::StatusOr<std::unique_ptr<RocksRun>> RocksRun::Create(std::shared_ptr<RocksDatabase> database, Family family,
                                                           std::string path) {
  std::unique_ptr<RocksRun> run(new RocksRun(std::move(database), family, std::move(path)));
  if (const rocksdb::Status status = run->writer_->Open(run->path_); !status.ok()) {
    return FromRocks(status, absl::StrCat("cannot write ", run->path_));
  }
  return run;
}

absl::StatusOr<std::unique_ptr<RocksRun>> RocksRun::Adopt(std::shared_ptr<RocksDatabase> database, Family family,
                                                          std::string path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return absl::NotFoundError(absl::StrCat("there is no file ", path));
  std::unique_ptr<RocksRun> run(new RocksRun(std::move(database), family, std::move(path)));
  run->writer_.reset();
  run->entries_ = 1;
  run->finished_ = true;
  return run;
}

std::string RocksRun::name() const { return std::filesystem::path(path_).filename().string(); }

RocksRun::~RocksRun() {
  writer_.reset();
  std::error_code ignored;  // An ingested file has been moved away.
  std::filesystem::remove(path_, ignored);
}

absl::Status RocksRun::Put(absl::string_view key, absl::string_view value) {
  ++entries_;
  return FromRocks(writer_->Put(ToSlice(key), ToSlice(value)), "cannot write a sorted run");
}

absl::Status RocksRun::Delete(absl::string_view key) {
  ++entries_;
  return FromRocks(writer_->Delete(ToSlice(key)), "cannot write a sorted run");
}

absl::Status RocksRun::Finish() {
  if (finished_ || empty()) return absl::OkStatus();  // RocksDB knows no empty tables.
  finished_ = true;
  return FromRocks(writer_->Finish(), "cannot write a sorted run");
}

}  // namespace dossier::storage

#include "storage/rocks/rocks_key_value_store.h"

#include <rocksdb/db.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/write_batch.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "storage/rocks/rocks_database.h"
#include "storage/rocks/rocks_run.h"
#include "storage/rocks/rocks_snapshot.h"
#include "storage/rocks/rocks_status.h"

namespace dossier::storage {
namespace {

class RocksStore : public KeyValueStore {
 public:
  RocksStore(std::shared_ptr<RocksDatabase> database, std::string run_directory)
      : database_(std::move(database)), run_directory_(std::move(run_directory)) {}

  std::shared_ptr<const KeyValueSnapshot> GetSnapshot() const override {
    return std::make_shared<RocksSnapshot>(database_);
  }

  absl::Status Write(const WriteBatch& batch) override {
    size_t bytes = 0;
    for (const WriteBatch::Entry& entry : batch.entries()) {
      bytes += entry.key.size() + (entry.value.has_value() ? entry.value->size() : 0) + 16;
    }
    rocksdb::WriteBatch native(bytes);
    for (const WriteBatch::Entry& entry : batch.entries()) {
      rocksdb::ColumnFamilyHandle* const family = database_->family(entry.family);
      const rocksdb::Status status =
          entry.value.has_value() ? native.Put(family, entry.key, *entry.value) : native.Delete(family, entry.key);
      if (!status.ok()) return FromRocks(status, "cannot prepare a commit");
    }
    rocksdb::WriteOptions options;
    options.sync = true;
    DOSSIER_RETURN_IF_ERROR(FromRocks(database_->db()->Write(options, &native), "cannot write a commit"));
    GiveSpaceBack(batch);
    return absl::OkStatus();
  }

  absl::StatusOr<std::unique_ptr<SortedRun>> NewRun(Family family) override {
    std::error_code error;
    std::filesystem::create_directories(run_directory_, error);
    if (error) {
      return absl::UnavailableError(absl::StrCat("cannot create ", run_directory_, ": ", error.message()));
    }
    // A process that died may have had the same number.
    std::string path;
    do {
      path = absl::StrCat(run_directory_, "/", getpid(), "-", next_run_.fetch_add(1), ".sst");
    } while (std::filesystem::exists(path, error));
    return RocksRun::Create(database_, family, std::move(path));
  }

  absl::StatusOr<std::unique_ptr<SortedRun>> AdoptRun(Family family, absl::string_view name) override {
    return RocksRun::Adopt(database_, family, absl::StrCat(run_directory_, "/", name));
  }

  absl::Status Ingest(std::vector<std::unique_ptr<SortedRun>> runs) override {
    std::array<rocksdb::IngestExternalFileArg, kFamilyCount> by_family;
    for (const std::unique_ptr<SortedRun>& run : runs) {
      auto& rocks_run = static_cast<RocksRun&>(*run);
      if (rocks_run.empty()) continue;
      DOSSIER_RETURN_IF_ERROR(rocks_run.Finish());
      by_family[static_cast<size_t>(rocks_run.family())].external_files.push_back(rocks_run.path());
    }
    std::vector<rocksdb::IngestExternalFileArg> arguments;
    for (size_t i = 0; i < kFamilyCount; ++i) {
      rocksdb::IngestExternalFileArg& argument = by_family[i];
      if (argument.external_files.empty()) continue;
      argument.column_family = database_->family(static_cast<Family>(i));
      argument.options.move_files = true;
      argument.options.write_global_seqno = false;
      arguments.push_back(std::move(argument));
    }
    if (arguments.empty()) return absl::OkStatus();
    return FromRocks(database_->db()->IngestExternalFiles(arguments), "cannot take in sorted runs");
  }

  ReadCounters read_counters() const override { return database_->read_counters(); }

  absl::Status CopyTo(const std::string& directory) const override {
    rocksdb::Checkpoint* raw = nullptr;
    rocksdb::Status status = rocksdb::Checkpoint::Create(database_->db(), &raw);
    const std::unique_ptr<rocksdb::Checkpoint> checkpoint(raw);
    if (status.ok()) status = checkpoint->CreateCheckpoint(directory);
    return FromRocks(status, absl::StrCat("cannot copy the store to ", directory));
  }

 private:
  // What is deleted gives its space back when files are compacted, and a file that is mostly deletions is compacted at
  // once (storage/rocks/rocks_options.cc). A few thousand deletions would stay in memory and in the log for long, since
  // they are small themselves; what they stand for is not.
  void GiveSpaceBack(const WriteBatch& batch) {
    constexpr size_t kManyDeletions = 256;
    for (const WriteBatch::Entry& entry : batch.entries()) {
      if (!entry.value.has_value()) ++deletions_[static_cast<size_t>(entry.family)];
    }
    for (size_t i = 0; i < kFamilyCount; ++i) {
      if (deletions_[i] < kManyDeletions) continue;
      deletions_[i] = 0;
      // The log has it all; where there is no room for a file now, there may be later.
      database_->db()->Flush(rocksdb::FlushOptions(), database_->family(static_cast<Family>(i))).PermitUncheckedError();
    }
  }

  const std::shared_ptr<RocksDatabase> database_;
  const std::string run_directory_;
  std::array<size_t, kFamilyCount> deletions_{};  // Since the last time; used by the writer only.
  std::atomic<uint64_t> next_run_{0};
};

}  // namespace

absl::StatusOr<std::unique_ptr<KeyValueStore>> OpenRocksStore(const std::string& directory,
                                                              const RocksOptions& options) {
  DOSSIER_ASSIGN_OR_RETURN(std::shared_ptr<RocksDatabase> database, RocksDatabase::Open(directory, options));
  return std::make_unique<RocksStore>(std::move(database), options.run_directory);
}

}  // namespace dossier::storage

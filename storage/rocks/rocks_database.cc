#include "storage/rocks/rocks_database.h"

#include <rocksdb/transaction_log.h>

#include <filesystem>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "storage/rocks/rocks_lock.h"
#include "storage/rocks/rocks_options.h"
#include "storage/rocks/rocks_status.h"

namespace dossier::storage {
namespace {

absl::Status Damaged(const std::string& directory, absl::string_view what) {
  return absl::DataLossError(absl::StrCat("the store in ", directory, " is damaged: ", what));
}

// Whether a file with this ending lies in the directory.
bool HasFile(const std::string& directory, absl::string_view extension) {
  std::error_code error;
  for (std::filesystem::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == std::string(extension)) return true;
  }
  return false;
}

// Whether one of the files of a directory is the same as `file`, under another name.
bool HasLinkTo(const std::filesystem::path& file, const std::string& directory) {
  std::error_code error;
  for (std::filesystem::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    std::error_code gone;
    if (std::filesystem::equivalent(it->path(), file, gone)) return true;
  }
  return false;
}

// Whether tables lie there that were part of the store. Those that a load was laying there when it was killed are not
// yet: they are links to its runs, which are still there.
bool HasOwnTables(const std::string& directory, const std::string& run_directory) {
  std::error_code error;
  for (std::filesystem::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".sst" && !HasLinkTo(it->path(), run_directory)) return true;
  }
  return false;
}

// RocksDB takes a directory without the file CURRENT for a new one, even when data lies there.
absl::Status CheckNotEmptied(const std::string& directory) {
  std::error_code error;
  if (std::filesystem::exists(directory + "/CURRENT", error)) return absl::OkStatus();
  if (!HasFile(directory, ".sst") && !HasFile(directory, ".log")) return absl::OkStatus();
  return Damaged(directory, "the file CURRENT is missing");
}

}  // namespace

rocksdb::Status RocksDatabase::OpenOnce(const RocksOptions& options) {
  rocksdb::DBOptions database_options = MakeDatabaseOptions(options);
  database_options.statistics = read_counter_;
  const std::vector<rocksdb::ColumnFamilyDescriptor> families = MakeFamilies(options);
  rocksdb::DB* db = nullptr;
  families_.clear();
  rocksdb::Status status = options.read_only
                               ? rocksdb::DB::OpenForReadOnly(database_options, directory_, families, &families_, &db)
                               : rocksdb::DB::Open(database_options, directory_, families, &families_, &db);
  db_.reset(db);
  return status;
}

absl::StatusOr<std::shared_ptr<RocksDatabase>> RocksDatabase::Open(const std::string& directory,
                                                                   const RocksOptions& options) {
  DOSSIER_RETURN_IF_ERROR(CheckNotEmptied(directory));
  // What a crash right at the making of a store leaves; the next writer makes it whole.
  std::error_code error;
  if (options.read_only && !std::filesystem::exists(directory + "/CURRENT", error)) {
    return absl::NotFoundError(absl::StrCat("there is no store in ", directory));
  }
  const bool had_tables = HasOwnTables(directory, options.run_directory);
  std::shared_ptr<RocksDatabase> database(new RocksDatabase(directory, options.read_only));
  rocksdb::Status status = database->OpenOnce(options);
  // A writer beside us may delete a file between our reading of its name and of itself.
  for (int attempt = 0; options.read_only && !status.ok() && attempt < 5; ++attempt) {
    status = database->OpenOnce(options);
  }
  const std::string message = status.ToString();
  if (status.IsIOError() && absl::StrContains(message, "Read-only file system")) {
    return absl::PermissionDeniedError(
        absl::StrCat("the store cannot be opened for writing: ", directory, " is on a read-only file system"));
  }
  if (status.IsIOError() && absl::StrContains(message, "lock")) {
    return LockedError(directory, absl::StrContains(message, "current process"));
  }
  if (!status.ok()) return FromRocks(status, absl::StrCat("cannot open the store in ", directory));
  // It takes the readable beginning of a cut MANIFEST for the whole, which may be that of an empty store.
  std::vector<rocksdb::LiveFileMetaData> tables;
  if (had_tables) database->db_->GetLiveFilesMetaData(&tables);
  if (had_tables && tables.empty() && database->db_->GetLatestSequenceNumber() == 0) {
    return Damaged(directory, "the file MANIFEST does not know of its tables");
  }
  return database;
}

// Writes what the log has to table files when it has become long, or many files (each opening begins one), so that the
// next opening need not read it. What cannot be written stays in the log.
void RocksDatabase::ShortenLog() {
  constexpr uint64_t kLongLogBytes = 4 << 20;
  constexpr size_t kManyLogs = 8;
  rocksdb::VectorLogPtr logs;
  if (!db_->GetSortedWalFiles(logs).ok()) return;
  uint64_t bytes = 0;
  for (const std::unique_ptr<rocksdb::LogFile>& log : logs) bytes += log->SizeFileBytes();
  if (bytes > kLongLogBytes || logs.size() > kManyLogs) {
    db_->Flush(rocksdb::FlushOptions(), families_).PermitUncheckedError();
  }
}

RocksDatabase::~RocksDatabase() {
  if (db_ == nullptr) return;
  if (!read_only_) ShortenLog();
  for (rocksdb::ColumnFamilyHandle* const family : families_) db_->DestroyColumnFamilyHandle(family);
}

}  // namespace dossier::storage

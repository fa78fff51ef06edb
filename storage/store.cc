#include "storage/store.h"

#include <filesystem>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "storage/bulk/load_journal.h"
#include "storage/bulk_loader.h"
#include "storage/commit_queue.h"
#include "storage/committer.h"
#include "storage/fail_point.h"
#include "storage/key_layout.h"
#include "storage/key_value_store.h"
#include "storage/memory/memory_key_value_store.h"
#include "storage/rocks/rocks_key_value_store.h"
#include "storage/store_directory.h"
#include "storage/store_snapshot.h"
#include "storage/validator.h"

namespace dossier {
namespace {

using storage::Family;
using storage::KeyValueStore;
using storage::StoreSnapshot;
using storage::WriteBatch;

class StoreImplementation : public Store {
 public:
  // Large loads keep temporary files in `spill_directory`, which is made when needed; with `resumes_loads` it is the
  // store's own, and what a load that was killed has left there is of use.
  static absl::StatusOr<std::unique_ptr<Store>> Create(std::unique_ptr<KeyValueStore> data, std::string spill_directory,
                                                       bool read_only, bool resumes_loads) {
    std::unique_ptr<StoreImplementation> store(
        new StoreImplementation(std::move(data), std::move(spill_directory), read_only));
    DOSSIER_RETURN_IF_ERROR(store->Publish());
    if (!read_only && resumes_loads) storage::RemoveStaleLoad(store->spill_directory_, store->Current()->commit());
    store->resumes_loads_ = resumes_loads;
    return store;
  }

  std::shared_ptr<const Snapshot> GetSnapshot() const override { return Current(); }

  absl::StatusOr<CommitSummary> Commit(const ChangeSet& changes) override {
    DOSSIER_RETURN_IF_ERROR(CheckWritable());
    return queue_.Commit(changes);
  }

  absl::StatusOr<CommitSummary> Transact(ChangeMaker make) override {
    const std::lock_guard<std::mutex> lock(writer_);
    DOSSIER_RETURN_IF_ERROR(CheckWritable());
    DOSSIER_ASSIGN_OR_RETURN(const ChangeSet changes, make(Current()));
    return CommitLocked(changes);
  }

  absl::StatusOr<CommitSummary> BulkLoadFrom(LoadSource source, const BulkLoadOptions& options) override {
    const std::lock_guard<std::mutex> lock(writer_);
    DOSSIER_RETURN_IF_ERROR(CheckWritable());
    std::error_code error;
    std::filesystem::create_directories(spill_directory_, error);
    if (error) {
      return absl::UnavailableError(absl::StrCat("cannot create ", spill_directory_, ": ", error.message()));
    }
    BulkLoadOptions own_options = options;
    if (!resumes_loads_) own_options.identity.clear();
    DOSSIER_ASSIGN_OR_RETURN(const CommitSummary summary,
                             storage::LoadInBulk(data_.get(), spill_directory_, source, own_options,
                                                 [this](const ChangeSet& changes) { return CommitLocked(changes); }));
    DOSSIER_RETURN_IF_ERROR(Publish());
    return summary;
  }

  absl::StatusOr<std::string> GetSetting(absl::string_view name) const override {
    std::string value;
    DOSSIER_RETURN_IF_ERROR(data_->GetSnapshot()->Get(Family::kMeta, storage::SettingKey(name), &value).status());
    return value;
  }

  absl::Status SetSetting(absl::string_view name, absl::string_view value) override {
    const std::lock_guard<std::mutex> lock(writer_);
    DOSSIER_RETURN_IF_ERROR(CheckWritable());
    WriteBatch batch;
    batch.Put(Family::kMeta, storage::SettingKey(name), std::string(value));
    return data_->Write(batch);
  }

  absl::StatusOr<std::vector<std::string>> Validate(const ProgressCallback& progress) const override {
    return storage::ValidateStore(Current()->data(), progress);
  }

  std::vector<std::pair<std::string, uint64_t>> SizeByPart() const override {
    std::vector<std::pair<std::string, uint64_t>> sizes;
    const std::shared_ptr<const StoreSnapshot> snapshot = Current();
    const auto add = [&](absl::string_view name, Family family, absl::string_view begin, absl::string_view end) {
      sizes.emplace_back(name, snapshot->data().ApproximateSize(family, begin, end));
    };
    const std::string past_all(1, '\xFF');
    add("terms", Family::kTerms, "", past_all);
    for (const auto& [name, table] :
         {std::pair("term_index", storage::kTermIndexTable), std::pair("names", storage::kNameTable),
          std::pair("name_words", storage::kNameWordTable)}) {
      add(name, table.family, TableBegin(table), TableEnd(table));
    }
    for (const PermutationInfo& info : AllPermutations()) {
      const storage::Table table = storage::TableOf(info.permutation);
      add(info.name, table.family, TableBegin(table), TableEnd(table));
    }
    add("metadata", Family::kMeta, "", past_all);
    return sizes;
  }

  ReadCounters read_counters() const override { return data_->read_counters(); }

  absl::Status Backup(const std::string& directory) const override {
    std::error_code error;
    if (std::filesystem::exists(directory, error)) {
      return absl::AlreadyExistsError(absl::StrCat(directory, " exists already"));
    }
    std::filesystem::create_directories(directory, error);
    if (error) return absl::UnavailableError(absl::StrCat("cannot create ", directory, ": ", error.message()));
    // The format file makes it a store, so it comes last.
    absl::Status status = data_->CopyTo(storage::DataDirectory(directory));
    if (status.ok()) status = storage::WriteFormatFile(directory);
    if (!status.ok()) std::filesystem::remove_all(directory, error);
    return status;
  }

 private:
  StoreImplementation(std::unique_ptr<KeyValueStore> data, std::string spill_directory, bool read_only)
      : data_(std::move(data)),
        spill_directory_(std::move(spill_directory)),
        read_only_(read_only),
        queue_([this](absl::Span<const ChangeSet* const> commits) {
          const std::lock_guard<std::mutex> lock(writer_);
          return CommitGroup(commits);
        }) {}

  // The caller holds writer_.
  absl::StatusOr<CommitSummary> CommitLocked(const ChangeSet& changes) {
    const ChangeSet* const commit = &changes;
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<CommitSummary> summaries, CommitGroup({&commit, 1}));
    return summaries.front();
  }

  // One after the other, in one durable write. The caller holds writer_.
  absl::StatusOr<std::vector<CommitSummary>> CommitGroup(absl::Span<const ChangeSet* const> commits) {
    WriteBatch batch;
    const std::shared_ptr<const StoreSnapshot> before = Current();
    DOSSIER_ASSIGN_OR_RETURN(std::vector<CommitSummary> summaries, PrepareCommits(commits, before->data(), &batch));
    if (batch.empty()) return summaries;
    FailPoint("commit.prepared");
    DOSSIER_RETURN_IF_ERROR(data_->Write(batch));
    FailPoint("commit.written");
    before->shared().blocks->Advance(summaries.back().commit, batch);
    DOSSIER_RETURN_IF_ERROR(Publish(before.get(), &batch));
    FailPoint("commit.published");
    return summaries;
  }

  absl::Status CheckWritable() const {
    return read_only_ ? absl::FailedPreconditionError("the store is open read-only") : absl::OkStatus();
  }

  std::shared_ptr<const StoreSnapshot> Current() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return current_;
  }

  // Makes what is in the key-value store now visible to new snapshots. Where all that was changed since the snapshot
  // `before` is in `batch`, the new one goes on with its caches and statistics.
  absl::Status Publish(const StoreSnapshot* before = nullptr, const WriteBatch* batch = nullptr) {
    DOSSIER_ASSIGN_OR_RETURN(
        const std::shared_ptr<StoreSnapshot> made,
        StoreSnapshot::Create(data_->GetSnapshot(), before == nullptr ? StoreSnapshot::Shared() : before->shared()));
    if (before != nullptr) made->TakeStatistics(*before, *batch);
    std::shared_ptr<const StoreSnapshot> snapshot = made;
    const std::lock_guard<std::mutex> lock(mutex_);
    current_.swap(snapshot);
    return absl::OkStatus();
  }

  const std::unique_ptr<KeyValueStore> data_;
  const std::string spill_directory_;
  const bool read_only_;
  bool resumes_loads_ = false;
  std::mutex writer_;  // Held by the one who changes data_.
  mutable std::mutex mutex_;
  std::shared_ptr<const StoreSnapshot> current_;  // Guarded by mutex_; never null once the store is made.
  storage::CommitQueue queue_;
};

}  // namespace

absl::StatusOr<CommitSummary> Store::BulkLoad(QuadSource source, const BulkLoadOptions& options) {
  return BulkLoadFrom(
      [&source](LoadSink* sink) { return source([sink](Quad&& quad) { return sink->Add(std::move(quad)); }); },
      options);
}

absl::StatusOr<std::unique_ptr<Store>> OpenStore(const std::string& directory, const OpenOptions& options) {
  DOSSIER_RETURN_IF_ERROR(storage::PrepareDirectory(directory, options.create_if_missing && !options.read_only));
  storage::RocksOptions rocks_options;
  rocks_options.read_only = options.read_only;
  rocks_options.cache_bytes = options.cache_bytes;
  rocks_options.run_directory = storage::RunDirectory(directory);
  DOSSIER_ASSIGN_OR_RETURN(std::unique_ptr<KeyValueStore> data,
                           storage::OpenRocksStore(storage::DataDirectory(directory), rocks_options));
  return StoreImplementation::Create(std::move(data), rocks_options.run_directory, options.read_only, true);
}

std::unique_ptr<Store> NewMemoryStore() {
  // An empty store in memory has nothing that could be unreadable.
  const std::string spill_directory = std::filesystem::temp_directory_path();
  return *StoreImplementation::Create(storage::NewMemoryKeyValueStore(), spill_directory, false, false);
}

}  // namespace dossier

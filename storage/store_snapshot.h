// Snapshot over a snapshot of the key-value store.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "storage/block_cache.h"
#include "storage/dictionary.h"
#include "storage/iri_cache.h"
#include "storage/key_value_store.h"
#include "storage/row_counts.h"
#include "storage/snapshot.h"

namespace dossier::storage {

class StoreSnapshot : public Snapshot {
 public:
  // What the snapshots of a store share, as long as its blocks are changed one by one.
  struct Shared {
    std::shared_ptr<BlockCache> blocks;
    std::shared_ptr<IriCache> iris;
  };

  // DataLoss when the state of the store cannot be read. Without `shared` it has caches of its own.
  static absl::StatusOr<std::shared_ptr<StoreSnapshot>> Create(std::shared_ptr<const KeyValueSnapshot> data,
                                                               Shared shared = {});

  uint64_t commit() const override { return commit_; }
  absl::StatusOr<std::unique_ptr<ScanCursor>> Scan(const ScanSpec& spec) const override;
  absl::StatusOr<uint64_t> CountRows(const ScanSpec& spec, bool exact) const override;
  absl::StatusOr<std::optional<TermId>> FindTerm(const Term& term) const override;
  absl::StatusOr<Term> GetTerm(TermId id) const override { return dictionary_.Get(id); }
  absl::Status GetTerms(absl::Span<const TermId> ids, std::vector<Term>* terms) const override {
    return dictionary_.GetMany(ids, terms);
  }
  absl::Status VisitTerms(absl::Span<const TermId> ids, TermVisitor visit) const override {
    return dictionary_.Visit(ids, visit);
  }
  absl::StatusOr<std::unique_ptr<ScanCursor>> ScanNames(const NameScan& scan) const override;
  const Statistics& statistics() const override;
  absl::Status CheckStatistics() const override;

  // Takes over the statistics of the snapshot before `batch` was committed, where somebody has read them: so that not
  // every query which comes after a commit waits until all are read. To be called before anybody else has this
  // snapshot.
  void TakeStatistics(const StoreSnapshot& before, const WriteBatch& batch);

  const KeyValueSnapshot& data() const { return *data_; }
  const Shared& shared() const { return shared_; }

 private:
  StoreSnapshot(std::shared_ptr<const KeyValueSnapshot> data, uint64_t commit, Shared shared)
      : data_(std::move(data)),
        commit_(commit),
        shared_(std::move(shared)),
        blocks_(shared_.blocks, commit),
        dictionary_(data_.get(), &blocks_) {}

  const std::shared_ptr<const KeyValueSnapshot> data_;
  const uint64_t commit_;
  const Shared shared_;
  const SnapshotBlocks blocks_;
  const DictionaryReader dictionary_;
  mutable RowCounts estimates_;
  // Read when first asked for, so that a row of small commits does not pay for them.
  mutable std::once_flag statistics_once_;
  mutable Statistics statistics_;
  mutable absl::Status statistics_status_;
  mutable std::atomic<bool> has_statistics_{false};
};

}  // namespace dossier::storage

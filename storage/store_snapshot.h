// Snapshot over a snapshot of the key-value store.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "storage/block_cache.h"
#include "storage/dictionary.h"
#include "storage/key_value_store.h"
#include "storage/snapshot.h"

namespace dossier::storage {

class StoreSnapshot : public Snapshot {
 public:
  // DataLoss when the state of the store cannot be read.
  static absl::StatusOr<std::shared_ptr<const StoreSnapshot>> Create(std::shared_ptr<const KeyValueSnapshot> data);

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

  const KeyValueSnapshot& data() const { return *data_; }

 private:
  StoreSnapshot(std::shared_ptr<const KeyValueSnapshot> data, uint64_t commit)
      : data_(std::move(data)), commit_(commit), dictionary_(data_.get(), &blocks_) {}

  const std::shared_ptr<const KeyValueSnapshot> data_;
  const uint64_t commit_;
  mutable BlockCache blocks_;
  const DictionaryReader dictionary_;
  mutable absl::Mutex mutex_;
  mutable absl::flat_hash_map<std::string, std::optional<TermId>> found_ ABSL_GUARDED_BY(mutex_);  // By IRI.
  // Read when first asked for, so that a row of small commits does not pay for them.
  mutable std::once_flag statistics_once_;
  mutable Statistics statistics_;
  mutable absl::Status statistics_status_;
};

}  // namespace dossier::storage

// Estimates of rows that one snapshot has given: the same patterns are counted for each plan of a question, for each of
// the notes beside an empty answer, and for each question about the same people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "storage/scan.h"

namespace dossier::storage {

// Thread-safe.
class RowCounts {
 public:
  std::optional<uint64_t> Find(const ScanSpec& spec) const {
    const absl::ReaderMutexLock lock(&mutex_);
    const auto found = rows_.find(KeyOf(spec));
    return found == rows_.end() ? std::nullopt : std::optional(found->second);
  }

  void Remember(const ScanSpec& spec, uint64_t rows) {
    const absl::MutexLock lock(&mutex_);
    if (rows_.size() >= kMost) rows_.clear();
    rows_.emplace(KeyOf(spec), rows);
  }

 private:
  using Key = std::tuple<Permutation, std::vector<TermId>, TermId, TermId>;

  static constexpr size_t kMost = 16384;  // About two megabytes; then all are forgotten.

  static Key KeyOf(const ScanSpec& spec) { return {spec.permutation, spec.prefix, spec.lower, spec.upper}; }

  mutable absl::Mutex mutex_;
  absl::flat_hash_map<Key, uint64_t> rows_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace dossier::storage

// The ids of IRIs that were looked up, for all snapshots of a store: those of the vocabulary, and of what is asked
// about, are sought by every question. Thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "rdf/term_id.h"

namespace dossier::storage {

class IriCache {
 public:
  // What the store knew of it at `commit`: its id, or that it has none; nullopt when that is not remembered.
  std::optional<std::optional<TermId>> Find(uint64_t commit, const std::string& iri) const;
  void Remember(uint64_t commit, const std::string& iri, std::optional<TermId> id);

 private:
  struct Found {
    std::optional<TermId> id;
    uint64_t commit = 0;
  };

  mutable absl::Mutex mutex_;
  absl::flat_hash_map<std::string, Found> found_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace dossier::storage

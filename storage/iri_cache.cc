#include "storage/iri_cache.h"

#include <algorithm>

namespace dossier::storage {
namespace {

constexpr size_t kMostFound = 4000;

}  // namespace

std::optional<std::optional<TermId>> IriCache::Find(uint64_t commit, const std::string& iri) const {
  const absl::ReaderMutexLock lock(&mutex_);
  const auto it = found_.find(iri);
  if (it == found_.end()) return std::nullopt;
  // A term keeps its id for ever; what has none may get one with the next commit.
  const Found& found = it->second;
  const bool holds = found.id.has_value() ? found.commit <= commit : found.commit == commit;
  if (!holds) return std::nullopt;
  return std::make_optional<std::optional<TermId>>(found.id);
}

void IriCache::Remember(uint64_t commit, const std::string& iri, std::optional<TermId> id) {
  const absl::MutexLock lock(&mutex_);
  if (found_.size() >= kMostFound) found_.clear();
  const auto [it, is_new] = found_.try_emplace(iri, Found{id, commit});
  if (is_new) return;
  Found& known = it->second;
  // The id with the earliest commit that it is known of.
  if (known.id.has_value() && id.has_value()) {
    known.commit = std::min(known.commit, commit);
  } else if (id.has_value() || (!known.id.has_value() && commit > known.commit)) {
    known = {id, commit};
  }
}

}  // namespace dossier::storage

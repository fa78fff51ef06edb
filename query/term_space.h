// The terms of one running query: those of the snapshot, and those that expressions make on the way. Gives every term
// one id, so that operators can compare ids only.
#pragma once

#include <deque>
#include <memory>

#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"
#include "absl/status/statusor.h"
#include "rdf/term.h"
#include "rdf/term_id.h"
#include "storage/snapshot.h"

namespace dossier {

// Not thread-safe.
class TermSpace {
 public:
  explicit TermSpace(std::shared_ptr<const Snapshot> snapshot) : snapshot_(std::move(snapshot)) {}

  const Snapshot& snapshot() const { return *snapshot_; }

  // The inline id, the stored id, or a local one (TermTag::kLocal) for a term that the store does not have.
  absl::StatusOr<TermId> Intern(const Term& term);

  // The term of any id this query has seen. The reference lives as long as the TermSpace. Terms looked up often are
  // kept.
  absl::StatusOr<const Term*> Get(TermId id);

 private:
  std::shared_ptr<const Snapshot> snapshot_;
  std::deque<Term> local_terms_;
  absl::flat_hash_map<Term, TermId> ids_;
  absl::node_hash_map<TermId, Term> terms_;
};

}  // namespace dossier

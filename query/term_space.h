// The terms of one running query: those of the snapshot, and those that expressions make on the way. Gives every term
// one id, so that operators can compare ids only.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"
#include "absl/status/statusor.h"
#include "base/memory_budget.h"
#include "rdf/term.h"
#include "rdf/term_id.h"
#include "storage/snapshot.h"

namespace dossier {

// Not thread-safe.
class TermSpace {
 public:
  explicit TermSpace(std::shared_ptr<const Snapshot> snapshot) : snapshot_(std::move(snapshot)) {}
  // With a budget, the terms kept here count against it; ResourceExhausted past it.
  TermSpace(std::shared_ptr<const Snapshot> snapshot, MemoryBudget* memory) : snapshot_(std::move(snapshot)) {
    memory_.emplace(memory);
  }

  const Snapshot& snapshot() const { return *snapshot_; }

  // Whether the snapshot has quads in named graphs.
  absl::StatusOr<bool> HasNamedQuads();

  // The inline id, the stored id, or a local one (TermTag::kLocal) for a term that the store does not have.
  absl::StatusOr<TermId> Intern(const Term& term);

  // The term of any id this query has seen; it lives as long as the TermSpace.
  absl::StatusOr<const Term*> Get(TermId id);

 private:
  absl::Status Charge(const Term& term);

  std::shared_ptr<const Snapshot> snapshot_;
  std::deque<Term> local_terms_;
  absl::flat_hash_map<Term, TermId> ids_;
  absl::node_hash_map<TermId, Term> terms_;
  std::optional<bool> has_named_quads_;
  size_t bytes_ = 0;
  std::optional<MemoryReservation> memory_;
};

}  // namespace dossier

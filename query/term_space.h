// The terms of one running query: those of the snapshot, and those that expressions make on the way. Gives every term
// one id, so that operators can compare ids only.
//
// A query may read more terms than memory holds. Terms of the store are kept only for speed, and those that expressions
// made only as long as a row may have them; the results go to their writer past all this (query/result/term_reader.h).
#pragma once

#include <cstddef>
#include <cstdint>
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

  // The term of any id this query has seen. It lives until the next Trim(), that of a local id as long as the id.
  absl::StatusOr<const Term*> Get(TermId id);

  // Lets go of terms of the store when many are kept. For those who evaluate expressions, between one and the next.
  void Trim() {
    if (stored_bytes_ > kStoredBytes) ForgetStored();
  }

  // Local ids are numbered in the order in which they are made; a number is never used twice. Forgets those from
  // `first` on, save `kept`: nothing may have them any more. For those who know that no row, table or plan does.
  uint64_t next_local() const { return next_local_; }
  void ForgetLocal(uint64_t first, TermId kept = TermId());

 private:
  // What is kept of the store between two expressions.
  static constexpr size_t kStoredBytes = size_t{32} << 20;

  absl::Status Charge(size_t* bytes, const Term& term);
  void Settle();
  void ForgetStored();

  std::shared_ptr<const Snapshot> snapshot_;
  std::optional<bool> has_named_quads_;
  // Of the store: found so far, and their ids.
  absl::node_hash_map<TermId, Term> stored_terms_;
  absl::flat_hash_map<Term, TermId> stored_ids_;
  size_t stored_bytes_ = 0;
  // Made on the way.
  absl::node_hash_map<TermId, Term> local_terms_;
  absl::flat_hash_map<Term, TermId> local_ids_;
  size_t local_bytes_ = 0;
  uint64_t next_local_ = 0;
  std::optional<MemoryReservation> memory_;
};

}  // namespace dossier

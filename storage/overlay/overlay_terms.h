// The terms that an overlay adds to those of its base.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/memory_budget.h"
#include "rdf/term.h"
#include "rdf/term_id.h"
#include "storage/overlay/overlay_rows.h"
#include "storage/permutation_writer.h"
#include "storage/snapshot.h"

namespace dossier::storage {

// Whether the overlay made the id. Such ids have the tags of the dictionary, and numbers that no dictionary reaches.
inline constexpr uint64_t kFirstOverlayPayload = uint64_t{1} << 55U;
inline bool IsOverlayId(TermId id) { return id.is_dictionary() && id.payload() >= kFirstOverlayPayload; }

// Intern changes it; everything else is thread-safe while that does not run.
class OverlayTerms {
 public:
  // Both must outlive it.
  OverlayTerms(const Snapshot* base, MemoryBudget* memory) : base_(base), reservation_(memory) {}

  absl::StatusOr<TermId> Intern(const Term& term);
  absl::StatusOr<std::optional<TermId>> Find(const Term& term) const;
  absl::Status Get(absl::Span<const TermId> ids, std::vector<Term>* terms) const;

  // What the new terms, and short strings of which the base has no name, add to a name table.
  ChangedRange Names(const NameScan& scan) const;

  // (subject, predicate, object, triple term) of the triple terms that are new since the last call.
  std::vector<RowChange> TakeTripleTerms();

 private:
  absl::Status AddNames(absl::string_view key, TermId id);
  absl::Status AddShortString(TermId id);

  const Snapshot* const base_;
  MemoryReservation reservation_;
  size_t bytes_ = 0;
  std::deque<Term> terms_;  // The one with payload kFirstOverlayPayload first.
  absl::flat_hash_map<Term, TermId> ids_;
  std::vector<RowChange> triple_terms_;
  absl::flat_hash_set<TermId> short_strings_;  // That were interned.
  ChangedRows names_;
  ChangedRows name_words_;
};

}  // namespace dossier::storage

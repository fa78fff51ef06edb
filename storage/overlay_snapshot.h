// A snapshot with changes laid over it that are not committed: what a request of several operations reads, so that the
// later ones see what the earlier ones wrote while the store stays as it was.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/cancellation.h"
#include "base/memory_budget.h"
#include "rdf/quad.h"
#include "rdf/term.h"
#include "rdf/term_id.h"
#include "storage/permutation.h"
#include "storage/snapshot.h"
#include "storage/store.h"

namespace dossier {

// A quad as the store keeps it: a row in plain order, (subject, predicate, object, graph), or for
// `reifier rdf:reifies <<( s p o )>>` (subject, predicate, object, reifier, graph). The graph is undefined for the
// default graph.
struct StoredRow {
  Relation relation = Relation::kQuads;  // Or kReifications.
  std::array<TermId, kMaxColumns> ids{};

  friend bool operator==(const StoredRow&, const StoredRow&) = default;
};

// Reads like any snapshot: as one of a store on which the changes were committed, save that new terms have ids above
// those of the base, and that the statistics are exact in rows only. Unlike others it changes, by Intern and Apply:
// while one of these runs nobody else may use it, and Apply ends the cursors that were open. Cheap where no change
// falls into the rows that are read.
class OverlaySnapshot : public Snapshot {
 public:
  // Without changes. What is kept counts against `memory`; ResourceExhausted past it. `cancellation` may be null: Apply
  // and Changes look at it. Both must outlive the overlay.
  static std::shared_ptr<OverlaySnapshot> Create(std::shared_ptr<const Snapshot> base, MemoryBudget* memory,
                                                 const Cancellation* cancellation = nullptr);

  // The id of `term`, which gets one when neither the base nor the overlay has it.
  virtual absl::StatusOr<TermId> Intern(const Term& term) = 0;

  // The row of a quad; new terms get ids.
  virtual absl::StatusOr<StoredRow> InternQuad(const Quad& quad) = 0;
  // The row that a quad has if it is there; nullopt when a term of it is unknown, so that it cannot be there.
  virtual absl::StatusOr<std::optional<StoredRow>> FindQuad(const Quad& quad) const = 0;

  // Removes rows, then adds rows. Removing what is not there and adding what is are no errors. After an error the
  // overlay must not be used any more.
  virtual absl::Status Apply(std::vector<StoredRow> removed, std::vector<StoredRow> added) = 0;

  // How many rows are there that the base does not have, and how many of the base are not there.
  virtual uint64_t added() const = 0;
  virtual uint64_t removed() const = 0;

  // What makes the base equal to the overlay when it is committed. The quads count against `memory` of Create as long
  // as the overlay lives.
  virtual absl::StatusOr<ChangeSet> Changes() = 0;
};

}  // namespace dossier

// Statistics of a base with the changes of an overlay: rows are exact, other counts are estimates from them.
#pragma once

#include <cstdint>
#include <mutex>

#include "absl/container/flat_hash_map.h"
#include "rdf/term_id.h"
#include "storage/overlay/overlay_rows.h"
#include "storage/snapshot.h"
#include "storage/statistics.h"

namespace dossier::storage {

// Count changes it; Get is thread-safe while that does not run.
class OverlayStatistics {
 public:
  // `base` must outlive it.
  explicit OverlayStatistics(const Snapshot* base) : base_(base) {}

  // A row of quads or reifications with this predicate is there that was not, or the other way round.
  void Count(Relation relation, TermId predicate, bool added);

  // `quads`: the changes of the quads in plain order. A predicate that has rows is never missing. Valid until Count.
  const Statistics& Get(const ChangedRows& quads) const;

 private:
  using RowDeltas = absl::flat_hash_map<TermId, int64_t>;

  static void AddDeltas(const RowDeltas& deltas, RelationStatistics* statistics);
  static void AddCharacteristicSets(const ChangedRows& quads, Statistics* statistics);

  const Snapshot* const base_;
  mutable std::mutex mutex_;
  // Not yet in statistics_.
  mutable RowDeltas quads_;
  mutable RowDeltas reifications_;
  mutable bool is_copied_ = false;  // From the base.
  mutable size_t sets_of_base_ = 0;
  mutable Statistics statistics_;
};

}  // namespace dossier::storage

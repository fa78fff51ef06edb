// Reads the rows of a pattern from a permutation: opens the cursors, and tells which rows of a block fit.
#pragma once

#include <array>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "query/plan/plan_node.h"
#include "storage/scan.h"
#include "storage/snapshot.h"

namespace dossier::exec {

// Not thread-safe. The plan outlives the reader.
class ScanReader {
 public:
  // `wanted`: positions of the permutation whose values the caller reads.
  ScanReader(const plan::ScanPlan& plan, absl::Span<const size_t> wanted);

  // Opens a cursor over the prefix and `range`.
  absl::Status Open(const Snapshot& snapshot, const plan::IdRange& range);

  // The next rows of the permutation, whether they fit or not. False at the end.
  absl::StatusOr<bool> Next(RowBlock* block);

  // Moves to the first row not less than `key`; only forward.
  absl::Status SeekForward(absl::Span<const TermId> key);

  // Whether row `row` of the block that Next() gave last fits the pattern: constants beside the prefix, repeated
  // variables, the graph.
  bool Fits(const RowBlock& block, size_t row) const;

  // Whether every row fits, so that nobody has to ask.
  bool always_fits() const { return always_fits_; }

 private:
  bool RepeatsRowBefore(const RowBlock& block, size_t row) const;
  bool InSomeGraph(const RowBlock& block, size_t row) const;
  // Whether a row before this one has the same triple in one of the wanted graphs.
  bool RepeatsTakenRow(const RowBlock& block, size_t row) const;
  void Remember(const RowBlock& block);

  const plan::ScanPlan& plan_;
  std::vector<std::pair<size_t, TermId>> checks_;
  std::vector<std::pair<size_t, size_t>> repeats_;  // Positions that have to be equal.
  std::vector<size_t> compared_;                    // kMerged, kMergedSome: the positions that tell triples apart.
  size_t graph_position_ = 0;
  bool always_fits_ = false;
  uint32_t wanted_columns_ = 0;
  std::unique_ptr<ScanCursor> cursor_;
  RowBlock last_block_;
  bool has_row_before_ = false;  // `row_before_` is the one before the current block.
  bool taken_before_ = false;    // kMergedSome: its triple stands in a wanted graph.
  std::array<TermId, kMaxColumns> row_before_{};
};

inline constexpr plan::IdRange kAllIds = {TermId::FromBits(0), TermId::FromBits(~uint64_t{0})};

}  // namespace dossier::exec

// The rows of a relation that an overlay adds and removes, in the order of each permutation.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "base/memory_budget.h"
#include "storage/permutation.h"
#include "storage/permutation_writer.h"
#include "storage/scan.h"

namespace dossier::storage {

// Changed rows in the column order of a permutation. True: added, and the base does not have it; false: removed, and
// the base has it.
using ChangedRows = absl::btree_map<Row, bool>;

// The changes that fall into a scan.
struct ChangedRange {
  const ChangedRows* rows = nullptr;
  ChangedRows::const_iterator begin;
  ChangedRows::const_iterator end;

  bool empty() const { return begin == end; }
};

// Record changes it; everything else is thread-safe while that does not run.
class OverlayRows {
 public:
  // `plain` is the permutation in whose order rows are given to Record. The budget must outlive it.
  OverlayRows(Permutation plain, MemoryBudget* memory) : plain_(plain), reservation_(memory) {
    Sorted(plain).emplace();
  }

  // In the plain order.
  const ChangedRows& changes() const { return *sorted_[static_cast<size_t>(plain_)]; }

  // Makes the row changed (true: added, false: removed) or, with nullopt, as it is in the base. Within one call no row
  // is named twice.
  absl::Status Record(absl::Span<const std::pair<Row, std::optional<bool>>> rows);

  // REQUIRES: the permutation is one of the relation, or of named quads where this is quads. Sorts the changes when
  // they are first asked for in this order; ResourceExhausted when there is no memory for that.
  absl::StatusOr<ChangedRange> Range(const ScanSpec& spec) const;

  uint64_t added() const { return added_; }
  uint64_t removed() const { return changes().size() - added_; }

 private:
  using SortedRows = std::optional<ChangedRows>;

  SortedRows& Sorted(Permutation permutation) const { return sorted_[static_cast<size_t>(permutation)]; }
  absl::StatusOr<const ChangedRows*> InOrder(Permutation permutation) const;
  // Takes memory for `rows` in each order that is there, and in `more_orders`.
  absl::Status Reserve(size_t rows, size_t more_orders) const;

  const Permutation plain_;
  uint64_t added_ = 0;
  mutable std::mutex mutex_;  // Guards the making of orders.
  mutable MemoryReservation reservation_;
  mutable std::array<SortedRows, kPermutationCount> sorted_;
};

}  // namespace dossier::storage

// The rows that an operation of an update adds or removes, gathered before any of them is.
#pragma once

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "base/memory_budget.h"
#include "storage/overlay_snapshot.h"

namespace dossier::sparql {

// Not thread-safe.
class RowCollector {
 public:
  // The budget must outlive it; ResourceExhausted past it.
  explicit RowCollector(MemoryBudget* memory) : reservation_(memory) {}

  absl::Status Add(const StoredRow& row) {
    if (rows_.size() == limit_) {
      DropRepetitions();
      limit_ = std::max(limit_, 2 * rows_.size());
      // While the vector grows there are two of them.
      if (absl::Status status = reservation_.Resize(limit_ * sizeof(StoredRow) * 3 / 2); !status.ok()) return status;
      rows_.reserve(limit_);
    }
    rows_.push_back(row);
    return absl::OkStatus();
  }

  // Empties it. What it holds counts against the budget as long as the collector lives.
  std::vector<StoredRow> Take() { return std::exchange(rows_, {}); }

 private:
  // A template without variables gives the same quad for each solution.
  void DropRepetitions() {
    std::sort(rows_.begin(), rows_.end(), [](const StoredRow& a, const StoredRow& b) {
      return std::tie(a.relation, a.ids) < std::tie(b.relation, b.ids);
    });
    rows_.erase(std::unique(rows_.begin(), rows_.end()), rows_.end());
  }

  MemoryReservation reservation_;
  std::vector<StoredRow> rows_;
  size_t limit_ = 1024;
};

}  // namespace dossier::sparql

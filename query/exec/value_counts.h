// A number for each of many ids: how many solutions there are with it.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/memory_budget.h"
#include "rdf/term_id.h"

namespace dossier::exec {

// An array where the ids lie close together, as those of one kind in the dictionary do; else a hash table.
class ValueCounts {
 public:
  explicit ValueCounts(MemoryBudget* memory) : memory_(memory) {}

  // Adds `count` to the number of `id`. Errors are told by status().
  void Add(TermId id, uint64_t count) {
    ++adds_;
    const uint64_t place = id.bits() - first_;
    if (place < dense_.size()) {
      overflowed_ |= __builtin_add_overflow(dense_[place], count, &dense_[place]);
    } else {
      AddElsewhere(id, count);
    }
  }

  uint64_t Of(TermId id) const {
    const uint64_t place = id.bits() - first_;
    if (place < dense_.size()) return dense_[place];
    if (sparse_.empty()) return 0;
    const auto found = sparse_.find(id);
    return found == sparse_.end() ? 0 : found->second;
  }

  // Multiplies each number with that of the same id in `other`; ids that `other` does not have get 0.
  void MultiplyBy(const ValueCounts& other);

  // Calls `visit` with each id whose number is not 0, in ascending order.
  absl::Status ForEach(absl::FunctionRef<absl::Status(TermId, uint64_t)> visit) const;

  // ResourceExhausted when memory ran out, OutOfRange when a number became too large: then the numbers are wrong.
  absl::Status status() const;

 private:
  void AddElsewhere(TermId id, uint64_t count);
  // Makes room in the array for `id`; false where it lies too far away.
  bool GrowTo(uint64_t id);
  void SetStatus(const absl::Status& status) { status_.Update(status); }

  uint64_t first_ = 0;  // The id of the array's first number.
  std::vector<uint64_t> dense_;
  absl::flat_hash_map<TermId, uint64_t> sparse_;  // Ids outside the array.
  uint64_t adds_ = 0;
  bool overflowed_ = false;
  absl::Status status_;
  MemoryReservation memory_;
};

// Product and sum; OutOfRange when they are too large for the number of an answer.
absl::StatusOr<uint64_t> MultiplyCounts(uint64_t a, uint64_t b);
absl::StatusOr<uint64_t> AddCounts(uint64_t a, uint64_t b);

}  // namespace dossier::exec

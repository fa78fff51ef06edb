// The rows of a relation as a tree: at each level the values of one variable, in order, below those of the variables
// before it. What the joins of many relations at once go through (Veldhuizen, "Leapfrog Triejoin", ICDT 2014), kept in
// memory as sorted arrays: one pass over the index is cheaper than seeking in it for every value.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "base/memory_budget.h"
#include "query/exec/value_codes.h"

namespace dossier::exec {

// Not thread-safe while it is filled; then any number of threads may read.
class Trie {
 public:
  static constexpr size_t kMostLevels = 3;

  // A part of the array of a level.
  struct Range {
    uint32_t begin = 0;
    uint32_t end = 0;
    uint32_t size() const { return end - begin; }
  };

  Trie(size_t levels, MemoryBudget* memory) : levels_(levels), memory_(memory) {}

  size_t levels() const { return levels_; }

  // Appends rows, given level by level; they ascend, and come behind those that are there. Equal rows count once.
  void Append(size_t rows, absl::Span<const uint32_t* const> columns);
  // Appends all of `other`, whose first values are greater than those here.
  void Append(const Trie& other);

  // Makes room for about so many rows, so that they are not moved while they come.
  void Reserve(size_t rows) { values_[levels_ - 1].reserve(rows); }

  // After the last row: makes the first level ready to be looked up.
  absl::Status Finish();

  // Takes the memory that the rows need; to be called now and then while they are appended.
  absl::Status Charge(size_t more_bytes = 0);

  absl::Span<const uint32_t> values(size_t level) const { return values_[level]; }
  Range all() const { return {0, static_cast<uint32_t>(values_[0].size())}; }

  // The values below `value` of the first level; none when it is not there. REQUIRES: there are two levels.
  Range BelowFirst(uint32_t value) const {
    const uint32_t place = value - first_;
    if (place >= begins_by_value_.size() - 1) return {};
    return {begins_by_value_[place], begins_by_value_[place + 1]};
  }
  // Whether the first level has `value`.
  bool HasFirst(uint32_t value) const {
    const uint32_t place = value - first_;
    return place < begins_by_value_.size() - 1 && begins_by_value_[place] < begins_by_value_[place + 1];
  }
  // The values below the one at `position` of the second level. REQUIRES: there are three levels.
  Range BelowSecond(uint32_t position) const { return {begins_[1][position], begins_[1][position + 1]}; }

 private:
  void AppendPairs(size_t rows, const uint32_t* keys, const uint32_t* values);

  const size_t levels_;
  std::array<std::vector<uint32_t>, kMostLevels> values_;
  // By level and position there: where the values below begin in the next level. The end is added by Finish().
  std::array<std::vector<uint32_t>, kMostLevels> begins_;
  // By value of the first level, from `first_` on: where the values below begin. (With one level: how many values of
  // the first level come before.)
  std::vector<uint32_t> begins_by_value_;
  uint32_t first_ = 0;
  MemoryReservation memory_;
};

}  // namespace dossier::exec

// Rows kept in memory and found by the values of some of their columns; what hash joins, grouping and duplicate removal
// stand on. Charges the query's memory for all that it holds.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "base/memory_budget.h"
#include "query/exec/row_batch.h"

namespace dossier::exec {

// Not thread-safe.
class RowTable {
 public:
  static constexpr uint32_t kNoRow = ~uint32_t{0};

  // `keys`: positions of the columns by which rows are found.
  RowTable(size_t columns, std::vector<size_t> keys, MemoryBudget* memory);

  // Adds a row. ResourceExhausted past the memory limit or four thousand million rows.
  absl::Status Add(const RowBatch& batch, size_t row);

  // The first row whose keys equal the values of `columns` in row `row` of `batch`, or kNoRow; more by Next().
  uint32_t Find(const RowBatch& batch, absl::Span<const size_t> columns, size_t row) const;
  uint32_t Next(uint32_t found, const RowBatch& batch, absl::Span<const size_t> columns, size_t row) const;

  // Makes `rows` the rows of `batch` that Find() may find something for: in the order of the batch, and few of those
  // for which it would not.
  void SelectMarked(const RowBatch& batch, absl::Span<const size_t> columns, std::vector<uint32_t>* rows) const;

  // All rows, column by column.
  const RowBatch& rows() const { return rows_; }
  void Clear();

 private:
  static uint64_t Hash(const RowBatch& batch, absl::Span<const size_t> columns, size_t row);
  uint64_t& MarksOf(uint64_t hash) { return marks_[(hash >> 32U) & (marks_.size() - 1)]; }
  bool IsMarked(uint64_t hash) const {
    return (marks_[(hash >> 32U) & (marks_.size() - 1)] >> (hash >> 58U) & 1U) != 0;
  }
  void Link(uint32_t row);
  uint32_t SkipToEqual(uint32_t candidate, const RowBatch& batch, absl::Span<const size_t> columns, size_t row) const;
  absl::Status Grow();

  const std::vector<size_t> keys_;
  RowBatch rows_;
  std::vector<uint32_t> next_;     // By row: the row added before it to the same bucket.
  std::vector<uint32_t> buckets_;  // The row added last; a power of two of them.
  // A bit for each hash of a row, in some twenty times as many as there are rows: most keys that no row has are told by
  // it, without a look at the rows of a bucket.
  std::vector<uint64_t> marks_;
  size_t capacity_ = 0;  // Rows that are charged for.
  MemoryReservation memory_;
};

}  // namespace dossier::exec

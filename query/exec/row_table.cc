#include "query/exec/row_table.h"

#include <algorithm>
#include <utility>

#include "base/status_macros.h"

namespace dossier::exec {
namespace {

constexpr size_t kFirstCapacity = 256;
constexpr size_t kRowsPerMarks = 4;  // A word of marks for so many.

}  // namespace

RowTable::RowTable(size_t columns, std::vector<size_t> keys, MemoryBudget* memory)
    : keys_(std::move(keys)), memory_(memory) {
  rows_.columns.resize(columns);
}

uint64_t RowTable::Hash(const RowBatch& batch, absl::Span<const size_t> columns, size_t row) {
  uint64_t hash = 0x9E3779B97F4A7C15U;
  for (const size_t column : columns) {
    hash = (hash ^ batch.columns[column][row].bits()) * 0xFF51AFD7ED558CCDU;
    hash ^= hash >> 32U;
  }
  return hash;
}

absl::Status RowTable::Grow() {
  const size_t capacity = std::max(kFirstCapacity, capacity_ * 2);
  if (capacity >= kNoRow) return absl::ResourceExhaustedError("a table of the question has too many rows");
  const size_t bytes_per_row =
      rows_.columns.size() * sizeof(TermId) + 2 * sizeof(uint32_t) + sizeof(uint64_t) / kRowsPerMarks;
  DOSSIER_RETURN_IF_ERROR(memory_.Resize(capacity * bytes_per_row));
  capacity_ = capacity;
  for (auto& column : rows_.columns) column.reserve(capacity);
  next_.reserve(capacity);
  // Without keys there is one chain of all rows.
  buckets_.assign(keys_.empty() ? 1 : capacity, kNoRow);
  marks_.assign(capacity / kRowsPerMarks, 0);
  for (uint32_t row = 0; row < rows_.rows; ++row) Link(row);
  return absl::OkStatus();
}

void RowTable::Link(uint32_t row) {
  const uint64_t hash = Hash(rows_, keys_, row);
  next_[row] = std::exchange(buckets_[hash & (buckets_.size() - 1)], row);
  MarksOf(hash) |= uint64_t{1} << (hash >> 58U);
}

absl::Status RowTable::Add(const RowBatch& batch, size_t row) {
  if (rows_.rows == capacity_) DOSSIER_RETURN_IF_ERROR(Grow());
  for (size_t i = 0; i < rows_.columns.size(); ++i) rows_.columns[i].push_back(batch.columns[i][row]);
  next_.push_back(kNoRow);
  Link(static_cast<uint32_t>(rows_.rows++));
  return absl::OkStatus();
}

uint32_t RowTable::SkipToEqual(uint32_t candidate, const RowBatch& batch, absl::Span<const size_t> columns,
                               size_t row) const {
  for (; candidate != kNoRow; candidate = next_[candidate]) {
    bool equal = true;
    for (size_t i = 0; i < keys_.size() && equal; ++i) {
      equal = rows_.columns[keys_[i]][candidate] == batch.columns[columns[i]][row];
    }
    if (equal) return candidate;
  }
  return kNoRow;
}

uint32_t RowTable::Find(const RowBatch& batch, absl::Span<const size_t> columns, size_t row) const {
  if (rows_.rows == 0) return kNoRow;
  const uint64_t hash = Hash(batch, columns, row);
  if (!IsMarked(hash)) return kNoRow;
  return SkipToEqual(buckets_[hash & (buckets_.size() - 1)], batch, columns, row);
}

uint32_t RowTable::Next(uint32_t found, const RowBatch& batch, absl::Span<const size_t> columns, size_t row) const {
  return SkipToEqual(next_[found], batch, columns, row);
}

void RowTable::SelectMarked(const RowBatch& batch, absl::Span<const size_t> columns,
                            std::vector<uint32_t>* rows) const {
  rows->clear();
  if (rows_.rows == 0) return;
  rows->resize(batch.rows);
  // Without a branch: which rows are marked is hard to foresee.
  uint32_t* const out = rows->data();
  size_t count = 0;
  for (size_t row = 0; row < batch.rows; ++row) {
    out[count] = static_cast<uint32_t>(row);
    count += IsMarked(Hash(batch, columns, row)) ? 1 : 0;
  }
  rows->resize(count);
}

void RowTable::Clear() {
  rows_.Clear();
  next_.clear();
  std::fill(buckets_.begin(), buckets_.end(), kNoRow);
  std::fill(marks_.begin(), marks_.end(), 0);
}

}  // namespace dossier::exec

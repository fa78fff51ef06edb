// Rows as numbers of 128 bits that sort as the rows do: half as large as rows, and sorted by digits in place of
// comparisons. That works because the ids of a column, though 64 bits wide, lie in a few short ranges, one for each
// tag.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "rdf/term_id.h"
#include "storage/permutation.h"

namespace dossier::storage {

using PackedRow = unsigned __int128;

// For each tag, from which to which id a column goes.
class ColumnRange {
 public:
  static constexpr size_t kTags = 32;  // More than there are.

  ColumnRange() { least_.fill(~uint64_t{0}); }

  void Add(TermId id) {
    const size_t tag = static_cast<size_t>(id.tag()) % kTags;
    if (id.bits() < least_[tag]) least_[tag] = id.bits();
    if (id.bits() > greatest_[tag]) greatest_[tag] = id.bits();
  }
  bool has(size_t tag) const { return least_[tag] <= greatest_[tag]; }
  uint64_t least(size_t tag) const { return least_[tag]; }
  uint64_t greatest(size_t tag) const { return greatest_[tag]; }

 private:
  std::array<uint64_t, kTags> least_;
  std::array<uint64_t, kTags> greatest_{};
};

class RowPacker {
 public:
  // For rows whose columns lie in `ranges`; none when that takes more than 128 bits.
  static std::optional<RowPacker> ForRanges(absl::Span<const ColumnRange> ranges);
  // For any rows of one or two columns.
  static RowPacker ForAnyPair(size_t width);

  size_t width() const { return width_; }
  unsigned bits() const { return bits_; }

  // REQUIRES: every id lies in the range of its column.
  PackedRow Pack(const TermId* row) const {
    PackedRow packed = 0;
    for (size_t i = 0; i < width_; ++i) {
      const Column& column = columns_[i];
      packed = packed << column.bits | (row[i].bits() + column.added[row[i].bits() >> 56U & kTagMask]);
    }
    return packed;
  }
  void Unpack(PackedRow packed, TermId* row) const {
    for (size_t i = width_; i-- > 0;) {
      const Column& column = columns_[i];
      const uint64_t value = static_cast<uint64_t>(packed) & column.mask;
      packed >>= column.bits;
      size_t part = 0;
      while (part + 1 < column.parts && column.part_begin[part + 1] <= value) ++part;
      row[i] = TermId::FromBits(value - column.part_added[part]);
    }
  }

 private:
  static constexpr size_t kTagMask = ColumnRange::kTags - 1;

  // The ranges of a column, laid end to end, are numbers from 0 on.
  struct Column {
    unsigned bits = 0;
    uint64_t mask = 0;
    std::array<uint64_t, ColumnRange::kTags> added{};  // By tag: what makes an id its number (modulo 2^64).
    size_t parts = 0;
    std::array<uint64_t, ColumnRange::kTags> part_begin{};  // Ascending.
    std::array<uint64_t, ColumnRange::kTags> part_added{};
  };

  static Column MakeColumn(const ColumnRange& range);

  size_t width_ = 0;
  unsigned bits_ = 0;  // Of a packed row.
  std::array<Column, kMaxColumns> columns_;
};

// Sorts by the most significant digits that differ, then each part on its own. `scratch` is as large as `rows`; what it
// holds does not matter.
void SortPacked(absl::Span<PackedRow> rows, absl::Span<PackedRow> scratch);

}  // namespace dossier::storage

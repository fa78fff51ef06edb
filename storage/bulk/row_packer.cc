#include "storage/bulk/row_packer.h"

#include <algorithm>

#include "storage/bit_packing.h"

namespace dossier::storage {
namespace {

// With fewer rows, comparing is quicker than counting digits.
constexpr size_t kFewRows = 192;
constexpr unsigned kDigitBits = 8;
constexpr size_t kDigits = size_t{1} << kDigitBits;

unsigned PackedWidth(PackedRow number) {
  const auto high = static_cast<uint64_t>(number >> 64U);
  return high != 0 ? 64U + BitWidth(high) : BitWidth(static_cast<uint64_t>(number));
}

}  // namespace

RowPacker::Column RowPacker::MakeColumn(const ColumnRange& range) {
  Column column;
  uint64_t begin = 0;
  for (size_t tag = 0; tag < ColumnRange::kTags; ++tag) {
    if (!range.has(tag)) continue;
    column.added[tag] = begin - range.least(tag);
    column.part_begin[column.parts] = begin;
    column.part_added[column.parts] = column.added[tag];
    ++column.parts;
    begin += range.greatest(tag) - range.least(tag) + 1;
  }
  column.bits = begin == 0 ? 0 : BitWidth(begin - 1);
  column.mask = column.bits == 64 ? ~uint64_t{0} : (uint64_t{1} << column.bits) - 1;
  return column;
}

std::optional<RowPacker> RowPacker::ForRanges(absl::Span<const ColumnRange> ranges) {
  RowPacker packer;
  packer.width_ = ranges.size();
  for (size_t i = 0; i < ranges.size(); ++i) {
    packer.columns_[i] = MakeColumn(ranges[i]);
    packer.bits_ += packer.columns_[i].bits;
  }
  if (packer.bits_ > 128) return std::nullopt;
  return packer;
}

RowPacker RowPacker::ForAnyPair(size_t width) {
  RowPacker packer;
  packer.width_ = width;
  packer.bits_ = static_cast<unsigned>(64 * width);
  for (size_t i = 0; i < width; ++i) {
    packer.columns_[i].bits = 64;
    packer.columns_[i].mask = ~uint64_t{0};
    packer.columns_[i].parts = 1;
  }
  return packer;
}

void SortPacked(absl::Span<PackedRow> rows, absl::Span<PackedRow> scratch) {
  if (rows.size() <= kFewRows) {
    std::sort(rows.begin(), rows.end());
    return;
  }
  PackedRow differing = 0;
  bool sorted = true;
  for (size_t i = 1; i < rows.size(); ++i) {
    differing |= rows[i] ^ rows[0];
    sorted &= rows[i - 1] <= rows[i];
  }
  if (sorted) return;
  const unsigned width = PackedWidth(differing);
  const unsigned shift = width > kDigitBits ? width - kDigitBits : 0;
  const auto digit = [shift](PackedRow row) { return static_cast<size_t>(row >> shift) & (kDigits - 1); };
  std::array<size_t, kDigits + 1> begin{};
  for (const PackedRow row : rows) ++begin[digit(row) + 1];
  for (size_t i = 0; i < kDigits; ++i) begin[i + 1] += begin[i];
  std::array<size_t, kDigits> next;
  std::copy_n(begin.begin(), kDigits, next.begin());
  for (const PackedRow row : rows) scratch[next[digit(row)]++] = row;
  std::copy_n(scratch.begin(), rows.size(), rows.begin());
  if (shift == 0) return;
  for (size_t i = 0; i < kDigits; ++i) {
    const size_t count = begin[i + 1] - begin[i];
    if (count > 1) SortPacked(rows.subspan(begin[i], count), scratch.subspan(begin[i], count));
  }
}

}  // namespace dossier::storage

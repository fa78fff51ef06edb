#include "storage/bulk/row_sorter.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "base/status_macros.h"

namespace dossier::storage {
namespace {

constexpr size_t kChunkRows = 1024;

template <size_t kWidth>
void SortWide(std::vector<TermId>* rows) {
  using Row = std::array<TermId, kWidth>;
  static_assert(sizeof(Row) == kWidth * sizeof(TermId));
  auto* const begin = reinterpret_cast<Row*>(rows->data());
  auto* const end = begin + rows->size() / kWidth;
  std::sort(begin, end, [](const Row& a, const Row& b) { return RowLess(a.data(), b.data(), kWidth); });
  auto* const last = std::unique(begin, end);
  rows->resize(static_cast<size_t>(last - begin) * kWidth);
}

}  // namespace

void SortAndDeduplicate(std::vector<TermId>* rows, size_t width) {
  switch (width) {
    case 1: return SortWide<1>(rows);
    case 2: return SortWide<2>(rows);
    case 3: return SortWide<3>(rows);
    case 4: return SortWide<4>(rows);
    case 5: return SortWide<5>(rows);
    default: assert(false && "no relation has rows of this width");
  }
}

RowSorter::RowSorter(size_t width, size_t memory_bytes, std::string directory, std::optional<RowPacker> packer)
    : width_(width),
      buffer_limit_(std::max(memory_bytes / sizeof(TermId) / width, kChunkRows) * width),
      directory_(std::move(directory)),
      packer_(width <= 2 ? RowPacker::ForAnyPair(width) : packer),
      packed_limit_(std::max(memory_bytes / sizeof(PackedRow) / 2, kChunkRows)) {
  // Pages that are never touched cost nothing, and growing would need the buffer twice.
  if (packer_.has_value()) {
    packed_.reserve(packed_limit_);
  } else {
    buffer_.reserve(buffer_limit_);
  }
}

void RowSorter::SortBuffer() {
  if (!packer_.has_value()) return SortAndDeduplicate(&buffer_, width_);
  // Not a vector, which would be filled with zeros first.
  const std::unique_ptr<PackedRow[]> scratch(new PackedRow[packed_.size()]);
  SortPacked(absl::MakeSpan(packed_), absl::MakeSpan(scratch.get(), packed_.size()));
  packed_.erase(std::unique(packed_.begin(), packed_.end()), packed_.end());
}

absl::Status RowSorter::SpillRun() {
  SortBuffer();
  if (spilled_ == nullptr) {
    DOSSIER_ASSIGN_OR_RETURN(spilled_, RowFile::Create(directory_, width_));
  }
  for (size_t i = 0; i < buffer_.size(); i += width_) DOSSIER_RETURN_IF_ERROR(spilled_->Add(&buffer_[i]));
  std::array<TermId, kMaxColumns> row{};
  for (const PackedRow packed : packed_) {
    packer_->Unpack(packed, row.data());
    DOSSIER_RETURN_IF_ERROR(spilled_->Add(row.data()));
  }
  DOSSIER_ASSIGN_OR_RETURN(const SpillExtent extent, spilled_->EndExtent());
  extents_.push_back(extent);
  buffer_.clear();
  packed_.clear();
  return absl::OkStatus();
}

absl::Status RowSorter::StartReading() {
  reading_ = true;
  if (extents_.empty()) {
    SortBuffer();
    return absl::OkStatus();
  }
  if (!buffer_.empty() || !packed_.empty()) DOSSIER_RETURN_IF_ERROR(SpillRun());
  std::vector<TermId>().swap(buffer_);
  std::vector<PackedRow>().swap(packed_);
  DOSSIER_RETURN_IF_ERROR(spilled_->Flush());
  const auto greater = [this](size_t a, size_t b) { return RowLess(runs_[b].rows.row(), runs_[a].rows.row(), width_); };
  for (const SpillExtent& extent : extents_) {
    std::unique_ptr<RowStream> stream = spilled_->Read(extent, 32 << 10);
    RowPeeker rows(stream.get(), width_);
    DOSSIER_RETURN_IF_ERROR(rows.Advance());
    if (rows.row() == nullptr) continue;
    heap_.push_back(runs_.size());
    runs_.push_back({std::move(stream), rows});
  }
  std::make_heap(heap_.begin(), heap_.end(), greater);
  return absl::OkStatus();
}

absl::StatusOr<absl::Span<const TermId>> RowSorter::NextChunk() {
  if (!reading_) DOSSIER_RETURN_IF_ERROR(StartReading());
  if (extents_.empty() && packer_.has_value()) {
    UnpackChunk();
    return absl::MakeConstSpan(chunk_);
  }
  if (extents_.empty()) {
    const size_t count = std::min(kChunkRows * width_, buffer_.size() - read_);
    const auto chunk = absl::MakeConstSpan(buffer_.data() + read_, count);
    read_ += count;
    return chunk;
  }
  DOSSIER_RETURN_IF_ERROR(MergeChunk());
  return absl::MakeConstSpan(chunk_);
}

void RowSorter::UnpackChunk() {
  const size_t count = std::min(kChunkRows, packed_.size() - read_);
  chunk_.resize(count * width_);
  for (size_t i = 0; i < count; ++i) packer_->Unpack(packed_[read_ + i], &chunk_[i * width_]);
  read_ += count;
}

absl::Status RowSorter::MergeChunk() {
  const auto greater = [this](size_t a, size_t b) { return RowLess(runs_[b].rows.row(), runs_[a].rows.row(), width_); };
  // The last row stays until the end of this call, to be compared with the rows that follow.
  std::array<TermId, kMaxColumns> last{};
  bool has_last = !chunk_.empty();
  if (has_last) std::copy(chunk_.end() - static_cast<ptrdiff_t>(width_), chunk_.end(), last.begin());
  chunk_.clear();
  while (!heap_.empty() && chunk_.size() < kChunkRows * width_) {
    std::pop_heap(heap_.begin(), heap_.end(), greater);
    RowPeeker& rows = runs_[heap_.back()].rows;
    if (!has_last || !RowEqual(last.data(), rows.row(), width_)) {
      chunk_.insert(chunk_.end(), rows.row(), rows.row() + width_);
      std::copy(rows.row(), rows.row() + width_, last.begin());
      has_last = true;
    }
    DOSSIER_RETURN_IF_ERROR(rows.Advance());
    if (rows.row() == nullptr) {
      heap_.pop_back();
    } else {
      std::push_heap(heap_.begin(), heap_.end(), greater);
    }
  }
  return absl::OkStatus();
}

}  // namespace dossier::storage

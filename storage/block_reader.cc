#include "storage/block_reader.h"

#include <algorithm>
#include <utility>

#include "base/status_macros.h"

namespace dossier::storage {
namespace {

// Blocks that are read one after the other without being sought belong to a scan, which is not worth keeping.
constexpr size_t kStepsToKeep = 4;
// Rows are often sought in small steps, so that the next block is tried first; not when so many seeks in a row went
// further, but for each so many.
constexpr size_t kFarMoves = 4;
constexpr size_t kFarMovesToTry = 32;

}  // namespace

TableReader& BlockReader::reader() {
  if (!reader_.has_value()) reader_.emplace(snapshot_, table_);
  return *reader_;
}

bool BlockReader::StandOn(std::shared_ptr<const CachedBlock> block) {
  kept_ = std::move(block);
  present_columns_ = 0;
  reader_is_ahead_ = false;
  return true;
}

// After reader_ has moved to where it is wanted.
bool BlockReader::Arrive(bool found) {
  kept_ = nullptr;
  reader_is_ahead_ = false;
  present_columns_ = 0;
  is_new_ = found;
  return found;
}

absl::StatusOr<bool> BlockReader::SeekTo(absl::Span<const TermId> row) {
  steps_ = 0;
  if (cache_ != nullptr) {
    if (auto block = cache_->Find(table_, row); block != nullptr) return StandOn(std::move(block));
  }
  DOSSIER_ASSIGN_OR_RETURN(const bool found, reader().SeekTo(row));
  return Arrive(found);
}

absl::StatusOr<bool> BlockReader::Next() {
  ++steps_;
  if (kept_ == nullptr) {
    DOSSIER_ASSIGN_OR_RETURN(const bool found, reader_->Next());
    return Arrive(found);
  }
  if (!kept_->next.has_value()) return false;
  const absl::Span<const TermId> next(kept_->next->data(), table_.width);
  if (auto block = cache_->Find(table_, next); block != nullptr) return StandOn(std::move(block));
  if (reader_is_ahead_) return Arrive(true);
  DOSSIER_ASSIGN_OR_RETURN(const bool found, reader().SeekTo(next));
  return Arrive(found);
}

absl::StatusOr<bool> BlockReader::MoveOnTo(absl::Span<const TermId> row) {
  if (cache_ != nullptr) {
    if (auto block = cache_->Find(table_, row); block != nullptr) return StandOn(std::move(block));
  }
  if (far_moves_ >= kFarMoves && ++far_moves_ % kFarMovesToTry != 0) return SeekTo(row);
  DOSSIER_ASSIGN_OR_RETURN(const bool found, Next());
  if (!found) return false;
  const absl::Span<const TermId> first = first_row().subspan(0, row.size());
  const bool before = std::lexicographical_compare(first.begin(), first.end(), row.begin(), row.end());
  far_moves_ = before ? far_moves_ + 1 : 0;
  return before ? SeekTo(row) : absl::StatusOr<bool>(true);
}

absl::StatusOr<const DecodedBlock*> BlockReader::Rows(uint32_t columns) {
  const bool is_new = is_new_;
  DOSSIER_RETURN_IF_ERROR(KeepIfNew());
  if (kept_ != nullptr && kept_->is_decoded()) return &kept_->rows;
  if ((columns & ~present_columns_) == 0) return &decoded_;
  if (kept_ != nullptr) {
    return DecodeKept(columns | present_columns_, !is_new && cache_->IsWorthDecoding(*kept_, true));
  }
  DOSSIER_RETURN_IF_ERROR(decoded_.Decode(reader_->block(), table_.width, columns | present_columns_));
  present_columns_ |= columns;
  return &decoded_;
}

absl::StatusOr<const DecodedBlock*> BlockReader::RowsAt(absl::Span<const TermId> key, uint32_t columns,
                                                        RowWindow* window) {
  const bool is_new = is_new_;
  DOSSIER_RETURN_IF_ERROR(KeepIfNew());
  const DecodedBlock* rows = nullptr;
  if (kept_ == nullptr || kept_->is_decoded() || present_columns_ != 0) {
    DOSSIER_ASSIGN_OR_RETURN(rows, Rows(columns));
  } else if (!is_new && cache_->IsWorthDecoding(*kept_, false)) {
    DOSSIER_ASSIGN_OR_RETURN(rows, DecodeKept(columns, true));
  } else {
    DOSSIER_ASSIGN_OR_RETURN(const std::optional<RowWindow> part,
                             decoded_.DecodePart(kept_->stored, kept_->groups, table_.width, columns, key));
    if (part.has_value()) {
      *window = *part;
      return &decoded_;
    }
    DOSSIER_ASSIGN_OR_RETURN(rows, Rows(columns));
  }
  *window = {0, rows->rows()};
  return rows;
}

bool BlockReader::IsBefore(absl::Span<const TermId> row) const {
  if (kept_ == nullptr || !kept_->next.has_value()) return false;
  return !std::lexicographical_compare(row.begin(), row.end(), kept_->next->begin(),
                                       kept_->next->begin() + table_.width);
}

absl::Status BlockReader::KeepIfNew() {
  const bool is_new = std::exchange(is_new_, false);
  if (kept_ != nullptr || cache_ == nullptr || !is_new || steps_ > kStepsToKeep) return absl::OkStatus();
  const Keeping how = cache_->HowToKeep(table_, reader_->first_row(), steps_ == 0);
  return how == Keeping::kNot ? absl::OkStatus() : Keep(how);
}

absl::Status BlockReader::Keep(Keeping how) {
  const bool decoded = how == Keeping::kDecoded;
  if (decoded) {
    DOSSIER_RETURN_IF_ERROR(decoded_.Decode(reader_->block(), table_.width));
    present_columns_ = ~uint32_t{0};
  } else {
    DOSSIER_RETURN_IF_ERROR(CheckBlock(reader_->block()));
  }
  BlockRow first{};
  std::copy_n(reader_->first_row().begin(), table_.width, first.begin());
  const size_t bytes = stored_bytes();
  const std::string stored(decoded ? absl::string_view() : reader_->block());
  DOSSIER_ASSIGN_OR_RETURN(const bool found, reader_->Next());
  std::optional<BlockRow> next;
  if (found) std::copy_n(reader_->first_row().begin(), table_.width, next.emplace().begin());
  kept_ = decoded ? cache_->Keep(table_, first, next, decoded_, bytes)
                  : cache_->KeepStored(table_, first, next, stored, bytes);
  reader_is_ahead_ = found;
  return absl::OkStatus();
}

absl::StatusOr<const DecodedBlock*> BlockReader::DecodeKept(uint32_t columns, bool for_good) {
  if (for_good) columns = ~uint32_t{0};
  DOSSIER_RETURN_IF_ERROR(decoded_.DecodeAgain(kept_->stored, table_.width, columns));
  present_columns_ = columns;
  if (!for_good) return &decoded_;
  kept_ = cache_->Keep(table_, kept_->first, kept_->next, decoded_, kept_->stored_bytes);
  return &kept_->rows;
}

}  // namespace dossier::storage

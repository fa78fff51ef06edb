#include "storage/overlay/overlay_cursor.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "storage/block.h"

namespace dossier::storage {
namespace {

// Runs of the base of at least this many rows are handed out as they are; shorter ones are copied together.
constexpr size_t kLongRun = 64;

bool RowIsLess(const RowBlock& block, size_t row, absl::Span<const TermId> key) {
  for (size_t i = 0; i < key.size(); ++i) {
    if (block.columns[i][row] != key[i]) return block.columns[i][row] < key[i];
  }
  return false;
}

// The first row in [from, rows) that is not less than `key`. Fast when it is near `from`.
size_t LowerBound(const RowBlock& block, absl::Span<const TermId> key, size_t from) {
  size_t begin = from;
  size_t step = 1;
  while (begin + step < block.rows && RowIsLess(block, begin + step - 1, key)) {
    begin += step;
    step *= 2;
  }
  size_t count = std::min(block.rows, begin + step) - begin;
  while (count > 0) {
    const size_t half = count / 2;
    if (RowIsLess(block, begin + half, key)) {
      begin += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return begin;
}

class OverlayCursor : public ScanCursor {
 public:
  OverlayCursor(std::unique_ptr<ScanCursor> base, const ChangedRange& changes, size_t width, uint32_t wanted)
      : base_(std::move(base)), changes_(changes), width_(width), wanted_(wanted), change_(changes.begin) {
    begin_change_ = change_;
    base_at_end_ = base_ == nullptr;
  }

  absl::StatusOr<bool> Next(RowBlock* block) override {
    while (true) {
      if (!base_at_end_ && next_ == base_block_.rows) DOSSIER_RETURN_IF_ERROR(LoadBase());
      begin_ = next_;
      begin_change_ = change_;
      if (next_ == base_block_.rows && change_ == changes_.end) return false;
      const size_t run = RunEnd();
      if (run - next_ >= kLongRun || (change_ == changes_.end && run > next_)) {
        PassOn(run, block);
        return true;
      }
      Merge();
      if (!merged_[0].empty()) {
        Fill(merged_[0].size(), block);
        return true;
      }
    }
  }

  absl::Status SeekForward(absl::Span<const TermId> key) override {
    SeekChange(key);
    next_ = LowerBound(base_block_, key, begin_);
    if (next_ < base_block_.rows || base_at_end_) return absl::OkStatus();
    base_block_ = RowBlock();
    begin_ = next_ = 0;
    return base_->SeekForward(key);
  }

 private:
  absl::Status LoadBase() {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, base_->Next(&base_block_));
    next_ = 0;
    if (more) return absl::OkStatus();
    base_block_ = RowBlock();
    base_at_end_ = true;
    return absl::OkStatus();
  }

  absl::Span<const TermId> ChangeKey() const { return {change_->first.data(), width_}; }

  // Where the rows of the base end that come before the next change.
  size_t RunEnd() const {
    return change_ == changes_.end ? base_block_.rows : LowerBound(base_block_, ChangeKey(), next_);
  }

  void PassOn(size_t end, RowBlock* block) {
    *block = RowBlock();
    block->rows = end - next_;
    for (size_t i = 0; i < width_; ++i) {
      if ((wanted_ >> i & 1U) != 0) block->columns[i] = base_block_.columns[i] + next_;
    }
    next_ = end;
    block->continues = begin_ > 0 || base_block_.continues;
  }

  // Puts rows of the block at hand and changes together, until the block or the changes are used up.
  void Merge() {
    for (std::vector<TermId>& column : merged_) column.clear();
    while (change_ != changes_.end && merged_[0].size() < kMaxBlockRows) {
      const size_t run = std::min(RunEnd(), next_ + kMaxBlockRows - merged_[0].size());
      for (size_t i = 0; i < width_; ++i) {
        const TermId* const column = base_block_.columns[i];
        if (run > next_) merged_[i].insert(merged_[i].end(), column + next_, column + run);
      }
      next_ = run;
      // What comes next is in the following block, or there is no room for it.
      if ((next_ == base_block_.rows && !base_at_end_) || merged_[0].size() == kMaxBlockRows) return;
      if (change_->second) {
        for (size_t i = 0; i < width_; ++i) merged_[i].push_back(change_->first[i]);
      } else if (next_ < base_block_.rows && !RowIsGreater(next_)) {
        ++next_;
      }
      ++change_;
    }
  }

  // Whether a row of the block at hand that is not less than the next change is greater.
  bool RowIsGreater(size_t row) const {
    for (size_t i = 0; i < width_; ++i) {
      if (base_block_.columns[i][row] != change_->first[i]) return true;
    }
    return false;
  }

  void Fill(size_t rows, RowBlock* block) const {
    *block = RowBlock();
    block->rows = rows;
    block->continues = begin_ > 0 || base_block_.continues;
    for (size_t i = 0; i < width_; ++i) {
      if ((wanted_ >> i & 1U) != 0) block->columns[i] = merged_[i].data();
    }
  }

  // Moves to the first change not less than `key`, but not before those of the rows handed out last.
  void SeekChange(absl::Span<const TermId> key) {
    Row row{};
    std::copy(key.begin(), key.end(), row.begin());
    change_ = begin_change_;
    if (change_ == changes_.end || !(change_->first < row)) return;
    change_ = changes_.rows->lower_bound(row);
    const bool past_end = changes_.end != changes_.rows->end() &&
                          (change_ == changes_.rows->end() || changes_.end->first < change_->first);
    if (past_end) change_ = changes_.end;
  }

  const std::unique_ptr<ScanCursor> base_;
  const ChangedRange changes_;
  const size_t width_;
  const uint32_t wanted_;
  RowBlock base_block_;  // At hand; handed out from begin_ last, next from next_.
  size_t begin_ = 0;
  size_t next_ = 0;
  bool base_at_end_ = false;
  ChangedRows::const_iterator begin_change_;  // The same for the changes.
  ChangedRows::const_iterator change_;
  std::array<std::vector<TermId>, kMaxColumns> merged_;
};

}  // namespace

std::unique_ptr<ScanCursor> NewOverlayCursor(std::unique_ptr<ScanCursor> base, const ChangedRange& changes,
                                             size_t width, uint32_t wanted_columns) {
  return std::make_unique<OverlayCursor>(std::move(base), changes, width, wanted_columns);
}

}  // namespace dossier::storage

#include "storage/permutation_cursor.h"

#include <algorithm>
#include <utility>

#include "base/status_macros.h"
#include "storage/block.h"
#include "storage/block_reader.h"
#include "storage/row_order.h"

namespace dossier::storage {
namespace {

uint32_t LeadingColumns(size_t count) { return (uint32_t{1} << count) - 1; }

// Least and greatest leading columns of the rows of a range. Columns that the range does not bound are left out.
struct Bounds {
  std::vector<TermId> lower;
  std::vector<TermId> upper;

  explicit Bounds(const TableRange& range) : lower(range.prefix), upper(range.prefix) {
    const bool has_lower = range.lower.bits() != 0;
    const bool has_upper = range.upper.bits() != ~uint64_t{0};
    if (range.prefix.size() < range.table.width) {
      if (has_lower) lower.push_back(range.lower);
      if (has_upper) upper.push_back(range.upper);
    }
  }

  uint32_t columns() const { return LeadingColumns(std::max(lower.size(), upper.size())); }

  // Whether a row, given by at least its bounded columns, comes after all rows of the range.
  bool IsPast(absl::Span<const TermId> row) const {
    return std::lexicographical_compare(upper.begin(), upper.end(), row.begin(), row.begin() + upper.size());
  }
  bool IsBefore(absl::Span<const TermId> row) const {
    return std::lexicographical_compare(row.begin(), row.begin() + lower.size(), lower.begin(), lower.end());
  }
};

class TableCursor : public ScanCursor {
 public:
  TableCursor(const KeyValueSnapshot* snapshot, const TableRange& range, const SnapshotBlocks* cache)
      : reader_(snapshot, range.table, cache),
        bounds_(range),
        wanted_(range.wanted_columns & LeadingColumns(range.table.width)),
        decoded_columns_(wanted_ | bounds_.columns()) {}

  absl::StatusOr<bool> Next(RowBlock* block) override {
    if (!started_) {
      started_ = true;
      DOSSIER_RETURN_IF_ERROR(MoveTo(bounds_.lower));
    }
    while (!at_end_) {
      if (next_ < end_) {
        begin_ = next_;
        next_ = end_;
        Fill(block);
        return true;
      }
      if (is_part_) {
        DOSSIER_RETURN_IF_ERROR(TakeWholeBlock());
        continue;
      }
      DOSSIER_RETURN_IF_ERROR(LoadNextBlock());
    }
    return false;
  }

  absl::Status SeekForward(absl::Span<const TermId> key) override {
    if (at_end_) return absl::OkStatus();
    const absl::Span<const TermId> lower = bounds_.lower;
    const bool inside = !std::lexicographical_compare(key.begin(), key.end(), lower.begin(), lower.end());
    decoded_columns_ |= LeadingColumns(key.size());
    if (!started_) {
      started_ = true;
      return MoveTo(inside ? key : lower);
    }
    if (!inside) {
      next_ = begin_;
      return absl::OkStatus();
    }
    if (!reader_.IsBefore(key)) {
      DOSSIER_RETURN_IF_ERROR(TakeWholeBlock());
      next_ = LowerBound(*rows_, key, begin_);
      if (next_ < end_) return absl::OkStatus();
    }
    next_ = end_;
    // Past the rows of the block at hand; what is not in the range any more needs no seek.
    if (ends_here_) return absl::OkStatus();
    DOSSIER_ASSIGN_OR_RETURN(const bool found, reader_.MoveOnTo(key));
    return LoadBlock(found, key);
  }

 private:
  // Takes the block that the reader stands on, if it has found one; rows before `from` are skipped.
  absl::Status LoadBlock(bool found, absl::Span<const TermId> from) {
    at_end_ = !found || bounds_.IsPast(reader_.first_row());
    if (at_end_) return absl::OkStatus();
    is_new_block_ = true;
    if (ReachesBeyond(from)) return LoadPart(from);
    is_part_ = false;
    DOSSIER_ASSIGN_OR_RETURN(rows_, reader_.Rows(decoded_columns_));
    begin_ = next_ = LowerBound(*rows_, from, 0);
    end_ = UpperBound(*rows_, bounds_.upper, 0);
    ends_here_ = end_ < rows_->rows();
    return absl::OkStatus();
  }

  // Whether all rows that differ from `key` in its last column only are rows of the range, or come before it.
  bool ReachesBeyond(absl::Span<const TermId> key) const {
    return key.size() > bounds_.upper.size() && std::equal(bounds_.upper.begin(), bounds_.upper.end(), key.begin());
  }

  // As LoadBlock, but takes only the rows near the key where they can be told apart: most keys of a join are alone in
  // their blocks.
  absl::Status LoadPart(absl::Span<const TermId> key) {
    RowWindow window;
    DOSSIER_ASSIGN_OR_RETURN(rows_, reader_.RowsAt(key, decoded_columns_, &window));
    is_part_ = window.begin > 0 || window.end < rows_->rows();
    begin_ = next_ = is_part_ ? window.begin : LowerBound(*rows_, key, 0);
    end_ = is_part_ ? window.end : UpperBound(*rows_, bounds_.upper, 0);
    ends_here_ = !is_part_ && end_ < rows_->rows();
    return absl::OkStatus();
  }

  // Of a block of which only a part was there, the rest as well.
  absl::Status TakeWholeBlock() {
    DOSSIER_ASSIGN_OR_RETURN(rows_, reader_.Rows(decoded_columns_));
    if (!is_part_) return absl::OkStatus();
    is_part_ = false;
    end_ = UpperBound(*rows_, bounds_.upper, 0);
    ends_here_ = end_ < rows_->rows();
    return absl::OkStatus();
  }

  absl::Status LoadNextBlock() {
    if (ends_here_) {
      at_end_ = true;
      return absl::OkStatus();
    }
    DOSSIER_ASSIGN_OR_RETURN(const bool found, reader_.Next());
    return LoadBlock(found, {});
  }

  absl::Status MoveTo(absl::Span<const TermId> key) {
    DOSSIER_ASSIGN_OR_RETURN(const bool found, reader_.SeekTo(key));
    return LoadBlock(found, key);
  }

  void Fill(RowBlock* block) {
    block->rows = end_ - begin_;
    block->continues = !is_new_block_;
    is_new_block_ = false;
    for (size_t i = 0; i < kMaxColumns; ++i) {
      block->columns[i] = (wanted_ >> i & 1U) != 0 ? rows_->column(i) + begin_ : nullptr;
    }
  }

  BlockReader reader_;
  const Bounds bounds_;
  const uint32_t wanted_;
  uint32_t decoded_columns_;            // What is decoded of every block; seeking may add to it.
  const DecodedBlock* rows_ = nullptr;  // Of the block at hand.
  // Rows of the block: handed out last from begin_, to be handed out from next_ to end_.
  size_t begin_ = 0;
  size_t next_ = 0;
  size_t end_ = 0;
  bool is_new_block_ = true;  // Nothing of it was handed out yet.
  bool is_part_ = false;      // Only the rows from begin_ to end_ are there.
  bool ends_here_ = false;    // The range ends inside the block.
  bool started_ = false;
  bool at_end_ = false;
};

// Counts until the end of the range or `max_blocks`; tells which, and how many bytes the blocks had.
struct Walk {
  uint64_t rows = 0;
  uint64_t walked_rows = 0;  // With those outside the range.
  uint64_t bytes = 0;
  bool ended = true;
  std::string next_key;  // Where it stopped, when it did not end.
};

absl::StatusOr<Walk> WalkBlocks(const KeyValueSnapshot& snapshot, const TableRange& range, size_t max_blocks,
                                const SnapshotBlocks* cache) {
  Walk walk;
  const Bounds bounds(range);
  BlockReader reader(&snapshot, range.table, cache);
  DecodedBlock decoded;
  std::string block;
  DOSSIER_ASSIGN_OR_RETURN(bool found, reader.SeekTo(bounds.lower));
  for (size_t blocks = 0; found && !bounds.IsPast(reader.first_row()); ++blocks) {
    if (blocks == max_blocks) {
      walk.ended = false;
      walk.next_key = RowKey(range.table, reader.first_row());
      return walk;
    }
    walk.bytes += reader.stored_bytes();
    if (reader.is_decoded() || bounds.IsBefore(reader.first_row())) {
      DOSSIER_ASSIGN_OR_RETURN(const DecodedBlock* rows, reader.Rows(bounds.columns()));
      const size_t begin = LowerBound(*rows, bounds.lower, 0);
      const size_t end = UpperBound(*rows, bounds.upper, begin);
      walk.walked_rows += rows->rows();
      walk.rows += end - begin;
      if (end < rows->rows()) return walk;
      DOSSIER_ASSIGN_OR_RETURN(found, reader.Next());
      continue;
    }
    DOSSIER_ASSIGN_OR_RETURN(const uint64_t rows, BlockRows(reader.stored()));
    walk.walked_rows += rows;
    // Whether the range ends in this block is known only from the next one.
    block.assign(reader.stored().data(), reader.stored().size());
    DOSSIER_ASSIGN_OR_RETURN(found, reader.Next());
    if (bounds.upper.empty() || (found && !bounds.IsPast(reader.first_row()))) {
      walk.rows += rows;
      continue;
    }
    DOSSIER_RETURN_IF_ERROR(decoded.Decode(block, range.table.width, bounds.columns()));
    walk.rows += UpperBound(decoded, bounds.upper, 0);
  }
  return walk;
}

}  // namespace

std::unique_ptr<ScanCursor> NewTableCursor(const KeyValueSnapshot* snapshot, const TableRange& range,
                                           const SnapshotBlocks* cache) {
  return std::make_unique<TableCursor>(snapshot, range, cache);
}

absl::StatusOr<uint64_t> CountTableRows(const KeyValueSnapshot& snapshot, const TableRange& range,
                                        const SnapshotBlocks* cache) {
  DOSSIER_ASSIGN_OR_RETURN(const Walk walk, WalkBlocks(snapshot, range, std::numeric_limits<size_t>::max(), cache));
  return walk.rows;
}

absl::StatusOr<uint64_t> EstimateTableRows(const KeyValueSnapshot& snapshot, const TableRange& range,
                                           const SnapshotBlocks* cache) {
  // What fits into a few blocks is counted exactly: the answers of selective patterns, of which plans depend most.
  constexpr size_t kBlocksToCount = 9;
  DOSSIER_ASSIGN_OR_RETURN(const Walk walk, WalkBlocks(snapshot, range, kBlocksToCount, cache));
  if (walk.ended) return walk.rows;
  // The rest by its bytes, at the rate of the blocks seen.
  const Bounds bounds(range);
  std::vector<TermId> last = bounds.upper;
  last.resize(range.table.width, TermId::FromBits(~uint64_t{0}));
  const uint64_t bytes = snapshot.ApproximateSize(range.table.family, walk.next_key, RowKey(range.table, last));
  return walk.rows + bytes * walk.walked_rows / std::max<uint64_t>(walk.bytes, 1);
}

absl::StatusOr<bool> HasRow(const KeyValueSnapshot& snapshot, const Table& table, absl::Span<const TermId> prefix) {
  TableRange range;
  range.table = table;
  range.prefix.assign(prefix.begin(), prefix.end());
  range.wanted_columns = 0;
  TableCursor cursor(&snapshot, range, nullptr);
  RowBlock block;
  return cursor.Next(&block);
}

}  // namespace dossier::storage

#include "storage/permutation_writer.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "base/status_macros.h"
#include "storage/block.h"
#include "storage/row_order.h"
#include "storage/table_reader.h"

namespace dossier::storage {
namespace {

constexpr size_t kSmallBlock = kMaxBlockRows / 4;

absl::Span<const TermId> Columns(const Row& row, size_t width) { return {row.data(), width}; }

bool RowEquals(const DecodedBlock& block, size_t index, absl::Span<const TermId> row) {
  for (size_t i = 0; i < row.size(); ++i) {
    if (block.column(i)[index] != row[i]) return false;
  }
  return true;
}

// Rewrites one stretch of neighbouring blocks after the other.
class Rewriter {
 public:
  Rewriter(const Table& table, const KeyValueSnapshot& snapshot, WriteBatch* batch)
      : table_(table), reader_(&snapshot, table), batch_(batch) {}

  absl::Status Apply(absl::Span<const RowChange> changes) {
    while (!changes.empty()) {
      DOSSIER_ASSIGN_OR_RETURN(bool more, reader_.SeekTo(Columns(changes.front().row, table_.width)));
      for (std::vector<TermId>& column : columns_) column.clear();
      old_keys_.clear();
      changed_ = false;
      appended_ = true;
      // A stretch is one block, and the following ones as long as what it has become is too small to stand alone.
      do {
        DOSSIER_RETURN_IF_ERROR(TakeBlock(&more, &changes));
      } while (changed_ && more && rows() < kSmallBlock);
      if (changed_) Emit(/*fill=*/appended_ && !more);
    }
    return absl::OkStatus();
  }

 private:
  // Adds the rows of the block at hand, and the changes that fall into it, to the stretch. Moves on; `*more` tells
  // whether there is another block.
  absl::Status TakeBlock(bool* more, absl::Span<const RowChange>* changes) {
    size_t old_rows = 0;
    if (*more) {
      DOSSIER_RETURN_IF_ERROR(block_.Decode(reader_.block(), table_.width));
      old_rows = block_.rows();
      old_keys_.emplace_back(reader_.key());
      DOSSIER_ASSIGN_OR_RETURN(*more, reader_.Next());
    }
    size_t count = changes->size();
    if (*more) {
      Row next{};
      std::copy(reader_.first_row().begin(), reader_.first_row().end(), next.begin());
      const auto end = std::partition_point(changes->begin(), changes->end(),
                                            [&next](const RowChange& change) { return change.row < next; });
      count = static_cast<size_t>(end - changes->begin());
    }
    Merge(old_rows, changes->subspan(0, count));
    changes->remove_prefix(count);
    return absl::OkStatus();
  }

  size_t rows() const { return columns_[0].size(); }

  void AppendOldRows(size_t begin, size_t end) {
    for (size_t i = 0; i < table_.width; ++i) {
      columns_[i].insert(columns_[i].end(), block_.column(i) + begin, block_.column(i) + end);
    }
  }

  void Merge(size_t old_rows, absl::Span<const RowChange> changes) {
    size_t next = 0;
    for (const RowChange& change : changes) {
      const absl::Span<const TermId> row = Columns(change.row, table_.width);
      const size_t position = old_rows == 0 ? 0 : LowerBound(block_, row, next);
      const bool present = position < old_rows && RowEquals(block_, position, row);
      AppendOldRows(next, position);
      next = position + (present ? 1 : 0);
      if (change.insert) {
        for (size_t i = 0; i < table_.width; ++i) columns_[i].push_back(row[i]);
      }
      changed_ = changed_ || present != change.insert;
      appended_ = appended_ && (present || !change.insert || next == old_rows);
    }
    AppendOldRows(next, old_rows);
  }

  // Puts the rows of the stretch in place of its old blocks, all equally large, so that each has room; or with `fill`,
  // where rows came to the end of the table only and will go on doing so, full but for the last.
  void Emit(bool fill) {
    absl::flat_hash_set<std::string> new_keys;
    const size_t blocks = (rows() + kMaxBlockRows - 1) / kMaxBlockRows;
    for (size_t i = 0; i < blocks; ++i) {
      const size_t begin = fill ? i * kMaxBlockRows : rows() * i / blocks;
      const size_t end = fill ? std::min(begin + kMaxBlockRows, rows()) : rows() * (i + 1) / blocks;
      Row first{};
      std::array<absl::Span<const TermId>, kMaxColumns> parts;
      for (size_t column = 0; column < table_.width; ++column) {
        parts[column] = absl::MakeConstSpan(columns_[column]).subspan(begin, end - begin);
        first[column] = parts[column].front();
      }
      std::string block;
      EncodeBlock({parts.data(), table_.width}, &block);
      std::string key = RowKey(table_, Columns(first, table_.width));
      new_keys.insert(key);
      batch_->Put(table_.family, std::move(key), std::move(block));
    }
    for (std::string& key : old_keys_) {
      if (!new_keys.contains(key)) batch_->Delete(table_.family, std::move(key));
    }
  }

  const Table table_;
  TableReader reader_;
  WriteBatch* const batch_;
  DecodedBlock block_;

  // The stretch.
  std::array<std::vector<TermId>, kMaxColumns> columns_;
  std::vector<std::string> old_keys_;
  bool changed_ = false;
  bool appended_ = true;  // Only behind the old rows.
};

}  // namespace

absl::Status ApplyRowChanges(const Table& table, absl::Span<const RowChange> changes, const KeyValueSnapshot& snapshot,
                             WriteBatch* batch) {
  if (changes.empty()) return absl::OkStatus();
  return Rewriter(table, snapshot, batch).Apply(changes);
}

}  // namespace dossier::storage

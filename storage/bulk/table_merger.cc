#include "storage/bulk/table_merger.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace dossier::storage {

TableMerger::TableMerger(const LoadContext& context, const Table& table, const RowObserver* observer)
    : context_(context), table_(table), observer_(observer), writer_(context.store, table.family) {
  for (size_t i = 0; i < table.width; ++i) columns_[i].resize(kMaxBlockRows);
}

absl::Status TableMerger::Merge(RowStream* rows, std::vector<std::unique_ptr<SortedRun>>* runs) {
  rows_.emplace(rows, table_.width);
  DOSSIER_RETURN_IF_ERROR(rows_->Advance());
  const std::unique_ptr<KeyValueIterator> blocks = context_.before->NewIterator(table_.family);
  DOSSIER_RETURN_IF_ERROR(MergeIntoBlocks(blocks.get()));
  DOSSIER_RETURN_IF_ERROR(AppendRest());
  return writer_.MoveRunsTo(runs);
}

absl::Status TableMerger::MergeIntoBlocks(KeyValueIterator* blocks) {
  const std::string table_end = TableEnd(table_);
  Key first;
  Key next;
  blocks->Seek(TableBegin(table_));
  size_t done = 0;
  while (blocks->valid() && blocks->key() < table_end && (observer_ != nullptr || rows_->row() != nullptr)) {
    if (++done % 64 == 0) DOSSIER_RETURN_IF_ERROR(context_.CheckCancelled());
    if (observer_ == nullptr) {
      // Straight to the block into which the next new row falls.
      const std::string key = RowKey(table_, absl::MakeConstSpan(rows_->row(), table_.width));
      if (key > blocks->key()) blocks->SeekForPrev(key);
    }
    if (!ParseRowKey(table_, blocks->key(), &first)) return absl::DataLossError("a block has a damaged key");
    const std::string key(blocks->key());
    const std::string bytes(blocks->value());
    blocks->Next();
    const bool is_last = !blocks->valid() || blocks->key() >= table_end;
    if (!is_last && !ParseRowKey(table_, blocks->key(), &next)) return absl::DataLossError("a block has a damaged key");
    const Key* const end = is_last ? nullptr : &next;
    if (rows_->row() != nullptr && RowIsBelow(rows_->row(), end)) {
      DOSSIER_RETURN_IF_ERROR(block_.Decode(bytes, table_.width));
      old_key_ = key;
      DOSSIER_RETURN_IF_ERROR(MergeBlock(end));
    } else if (observer_ != nullptr) {
      DOSSIER_RETURN_IF_ERROR(ObserveBlock(bytes));
    }
  }
  return blocks->status();
}

// Merges `block_` with the new rows up to `end`, where the next block begins (null: there is none).
absl::Status TableMerger::MergeBlock(const Key* end) {
  Key old{};
  size_t i = 0;
  const auto load = [this, &old, &i] {
    if (i == block_.rows()) return false;
    for (size_t column = 0; column < table_.width; ++column) old[column] = block_.column(column)[i];
    return true;
  };
  bool has_old = load();
  while (true) {
    const TermId* const added = rows_->row();
    const bool has_new = added != nullptr && RowIsBelow(added, end);
    if (!has_old && !has_new) break;
    if (has_old && (!has_new || RowLess(old.data(), added, table_.width))) {
      DOSSIER_RETURN_IF_ERROR(Emit(old.data()));
      ++i;
      has_old = load();
    } else {
      if (has_old && RowEqual(old.data(), added, table_.width)) {
        ++i;
        has_old = load();
      }
      DOSSIER_RETURN_IF_ERROR(Emit(added));
      DOSSIER_RETURN_IF_ERROR(rows_->Advance());
    }
  }
  return WriteBlocks(/*all=*/true);
}

absl::Status TableMerger::AppendRest() {
  while (rows_->row() != nullptr) {
    DOSSIER_RETURN_IF_ERROR(Emit(rows_->row()));
    DOSSIER_RETURN_IF_ERROR(rows_->Advance());
  }
  return WriteBlocks(/*all=*/true);
}

absl::Status TableMerger::ObserveBlock(absl::string_view bytes) {
  DOSSIER_RETURN_IF_ERROR(block_.Decode(bytes, table_.width));
  std::array<TermId, kMaxColumns> row{};
  for (size_t i = 0; i < block_.rows(); ++i) {
    for (size_t column = 0; column < table_.width; ++column) row[column] = block_.column(column)[i];
    (*observer_)(row.data());
  }
  return absl::OkStatus();
}

absl::Status TableMerger::Emit(const TermId* row) {
  if (observer_ != nullptr) (*observer_)(row);
  collected_.insert(collected_.end(), row, row + table_.width);
  return collected_.size() < 2 * kMaxBlockRows * table_.width ? absl::OkStatus() : WriteBlocks(/*all=*/false);
}

absl::Status TableMerger::WriteBlocks(bool all) {
  DOSSIER_RETURN_IF_ERROR(context_.CheckCancelled());
  const size_t rows = collected_.size() / table_.width;
  size_t written = 0;
  if (!all) {
    // The other half stays, so that the last block of a group is never a handful of rows.
    DOSSIER_RETURN_IF_ERROR(WriteBlock(0, kMaxBlockRows));
    written = kMaxBlockRows;
  } else if (rows > 0) {
    const size_t half = rows > kMaxBlockRows ? rows / 2 : rows;
    DOSSIER_RETURN_IF_ERROR(WriteBlock(0, half));
    if (half < rows) DOSSIER_RETURN_IF_ERROR(WriteBlock(half, rows - half));
    written = rows;
  }
  collected_.erase(collected_.begin(), collected_.begin() + static_cast<ptrdiff_t>(written * table_.width));
  return all ? DropOldKeyBefore(nullptr) : absl::OkStatus();
}

absl::Status TableMerger::WriteBlock(size_t first_row, size_t rows) {
  const TermId* const begin = collected_.data() + first_row * table_.width;
  std::array<absl::Span<const TermId>, kMaxColumns> spans;
  for (size_t column = 0; column < table_.width; ++column) {
    for (size_t i = 0; i < rows; ++i) columns_[column][i] = begin[i * table_.width + column];
    spans[column] = absl::MakeConstSpan(columns_[column].data(), rows);
  }
  bytes_.clear();
  EncodeBlock(absl::MakeConstSpan(spans.data(), table_.width), &bytes_);
  const std::string key = RowKey(table_, absl::MakeConstSpan(begin, table_.width));
  DOSSIER_RETURN_IF_ERROR(DropOldKeyBefore(&key));
  return writer_.Put(key, bytes_);
}

// The old key goes, in its place in the order of keys, unless a new block has the same key (null: no more blocks).
absl::Status TableMerger::DropOldKeyBefore(const std::string* key) {
  if (old_key_.empty() || (key != nullptr && *key < old_key_)) return absl::OkStatus();
  if (key == nullptr || *key > old_key_) DOSSIER_RETURN_IF_ERROR(writer_.Delete(old_key_));
  old_key_.clear();
  return absl::OkStatus();
}

}  // namespace dossier::storage

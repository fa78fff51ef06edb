#include "storage/table_reader.h"

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace dossier::storage {

TableReader::TableReader(const KeyValueSnapshot* snapshot, const Table& table)
    : table_(table), iterator_(snapshot->NewIterator(table.family)) {}

bool TableReader::InTable() const {
  return iterator_->valid() && !iterator_->key().empty() &&
         static_cast<uint8_t>(iterator_->key().front()) == table_.prefix;
}

absl::StatusOr<bool> TableReader::Arrive() {
  valid_ = false;
  if (!iterator_->valid()) {
    DOSSIER_RETURN_IF_ERROR(iterator_->status());
    return false;
  }
  if (!InTable()) return false;
  if (!ParseRowKey(table_, iterator_->key(), &first_row_)) {
    return absl::DataLossError(absl::StrCat("damaged store: a key of table ", table_.prefix, " has the wrong length"));
  }
  valid_ = true;
  return true;
}

absl::StatusOr<bool> TableReader::SeekTo(absl::Span<const TermId> row) {
  const std::string key = RowKey(table_, row);
  iterator_->SeekForPrev(key);
  if (!InTable()) {
    if (!iterator_->valid()) DOSSIER_RETURN_IF_ERROR(iterator_->status());
    iterator_->Seek(TableBegin(table_));
  }
  return Arrive();
}

absl::StatusOr<bool> TableReader::Next() {
  iterator_->Next();
  return Arrive();
}

absl::StatusOr<bool> TableReader::Prev() {
  iterator_->Prev();
  return Arrive();
}

}  // namespace dossier::storage

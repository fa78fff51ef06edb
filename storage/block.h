// The block coder: up to 1,024 rows of up to five columns to bytes and back, column by column, so that columns that
// nobody wants cost nothing and columns that hardly change cost next to nothing. docs/storage-format.md has the format.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "rdf/term_id.h"
#include "storage/column_coder.h"
#include "storage/permutation.h"

namespace dossier::storage {

// Appends to `block` the rows given column by column: all columns have the same length, 1 to kMaxBlockRows.
// Any values can be coded; sorted rows make small blocks.
void EncodeBlock(absl::Span<const absl::Span<const TermId>> columns, std::string* block);

// The number of rows, from the header alone. DataLoss when that cannot be.
absl::StatusOr<size_t> BlockRows(absl::string_view block);

// DataLoss when the checksum of a block does not fit.
absl::Status CheckBlock(absl::string_view block);

// Where the parts of a block lie; with it the rows near a key are found without a look at the others.
class BlockGroups {
 public:
  // Of nothing.
  BlockGroups() = default;
  // DataLoss when the block is not well formed or has not `width` columns.
  static absl::StatusOr<BlockGroups> Of(absl::string_view block, size_t width);

  // REQUIRES: `index` is less than the width, and is not that of a column of one value only.
  const ColumnGroups& column(size_t index) const { return groups_[place_[index]]; }
  bool empty() const { return groups_.empty(); }
  size_t bytes() const { return groups_.size() * sizeof(ColumnGroups); }

 private:
  std::array<uint8_t, kMaxColumns> place_{};  // In groups_; columns of one value have none of their own.
  std::vector<ColumnGroups> groups_;
};

// Holds the rows of one block, decoded. Meant to be used again for block after block.
class DecodedBlock {
 public:
  // Decodes the columns whose bit in `wanted_columns` is set. DataLoss when the checksum does not fit or the block is
  // not well formed or has not `width` columns: never reads or writes out of bounds, whatever the bytes are.
  absl::Status Decode(absl::string_view block, size_t width, uint32_t wanted_columns = ~uint32_t{0});
  // The same of bytes that were decoded before: the checksum is not computed again.
  absl::Status DecodeAgain(absl::string_view block, size_t width, uint32_t wanted_columns);

  // Decodes only some rows, again of bytes that were decoded before: from the first one not less than `key`, compared
  // on the leading columns, on, with all that equal the key. Every row of the block begins as the key does but for the
  // key's last column. Nullopt, and nothing is decoded, when the block is not like that or not coded so that its parts
  // can be told apart, or all its rows are less. REQUIRES: the columns of the key are wanted; the groups are the
  // block's.
  absl::StatusOr<std::optional<RowWindow>> DecodePart(absl::string_view block, const BlockGroups& groups, size_t width,
                                                      uint32_t wanted_columns, absl::Span<const TermId> key);

  size_t rows() const { return rows_; }
  // `rows()` values; live until the next Decode. REQUIRES: the column was wanted.
  const TermId* column(size_t index) const { return columns_[index].get(); }

  // Takes over columns that are decoded already, of `rows` values each.
  void Assign(size_t rows, std::array<std::shared_ptr<TermId[]>, kMaxColumns> columns) {
    rows_ = rows;
    columns_ = std::move(columns);
  }

 private:
  TermId* Column(size_t index) {
    if (columns_[index] == nullptr) columns_[index] = std::make_shared<TermId[]>(kMaxBlockRows);
    return columns_[index].get();
  }

  size_t rows_ = 0;
  std::array<std::shared_ptr<TermId[]>, kMaxColumns> columns_;  // Those that were wanted so far.
};

}  // namespace dossier::storage

#include "storage/block.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "storage/bit_packing.h"
#include "storage/column_coder.h"
#include "storage/hash.h"

namespace dossier::storage {
namespace {

// block = checksum:u32 rows:u16 columns:u8 (length:u16)* column* padding:8
// All numbers are little-endian; the checksum covers what follows it.
constexpr size_t kHeaderBytes = kChecksumBytes + 3;
constexpr size_t kLengthBytes = 2;

template <typename T>
T LoadNumber(const char* bytes) {
  T number{};
  std::memcpy(&number, bytes, sizeof(number));
  return number;
}

template <typename T>
void StoreNumber(T number, char* bytes) {
  std::memcpy(bytes, &number, sizeof(number));
}

absl::Status DamagedBlock(absl::string_view what) { return absl::DataLossError(absl::StrCat("damaged block: ", what)); }

// Where the columns lie.
struct BlockParts {
  size_t rows = 0;
  std::array<absl::string_view, kMaxColumns> columns;
};

absl::StatusOr<BlockParts> PartsOf(absl::string_view block, size_t width) {
  BlockParts parts;
  DOSSIER_ASSIGN_OR_RETURN(parts.rows, BlockRows(block));
  if (width > kMaxColumns || static_cast<unsigned char>(block[kChecksumBytes + 2]) != width) {
    return DamagedBlock("wrong number of columns");
  }
  const size_t data = kHeaderBytes + width * kLengthBytes;
  if (block.size() < data + kPackingSlack) return DamagedBlock("too short");
  absl::string_view bytes = block.substr(data, block.size() - data - kPackingSlack);
  for (size_t i = 0; i < width; ++i) {
    const size_t length = LoadNumber<uint16_t>(block.data() + kHeaderBytes + i * kLengthBytes);
    if (length > bytes.size()) return DamagedBlock("column too long");
    parts.columns[i] = bytes.substr(0, length);
    bytes.remove_prefix(length);
  }
  if (!bytes.empty()) return DamagedBlock("bytes left over");
  return parts;
}

}  // namespace

void EncodeBlock(absl::Span<const absl::Span<const TermId>> columns, std::string* block) {
  assert(!columns.empty() && columns.size() <= kMaxColumns);
  const size_t rows = columns[0].size();
  assert(rows >= 1 && rows <= kMaxBlockRows);
  const size_t begin = block->size();
  block->resize(begin + kHeaderBytes + columns.size() * kLengthBytes);
  std::array<uint64_t, kMaxBlockRows> values{};
  for (size_t i = 0; i < columns.size(); ++i) {
    assert(columns[i].size() == rows);
    for (size_t row = 0; row < rows; ++row) values[row] = columns[i][row].bits();
    const size_t column_begin = block->size();
    EncodeColumn({values.data(), rows}, block);
    StoreNumber(static_cast<uint16_t>(block->size() - column_begin),
                block->data() + begin + kHeaderBytes + i * kLengthBytes);
  }
  block->append(kPackingSlack, '\0');
  char* const header = block->data() + begin;
  StoreNumber(static_cast<uint16_t>(rows), header + kChecksumBytes);
  header[kChecksumBytes + 2] = static_cast<char>(columns.size());
  StoreNumber(Checksum(absl::string_view(*block).substr(begin)), header);
}

absl::StatusOr<size_t> BlockRows(absl::string_view block) {
  if (block.size() < kHeaderBytes) return DamagedBlock("too short");
  const size_t rows = LoadNumber<uint16_t>(block.data() + kChecksumBytes);
  if (rows == 0 || rows > kMaxBlockRows) return DamagedBlock("impossible number of rows");
  return rows;
}

absl::Status CheckBlock(absl::string_view block) {
  if (block.size() < kHeaderBytes) return DamagedBlock("too short");
  if (LoadNumber<uint32_t>(block.data()) != Checksum(block)) return DamagedBlock("wrong checksum");
  return absl::OkStatus();
}

absl::Status DecodedBlock::Decode(absl::string_view block, size_t width, uint32_t wanted_columns) {
  rows_ = 0;
  DOSSIER_RETURN_IF_ERROR(CheckBlock(block));
  return DecodeAgain(block, width, wanted_columns);
}

absl::Status DecodedBlock::DecodeAgain(absl::string_view block, size_t width, uint32_t wanted_columns) {
  rows_ = 0;
  DOSSIER_ASSIGN_OR_RETURN(const BlockParts parts, PartsOf(block, width));
  for (size_t i = 0; i < width; ++i) {
    if ((wanted_columns >> i & 1U) == 0) continue;
    if (!DecodeColumn(parts.columns[i], parts.rows, Column(i))) return DamagedBlock(absl::StrCat("column ", i));
  }
  rows_ = parts.rows;
  return absl::OkStatus();
}

absl::StatusOr<BlockGroups> BlockGroups::Of(absl::string_view block, size_t width) {
  DOSSIER_ASSIGN_OR_RETURN(const BlockParts parts, PartsOf(block, width));
  BlockGroups result;
  for (size_t i = 0; i < width; ++i) {
    if (ConstantOf(parts.columns[i]).has_value()) continue;
    result.place_[i] = static_cast<uint8_t>(result.groups_.size());
    if (!FindColumnGroups(parts.columns[i], parts.rows, &result.groups_.emplace_back())) {
      return DamagedBlock(absl::StrCat("column ", i));
    }
  }
  // Columns of one value need none, and yet are asked with one.
  if (result.groups_.empty()) result.groups_.emplace_back();
  return result;
}

absl::StatusOr<std::optional<RowWindow>> DecodedBlock::DecodePart(absl::string_view block, const BlockGroups& groups,
                                                                  size_t width, uint32_t wanted_columns,
                                                                  absl::Span<const TermId> key) {
  rows_ = 0;
  if (key.empty() || key.size() > width || groups.empty()) return std::nullopt;
  DOSSIER_ASSIGN_OR_RETURN(const BlockParts parts, PartsOf(block, width));
  const size_t last = key.size() - 1;
  for (size_t i = 0; i < last; ++i) {
    if (ConstantOf(parts.columns[i]) != key[i]) return std::nullopt;
  }
  TermId* const sorted = Column(last);
  const std::optional<RowWindow> filled =
      DecodeAscendingAround(parts.columns[last], groups.column(last), parts.rows, key[last], sorted);
  if (!filled.has_value()) return std::nullopt;
  const RowWindow window{
      static_cast<size_t>(std::lower_bound(sorted + filled->begin, sorted + filled->end, key[last]) - sorted),
      filled->end};
  if (window.begin == window.end) return std::nullopt;
  for (size_t i = 0; i < width; ++i) {
    if ((wanted_columns >> i & 1U) == 0 || i == last) continue;
    if (!DecodeColumnPart(parts.columns[i], groups.column(i), parts.rows, window.begin, window.end, Column(i))) {
      return DamagedBlock(absl::StrCat("column ", i));
    }
  }
  rows_ = parts.rows;
  return window;
}

}  // namespace dossier::storage

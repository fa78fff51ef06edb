#include "storage/block.h"

#include <cassert>
#include <cstring>
#include <vector>

#include "absl/strings/str_cat.h"
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

absl::Status DecodedBlock::Decode(absl::string_view block, size_t width, uint32_t wanted_columns) {
  rows_ = 0;
  if (block.size() < kHeaderBytes) return DamagedBlock("too short");
  if (LoadNumber<uint32_t>(block.data()) != Checksum(block)) return DamagedBlock("wrong checksum");
  return DecodeAgain(block, width, wanted_columns);
}

absl::Status DecodedBlock::DecodeAgain(absl::string_view block, size_t width, uint32_t wanted_columns) {
  rows_ = 0;
  const absl::StatusOr<size_t> rows = BlockRows(block);
  if (!rows.ok()) return rows.status();
  if (width > kMaxColumns || static_cast<unsigned char>(block[kChecksumBytes + 2]) != width) {
    return DamagedBlock("wrong number of columns");
  }
  const size_t data = kHeaderBytes + width * kLengthBytes;
  if (block.size() < data + kPackingSlack) return DamagedBlock("too short");
  absl::string_view bytes = block.substr(data, block.size() - data - kPackingSlack);
  for (size_t i = 0; i < width; ++i) {
    const size_t length = LoadNumber<uint16_t>(block.data() + kHeaderBytes + i * kLengthBytes);
    if (length > bytes.size()) return DamagedBlock("column too long");
    if ((wanted_columns >> i & 1U) != 0) {
      if (columns_[i] == nullptr) columns_[i] = std::make_shared<TermId[]>(kMaxBlockRows);
      if (!DecodeColumn(bytes.substr(0, length), *rows, columns_[i].get())) {
        return DamagedBlock(absl::StrCat("column ", i));
      }
    }
    bytes.remove_prefix(length);
  }
  if (!bytes.empty()) return DamagedBlock("bytes left over");
  rows_ = *rows;
  return absl::OkStatus();
}

}  // namespace dossier::storage

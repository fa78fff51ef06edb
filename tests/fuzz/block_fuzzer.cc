// The block coder: any rows come back as they were, and any bytes are decoded or refused, never more.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "rdf/term_id.h"
#include "storage/block.h"
#include "storage/hash.h"
#include "tests/fuzz/check.h"

namespace {

using dossier::TermId;
using dossier::fuzz::Check;

constexpr size_t kColumns = 3;

// Columns out of the bytes: each byte makes a step from the value before, its highest bits choose how large a step.
std::vector<std::vector<TermId>> MakeColumns(absl::string_view bytes) {
  std::vector<std::vector<TermId>> columns(kColumns);
  const size_t rows = std::min(bytes.size() / kColumns, dossier::storage::kMaxBlockRows);
  size_t position = 0;
  for (std::vector<TermId>& column : columns) {
    uint64_t value = 0;
    for (size_t row = 0; row < rows; ++row) {
      const uint64_t byte = static_cast<unsigned char>(bytes[position++]);
      value += (byte & 0x1FU) << ((byte >> 5U) * 9);
      column.push_back(TermId::FromBits(value));
    }
  }
  return columns;
}

void CheckRoundTrip(absl::string_view bytes, dossier::storage::DecodedBlock* decoded) {
  const std::vector<std::vector<TermId>> columns = MakeColumns(bytes);
  if (columns[0].empty()) return;
  const std::vector<absl::Span<const TermId>> spans(columns.begin(), columns.end());
  std::string block;
  dossier::storage::EncodeBlock(spans, &block);
  const absl::Status status = decoded->Decode(block, kColumns);
  Check(status.ok(), "what was encoded can be decoded", status.ToString());
  Check(decoded->rows() == columns[0].size(), "no row is lost");
  for (size_t i = 0; i < kColumns; ++i) {
    Check(std::equal(columns[i].begin(), columns[i].end(), decoded->column(i)), "columns come back", i);
  }
}

// The bytes as a block whose checksum fits, so that the decoder goes on to the columns.
void DecodeAnything(absl::string_view bytes, dossier::storage::DecodedBlock* decoded) {
  std::string block(bytes);
  if (block.size() < sizeof(uint32_t)) return;
  const auto checksum =
      static_cast<uint32_t>(dossier::storage::Hash64(absl::string_view(block).substr(sizeof(uint32_t))));
  std::memcpy(block.data(), &checksum, sizeof(checksum));
  for (size_t width = 1; width <= dossier::kMaxColumns; ++width) {
    // Its parts are decoded, or not, of damaged bytes as well.
    const TermId key = TermId::FromBits(block.size() << 8U | static_cast<unsigned char>(block.back()));
    if (const auto groups = dossier::storage::BlockGroups::Of(block, width); groups.ok()) {
      decoded->DecodePart(block, *groups, width, ~uint32_t{0}, {&key, 1}).status().IgnoreError();
    }
    if (!decoded->Decode(block, width).ok()) continue;
    Check(decoded->rows() >= 1 && decoded->rows() <= dossier::storage::kMaxBlockRows, "blocks have a sound size");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static dossier::storage::DecodedBlock decoded;
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  CheckRoundTrip(bytes, &decoded);
  DecodeAnything(bytes, &decoded);
  return 0;
}

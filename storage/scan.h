// Scanning a permutation: which rows, and how they come.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "rdf/term_id.h"
#include "storage/permutation.h"

namespace dossier {

// The rows whose leading columns equal `prefix` and whose next column lies in [lower, upper].
struct ScanSpec {
  Permutation permutation = Permutation::kSpo;
  std::vector<TermId> prefix;
  TermId lower = TermId::FromBits(0);
  TermId upper = TermId::FromBits(~uint64_t{0});
  // Bit i set: column i of the permutation's order is wanted. Others are not decoded, their arrays are null.
  uint32_t wanted_columns = ~uint32_t{0};
};

// Rows in the permutation's order, column by column. The arrays belong to the cursor and live until its next call.
struct RowBlock {
  size_t rows = 0;
  std::array<const TermId*, kMaxColumns> columns{};  // In the permutation's order.
  bool continues = false;  // They lie in the storage block of the rows before, which was found already.
};

// Not thread-safe; reads from the snapshot that made it and must not outlive it.
class ScanCursor {
 public:
  virtual ~ScanCursor() = default;

  // Moves to the next rows (one storage block or what of it matches: never empty, at most a few thousand rows).
  // False at the end. DataLoss when a block's checksum does not fit.
  virtual absl::StatusOr<bool> Next(RowBlock* block) = 0;

  // Skips forward: the next call of Next() starts at the first row not less than `key`, compared on the leading
  // key.size() columns. Rows that Next() has handed out are not handed out again unless they are not less than `key`,
  // that is: seeking inside the last block is allowed and cheap, seeking backwards is not.
  virtual absl::Status SeekForward(absl::Span<const TermId> key) = 0;
};

}  // namespace dossier

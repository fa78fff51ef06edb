// Reads the rows of a table, block by block.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "rdf/term_id.h"
#include "storage/block_cache.h"
#include "storage/key_layout.h"
#include "storage/key_value_store.h"
#include "storage/scan.h"

namespace dossier::storage {

// The rows of `table` that begin with `prefix` and whose next column lies in [lower, upper].
struct TableRange {
  Table table;
  std::vector<TermId> prefix;
  TermId lower = TermId::FromBits(0);
  TermId upper = TermId::FromBits(~uint64_t{0});
  uint32_t wanted_columns = ~uint32_t{0};
};

// The snapshot must outlive the cursor, and so must the cache of its blocks, where there is one.
std::unique_ptr<ScanCursor> NewTableCursor(const KeyValueSnapshot* snapshot, const TableRange& range,
                                           const SnapshotBlocks* cache = nullptr);

// Exact, from the headers of the blocks inside and the rows of the blocks at the edges.
absl::StatusOr<uint64_t> CountTableRows(const KeyValueSnapshot& snapshot, const TableRange& range,
                                        const SnapshotBlocks* cache = nullptr);
// From a few block positions; 0 only when there are no rows.
absl::StatusOr<uint64_t> EstimateTableRows(const KeyValueSnapshot& snapshot, const TableRange& range,
                                           const SnapshotBlocks* cache = nullptr);

// Whether there is a row that begins with `prefix`.
absl::StatusOr<bool> HasRow(const KeyValueSnapshot& snapshot, const Table& table, absl::Span<const TermId> prefix);

}  // namespace dossier::storage

// Changes a table of rows: rewrites the blocks that the changed rows fall into, splits full ones and merges small ones
// with a neighbour.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "rdf/term_id.h"
#include "storage/key_layout.h"
#include "storage/key_value_store.h"
#include "storage/permutation.h"

namespace dossier::storage {

// A row in the column order of its table; columns beyond the width are undefined ids.
using Row = std::array<TermId, kMaxColumns>;

struct RowChange {
  Row row;
  bool insert = true;  // Else the row is deleted.
};

// Adds to `batch` what makes the table contain the inserted and not the deleted rows. `changes` are sorted by row, each
// row at most once. Inserting a row that is there and deleting one that is not change nothing.
// Block sizes: never more than kMaxBlockRows; a block that shrinks below a quarter joins a neighbour it fits with.
absl::Status ApplyRowChanges(const Table& table, absl::Span<const RowChange> changes, const KeyValueSnapshot& snapshot,
                             WriteBatch* batch);

}  // namespace dossier::storage

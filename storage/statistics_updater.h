// Keeps the statistics exact over a small commit: looks only at the groups of rows that the commit touches.
#pragma once

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "storage/key_layout.h"
#include "storage/key_value_store.h"
#include "storage/permutation_writer.h"

namespace dossier::storage {

// Adds the changed records to `batch`. `changes` are plain rows (storage/row_permuter.h), sorted, and all effective:
// inserted rows are not in `before`, deleted ones are.
absl::Status UpdateStatistics(CountedRelation relation, absl::Span<const RowChange> changes,
                              const KeyValueSnapshot& before, WriteBatch* batch);

}  // namespace dossier::storage

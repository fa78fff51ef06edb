// Turns the quads of a commit into the changes of every key that it touches.
#pragma once

#include "absl/status/statusor.h"
#include "storage/key_value_store.h"
#include "storage/store.h"

namespace dossier::storage {

// Fills `batch` with all that the commit changes over `before`, the state of the store included; leaves it empty when
// nothing changes. The caller writes it.
absl::StatusOr<CommitSummary> PrepareCommit(const ChangeSet& changes, const KeyValueSnapshot& before,
                                            WriteBatch* batch);

}  // namespace dossier::storage

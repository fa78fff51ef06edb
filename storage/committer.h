// Turns the quads of commits into the changes of every key that they touch.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "storage/key_value_store.h"
#include "storage/store.h"

namespace dossier::storage {

// Fills `batch` with all that the commits change over `before`, one after the other, the state of the store included;
// leaves it empty when nothing changes. The summaries are those of the commits, each over the ones before it. The
// caller writes the batch.
absl::StatusOr<std::vector<CommitSummary>> PrepareCommits(absl::Span<const ChangeSet* const> commits,
                                                          const KeyValueSnapshot& before, WriteBatch* batch);

}  // namespace dossier::storage

// An answer without rows: what there would be if a part of the question were left out.
#pragma once

#include <memory>

#include "absl/status/status.h"
#include "query/ask/answer_builder.h"

namespace dossier::ask {

// Adds a note to an empty answer for each part without which there are answers; at most a few. Costs a bounded amount
// of work, however large the store is; the same question gets the same notes.
absl::Status AddNearMisses(const BoundQuestion& question, const Catalogue& catalogue,
                           const std::shared_ptr<const Snapshot>& snapshot, const QueryContext& context,
                           Answer* answer);

}  // namespace dossier::ask

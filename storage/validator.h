// Recounts every index of a store against the others, and the statistics against the rows.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "base/progress.h"
#include "storage/key_value_store.h"

namespace dossier::storage {

// One line per inconsistency, the first hundred; none when the store is sound. Reads everything, in constant memory but
// for the statistics. An error only when reading cannot go on.
absl::StatusOr<std::vector<std::string>> ValidateStore(const KeyValueSnapshot& snapshot,
                                                       const ProgressCallback& progress);

}  // namespace dossier::storage

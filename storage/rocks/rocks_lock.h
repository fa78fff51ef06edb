// Who holds a store for writing.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace dossier::storage {

// The error for a store in `directory` whose lock is taken, naming the process that has it where that can be found
// out. `same_process`: the holder is this process itself.
absl::Status LockedError(const std::string& directory, bool same_process);

}  // namespace dossier::storage

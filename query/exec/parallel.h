// Runs the parts of one operator's work side by side, on as many cores as the machine has.
#pragma once

#include <cstddef>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"

namespace dossier::exec {

// How many parts can run at the same time.
size_t Cores();

// Calls `work` with 0 to `parts` - 1, each once, on up to Cores() threads, this one among them. After an error no
// further part begins; the first error is returned. With `side_by_side` false they run one after the other: for little
// work a thread costs more than it saves.
absl::Status RunParts(size_t parts, bool side_by_side, absl::FunctionRef<absl::Status(size_t)> work);

}  // namespace dossier::exec

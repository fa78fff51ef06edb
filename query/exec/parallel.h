// Runs the parts of one operator's work side by side, on the threads that the query may use.
#pragma once

#include <cstddef>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"

namespace dossier::exec {

// Calls `work` with 0 to `parts` - 1, each once, on at most `threads` threads, this one among them. After an error no
// further part begins; the first error is returned. For little work a thread costs more than it saves.
absl::Status RunParts(size_t parts, size_t threads, absl::FunctionRef<absl::Status(size_t)> work);

}  // namespace dossier::exec

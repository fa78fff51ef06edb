// Runs the parts of one operator's work side by side, on the threads that the query may use.
#pragma once

#include <cstddef>
#include <memory>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "base/thread_permits.h"
#include "query/exec/run_context.h"
#include "query/term_space.h"

namespace dossier::exec {

// Calls `work` with 0 to `parts` - 1, each once, on this thread and as many others as `permits` (which may be null)
// gives. After an error no further part begins; the first error is returned. For little work a thread costs more than
// it saves.
absl::Status RunParts(size_t parts, ThreadPermits* permits, absl::FunctionRef<absl::Status(size_t)> work);

// Terms of the store for another thread than the query's own. The context's snapshot outlives them.
inline TermSpace OwnTerms(const RunContext& context) {
  return {std::shared_ptr<const Snapshot>(std::shared_ptr<const Snapshot>(), context.snapshot), context.memory};
}

}  // namespace dossier::exec

// Two parts of a load at the same time.
#pragma once

#include <thread>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"

namespace dossier::storage {

// Runs both, `beside` in a thread of its own when there may be more than one. The first error, that of `own` before the
// other.
inline absl::Status RunSideBySide(size_t threads, absl::FunctionRef<absl::Status()> beside,
                                  absl::FunctionRef<absl::Status()> own) {
  absl::Status other;
  if (threads < 2) {
    other = beside();
    return other.ok() ? own() : other;
  }
  std::thread thread([&other, beside] { other = beside(); });
  absl::Status status = own();
  thread.join();
  status.Update(other);
  return status;
}

}  // namespace dossier::storage

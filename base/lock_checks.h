// What a program says once, before its threads, about the checks of the locks it uses.
#pragma once

#include "absl/synchronization/mutex.h"

namespace dossier {

// Abseil as Debian builds it follows the order in which all locks are taken, to find deadlocks: some 35 ns for every
// lock. That is for debug builds; a program that is built for use does without.
inline void LeaveOutLockChecks() {
#ifdef NDEBUG
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
#endif
}

}  // namespace dossier

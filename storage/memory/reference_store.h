// The store as one would explain it on a blackboard: a set of quads, a list of terms, and every answer found by
// sorting and filtering all rows. It has no blocks, no codings and no disk, so it is easy to believe; the real stores
// are tested against it. Fit for some thousands of quads.
#pragma once

#include <memory>

#include "storage/store.h"

namespace dossier {

// Lives in memory and ends with the process; Backup() is FailedPrecondition.
std::unique_ptr<Store> NewReferenceStore();

}  // namespace dossier

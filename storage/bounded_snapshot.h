// A snapshot of which only so much may be read.
#pragma once

#include <memory>

#include "base/work_budget.h"
#include "storage/snapshot.h"

namespace dossier {

// Reads from `base`, and spends `work` with each block and each term; when it is spent, every read fails as WorkBudget
// says. Not thread-safe, unlike other snapshots. `work` must outlive it and its cursors.
std::shared_ptr<const Snapshot> BoundSnapshot(std::shared_ptr<const Snapshot> base, WorkBudget* work);

}  // namespace dossier

// What limits and watches the run of one query; passed as an argument, never global.
#pragma once

#include "base/cancellation.h"
#include "base/memory_budget.h"

namespace dossier {

struct QueryContext {
  const Cancellation* cancellation = nullptr;  // Never null while a query runs.
  MemoryBudget* memory = nullptr;              // Never null while a query runs.
  bool optimize = true;                        // False: operators in the order written (for tests and comparisons).
};

}  // namespace dossier

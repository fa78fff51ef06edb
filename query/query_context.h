// What limits and watches the run of one query; passed as an argument, never global.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/time/time.h"
#include "base/cancellation.h"
#include "base/memory_budget.h"
#include "base/work_budget.h"

namespace dossier {

struct StageTimes;

struct QueryContext {
  const Cancellation* cancellation = nullptr;  // Never null while a query runs.
  MemoryBudget* memory = nullptr;              // Never null while a query runs.
  bool optimize = true;                        // False: operators in the order written (for tests and comparisons).
  std::optional<absl::Time> now;               // What NOW gives; the clock's time when it is not set.
  std::optional<uint64_t> random_seed;         // For the same RAND, UUID and BNODE each time.
  // Where the snapshot is bounded (storage/bounded_snapshot.h): when it is spent, what has been found by then counts.
  WorkBudget* work = nullptr;
  StageTimes* stages = nullptr;  // Where the time goes is added up here, when it is not null.
  // A random join order, the same for the same number, in place of the cheapest: to see what the optimiser is worth.
  std::optional<uint64_t> join_order_seed;
  size_t threads = 1;  // That may work on it at the same time. More than one: only on a snapshot that may be shared.
  bool split_always = false;  // Plans are split for several threads however little work they are: for tests.
};

}  // namespace dossier

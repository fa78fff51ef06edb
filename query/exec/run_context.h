// What every running operator needs of its query.
#pragma once

#include <cstddef>
#include <functional>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "base/cancellation.h"
#include "base/memory_budget.h"
#include "base/thread_permits.h"
#include "query/algebra/node.h"
#include "query/expr/evaluator.h"
#include "query/term_space.h"
#include "storage/snapshot.h"

namespace dossier::exec {

// The values of variables for which an EXISTS is asked.
using Parameters = absl::flat_hash_map<algebra::Variable, TermId>;

struct RunContext {
  const Snapshot* snapshot = nullptr;
  TermSpace* terms = nullptr;
  const Cancellation* cancellation = nullptr;
  MemoryBudget* memory = nullptr;
  ThreadPermits* threads = nullptr;  // For those that may work on the query as well; none: it has one thread.
  bool split_always = false;         // See QueryContext.
  QueryValues* values = nullptr;
  // Set while an EXISTS is run: conditions see them for variables that their rows do not bind.
  const Parameters* parameters = nullptr;
  // Decides an EXISTS inside an expression.
  std::function<absl::StatusOr<bool>(const algebra::Node*, VariableLookup)> exists;
};

// How many threads may work on the query, with its own.
inline size_t ThreadsOf(const RunContext& context) {
  return context.threads == nullptr ? 1 : context.threads->threads();
}

}  // namespace dossier::exec

// What every running operator needs of its query.
#pragma once

#include <functional>

#include "absl/status/statusor.h"
#include "base/cancellation.h"
#include "base/memory_budget.h"
#include "query/algebra/node.h"
#include "query/expr/evaluator.h"
#include "query/term_space.h"
#include "storage/snapshot.h"

namespace dossier::exec {

struct RunContext {
  const Snapshot* snapshot = nullptr;
  TermSpace* terms = nullptr;
  const Cancellation* cancellation = nullptr;
  MemoryBudget* memory = nullptr;
  QueryValues* values = nullptr;
  // Decides an EXISTS inside an expression.
  std::function<absl::StatusOr<bool>(const algebra::Node*, VariableLookup)> exists;
};

}  // namespace dossier::exec

// From the physical plan to running operators.
#pragma once

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "query/exec/operator.h"
#include "query/exec/run_context.h"
#include "query/plan/plan_node.h"

namespace dossier::planner {

// The table that the plan's Bindings leaves read; without variables where there is none.
struct BoundTable {
  absl::Span<const algebra::Variable> variables;
  const RowBatch* rows = nullptr;
};

// Makes the operators of `plan`, which has to outlive them, as have the context and the table.
absl::StatusOr<exec::OperatorPtr> MakeOperators(exec::RunContext* context, plan::PlanNode* plan,
                                                const BoundTable& bound = {});

}  // namespace dossier::planner

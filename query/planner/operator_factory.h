// From the physical plan to running operators.
#pragma once

#include <memory>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "query/exec/hash_build.h"
#include "query/exec/operator.h"
#include "query/exec/run_context.h"
#include "query/plan/plan_node.h"

namespace dossier::planner {

// The table that the plan's Bindings leaves read; without variables where there is none.
struct BoundTable {
  absl::Span<const algebra::Variable> variables;
  const RowBatch* rows = nullptr;
};

// Tables of hash joins that are built already, by the joins' nodes.
using HashTables = absl::flat_hash_map<const plan::PlanNode*, std::shared_ptr<const exec::HashBuild>>;

// Makes the operators of `plan`, which has to outlive them, as have the context and the bound table. `tables` may be
// null.
absl::StatusOr<exec::OperatorPtr> MakeOperators(exec::RunContext* context, plan::PlanNode* plan,
                                                const BoundTable& bound = {}, const HashTables* tables = nullptr);

}  // namespace dossier::planner

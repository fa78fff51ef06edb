// Leaves out of a plan the columns that nobody looks at, so that scans do not decode them and joins do not carry them.
#pragma once

#include "query/algebra/scope.h"
#include "query/plan/plan_node.h"

namespace dossier::planner {

// Keeps of the columns of `*plan` at least those in `needed`.
void PruneColumns(const algebra::VariableSet& needed, plan::PlanPtr* plan);

}  // namespace dossier::planner

// Where a plan is worth several threads, and how its parts are run on them.
#pragma once

#include "absl/status/statusor.h"
#include "query/exec/gather.h"
#include "query/exec/run_context.h"
#include "query/plan/plan_node.h"

namespace dossier::planner {

// Puts plan::Gather above the parts of the plan whose rows are all wanted, which may be split, and which are work
// enough (or not, with `split_always`). Groups, duplicates and the first rows of an order are found for each part, and
// then of what the parts give. REQUIRES: the columns have been pruned.
void UseThreads(bool split_always, plan::PlanPtr* root);

// The fragments of `node`, which is a plan::Gather. Both arguments outlive them.
absl::StatusOr<exec::FragmentSource> MakeFragments(exec::RunContext* context, plan::PlanNode* node);

}  // namespace dossier::planner

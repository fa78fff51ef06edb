// Join orders where there are too many inputs for one problem: some of them are joined, then that with as many others.
#pragma once

#include "absl/status/statusor.h"
#include "query/optimizer/cardinality.h"
#include "query/optimizer/join_order.h"
#include "query/plan/plan_node.h"

namespace dossier::optimizer {

// As OrderJoins, which joins the inputs of each step.
absl::StatusOr<plan::PlanPtr> OrderManyJoins(const JoinProblem& problem, const CardinalityEstimator& estimator);

}  // namespace dossier::optimizer

// By how much the estimates of a plan that has run were wrong.
#pragma once

#include <vector>

#include "query/plan/plan_node.h"

namespace dossier::bench {

// The q-error of each join of a plan whose rows were all read: the larger of estimated and actual rows, divided by the
// smaller; both are at least 1. Joins that ran more than once, for some bindings at a time, are left out, as are those
// that were not read to their end.
std::vector<double> JoinErrors(const plan::PlanNode& plan);

}  // namespace dossier::bench

// Questions that the statistics and the headers of the blocks answer: how many rows there are, and which predicates.
#pragma once

#include "absl/status/statusor.h"
#include "query/algebra/node.h"
#include "query/plan/plan_node.h"
#include "query/term_space.h"

namespace dossier::planner {

// The plan of a Group over `input`. Rows that are only counted are not read where the index knows their number.
absl::StatusOr<plan::PlanPtr> MakeCountedGroup(plan::PlanPtr input, const algebra::Group& group, TermSpace* terms);

// A plan with the same values of `column`, its only column of interest, each at least once: predicates come from the
// statistics, and a constant from the first row.
plan::PlanPtr WithoutRepeats(plan::PlanPtr plan, algebra::Variable column, const TermSpace& terms);

// Whether the statistics know that a plan has no rows.
bool IsKnownEmpty(const plan::PlanNode& plan, const Statistics& statistics);

}  // namespace dossier::planner

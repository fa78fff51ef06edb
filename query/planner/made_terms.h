// What becomes of the terms that expressions make while a plan runs.
#pragma once

#include "query/plan/plan_node.h"

namespace dossier::planner {

// Whether a term that an expression makes can only be in the rows that leave the plan, and in none that an operator
// still holds: terms are made at the top only, by expressions whose values go straight out. Such a plan can be run
// over any number of rows with the terms of one batch at a time.
bool MadeTermsOnlyLeave(const plan::PlanNode& root);

// Whether no row of the plan can have a term that is not one of the store: none is made on the way, and no constant
// that the store does not have gets into a row.
bool GivesStoredTermsOnly(const plan::PlanNode& root);

}  // namespace dossier::planner

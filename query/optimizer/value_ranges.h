// Comparisons of a variable with a constant as ranges of term ids, so that an index reads only what may fulfil them.
#pragma once

#include <vector>

#include "query/expr/expression.h"
#include "query/plan/plan_node.h"

namespace dossier::optimizer {

// Ranges, ascending, outside of which no id of `variable` fulfils all `conditions`; empty when nothing can be said.
// Inside of them there may be ids that do not: the conditions have to be checked all the same.
std::vector<plan::IdRange> RangesOf(algebra::Variable variable, const std::vector<Expression>& conditions);

}  // namespace dossier::optimizer

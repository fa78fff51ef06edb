// A pattern of an EXISTS, written once for all rows that it is asked for: the row's values are parameters, given when
// it is run. It means what Substitute (query/algebra/substitute.h) makes of it for each row.
#pragma once

#include "query/algebra/node.h"
#include "query/algebra/scope.h"

namespace dossier::algebra {

// A copy of `node` in which every pattern that mentions a variable of `parameters` is joined with their values. Nullptr
// where that would not mean the same as to put the values in the variables' place: for a path that may have no steps,
// whose ends count as nodes when they are given, and for a table with unbound cells.
// Conditions are left as they are: whoever runs the pattern lets them see the parameters.
NodePtr WithParameters(const Node& node, const VariableSet& parameters);

}  // namespace dossier::algebra

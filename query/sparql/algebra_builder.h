// The few ways in which the binder puts algebra together, with the simplifications of SPARQL section 18.2.2.8.
#pragma once

#include <vector>

#include "query/algebra/node.h"

namespace dossier::sparql {

// One solution without bindings; and no solution.
algebra::NodePtr Unit();
algebra::NodePtr Nothing();
bool IsUnit(const algebra::Node& node);

// Join(left, right), without units, and with neighbouring basic graph patterns as one.
algebra::NodePtr JoinOf(algebra::NodePtr left, algebra::NodePtr right);

// Filter(all of the conditions, input); `input` when there are none.
algebra::NodePtr FilterBy(std::vector<Expression> conditions, algebra::NodePtr input);
Expression AllOf(std::vector<Expression> conditions);

}  // namespace dossier::sparql

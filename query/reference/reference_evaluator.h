// The algebra evaluated by its definitions and nothing else: multisets of solutions, nested loops, no index order, no
// optimiser. Slow on purpose; the engine is checked against it on random data and random algebra.
#pragma once

#include <map>
#include <vector>

#include "absl/status/statusor.h"
#include "query/algebra/node.h"
#include "query/term_space.h"
#include "rdf/quad.h"

namespace dossier {

// Bound variables only.
using Solution = std::map<algebra::Variable, TermId>;

// All solutions of `node` over the store behind `terms`, in the order that OrderBy asks for, else in any order.
absl::StatusOr<std::vector<Solution>> EvaluateByDefinition(const algebra::Node& node, TermSpace* terms);

}  // namespace dossier

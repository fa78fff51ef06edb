// Values in place of variables, inside a pattern of an EXISTS (SPARQL section 18.6).
#pragma once

#include "absl/container/btree_map.h"
#include "query/algebra/node.h"

namespace dossier::algebra {

using Substitution = absl::btree_map<Variable, Term>;

// A copy of `node` whose solutions are those of `node` that agree with `values`; its conditions see the values of
// variables that the pattern does not bind.
NodePtr Substitute(const Node& node, const Substitution& values);

}  // namespace dossier::algebra

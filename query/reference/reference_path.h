// Property paths by definition (SPARQL section 18.4).
#pragma once

#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "query/algebra/node.h"
#include "query/term_space.h"
#include "rdf/term_id.h"

namespace dossier {

using NodePair = std::pair<TermId, TermId>;

// One graph's triples (subject, predicate, object) as the path sees them.
struct PathGraph {
  struct Edge {
    TermId subject, predicate, object;
  };
  std::vector<Edge> edges;    // Without duplicates.
  std::vector<TermId> nodes;  // Every subject and object, and the path's own end points, without duplicates.
};

// The pairs that the path connects: with multiplicity for links, sequences, alternatives and negated sets; each pair
// once for zero-or-more, one-or-more and zero-or-one.
absl::StatusOr<std::vector<NodePair>> PathPairs(const algebra::PathExpression& path, const PathGraph& graph,
                                                TermSpace* terms);

}  // namespace dossier

// Algebra as the text of a SPARQL 1.2 query that means the same and runs as it stands. Reifications are written as
// `?c rdf:reifies <<( ?s ?p ?o )>>`, functions over vague times as calls by their IRI.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "query/algebra/node.h"

namespace dossier::algebra {

struct SparqlPrinterOptions {
  // Whether patterns over all graphs have to look into named graphs as well. Where a store has none, the text is
  // plainer without.
  bool has_named_graphs = false;
};

// InvalidArgument for what the text of SPARQL has no words for: patterns of triple terms of the dictionary, functions
// that only the engine knows.
absl::StatusOr<std::string> ToSparql(const Query& query, const SparqlPrinterOptions& options);

}  // namespace dossier::algebra

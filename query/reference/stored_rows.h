// Every row of a snapshot in plain vectors: the whole of what the reference evaluator knows of storage.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "query/term_space.h"
#include "rdf/term_id.h"

namespace dossier {

struct StoredQuad {
  TermId subject, predicate, object, graph;
};
// `fourth` is the reifier of a claim, or the triple term itself.
struct StoredTriple {
  TermId subject, predicate, object, fourth, graph;
};

struct StoredRows {
  std::vector<StoredQuad> quads;  // With one quad `reifier rdf:reifies <<( s p o )>>` for each reification.
  std::vector<StoredTriple> reifications;
  std::vector<StoredTriple> triple_terms;
};

absl::StatusOr<StoredRows> ReadAllRows(TermSpace* terms);

}  // namespace dossier

// The claims that an answer stands on, as RDF: to be kept, or loaded into another store.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "query/result/answer.h"
#include "rdf/quad.h"
#include "storage/snapshot.h"

namespace dossier {

// For each claim of `answer`: what it reifies, all its annotations (with those of blank nodes that they point to), and
// the triple itself where it is asserted. Of what no claim states, the triple. Each statement once.
absl::StatusOr<std::vector<Quad>> ClaimStatements(const Answer& answer, const Snapshot& snapshot);

}  // namespace dossier

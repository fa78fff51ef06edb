// Answers that say the same less closely than another one.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "query/ask/answer_builder.h"

namespace dossier::ask {

// Makes one answer of two that tell of one thing. Of a journey that claims tell to a city and to its country, "where"
// is answered by the city; of a number that one sentence gives in two units, the one in the relation's own unit stays.
absl::Status MergeCoarser(const Meaning& meaning, const Catalogue& catalogue, const Snapshot& snapshot,
                          std::vector<Solution>* solutions);

}  // namespace dossier::ask

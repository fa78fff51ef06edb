// What must not be told along with an event: "which trips have no means of transport".
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "query/ask/answer_builder.h"

namespace dossier::ask {

// Leaves out the events of which any claim about the same subject, at the same time, tells what they must lack. An
// event without a date is judged by its own claim alone.
absl::Status DropWhatHas(const Meaning& meaning, const Catalogue& catalogue, const Snapshot& snapshot,
                         const QueryContext& context, std::vector<Solution>* solutions);

}  // namespace dossier::ask

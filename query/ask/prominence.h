// How much a store has to say about things: which of several names is offered first.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "rdf/term_id.h"
#include "storage/snapshot.h"

namespace dossier::ask {

// For each of `things` (ascending) about how many claims and triples it is the subject or object of. One look at each
// table for each thing, however many there are.
absl::StatusOr<std::vector<uint64_t>> Prominence(const Snapshot& snapshot, absl::Span<const TermId> things);

// Up to `maximum` of `things`, the most prominent first; of the same prominence by id.
absl::StatusOr<std::vector<TermId>> MostProminent(const Snapshot& snapshot, std::vector<TermId> things, size_t maximum);

}  // namespace dossier::ask

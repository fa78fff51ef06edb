// Whether a relation is asserted anywhere without a claim that states it: then questions look beyond claims.
#pragma once

#include "absl/status/statusor.h"
#include "rdf/term_id.h"
#include "storage/snapshot.h"

namespace dossier::ask {

// Whether some asserted triple of the predicate is stated by no claim. Reads both up to the first such triple: some
// milliseconds for a million.
absl::StatusOr<bool> HasPlainTriples(const Snapshot& snapshot, TermId predicate);

}  // namespace dossier::ask

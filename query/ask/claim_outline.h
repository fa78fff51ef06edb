// Claims as ids: cheap to read, for choosing which claims an answer shows.
#pragma once

#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "rdf/term_id.h"
#include "storage/snapshot.h"

namespace dossier::ask {

struct ClaimOutline {
  TermId id;
  TermId subject;  // Undefined, as the next two, when the store knows no claim of this id.
  TermId relation;
  TermId object;
  std::vector<std::pair<TermId, TermId>> annotations;  // (property, value), in the order of their ids, each once.
};

// The outlines of `claims`, in the same order, in one pass over each of two permutations. REQUIRES: ids ascend.
absl::StatusOr<std::vector<ClaimOutline>> ReadOutlines(const Snapshot& snapshot, absl::Span<const TermId> claims);

}  // namespace dossier::ask

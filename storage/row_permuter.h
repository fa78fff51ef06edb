// Rows of a relation in the column orders of its permutations.
#pragma once

#include <vector>

#include "absl/types/span.h"
#include "storage/permutation.h"
#include "storage/permutation_writer.h"

namespace dossier::storage {

// The permutation whose column order is that of the relation's plain rows: spo, gspo, claim_spo, term_spo... For
// kNamedQuads plain rows are those of kQuads: (subject, predicate, object, graph).
const PermutationInfo& PlainOrder(Relation relation);

// `row` is a plain row of the permutation's relation.
Row PermuteRow(const Row& row, const PermutationInfo& info);

// The same for changes; the result is sorted. For kNamedQuads, rows of the default graph are left out.
std::vector<RowChange> PermuteChanges(absl::Span<const RowChange> changes, const PermutationInfo& info);

}  // namespace dossier::storage

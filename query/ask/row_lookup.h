// Many small reads of one permutation as one pass forward: what a page of claims needs of the store, where a scan of
// its own for each claim would spend most of its time finding the place.
#pragma once

#include <cstddef>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/types/span.h"
#include "rdf/term_id.h"
#include "storage/snapshot.h"

namespace dossier::ask {

// A row that was looked for: the place of its key among the keys, and its columns in the permutation's order.
using VisitRow = absl::FunctionRef<absl::Status(size_t key, const RowBlock& block, size_t row)>;

// Hands out the rows whose first columns are one of `keys`, which stand one after another in `keys`, `width` columns
// each; the graph, the last column of all, is not read. Keys must ascend; equal ones are looked up once, for the first
// of them. `width` is at least 1.
absl::Status LookUpRows(const Snapshot& snapshot, Permutation permutation, absl::Span<const TermId> keys, size_t width,
                        VisitRow visit);

}  // namespace dossier::ask

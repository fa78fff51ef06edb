// Comparing rows with keys, within a decoded block.
#pragma once

#include <algorithm>
#include <cstddef>

#include "absl/types/span.h"
#include "rdf/term_id.h"
#include "storage/block.h"

namespace dossier::storage {

// The first row in [from, rows()) that is not less than `key`, compared on the leading key.size() columns, which must
// be decoded. Rows are sorted. Fast when it is near `from`.
size_t LowerBound(const DecodedBlock& block, absl::Span<const TermId> key, size_t from);

// The first row in [from, rows()) that is greater than `key` in the leading key.size() columns.
size_t UpperBound(const DecodedBlock& block, absl::Span<const TermId> key, size_t from);

}  // namespace dossier::storage

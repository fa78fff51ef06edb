// One column of a block to bytes and back. Of several codings the smallest is taken, column by column, block by block.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "rdf/term_id.h"

namespace dossier::storage {

// Appends hardly more bytes than the values have (always less than 64 KiB). REQUIRES: 1 to kMaxBlockRows values.
void EncodeColumn(absl::Span<const uint64_t> values, std::string* bytes);

// Fills `count` ids from exactly these bytes; false when they are not well formed. kPackingSlack bytes behind `bytes`
// have to be readable.
bool DecodeColumn(absl::string_view bytes, size_t count, TermId* values);

}  // namespace dossier::storage

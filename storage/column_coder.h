// One column of a block to bytes and back. Of several codings the smallest is taken, column by column, block by block.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
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

// Fills only the ids [begin, end) of the `count` that the bytes hold. REQUIRES: begin < end <= count.
bool DecodeColumnPart(absl::string_view bytes, size_t count, size_t begin, size_t end, TermId* values);

// The one id that all rows have, where the column is coded like that.
std::optional<TermId> ConstantOf(absl::string_view column);

// Fills the ids of a column that is coded as an ascending one, from the first one on until one is greater than `key`,
// which is not looked for beyond the group that has it, or to the end. How many are filled; nullopt when the column is
// coded in another way or not well formed.
std::optional<size_t> DecodeAscendingPast(absl::string_view bytes, size_t count, TermId key, TermId* values);

}  // namespace dossier::storage

// One column of a block to bytes and back. Of several codings the smallest is taken, column by column, block by block.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "rdf/term_id.h"
#include "storage/bit_packing.h"

namespace dossier::storage {

inline constexpr size_t kMaxBlockRows = 1024;

// Rows [begin, end) of a block.
struct RowWindow {
  size_t begin = 0;
  size_t end = 0;
};

// Appends hardly more bytes than the values have (always less than 64 KiB). REQUIRES: 1 to kMaxBlockRows values.
void EncodeColumn(absl::Span<const uint64_t> values, std::string* bytes);

// Fills `count` ids from exactly these bytes; false when they are not well formed. kPackingSlack bytes behind `bytes`
// have to be readable.
bool DecodeColumn(absl::string_view bytes, size_t count, TermId* values);

// Where the groups of packed numbers of a column begin, and after which id: what it takes to decode some ids without a
// look at those before them.
struct ColumnGroups {
  static constexpr size_t kMost = kMaxBlockRows / kPackedGroup;

  std::array<uint64_t, kMost> before{};  // The id before a group, of columns that are coded as differences.
  std::array<uint16_t, kMost> places{};
  std::array<uint16_t, kMost> offset_places{};  // Of columns that are coded by tag, whose `places` have the tags.
};

// False when the bytes are not well formed.
bool FindColumnGroups(absl::string_view bytes, size_t count, ColumnGroups* groups);

// Fills, of the `count` ids that the bytes hold, those in [begin, end) and maybe others of the same groups.
// REQUIRES: begin < end <= count, and the groups are those of these bytes.
bool DecodeColumnPart(absl::string_view bytes, const ColumnGroups& groups, size_t count, size_t begin, size_t end,
                      TermId* values);

// The one id that all rows have, where the column is coded like that.
std::optional<TermId> ConstantOf(absl::string_view column);

// Fills the ids of a column that is coded as an ascending one from a row on that is not behind the first id not less
// than `key`, until one is greater than `key`, which is not looked for beyond the group that has it, or to the end.
// From which row on and up to which they are filled; nullopt when the column is coded in another way or not well
// formed.
std::optional<RowWindow> DecodeAscendingAround(absl::string_view bytes, const ColumnGroups& groups, size_t count,
                                               TermId key, TermId* values);

}  // namespace dossier::storage

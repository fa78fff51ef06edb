// Arrays of unsigned numbers in few bits: the coder below the columns of blocks. Numbers are packed in groups of 128;
// every group has the width that makes it smallest, and the few numbers that do not fit that width are patched in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace dossier::storage {

// Decoding loads whole words and so may read, though never use, this many bytes behind the coded ones: they have to be
// there.
inline constexpr size_t kPackingSlack = 8;

// Plans first, so that the size of a coding is known without coding. The numbers must outlive the packer.
class NumberPacker {
 public:
  explicit NumberPacker(absl::Span<const uint64_t> numbers);

  // The bytes that AppendTo appends.
  size_t bytes() const { return bytes_; }
  void AppendTo(std::string* bytes) const;

 private:
  struct Group {
    unsigned width = 0;
    unsigned patches = 0;
    unsigned high_bytes = 0;  // Bytes that a patched number has beyond the width.
    size_t bytes = 0;         // All of the group.
  };
  static Group PlanGroup(const uint64_t* numbers, size_t count);

  const absl::Span<const uint64_t> numbers_;
  absl::InlinedVector<Group, 8> groups_;
  size_t bytes_ = 0;
};

// Decodes `count` numbers from the front of `bytes` and removes what it read. False when the bytes are not well formed;
// memory behind `numbers` is never touched, memory behind `bytes` only as kPackingSlack says.
bool UnpackNumbers(absl::string_view* bytes, size_t count, uint64_t* numbers);

// The numbers of one group.
inline constexpr size_t kPackedGroup = 128;

// Removes `count` coded numbers from the front of `bytes` unseen, and notes where each of their groups begins: how many
// bytes behind `start`. False when the bytes are not well formed or lie further off than can be noted.
bool FindGroups(const char* start, absl::string_view* bytes, size_t count, uint16_t* places);

// Decodes the group of `count` numbers, at most kPackedGroup, that begins at `place` of `bytes`.
inline bool UnpackGroupAt(absl::string_view bytes, size_t place, size_t count, uint64_t* numbers) {
  if (place > bytes.size()) return false;
  bytes.remove_prefix(place);
  return UnpackNumbers(&bytes, count, numbers);
}

// The bits that a number needs: 0 for 0.
inline unsigned BitWidth(uint64_t number) {
  return number == 0 ? 0 : 64U - static_cast<unsigned>(__builtin_clzll(number));
}

}  // namespace dossier::storage

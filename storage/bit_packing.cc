#include "storage/bit_packing.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <utility>

namespace dossier::storage {
namespace {

// A number of up to 56 bits lies within one eight-byte load, wherever it begins; wider ones get whole words.
constexpr unsigned kMaxPackedWidth = 56;
constexpr unsigned kWordWidth = 64;

size_t PackedBytes(size_t count, unsigned width) { return (count * width + 7) / 8; }

void AppendPacked(const uint64_t* numbers, size_t count, unsigned width, std::string* bytes) {
  if (width == 0) return;
  const size_t begin = bytes->size();
  bytes->resize(begin + PackedBytes(count, width) + kPackingSlack);
  char* out = bytes->data() + begin;
  const uint64_t mask = width == kWordWidth ? ~uint64_t{0} : (uint64_t{1} << width) - 1;
  uint64_t word = 0;  // Bits that wait for a whole word.
  unsigned bits = 0;
  for (size_t i = 0; i < count; ++i) {
    const uint64_t number = numbers[i] & mask;
    word |= number << bits;
    bits += width;
    if (bits < kWordWidth) continue;
    std::memcpy(out, &word, sizeof(word));
    out += sizeof(word);
    bits -= kWordWidth;
    word = bits == 0 ? 0 : number >> (width - bits);
  }
  std::memcpy(out, &word, sizeof(word));
  bytes->resize(begin + PackedBytes(count, width));
}

// With the width known to the compiler, shifts and offsets are constants and eight numbers take `kWidth` bytes.
template <unsigned kWidth>
void UnpackWidth(const char* in, size_t count, uint64_t* out) {
  constexpr uint64_t kMask = (uint64_t{1} << kWidth) - 1;
  size_t i = 0;
  for (; i + 8 <= count; i += 8, in += kWidth) {
    for (size_t k = 0; k < 8; ++k) {
      uint64_t word = 0;
      std::memcpy(&word, in + k * kWidth / 8, sizeof(word));
      out[i + k] = word >> (k * kWidth % 8) & kMask;
    }
  }
  for (size_t k = 0; i < count; ++i, ++k) {
    uint64_t word = 0;
    std::memcpy(&word, in + k * kWidth / 8, sizeof(word));
    out[i] = word >> (k * kWidth % 8) & kMask;
  }
}

using Unpacker = void (*)(const char*, size_t, uint64_t*);

template <unsigned... kWidths>
constexpr std::array<Unpacker, sizeof...(kWidths)> MakeUnpackers(std::integer_sequence<unsigned, kWidths...>) {
  return {&UnpackWidth<kWidths>...};
}
constexpr auto kUnpackers = MakeUnpackers(std::make_integer_sequence<unsigned, kMaxPackedWidth + 1>());

void Unpack(const char* in, size_t count, unsigned width, uint64_t* out) {
  if (width == 0) {
    std::fill_n(out, count, 0);
  } else if (width == kWordWidth) {
    std::memcpy(out, in, count * sizeof(uint64_t));
  } else {
    kUnpackers[width](in, count, out);
  }
}

bool UnpackGroup(absl::string_view* bytes, size_t count, uint64_t* numbers) {
  if (bytes->size() < 2) return false;
  const unsigned width = static_cast<unsigned char>((*bytes)[0]);
  const unsigned patches = static_cast<unsigned char>((*bytes)[1]);
  bytes->remove_prefix(2);
  if (width > kMaxPackedWidth && width != kWordWidth) return false;
  const size_t packed = PackedBytes(count, width);
  if (bytes->size() < packed) return false;
  Unpack(bytes->data(), count, width, numbers);
  bytes->remove_prefix(packed);
  if (patches == 0) return true;

  if (bytes->empty() || width == kWordWidth) return false;
  const unsigned high_bytes = static_cast<unsigned char>((*bytes)[0]);
  bytes->remove_prefix(1);
  if (high_bytes == 0 || high_bytes > 8 || bytes->size() < patches * size_t{1 + high_bytes}) return false;
  const char* const positions = bytes->data();
  const char* const highs = positions + patches;
  const uint64_t mask = ~uint64_t{0} >> (kWordWidth - 8 * high_bytes);
  for (unsigned i = 0; i < patches; ++i) {
    const size_t position = static_cast<unsigned char>(positions[i]);
    if (position >= count) return false;
    uint64_t high = 0;
    std::memcpy(&high, highs + size_t{i} * high_bytes, sizeof(high));
    numbers[position] |= (high & mask) << width;
  }
  bytes->remove_prefix(patches * size_t{1 + high_bytes});
  return true;
}

bool SkipGroup(absl::string_view* bytes, size_t count) {
  if (bytes->size() < 2) return false;
  const unsigned width = static_cast<unsigned char>((*bytes)[0]);
  const size_t patches = static_cast<unsigned char>((*bytes)[1]);
  size_t size = 2 + PackedBytes(count, width);
  if (patches > 0) {
    if (bytes->size() <= size) return false;
    size += 1 + patches * size_t{1U + static_cast<unsigned char>((*bytes)[size])};
  }
  if (bytes->size() < size) return false;
  bytes->remove_prefix(size);
  return true;
}

}  // namespace

// group = width:u8 patches:u8 packed-numbers [high_bytes:u8 (position:u8)* (high:high_bytes)*]
NumberPacker::Group NumberPacker::PlanGroup(const uint64_t* numbers, size_t count) {
  uint64_t all = 0;
  for (size_t i = 0; i < count; ++i) all |= numbers[i];
  const unsigned widest = BitWidth(all);
  Group best;
  best.width = widest > kMaxPackedWidth ? kWordWidth : widest;
  best.bytes = 2 + PackedBytes(count, best.width);
  constexpr unsigned kTooNarrowToPatch = 2;
  if (widest <= kTooNarrowToPatch) return best;
  std::array<uint16_t, 65> histogram{};
  for (size_t i = 0; i < count; ++i) ++histogram[BitWidth(numbers[i])];
  unsigned patches = 0;
  for (unsigned width = widest; width > 0;) {
    patches += histogram[width];
    --width;
    if (patches > count / 2) break;
    if (width > kMaxPackedWidth || patches == 0) continue;
    const unsigned high_bytes = (widest - width + 7) / 8;
    const size_t bytes = 3 + PackedBytes(count, width) + patches * size_t{1 + high_bytes};
    if (bytes < best.bytes) best = {width, patches, high_bytes, bytes};
  }
  return best;
}

NumberPacker::NumberPacker(absl::Span<const uint64_t> numbers) : numbers_(numbers) {
  for (size_t begin = 0; begin < numbers.size(); begin += kPackedGroup) {
    groups_.push_back(PlanGroup(numbers.data() + begin, std::min(kPackedGroup, numbers.size() - begin)));
    bytes_ += groups_.back().bytes;
  }
}

void NumberPacker::AppendTo(std::string* bytes) const {
  for (size_t i = 0; i < groups_.size(); ++i) {
    const Group& group = groups_[i];
    const uint64_t* const numbers = numbers_.data() + i * kPackedGroup;
    const size_t count = std::min(kPackedGroup, numbers_.size() - i * kPackedGroup);
    bytes->push_back(static_cast<char>(group.width));
    bytes->push_back(static_cast<char>(group.patches));
    AppendPacked(numbers, count, group.width, bytes);
    if (group.patches == 0) continue;
    bytes->push_back(static_cast<char>(group.high_bytes));
    std::string highs;
    for (size_t k = 0; k < count; ++k) {
      if (BitWidth(numbers[k]) <= group.width) continue;
      bytes->push_back(static_cast<char>(k));
      const uint64_t high = numbers[k] >> group.width;
      highs.append(reinterpret_cast<const char*>(&high), group.high_bytes);
    }
    bytes->append(highs);
  }
}

bool UnpackNumbers(absl::string_view* bytes, size_t count, uint64_t* numbers) {
  for (size_t i = 0; i < count; i += kPackedGroup) {
    if (!UnpackGroup(bytes, std::min(kPackedGroup, count - i), numbers + i)) return false;
  }
  return true;
}

bool FindGroups(const char* start, absl::string_view* bytes, size_t count, uint16_t* places) {
  for (size_t i = 0; i < count; i += kPackedGroup) {
    const auto place = static_cast<size_t>(bytes->data() - start);
    if (place > std::numeric_limits<uint16_t>::max()) return false;
    places[i / kPackedGroup] = static_cast<uint16_t>(place);
    if (!SkipGroup(bytes, std::min(kPackedGroup, count - i))) return false;
  }
  return true;
}

}  // namespace dossier::storage

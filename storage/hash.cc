#include "storage/hash.h"

#include <bit>
#include <cstddef>
#include <cstring>

namespace dossier::storage {
namespace {

static_assert(std::endian::native == std::endian::little, "the storage format is little-endian");

// Odd constants without structure: the first digits of pi, e, the square roots of 2 and 3, and the golden ratio.
constexpr uint64_t kPi = 0x243F6A8885A308D3;
constexpr uint64_t kE = 0xB7E151628AED2A6B;
constexpr uint64_t kRootOfTwo = 0x6A09E667F3BCC909;
constexpr uint64_t kRootOfThree = 0xBB67AE8584CAA73B;
constexpr uint64_t kGolden = 0x9E3779B97F4A7C15;

// Multiplies to 128 bits and folds the halves: every bit of the inputs reaches every bit of the result.
uint64_t Mix(uint64_t a, uint64_t b) {
  const unsigned __int128 product = static_cast<unsigned __int128>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64U);
}

uint64_t Load(const char* bytes) {
  uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof(word));
  return word;
}

}  // namespace

uint64_t Hash64(absl::string_view bytes) {
  const char* position = bytes.data();
  size_t left = bytes.size();
  uint64_t hash = kGolden ^ Mix(bytes.size() + 1, kPi);
  if (left > 64) {
    // Four lanes that do not wait for one another.
    uint64_t a = hash ^ kPi;
    uint64_t b = hash ^ kE;
    uint64_t c = hash ^ kRootOfTwo;
    uint64_t d = hash ^ kRootOfThree;
    for (; left > 64; left -= 64, position += 64) {
      a = Mix(Load(position) ^ kE, Load(position + 8) ^ a);
      b = Mix(Load(position + 16) ^ kRootOfTwo, Load(position + 24) ^ b);
      c = Mix(Load(position + 32) ^ kRootOfThree, Load(position + 40) ^ c);
      d = Mix(Load(position + 48) ^ kGolden, Load(position + 56) ^ d);
    }
    hash = Mix(a ^ kGolden, b) ^ Mix(c ^ kPi, d);
  }
  for (; left >= 16; left -= 16, position += 16) {
    hash = Mix(Load(position) ^ kRootOfTwo, Load(position + 8) ^ hash);
  }
  char tail[16] = {};
  if (left > 0) std::memcpy(tail, position, left);
  hash = Mix(Load(tail) ^ kE, Load(tail + 8) ^ hash);
  return Mix(hash ^ kRootOfThree, kGolden);
}

}  // namespace dossier::storage

// Unsigned numbers in few bytes: seven bits a byte, lowest first, the top bit set on all but the last.
#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace dossier::storage {

inline void AppendVarint(uint64_t number, std::string* bytes) {
  for (; number >= 0x80; number >>= 7U) bytes->push_back(static_cast<char>(number | 0x80U));
  bytes->push_back(static_cast<char>(number));
}

// Removes the number from the front of `bytes`. False when there is no whole number.
inline bool TakeVarint(absl::string_view* bytes, uint64_t* number) {
  *number = 0;
  for (unsigned shift = 0; shift < 64 && !bytes->empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes->front());
    bytes->remove_prefix(1);
    *number |= uint64_t{byte & 0x7FU} << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

}  // namespace dossier::storage

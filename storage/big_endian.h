// Numbers as bytes that sort as the numbers do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace dossier::storage {

inline constexpr size_t kWordBytes = 8;

inline void AppendBigEndian(uint64_t word, std::string* bytes) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes->push_back(static_cast<char>(word >> static_cast<unsigned>(shift)));
  }
}

// REQUIRES: `bytes` has kWordBytes or more.
inline uint64_t ReadBigEndian(absl::string_view bytes) {
  uint64_t word = 0;
  for (size_t i = 0; i < kWordBytes; ++i) word = word << 8U | static_cast<unsigned char>(bytes[i]);
  return word;
}

}  // namespace dossier::storage

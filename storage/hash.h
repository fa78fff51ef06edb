// The hash of the storage format: checksums of blocks, and the keys of the term index. Fixed for ever: stored bytes
// depend on it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace dossier::storage {

// Fast (several bytes a nanosecond) and well mixed, not meant against attackers.
uint64_t Hash64(absl::string_view bytes);

// Stored blocks begin with a checksum of what follows it.
inline constexpr size_t kChecksumBytes = 4;
// REQUIRES: `block` has as many bytes, whatever they are.
inline uint32_t Checksum(absl::string_view block) {
  return static_cast<uint32_t>(Hash64(block.substr(kChecksumBytes)));
}

}  // namespace dossier::storage

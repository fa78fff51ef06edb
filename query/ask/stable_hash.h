// A hash that is the same for the same text on every machine, so that saying a thing twice makes one node.
#pragma once

#include <cstdint>

#include "absl/strings/string_view.h"

namespace dossier::ask {

// FNV-1a.
inline uint64_t StableHash(absl::string_view text) {
  uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

}  // namespace dossier::ask

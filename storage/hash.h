// The hash of the storage format: checksums of blocks, and the keys of the term index. Fixed for ever: stored bytes
// depend on it.
#pragma once

#include <cstdint>

#include "absl/strings/string_view.h"

namespace dossier::storage {

// Fast (several bytes a nanosecond) and well mixed, not meant against attackers.
uint64_t Hash64(absl::string_view bytes);

}  // namespace dossier::storage

// Digests of texts, by libcrypto.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace dossier {

enum class DigestKind : uint8_t { kMd5, kSha1, kSha256, kSha384, kSha512 };

// In lower-case hexadecimal; nullopt where the library was built or configured without that digest.
std::optional<std::string> DigestInHex(DigestKind kind, absl::string_view text);

}  // namespace dossier

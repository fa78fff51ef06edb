// The files that a load reads: folders opened up, sizes added, contents digested.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/cancellation.h"

namespace dossier {

// Files stay as they are; a folder becomes the files in it, recursively, for which `wanted` holds, in the order of
// their paths; hidden ones are left out. NotFound and PermissionDenied name the path.
absl::StatusOr<std::vector<std::string>> ExpandPaths(const std::vector<std::string>& paths,
                                                     absl::FunctionRef<bool(absl::string_view)> wanted);

// NotFound when one of the paths does not exist.
absl::Status CheckPathsExist(const std::vector<std::string>& paths);

// Bytes on disk of all of them; what cannot be seen counts as 0.
uint64_t TotalSize(const std::vector<std::string>& files);

// TotalSize with compressed files counted as what they about unpack to.
uint64_t UnpackedSizeEstimate(const std::vector<std::string>& files);

// The first 64 bits of the SHA-256 of the (decompressed) content, as 16 hexadecimal digits. `cancellation` may be null.
absl::StatusOr<std::string> ContentDigest(const std::string& path, const Cancellation* cancellation);

// The absolute path of a file, its size and when it was changed last: the same as long as nobody touches it.
absl::StatusOr<std::string> FileState(const std::string& path);

// `path` made absolute, as a file: IRI.
absl::StatusOr<std::string> AbsoluteFileIri(const std::string& path);

// `path` without ".gz" or ".zst".
absl::string_view WithoutCompression(absl::string_view path);

}  // namespace dossier

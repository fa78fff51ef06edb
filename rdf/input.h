// Bytes to read from, a chunk at a time: files (also compressed ones) and text in memory.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace dossier {

class Input {
 public:
  virtual ~Input() = default;

  // Fills the front of `buffer` and returns how many bytes that were; 0 only at the end.
  // DataLoss when compressed data are broken or cut off.
  virtual absl::StatusOr<size_t> Read(absl::Span<char> buffer) = 0;

  // For progress: bytes taken from the file so far (before decompression), and its size (0 when not known).
  virtual uint64_t bytes_read() const = 0;
  virtual uint64_t bytes_total() const = 0;
};

// Opens a file; one that ends in `.gz` or `.zst` is decompressed while it is read. NotFound and the like name the path.
absl::StatusOr<std::unique_ptr<Input>> OpenInput(const std::string& path);

// Reads `text`, which must outlive the input.
std::unique_ptr<Input> TextInput(absl::string_view text);

}  // namespace dossier

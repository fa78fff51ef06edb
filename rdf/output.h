// Bytes to write to a file, a piece at a time, compressed when its name says so: the counterpart of rdf/input.h.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace dossier {

// A file that appears, or replaces an older one, only when it is whole: until then it is PATH.partial, which is removed
// when the object goes without Finish(). Errors are Unavailable and name the path; after one the file is of no more
// use.
class OutputFile {
 public:
  virtual ~OutputFile() = default;

  virtual absl::Status Write(absl::string_view bytes) = 0;

  // Writes what is held back, makes it durable and gives the file its name. Nothing may be written after it.
  virtual absl::Status Finish() = 0;
};

// Makes a file; one that ends in `.gz` or `.zst` is compressed while it is written.
absl::StatusOr<std::unique_ptr<OutputFile>> CreateOutputFile(const std::string& path);

}  // namespace dossier

// What a load may be told, and what it tells when it is done.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "base/cancellation.h"
#include "base/progress.h"

namespace dossier {

struct LoadOptions {
  bool strict = false;  // Refuse the whole load at the first bad line instead of skipping it.
  // IRI of the graph that takes the triples of the default graph; empty leaves them there.
  std::string graph;
  // Where skipped lines are written; empty means beside the first path given ("facts.nt.rejects.tsv").
  std::string rejects_path;
  // Budget of a large load, whatever its size; 0 means a quarter of the machine's memory.
  size_t memory_bytes = 0;
  // Inputs larger than this (in bytes, before decompression) take the store's bulk load.
  uint64_t bulk_threshold_bytes = 8 << 20;
  ProgressCallback progress;
  const Cancellation* cancellation = nullptr;  // May be null.
};

// The budget in bytes, never 0.
size_t LoadMemory(const LoadOptions& options);

// A line (or file) that was skipped.
struct RejectedLine {
  std::string file;
  size_t line = 0;    // 0: the file as a whole.
  size_t column = 0;  // 0: the line as a whole.
  std::string reason;
  std::string text;  // The line.
};

struct LoadReport {
  size_t files = 0;
  uint64_t statements = 0;  // Read, repeated ones included.
  uint64_t articles = 0;    // Whose text was read.
  uint64_t added = 0;       // Rows that were not there before.
  uint64_t removed = 0;     // Texts that were replaced.
  uint64_t commit = 0;
  uint64_t rejected = 0;
  std::vector<RejectedLine> first_rejects;  // At most ten.
  std::string rejects_path;                 // Where all of them stand; empty when there are none.
  absl::Duration elapsed;
};

}  // namespace dossier

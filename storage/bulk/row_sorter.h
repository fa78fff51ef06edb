// Sorts any number of rows within a memory budget: full buffers are sorted and set aside as runs, which are merged
// while they are read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "rdf/term_id.h"
#include "storage/bulk/row_file.h"
#include "storage/bulk/row_stream.h"

namespace dossier::storage {

// Sorts `rows`, each of `width` ids (1 to kMaxColumns), and drops all but one of equal rows.
void SortAndDeduplicate(std::vector<TermId>* rows, size_t width);

// Add all rows, then read the stream: ascending, each row once. Merging needs about 100 KiB for each run besides.
class RowSorter : public RowStream {
 public:
  // `memory_bytes` is for the buffer; runs go into a spill file in `directory`.
  RowSorter(size_t width, size_t memory_bytes, std::string directory);

  absl::Status Add(const TermId* row) {
    buffer_.insert(buffer_.end(), row, row + width_);
    return buffer_.size() < buffer_limit_ ? absl::OkStatus() : SpillRun();
  }

  // The first call ends the adding.
  absl::StatusOr<absl::Span<const TermId>> NextChunk() override;

 private:
  struct Run {
    std::unique_ptr<RowStream> stream;
    RowPeeker rows;
  };

  absl::Status SpillRun();
  absl::Status StartReading();
  absl::Status MergeChunk();

  const size_t width_;
  const size_t buffer_limit_;  // In ids.
  const std::string directory_;
  std::vector<TermId> buffer_;
  size_t read_ = 0;  // Ids of the buffer that have been handed out, when nothing was spilled.
  bool reading_ = false;

  std::unique_ptr<RowFile> spilled_;
  std::vector<SpillExtent> extents_;
  std::vector<Run> runs_;
  std::vector<size_t> heap_;  // Indexes of runs that are not at their end, the smallest row first.
  std::vector<TermId> chunk_;
};

}  // namespace dossier::storage

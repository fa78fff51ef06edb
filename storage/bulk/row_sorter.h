// Sorts any number of rows within a memory budget: full buffers are sorted and set aside as runs, which are merged
// while they are read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "rdf/term_id.h"
#include "storage/bulk/row_file.h"
#include "storage/bulk/row_packer.h"
#include "storage/bulk/row_stream.h"

namespace dossier::storage {

// Sorts `rows`, each of `width` ids (1 to kMaxColumns), and drops all but one of equal rows.
void SortAndDeduplicate(std::vector<TermId>* rows, size_t width);

// Add all rows, then read the stream: ascending, each row once. Merging needs about 100 KiB for each run besides.
class RowSorter : public RowStream {
 public:
  // `memory_bytes` is for the buffers; runs go into a spill file in `directory`. Sorting is several times as quick with
  // a `packer`, which rows of one or two columns have always.
  RowSorter(size_t width, size_t memory_bytes, std::string directory, std::optional<RowPacker> packer = std::nullopt);

  absl::Status Add(const TermId* row) {
    if (packer_.has_value()) {
      packed_.push_back(packer_->Pack(row));
      return packed_.size() < packed_limit_ ? absl::OkStatus() : SpillRun();
    }
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

  void SortBuffer();
  absl::Status SpillRun();
  absl::Status StartReading();
  void UnpackChunk();
  absl::Status MergeChunk();

  const size_t width_;
  const size_t buffer_limit_;  // In ids.
  const std::string directory_;
  const std::optional<RowPacker> packer_;
  const size_t packed_limit_;  // In rows; as many are needed to sort them.
  // Rows that were added last: packed where there is a packer.
  std::vector<TermId> buffer_;
  std::vector<PackedRow> packed_;
  size_t read_ = 0;  // Ids (or packed rows) of the buffer that have been handed out, when nothing was spilled.
  bool reading_ = false;

  std::unique_ptr<RowFile> spilled_;
  std::vector<SpillExtent> extents_;
  std::vector<Run> runs_;
  std::vector<size_t> heap_;  // Indexes of runs that are not at their end, the smallest row first.
  std::vector<TermId> chunk_;
};

}  // namespace dossier::storage

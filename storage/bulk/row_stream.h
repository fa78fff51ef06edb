// How rows travel through a load: in chunks, row after row, each row `width` ids.
#pragma once

#include <cstddef>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "base/status_macros.h"
#include "rdf/term_id.h"

namespace dossier::storage {

class RowStream {
 public:
  virtual ~RowStream() = default;

  // The next rows, as a multiple of the width; empty at the end. They live until the next call.
  virtual absl::StatusOr<absl::Span<const TermId>> NextChunk() = 0;
};

// A stream row by row, with the current row at hand.
class RowPeeker {
 public:
  RowPeeker(RowStream* stream, size_t width) : stream_(stream), width_(width) {}

  // Moves to the first, then to the next row.
  absl::Status Advance() {
    if (row_ != nullptr) row_ += width_;
    if (row_ != end_) return absl::OkStatus();
    DOSSIER_ASSIGN_OR_RETURN(const absl::Span<const TermId> chunk, stream_->NextChunk());
    row_ = chunk.empty() ? nullptr : chunk.data();
    end_ = chunk.empty() ? nullptr : chunk.data() + chunk.size();
    return absl::OkStatus();
  }

  // Null at the end.
  const TermId* row() const { return row_; }

 private:
  RowStream* stream_;
  size_t width_;
  const TermId* row_ = nullptr;
  const TermId* end_ = nullptr;
};

// Whether row `a` sorts before row `b`.
inline bool RowLess(const TermId* a, const TermId* b, size_t width) {
  for (size_t i = 0; i < width; ++i) {
    if (a[i] != b[i]) return a[i] < b[i];
  }
  return false;
}

inline bool RowEqual(const TermId* a, const TermId* b, size_t width) {
  for (size_t i = 0; i < width; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

}  // namespace dossier::storage

#include "rdf/line_chunks.h"

#include <algorithm>

#include "absl/status/status.h"
#include "base/status_macros.h"

namespace dossier {
namespace {

constexpr size_t kLongestLine = size_t{256} << 20U;

// The length of the whole lines at the front of `text`; a "\r" at its end may be half of a line end and does not count.
size_t WholeLines(absl::string_view text) {
  const size_t newline = text.rfind('\n');
  if (newline != absl::string_view::npos) return newline + 1;
  const size_t carriage_return = text.rfind('\r');
  if (carriage_return == absl::string_view::npos || carriage_return + 1 == text.size()) return 0;
  return carriage_return + 1;
}

}  // namespace

absl::StatusOr<bool> LineChunks::Next(std::string* chunk) {
  chunk->swap(rest_);
  rest_.clear();
  size_t whole = 0;
  while (!at_end_ && whole == 0) {
    const size_t before = chunk->size();
    if (before > kLongestLine) return absl::ResourceExhaustedError("a line is longer than 256 MiB");
    chunk->resize(std::max(chunk_size_, before + before / 2) + 1);
    size_t filled = before;
    while (filled < chunk->size() && !at_end_) {
      DOSSIER_ASSIGN_OR_RETURN(const size_t count,
                               input_->Read(absl::MakeSpan(chunk->data() + filled, chunk->size() - filled)));
      at_end_ = count == 0;
      filled += count;
    }
    chunk->resize(filled);
    whole = WholeLines(*chunk);
  }
  if (!at_end_) {
    rest_.assign(*chunk, whole, std::string::npos);
    chunk->resize(whole);
  }
  return !chunk->empty();
}

}  // namespace dossier

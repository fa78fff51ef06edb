#include "database/line_reader.h"

#include <algorithm>

#include "absl/types/span.h"
#include "base/status_macros.h"

namespace dossier {

absl::StatusOr<bool> LineReader::Next(std::string* line) {
  line->clear();
  bool any = false;
  while (true) {
    if (begin_ == end_) {
      begin_ = 0;
      DOSSIER_ASSIGN_OR_RETURN(end_, input_->Read(absl::MakeSpan(buffer_)));
      if (end_ == 0) break;
    }
    any = true;
    const auto from = buffer_.begin() + static_cast<ptrdiff_t>(begin_);
    const auto to = buffer_.begin() + static_cast<ptrdiff_t>(end_);
    const auto found = std::find(from, to, '\n');
    line->append(from, found);
    begin_ = static_cast<size_t>(found - buffer_.begin());
    if (found != to) {
      ++begin_;
      break;
    }
  }
  if (!any) return false;
  ++line_number_;
  if (!line->empty() && line->back() == '\r') line->pop_back();
  return true;
}

absl::StatusOr<std::string> ReadAll(Input* input) {
  std::string text;
  std::vector<char> buffer(size_t{1} << 16);
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const size_t size, input->Read(absl::MakeSpan(buffer)));
    if (size == 0) return text;
    text.append(buffer.data(), size);
  }
}

}  // namespace dossier

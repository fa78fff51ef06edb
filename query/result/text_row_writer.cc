#include "query/result/text_row_writer.h"

#include "base/status_macros.h"

namespace dossier {

absl::Status TextRowWriter::Row(SolutionRow row) {
  texts_.clear();
  ends_.clear();
  for (const Term* const term : row) {
    if (term != nullptr) DOSSIER_RETURN_IF_ERROR(AppendCell(TermView(*term), &texts_));
    ends_.push_back(texts_.size());
  }
  cells_.assign(row.size(), absl::string_view());
  for (size_t i = 0, begin = 0; i < row.size(); begin = ends_[i++]) {
    if (row[i] != nullptr) cells_[i] = absl::string_view(texts_.data() + begin, ends_[i] - begin);
  }
  return TextRow(cells_);
}

}  // namespace dossier

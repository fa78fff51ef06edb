#include "query/result/row_reader.h"

#include <algorithm>
#include <utility>

#include "base/status_macros.h"

namespace dossier {

absl::Status RowReader::ReadTerms(const RowBatch& batch, size_t begin, size_t end) {
  // What was read for the rows before may be of use again; their cells no longer point at it.
  for (size_t i = 0; i < wanted_.size(); ++i) {
    if (read_[i].value().size() > kLongestKept || read_[i].is_triple_term()) continue;
    PlaceOf(wanted_[i]) = {wanted_[i], std::move(read_[i])};
  }
  wanted_.clear();
  missing_cells_.clear();
  const size_t columns = batch.columns.size();
  cells_.assign((end - begin) * columns, nullptr);
  for (size_t row = begin; row < end; ++row) {
    for (size_t column = 0; column < columns; ++column) {
      const TermId id = batch.columns[column][row];
      if (id.is_undefined()) continue;
      const size_t cell = (row - begin) * columns + column;
      if (id.tag() == TermTag::kLocal) {
        DOSSIER_ASSIGN_OR_RETURN(cells_[cell], terms_->Get(id));
      } else if (const Kept& kept = PlaceOf(id); kept.id == id) {
        cells_[cell] = &kept.term;
      } else {
        wanted_.push_back(id);
        missing_cells_.push_back(cell);
      }
    }
  }
  std::sort(wanted_.begin(), wanted_.end());
  wanted_.erase(std::unique(wanted_.begin(), wanted_.end()), wanted_.end());
  DOSSIER_RETURN_IF_ERROR(terms_->snapshot().GetTerms(wanted_, &read_));
  for (const size_t cell : missing_cells_) {
    const TermId id = batch.columns[cell % columns][begin + cell / columns];
    const auto position = std::lower_bound(wanted_.begin(), wanted_.end(), id) - wanted_.begin();
    cells_[cell] = &read_[static_cast<size_t>(position)];
  }
  return absl::OkStatus();
}

absl::Status RowReader::ForEachRow(const RowBatch& batch, absl::FunctionRef<absl::Status(SolutionRow)> visit) {
  const size_t columns = batch.columns.size();
  for (size_t begin = 0; begin < batch.rows; begin += kRowsAtOnce) {
    const size_t end = std::min(begin + kRowsAtOnce, batch.rows);
    DOSSIER_RETURN_IF_ERROR(ReadTerms(batch, begin, end));
    for (size_t row = 0; row < end - begin; ++row) {
      DOSSIER_RETURN_IF_ERROR(visit(SolutionRow(cells_.data() + row * columns, columns)));
    }
  }
  return absl::OkStatus();
}

}  // namespace dossier

#include "query/exec/scan_reader.h"

#include <algorithm>

#include "base/status_macros.h"

namespace dossier::exec {

using plan::GraphMode;

ScanReader::ScanReader(const plan::ScanPlan& plan, absl::Span<const size_t> wanted) : plan_(plan) {
  const PermutationInfo& info = GetPermutationInfo(plan.permutation);
  for (const size_t position : wanted) wanted_columns_ |= 1U << position;
  for (size_t i = 0; i < info.width; ++i) {
    if (info.columns[i] == Column::kGraph) graph_position_ = i;
    if (i >= plan.prefix && plan.constants[i].has_value()) checks_.emplace_back(i, *plan.constants[i]);
    for (size_t j = 0; j < i && plan.bindings[i].has_value(); ++j) {
      if (plan.bindings[j] == plan.bindings[i]) {
        repeats_.emplace_back(j, i);
        break;
      }
    }
  }
  for (const auto& [position, id] : checks_) wanted_columns_ |= 1U << position;
  for (const auto& [first, second] : repeats_) wanted_columns_ |= 1U << first | 1U << second;
  if (plan.graph != GraphMode::kIgnore) wanted_columns_ |= 1U << graph_position_;
  if (plan.graph == GraphMode::kMerged || plan.graph == GraphMode::kMergedSome) {
    for (size_t i = plan.prefix; i < info.width; ++i) {
      if (i == graph_position_) continue;
      compared_.push_back(i);
      wanted_columns_ |= 1U << i;
    }
  }
  always_fits_ = checks_.empty() && repeats_.empty() && plan.graph == GraphMode::kIgnore;
}

absl::Status ScanReader::Open(const Snapshot& snapshot, const plan::IdRange& range) {
  ScanSpec spec;
  spec.permutation = plan_.permutation;
  for (size_t i = 0; i < plan_.prefix; ++i) spec.prefix.push_back(*plan_.constants[i]);
  spec.lower = range.lower;
  spec.upper = range.upper;
  spec.wanted_columns = wanted_columns_;
  last_block_ = RowBlock();
  has_row_before_ = false;
  DOSSIER_ASSIGN_OR_RETURN(cursor_, snapshot.Scan(spec));
  return absl::OkStatus();
}

absl::StatusOr<bool> ScanReader::Next(RowBlock* block) {
  if (plan_.graph == GraphMode::kMerged || plan_.graph == GraphMode::kMergedSome) Remember(last_block_);
  DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor_->Next(block));
  last_block_ = more ? *block : RowBlock();
  return more;
}

absl::Status ScanReader::SeekForward(absl::Span<const TermId> key) {
  last_block_ = RowBlock();
  has_row_before_ = false;
  return cursor_->SeekForward(key);
}

bool ScanReader::Fits(const RowBlock& block, size_t row) const {
  for (const auto& [position, id] : checks_) {
    if (block.columns[position][row] != id) return false;
  }
  for (const auto& [first, second] : repeats_) {
    if (block.columns[first][row] != block.columns[second][row]) return false;
  }
  switch (plan_.graph) {
    case GraphMode::kIgnore: return true;
    case GraphMode::kDefaultOnly: return block.columns[graph_position_][row].is_undefined();
    case GraphMode::kNamedOnly: return !block.columns[graph_position_][row].is_undefined();
    case GraphMode::kMerged:
      // The same triple in several graphs stands in neighbouring rows, that of the default graph first.
      return block.columns[graph_position_][row].is_undefined() || !RepeatsRowBefore(block, row);
    case GraphMode::kMergedSome: return InSomeGraph(block, row) && !RepeatsTakenRow(block, row);
  }
  return true;
}

bool ScanReader::RepeatsRowBefore(const RowBlock& block, size_t row) const {
  if (row == 0 && !has_row_before_) return false;
  for (const size_t position : compared_) {
    const TermId before = row == 0 ? row_before_[position] : block.columns[position][row - 1];
    if (block.columns[position][row] != before) return false;
  }
  return true;
}

bool ScanReader::InSomeGraph(const RowBlock& block, size_t row) const {
  return std::binary_search(plan_.graphs.begin(), plan_.graphs.end(), block.columns[graph_position_][row]);
}

bool ScanReader::RepeatsTakenRow(const RowBlock& block, size_t row) const {
  for (; RepeatsRowBefore(block, row); --row) {
    if (row == 0) return taken_before_;
    if (InSomeGraph(block, row - 1)) return true;
  }
  return false;
}

void ScanReader::Remember(const RowBlock& block) {
  if (block.rows == 0) return;
  if (plan_.graph == GraphMode::kMergedSome) {
    taken_before_ = InSomeGraph(block, block.rows - 1) || RepeatsTakenRow(block, block.rows - 1);
  }
  for (const size_t position : compared_) row_before_[position] = block.columns[position][block.rows - 1];
  has_row_before_ = true;
}

}  // namespace dossier::exec

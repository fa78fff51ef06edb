#include "query/exec/index_scan.h"

#include <algorithm>

#include "base/status_macros.h"

namespace dossier::exec {
namespace {

// Blocks read in one call, so that a scan of which nothing fits can still be cancelled.
constexpr int kBlocksPerCall = 64;

std::vector<size_t> WantedPositions(const plan::ScanPlan& plan, std::vector<size_t> positions) {
  // SkipTo() has to know where it is.
  if (plan.prefix < plan.bindings.size() && plan.bindings[plan.prefix].has_value()) positions.push_back(plan.prefix);
  return positions;
}

}  // namespace

std::vector<size_t> ScanPositions(const plan::ScanPlan& plan, absl::Span<const Variable> columns) {
  std::vector<size_t> positions;
  for (const Variable variable : columns) {
    const auto found = std::find(plan.bindings.begin(), plan.bindings.end(), variable);
    if (found != plan.bindings.end()) positions.push_back(static_cast<size_t>(found - plan.bindings.begin()));
  }
  return positions;
}

IndexScan::IndexScan(RunContext* context, plan::PlanNode* node)
    : Operator(context, node),
      plan_(std::get<plan::IndexScan>(node->operation).scan),
      positions_(ScanPositions(plan_, node->columns)),
      reader_(plan_, WantedPositions(plan_, positions_)),
      ranges_(plan_.ranges.empty() ? std::vector<plan::IdRange>{kAllIds} : plan_.ranges) {
  if (plan_.nothing) ranges_.clear();
}

absl::StatusOr<bool> IndexScan::OpenNextRange() {
  if (next_range_ == ranges_.size()) return false;
  DOSSIER_RETURN_IF_ERROR(reader_.Open(*context().snapshot, ranges_[next_range_++]));
  open_ = true;
  return true;
}

absl::Status IndexScan::SkipTo(TermId id) {
  if (last_.has_value() && id <= *last_) return absl::OkStatus();
  if (open_ && ranges_[next_range_ - 1].upper < id) open_ = false;
  while (!open_ && next_range_ < ranges_.size() && ranges_[next_range_].upper < id) ++next_range_;
  if (!open_) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, OpenNextRange());
    if (!more) return absl::OkStatus();
  }
  if (id <= ranges_[next_range_ - 1].lower) return absl::OkStatus();
  std::vector<TermId> key;
  for (size_t i = 0; i < plan_.prefix; ++i) key.push_back(*plan_.constants[i]);
  key.push_back(id);
  return reader_.SeekForward(key);
}

absl::StatusOr<bool> IndexScan::Produce(RowBatch* batch) {
  RowBlock block;
  for (int blocks = 0; blocks < kBlocksPerCall && batch->rows < kBatchRows / 2; ++blocks) {
    if (!open_) {
      DOSSIER_ASSIGN_OR_RETURN(const bool more, OpenNextRange());
      if (!more) return batch->rows > 0;
    }
    DOSSIER_ASSIGN_OR_RETURN(open_, reader_.Next(&block));
    if (open_) Append(block, batch);
  }
  return true;
}

void IndexScan::Append(const RowBlock& block, RowBatch* batch) {
  if (plan_.prefix < block.columns.size() && block.columns[plan_.prefix] != nullptr) {
    last_ = block.columns[plan_.prefix][block.rows - 1];
  }
  if (reader_.always_fits()) {
    for (size_t i = 0; i < positions_.size(); ++i) {
      const TermId* values = block.columns[positions_[i]];
      batch->columns[i].insert(batch->columns[i].end(), values, values + block.rows);
    }
    batch->rows += block.rows;
    return;
  }
  selected_.clear();
  for (size_t row = 0; row < block.rows; ++row) {
    if (reader_.Fits(block, row)) selected_.push_back(static_cast<uint32_t>(row));
  }
  for (size_t i = 0; i < positions_.size(); ++i) {
    const TermId* values = block.columns[positions_[i]];
    for (const uint32_t row : selected_) batch->columns[i].push_back(values[row]);
  }
  batch->rows += selected_.size();
}

}  // namespace dossier::exec

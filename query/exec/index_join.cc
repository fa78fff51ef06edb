#include "query/exec/index_join.h"

#include <algorithm>
#include <numeric>

#include "base/status_macros.h"
#include "query/exec/index_scan.h"

namespace dossier::exec {
namespace {

// Steps without a result after which a call returns, so that the join can be cancelled.
constexpr int kLookupsPerCall = 8 * kBatchRows;

}  // namespace

std::vector<size_t> IndexJoin::WantedPositions(const plan::PlanNode& node) {
  const auto& join = std::get<plan::IndexJoin>(node.operation);
  const std::vector<Variable>& child_columns = node.children[0]->columns;
  std::vector<size_t> positions = ScanPositions(join.scan, node.columns);
  for (size_t i = 0; i < join.scan.bindings.size(); ++i) {
    const auto& variable = join.scan.bindings[i];
    const bool bound = variable.has_value() && FindColumn(child_columns, *variable).has_value();
    if (bound || (i >= join.scan.prefix && i < join.depth)) positions.push_back(i);
  }
  return positions;
}

IndexJoin::IndexJoin(RunContext* context, plan::PlanNode* node, OperatorPtr child)
    : Operator(context, node),
      plan_(std::get<plan::IndexJoin>(node->operation)),
      child_(std::move(child)),
      reader_(plan_.scan, WantedPositions(*node)) {
  const plan::ScanPlan& scan = plan_.scan;
  for (size_t i = 0; i < scan.bindings.size(); ++i) {
    constexpr int kNoColumn = -1;
    int column = kNoColumn;
    if (scan.bindings[i].has_value()) {
      column = static_cast<int>(FindColumn(child_->columns(), *scan.bindings[i]).value_or(kNoColumn));
    }
    if (i < plan_.depth) {
      KeyPart part;
      if (scan.constants[i].has_value()) part.constant = *scan.constants[i];
      part.column = column;
      key_parts_.push_back(part);
    } else if (column != kNoColumn) {
      residuals_.emplace_back(i, static_cast<size_t>(column));
    }
  }
  std::vector<size_t> key_columns;
  for (size_t part = scan.prefix; part < key_parts_.size(); ++part) {
    if (key_parts_[part].column >= 0) key_columns.push_back(static_cast<size_t>(key_parts_[part].column));
  }
  if (key_columns.size() == 1) only_key_column_ = key_columns.front();
  emits_runs_ = residuals_.empty() && reader_.always_fits();
  for (const Variable variable : node->columns) {
    if (const auto column = FindColumn(child_->columns(), variable); column.has_value()) {
      outputs_.push_back({true, *column});
    } else {
      outputs_.push_back({false, ScanPositions(scan, {variable}).front()});
    }
  }
}

TermId IndexJoin::KeyOf(size_t part, size_t row) const {
  const KeyPart& key = key_parts_[part];
  return key.column < 0 ? key.constant : input_.columns[static_cast<size_t>(key.column)][row];
}

int IndexJoin::CompareKeys(size_t a, size_t b) const {
  for (size_t part = plan_.scan.prefix; part < key_parts_.size(); ++part) {
    const TermId left = KeyOf(part, a);
    const TermId right = KeyOf(part, b);
    if (left != right) return left < right ? -1 : 1;
  }
  return 0;
}

absl::StatusOr<bool> IndexJoin::NextChildBatch() {
  if (plan_.scan.nothing) return false;
  DOSSIER_ASSIGN_OR_RETURN(const bool more, child_->Next(&input_));
  if (!more) return false;
  SortInput();
  group_begin_ = 0;
  group_end_ = 0;
  block_ = RowBlock();
  block_row_ = 0;
  index_ended_ = false;
  DOSSIER_RETURN_IF_ERROR(reader_.Open(*context().snapshot, kAllIds));
  return true;
}

void IndexJoin::SortInput() {
  order_.resize(input_.rows);
  std::iota(order_.begin(), order_.end(), 0);
  const auto less = [this](uint32_t a, uint32_t b) { return CompareKeys(a, b) < 0; };
  if (std::is_sorted(order_.begin(), order_.end(), less)) return;
  if (!only_key_column_.has_value()) {
    std::sort(order_.begin(), order_.end(), less);
    return;
  }
  const std::vector<TermId>& keys = input_.columns[*only_key_column_];
  sorted_keys_.clear();
  for (const uint32_t row : order_) sorted_keys_.emplace_back(keys[row], row);
  std::sort(sorted_keys_.begin(), sorted_keys_.end());
  for (size_t i = 0; i < order_.size(); ++i) order_[i] = sorted_keys_[i].second;
}

int IndexJoin::CompareWithKey(size_t block_row) const {
  for (size_t part = plan_.scan.prefix; part < key_.size(); ++part) {
    const TermId id = block_.columns[part][block_row];
    if (id != key_[part]) return id < key_[part] ? -1 : 1;
  }
  return 0;
}

absl::Status IndexJoin::StartGroup() {
  group_begin_ = group_end_;
  const uint32_t first = order_[group_begin_];
  while (group_end_ < order_.size() && CompareKeys(first, order_[group_end_]) == 0) ++group_end_;
  next_in_group_ = group_begin_;
  in_group_ = true;
  key_.clear();
  for (size_t part = 0; part < key_parts_.size(); ++part) key_.push_back(KeyOf(part, first));
  if (index_ended_) return absl::OkStatus();
  if (block_row_ < block_.rows && CompareWithKey(block_.rows - 1) >= 0) {
    size_t begin = block_row_;
    size_t end = block_.rows;
    while (begin < end) {
      const size_t middle = (begin + end) / 2;
      if (CompareWithKey(middle) < 0) {
        begin = middle + 1;
      } else {
        end = middle;
      }
    }
    block_row_ = begin;
    return absl::OkStatus();
  }
  block_ = RowBlock();
  block_row_ = 0;
  return reader_.SeekForward(key_);
}

absl::StatusOr<bool> IndexJoin::AtMatch() {
  if (index_ended_) return false;
  if (block_row_ >= block_.rows) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, reader_.Next(&block_));
    block_row_ = 0;
    index_ended_ = !more;
    if (!more) {
      block_ = RowBlock();
      return false;
    }
  }
  return CompareWithKey(block_row_) == 0;
}

bool IndexJoin::ResidualsFit(size_t child_row) const {
  for (const auto& [position, column] : residuals_) {
    if (block_.columns[position][block_row_] != input_.columns[column][child_row]) return false;
  }
  return true;
}

void IndexJoin::Emit(size_t child_row, RowBatch* batch) const {
  for (size_t i = 0; i < outputs_.size(); ++i) {
    const OutputColumn& output = outputs_[i];
    batch->columns[i].push_back(output.from_child ? input_.columns[output.position][child_row]
                                                  : block_.columns[output.position][block_row_]);
  }
  ++batch->rows;
}

void IndexJoin::EmitRun(size_t child_row, RowBatch* batch) {
  // Doubles the step until the run is passed, then halves.
  const size_t begin = block_row_;
  const size_t most = std::min(block_.rows, begin + kBatchRows - batch->rows);
  size_t end = begin + 1;
  size_t step = 1;
  while (end < most && CompareWithKey(std::min(end + step, most) - 1) == 0) {
    end = std::min(end + step, most);
    step *= 2;
  }
  for (size_t past = std::min(end + step, most); end < past;) {
    const size_t middle = (end + past) / 2;
    if (CompareWithKey(middle) == 0) {
      end = middle + 1;
    } else {
      past = middle;
    }
  }
  for (size_t i = 0; i < outputs_.size(); ++i) {
    const OutputColumn& output = outputs_[i];
    std::vector<TermId>& column = batch->columns[i];
    if (output.from_child) {
      column.insert(column.end(), end - begin, input_.columns[output.position][child_row]);
    } else {
      const TermId* const ids = block_.columns[output.position];
      column.insert(column.end(), ids + begin, ids + end);
    }
  }
  batch->rows += end - begin;
  block_row_ = end;
  in_group_ = end == most;  // Else the next row has another key.
}

absl::StatusOr<bool> IndexJoin::Produce(RowBatch* batch) {
  for (int step = 0; step < kLookupsPerCall && batch->rows < kBatchRows; ++step) {
    if (!in_group_) {
      if (group_end_ == order_.size()) {
        DOSSIER_ASSIGN_OR_RETURN(const bool more, NextChildBatch());
        if (!more) {
          order_.clear();
          group_end_ = 0;
          return batch->rows > 0;
        }
      }
      DOSSIER_RETURN_IF_ERROR(StartGroup());
    }
    if (next_in_group_ == group_begin_) {
      DOSSIER_ASSIGN_OR_RETURN(const bool match, AtMatch());
      if (!match) {
        in_group_ = false;
        continue;
      }
      if (group_end_ - group_begin_ == 1 && emits_runs_) {
        EmitRun(order_[group_begin_], batch);
        continue;
      }
      if (!reader_.Fits(block_, block_row_)) {
        ++block_row_;
        continue;
      }
    }
    const size_t child_row = order_[next_in_group_++];
    if (ResidualsFit(child_row)) Emit(child_row, batch);
    if (next_in_group_ == group_end_) {
      next_in_group_ = group_begin_;
      ++block_row_;
    }
  }
  return true;
}

}  // namespace dossier::exec

#include "query/exec/sort.h"

#include <algorithm>
#include <utility>

#include "base/status_macros.h"

namespace dossier::exec {
namespace {

// Short enough for a run to be sorted in a few milliseconds.
constexpr size_t kRowsPerRun = 8192;
constexpr size_t kMergeStepsPerCall = 16384;

}  // namespace

Sort::Sort(RunContext* context, plan::PlanNode* node, OperatorPtr child)
    : Operator(context, node),
      plan_(std::get<plan::Sort>(node->operation)),
      child_(std::move(child)),
      kept_columns_(ColumnPositions(child_->columns(), node->columns)),
      limit_(plan_.limit.value_or(std::numeric_limits<uint64_t>::max())),
      memory_(context->memory) {
  for (const algebra::SortKey& key : plan_.keys) keys_.emplace_back(key.expression, child_->columns(), context);
  rows_.columns.resize(kept_columns_.size() + keys_.size());
}

absl::Status Sort::AddRow(const RowBatch& input, size_t row) {
  for (size_t i = 0; i < kept_columns_.size(); ++i) {
    rows_.columns[i].push_back(input.columns[kept_columns_[i]][row]);
  }
  for (size_t i = 0; i < keys_.size(); ++i) {
    DOSSIER_ASSIGN_OR_RETURN(const TermId key, keys_[i].Value(input, row));
    rows_.columns[kept_columns_.size() + i].push_back(key);
  }
  current_run_.push_back(static_cast<uint32_t>(rows_.rows++));
  return absl::OkStatus();
}

absl::StatusOr<bool> Sort::Precedes(uint32_t a, uint32_t b) {
  for (size_t i = 0; i < keys_.size(); ++i) {
    const std::vector<TermId>& column = rows_.columns[kept_columns_.size() + i];
    DOSSIER_ASSIGN_OR_RETURN(const int order, CompareForOrder(column[a], column[b], context().terms));
    if (order != 0) return plan_.keys[i].descending ? order > 0 : order < 0;
  }
  return a < b;
}

absl::Status Sort::SortRun(Run* run) {
  absl::Status status;
  std::sort(run->begin(), run->end(), [&](uint32_t a, uint32_t b) {
    const absl::StatusOr<bool> precedes = Precedes(a, b);
    status.Update(precedes.status());
    return precedes.ok() ? *precedes : a < b;
  });
  return status;
}

absl::Status Sort::CutToLimit() {
  DOSSIER_RETURN_IF_ERROR(SortRun(&current_run_));
  current_run_.resize(std::min<uint64_t>(current_run_.size(), limit_));
  for (auto& column : rows_.columns) {
    std::vector<TermId> kept;
    kept.reserve(current_run_.size());
    for (const uint32_t row : current_run_) kept.push_back(column[row]);
    column = std::move(kept);
  }
  rows_.rows = current_run_.size();
  for (uint32_t i = 0; i < current_run_.size(); ++i) current_run_[i] = i;
  return absl::OkStatus();
}

absl::Status Sort::ReadSome() {
  DOSSIER_ASSIGN_OR_RETURN(const bool more, child_->Next(&input_));
  const size_t bytes_per_row = rows_.columns.size() * sizeof(TermId) + 2 * sizeof(uint32_t);
  DOSSIER_RETURN_IF_ERROR(memory_.Resize((rows_.rows + input_.rows) * 2 * bytes_per_row));
  if (rows_.rows + input_.rows > std::numeric_limits<uint32_t>::max()) {
    return absl::ResourceExhaustedError("too many rows to sort");
  }
  for (size_t row = 0; row < input_.rows; ++row) DOSSIER_RETURN_IF_ERROR(AddRow(input_, row));
  const bool few_wanted = limit_ <= kRowsPerRun / 2;
  if (few_wanted) {
    if (!more || current_run_.size() >= kRowsPerRun) DOSSIER_RETURN_IF_ERROR(CutToLimit());
  } else if (current_run_.size() >= kRowsPerRun || (!more && !current_run_.empty())) {
    DOSSIER_RETURN_IF_ERROR(SortRun(&current_run_));
    runs_.push_back(std::exchange(current_run_, {}));
  }
  if (more) return absl::OkStatus();
  if (few_wanted) runs_.push_back(std::exchange(current_run_, {}));
  phase_ = Phase::kMerge;
  return absl::OkStatus();
}

absl::Status Sort::MergeSome() {
  if (runs_.size() <= 1) {
    phase_ = Phase::kGive;
    return absl::OkStatus();
  }
  const Run& left = runs_[0];
  const Run& right = runs_[1];
  for (size_t step = 0; step < kMergeStepsPerCall; ++step) {
    if (merge_left_ == left.size() && merge_right_ == right.size()) {
      // To the back of the queue, so that runs of like sizes meet.
      runs_.erase(runs_.begin(), runs_.begin() + 2);
      runs_.push_back(std::exchange(merged_, {}));
      merge_left_ = 0;
      merge_right_ = 0;
      return absl::OkStatus();
    }
    bool take_right = merge_left_ == left.size();
    if (!take_right && merge_right_ < right.size()) {
      DOSSIER_ASSIGN_OR_RETURN(take_right, Precedes(right[merge_right_], left[merge_left_]));
    }
    merged_.push_back(take_right ? right[merge_right_++] : left[merge_left_++]);
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> Sort::Produce(RowBatch* batch) {
  switch (phase_) {
    case Phase::kRead: DOSSIER_RETURN_IF_ERROR(ReadSome()); return true;
    case Phase::kMerge: DOSSIER_RETURN_IF_ERROR(MergeSome()); return true;
    case Phase::kGive: break;
  }
  if (runs_.empty()) return false;
  const Run& sorted = runs_[0];
  const uint64_t end = std::min<uint64_t>(sorted.size(), limit_);
  for (; next_ < end && batch->rows < kBatchRows; ++next_) {
    for (size_t i = 0; i < batch->columns.size(); ++i) batch->columns[i].push_back(rows_.columns[i][sorted[next_]]);
    ++batch->rows;
  }
  return batch->rows > 0;
}

}  // namespace dossier::exec

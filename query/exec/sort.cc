#include "query/exec/sort.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "base/status_macros.h"

namespace dossier::exec {
namespace {

constexpr size_t kMergeStepsPerCall = 16384;

}  // namespace

Sort::Sort(RunContext* context, plan::PlanNode* node, OperatorPtr child)
    : Operator(context, node),
      plan_(std::get<plan::Sort>(node->operation)),
      child_(std::move(child)),
      kept_columns_(ColumnPositions(child_->columns(), node->columns)),
      limit_(plan_.limit.value_or(std::numeric_limits<uint64_t>::max())),
      key_reader_(context),
      memory_(context->memory) {
  for (const algebra::SortKey& key : plan_.keys) {
    keys_.emplace_back(key.expression, child_->columns(), context);
    const bool is_column = key.expression.kind == Expression::Kind::kVariable && context->parameters == nullptr;
    key_columns_.push_back(is_column ? FindColumn(child_->columns(), key.expression.variable) : std::nullopt);
  }
  rows_.columns.resize(kept_columns_.size() + keys_.size());
  order_keys_.resize(keys_.size());
  input_keys_.resize(keys_.size());
}

OrderKey Sort::LastWanted(std::vector<OrderKey> keys) const {
  const auto last = keys.begin() + static_cast<ptrdiff_t>(limit_ - 1);
  std::nth_element(keys.begin(), last, keys.end(), [this](OrderKey a, OrderKey b) { return ComesAfter(b, a); });
  return *last;
}

void Sort::DropUnwanted(std::vector<uint32_t>* rows) {
  const auto drop = [&] {
    size_t wanted = 0;
    for (size_t i = 0; i < rows->size(); ++i) {
      if (ComesAfter(input_order_keys_[i], *last_wanted_)) continue;
      input_keys_[0][wanted] = input_keys_[0][i];
      input_order_keys_[wanted] = input_order_keys_[i];
      (*rows)[wanted++] = (*rows)[i];
    }
    rows->resize(wanted);
    input_keys_[0].resize(wanted);
    input_order_keys_.resize(wanted);
  };
  if (last_wanted_.has_value()) drop();
  // Many are left: what is wanted can be told more closely, before the other keys are looked at.
  if (!FewAreWanted() || limit_ == 0 || rows->size() <= limit_) return;
  std::vector<OrderKey> keys = order_keys_[0];
  keys.insert(keys.end(), input_order_keys_.begin(), input_order_keys_.end());
  last_wanted_ = LastWanted(std::move(keys));
  drop();
}

absl::Status Sort::ReadKey(size_t key, const std::vector<uint32_t>& rows) {
  std::vector<TermId>& values = input_keys_[key];
  values.resize(rows.size());
  if (key_columns_[key].has_value()) {
    const std::vector<TermId>& column = input_.columns[*key_columns_[key]];
    for (size_t i = 0; i < rows.size(); ++i) values[i] = column[rows[i]];
    return absl::OkStatus();
  }
  for (size_t i = 0; i < rows.size(); ++i) {
    DOSSIER_ASSIGN_OR_RETURN(values[i], keys_[key].Value(input_, rows[i]));
  }
  return absl::OkStatus();
}

absl::Status Sort::AddInput() {
  std::vector<uint32_t> rows;
  for (uint32_t row = 0; row < input_.rows; ++row) rows.push_back(row);
  for (size_t i = 0; i < keys_.size(); ++i) {
    DOSSIER_RETURN_IF_ERROR(ReadKey(i, rows));
    DOSSIER_RETURN_IF_ERROR(key_reader_.Read(input_keys_[i], &input_order_keys_));
    if (i == 0) DropUnwanted(&rows);
    order_keys_[i].insert(order_keys_[i].end(), input_order_keys_.begin(), input_order_keys_.end());
    std::vector<TermId>& column = rows_.columns[kept_columns_.size() + i];
    column.insert(column.end(), input_keys_[i].begin(), input_keys_[i].end());
  }
  for (size_t i = 0; i < kept_columns_.size(); ++i) {
    const std::vector<TermId>& column = input_.columns[kept_columns_[i]];
    for (const uint32_t row : rows) rows_.columns[i].push_back(column[row]);
  }
  for (size_t i = 0; i < rows.size(); ++i) current_run_.push_back(static_cast<uint32_t>(rows_.rows++));
  return absl::OkStatus();
}

absl::StatusOr<bool> Sort::Precedes(uint32_t a, uint32_t b) {
  for (size_t i = 0; i < keys_.size(); ++i) {
    const OrderKey left = order_keys_[i][a];
    const OrderKey right = order_keys_[i][b];
    if (left != right) return plan_.keys[i].descending ? left > right : left < right;
    const std::vector<TermId>& column = rows_.columns[kept_columns_.size() + i];
    if (column[a] == column[b]) continue;
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
  if (limit_ > 0 && current_run_.size() > limit_ && !keys_.empty()) {
    const OrderKey last = LastWanted(order_keys_[0]);
    std::erase_if(current_run_, [&](uint32_t row) { return ComesAfter(order_keys_[0][row], last); });
  }
  DOSSIER_RETURN_IF_ERROR(SortRun(&current_run_));
  current_run_.resize(std::min<uint64_t>(current_run_.size(), limit_));
  const auto keep = [this](auto* column) {
    std::remove_reference_t<decltype(*column)> kept;
    kept.reserve(current_run_.size());
    for (const uint32_t row : current_run_) kept.push_back((*column)[row]);
    *column = std::move(kept);
  };
  for (auto& column : rows_.columns) keep(&column);
  for (auto& column : order_keys_) keep(&column);
  rows_.rows = current_run_.size();
  for (uint32_t i = 0; i < current_run_.size(); ++i) current_run_[i] = i;
  if (rows_.rows > 0 && rows_.rows == limit_ && !keys_.empty()) last_wanted_ = order_keys_[0].back();
  return absl::OkStatus();
}

absl::Status Sort::ReadSome() {
  DOSSIER_ASSIGN_OR_RETURN(const bool more, child_->Next(&input_));
  const size_t bytes_per_row =
      rows_.columns.size() * sizeof(TermId) + keys_.size() * sizeof(OrderKey) + 2 * sizeof(uint32_t);
  DOSSIER_RETURN_IF_ERROR(memory_.Resize((rows_.rows + input_.rows) * 2 * bytes_per_row));
  if (rows_.rows + input_.rows > std::numeric_limits<uint32_t>::max()) {
    return absl::ResourceExhaustedError("too many rows to sort");
  }
  DOSSIER_RETURN_IF_ERROR(AddInput());
  if (FewAreWanted()) {
    if (!more || current_run_.size() >= kRowsPerRun) DOSSIER_RETURN_IF_ERROR(CutToLimit());
  } else if (current_run_.size() >= kRowsPerRun || (!more && !current_run_.empty())) {
    DOSSIER_RETURN_IF_ERROR(SortRun(&current_run_));
    runs_.push_back(std::exchange(current_run_, {}));
  }
  if (more) return absl::OkStatus();
  if (FewAreWanted()) runs_.push_back(std::exchange(current_run_, {}));
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

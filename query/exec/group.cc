#include "query/exec/group.h"

#include <algorithm>
#include <utility>

#include "base/status_macros.h"
#include "rdf/inline_payload.h"

namespace dossier::exec {
namespace {

constexpr size_t kBytesPerState = 96;  // An aggregate's state with its place in the table, at first.

}  // namespace

Group::Group(RunContext* context, plan::PlanNode* node, OperatorPtr child)
    : Operator(context, node),
      plan_(std::get<plan::Group>(node->operation)),
      child_(std::move(child)),
      key_columns_(ColumnPositions(child_->columns(), plan_.keys)),
      groups_(plan_.keys.size(), FirstNumbers(plan_.keys.size()), context->memory),
      memory_(context->memory) {
  arguments_.resize(plan_.aggregates.size());
  for (size_t i = 0; i < plan_.aggregates.size(); ++i) {
    const Aggregate& aggregate = plan_.aggregates[i];
    if (aggregate.function != AggregateFunction::kCountRows) {
      arguments_[i].emplace(aggregate.argument, child_->columns(), context);
    } else {
      counts_distinct_rows_ = counts_distinct_rows_ || aggregate.distinct;
    }
    if (arguments_[i].has_value() || aggregate.distinct) stateful_.push_back(i);
  }
  for (const Variable column : node->columns) {
    Output output;
    if (const auto key = FindColumn(plan_.keys, column); key.has_value()) output = {true, *key};
    for (size_t i = 0; i < plan_.aggregates.size(); ++i) {
      if (plan_.aggregates[i].result == column) output = {false, i};
    }
    outputs_.push_back(output);
  }
  if (!counts_distinct_rows_) return;
  distinct_columns_ = FirstNumbers(child_->columns().size() + 1);
  distinct_rows_.emplace(distinct_columns_.size(), distinct_columns_, context->memory);
}

absl::Status Group::StartGroup(size_t row) {
  ResetBatch(key_columns_.size(), &key_);
  key_.rows = 1;
  for (size_t i = 0; i < key_columns_.size(); ++i) key_.columns[i].push_back(input_.columns[key_columns_[i]][row]);
  DOSSIER_RETURN_IF_ERROR(groups_.Add(key_, 0));
  row_counts_.push_back(plan_.counted);
  for (const size_t i : stateful_) states_.push_back(NewAggregateState(plan_.aggregates[i]));
  state_bytes_ += sizeof(uint64_t) + kBytesPerState * stateful_.size();
  return absl::OkStatus();
}

absl::StatusOr<bool> Group::IsNewInGroup(uint32_t group, size_t row) {
  distinct_row_.columns.resize(distinct_columns_.size());
  distinct_row_.columns[0] = {TermId::FromBits(group)};
  for (size_t i = 0; i + 1 < distinct_columns_.size(); ++i) distinct_row_.columns[i + 1] = {input_.columns[i][row]};
  if (distinct_rows_->Find(distinct_row_, distinct_columns_, 0) != RowTable::kNoRow) return false;
  DOSSIER_RETURN_IF_ERROR(distinct_rows_->Add(distinct_row_, 0));
  return true;
}

absl::Status Group::Accumulate(uint32_t group, size_t row) {
  bool new_in_group = true;
  if (counts_distinct_rows_) {
    DOSSIER_ASSIGN_OR_RETURN(new_in_group, IsNewInGroup(group, row));
  }
  for (size_t k = 0; k < stateful_.size(); ++k) {
    AggregateState& state = *states_[group * stateful_.size() + k];
    const std::optional<RowExpression>& argument = arguments_[stateful_[k]];
    if (!argument.has_value()) {
      if (!new_in_group) continue;
      // Rows have been told apart already, so each needs a value of its own.
      const TermId number(TermTag::kLocal, distinct_rows_->rows().rows);
      DOSSIER_RETURN_IF_ERROR(state.Add(number, context().terms));
      continue;
    }
    DOSSIER_ASSIGN_OR_RETURN(const TermId value, argument->Value(input_, row));
    const size_t before = state.bytes();
    DOSSIER_RETURN_IF_ERROR(
        state.Add(value.is_undefined() ? std::nullopt : std::optional<TermId>(value), context().terms));
    state_bytes_ += state.bytes() - before;
  }
  return absl::OkStatus();
}

bool Group::HasKeysOfRowBefore(size_t row) const {
  return row > 0 && std::all_of(key_columns_.begin(), key_columns_.end(), [&](size_t column) {
           return input_.columns[column][row] == input_.columns[column][row - 1];
         });
}

absl::StatusOr<uint32_t> Group::GroupOf(size_t row, RowBatch* batch) {
  if (HasKeysOfRowBefore(row)) return group_;
  group_ = groups_.Find(input_, key_columns_, row);
  if (group_ != RowTable::kNoRow) return group_;
  if (plan_.sorted && !row_counts_.empty()) {
    DOSSIER_RETURN_IF_ERROR(EmitGroup(0, batch));
    groups_.Clear();
    states_.clear();
    row_counts_.clear();
    state_bytes_ = 0;
    if (distinct_rows_.has_value()) distinct_rows_->Clear();
  }
  DOSSIER_RETURN_IF_ERROR(StartGroup(row));
  group_ = static_cast<uint32_t>(row_counts_.size() - 1);
  return group_;
}

absl::Status Group::EmitGroup(uint32_t group, RowBatch* batch) {
  for (size_t i = 0; i < outputs_.size(); ++i) {
    const auto [is_key, index] = outputs_[i];
    TermId id;
    if (is_key) {
      id = groups_.rows().columns[index][group];
    } else if (const auto state = std::find(stateful_.begin(), stateful_.end(), index); state != stateful_.end()) {
      const auto place = static_cast<size_t>(state - stateful_.begin());
      DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> value,
                               states_[group * stateful_.size() + place]->Finish(context().terms));
      id = value.value_or(TermId());
    } else {
      // As rows that fit into memory can be counted, an integer of this size is inline.
      id = TermId(TermTag::kInteger, BiasedPayload(static_cast<int64_t>(row_counts_[group])));
    }
    batch->columns[i].push_back(id);
  }
  ++batch->rows;
  return absl::OkStatus();
}

absl::Status Group::EmitSome(RowBatch* batch) {
  for (; next_to_emit_ < row_counts_.size() && batch->rows < kBatchRows; ++next_to_emit_) {
    DOSSIER_RETURN_IF_ERROR(EmitGroup(next_to_emit_, batch));
  }
  return absl::OkStatus();
}

absl::Status Group::ReadSome(RowBatch* batch) {
  DOSSIER_ASSIGN_OR_RETURN(const bool more, child_->Next(&input_));
  if (CountsAllRowsOnly()) {
    if (row_counts_.empty()) DOSSIER_RETURN_IF_ERROR(StartGroup(0));
    row_counts_[0] += input_.rows;
  } else {
    for (size_t row = 0; row < input_.rows; ++row) {
      DOSSIER_ASSIGN_OR_RETURN(const uint32_t group, GroupOf(row, batch));
      ++row_counts_[group];
      if (!stateful_.empty()) DOSSIER_RETURN_IF_ERROR(Accumulate(group, row));
    }
  }
  DOSSIER_RETURN_IF_ERROR(memory_.Resize(state_bytes_));
  if (more) return absl::OkStatus();
  read_all_ = true;
  // Without keys there is one group, even of nothing.
  return plan_.keys.empty() && row_counts_.empty() ? StartGroup(0) : absl::OkStatus();
}

absl::StatusOr<bool> Group::Produce(RowBatch* batch) {
  if (!read_all_) {
    DOSSIER_RETURN_IF_ERROR(ReadSome(batch));
    if (!read_all_) return true;
  }
  DOSSIER_RETURN_IF_ERROR(EmitSome(batch));
  return batch->rows > 0;
}

}  // namespace dossier::exec

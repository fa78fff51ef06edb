#include "query/exec/group.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/status_macros.h"
#include "query/expr/function_families.h"

namespace dossier::exec {
namespace {

constexpr size_t kBytesPerState = 96;  // An aggregate's state with its place in the table, at first.

std::vector<size_t> FirstNumbers(size_t count) {
  std::vector<size_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

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
  }
  if (!counts_distinct_rows_) return;
  distinct_columns_ = FirstNumbers(child_->columns().size() + 1);
  distinct_rows_.emplace(distinct_columns_.size(), distinct_columns_, context->memory);
}

absl::Status Group::StartGroup(size_t row) {
  RowBatch key;
  key.rows = 1;
  for (const size_t column : key_columns_) key.columns.push_back({input_.columns[column][row]});
  DOSSIER_RETURN_IF_ERROR(groups_.Add(key, 0));
  row_counts_.push_back(plan_.counted);
  States& states = states_.emplace_back();
  for (const Aggregate& aggregate : plan_.aggregates) states.push_back(NewAggregateState(aggregate));
  state_bytes_ += kBytesPerState * (1 + states.size());
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

absl::Status Group::Accumulate(States* states, uint32_t group, size_t row) {
  bool new_in_group = true;
  if (counts_distinct_rows_) {
    DOSSIER_ASSIGN_OR_RETURN(new_in_group, IsNewInGroup(group, row));
  }
  ++row_counts_[group];
  for (size_t i = 0; i < states->size(); ++i) {
    AggregateState& state = *(*states)[i];
    if (!arguments_[i].has_value()) {
      if (!plan_.aggregates[i].distinct || !new_in_group) continue;
      // Rows have been told apart already, so each needs a value of its own.
      const TermId number(TermTag::kLocal, distinct_rows_->rows().rows);
      DOSSIER_RETURN_IF_ERROR(state.Add(number, context().terms));
      continue;
    }
    DOSSIER_ASSIGN_OR_RETURN(const TermId value, arguments_[i]->Value(input_, row));
    const size_t before = state.bytes();
    DOSSIER_RETURN_IF_ERROR(
        state.Add(value.is_undefined() ? std::nullopt : std::optional<TermId>(value), context().terms));
    state_bytes_ += state.bytes() - before;
  }
  return absl::OkStatus();
}

absl::Status Group::AddRow(size_t row, RowBatch* batch) {
  uint32_t group = groups_.Find(input_, key_columns_, row);
  if (group == RowTable::kNoRow) {
    if (plan_.sorted && !states_.empty()) {
      DOSSIER_RETURN_IF_ERROR(EmitGroup(0, batch));
      groups_.Clear();
      states_.clear();
      row_counts_.clear();
      state_bytes_ = 0;
      if (distinct_rows_.has_value()) distinct_rows_->Clear();
    }
    DOSSIER_RETURN_IF_ERROR(StartGroup(row));
    group = static_cast<uint32_t>(states_.size() - 1);
  }
  return Accumulate(&states_[group], group, row);
}

bool Group::CountsAllRowsOnly() const {
  return plan_.keys.empty() && std::all_of(plan_.aggregates.begin(), plan_.aggregates.end(), [](const Aggregate& a) {
           return a.function == AggregateFunction::kCountRows && !a.distinct;
         });
}

absl::Status Group::EmitGroup(uint32_t group, RowBatch* batch) {
  const std::vector<Variable>& columns = node().columns;
  for (size_t i = 0; i < columns.size(); ++i) {
    TermId id;
    if (const auto key = FindColumn(plan_.keys, columns[i]); key.has_value()) id = groups_.rows().columns[*key][group];
    for (size_t j = 0; j < plan_.aggregates.size(); ++j) {
      if (plan_.aggregates[j].result != columns[i]) continue;
      if (!arguments_[j].has_value() && !plan_.aggregates[j].distinct) {
        DOSSIER_ASSIGN_OR_RETURN(id, context().terms->Intern(IntegerTerm(static_cast<int64_t>(row_counts_[group]))));
        continue;
      }
      DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> value, states_[group][j]->Finish(context().terms));
      id = value.value_or(TermId());
    }
    batch->columns[i].push_back(id);
  }
  ++batch->rows;
  return absl::OkStatus();
}

absl::Status Group::EmitSome(RowBatch* batch) {
  for (; next_to_emit_ < states_.size() && batch->rows < kBatchRows; ++next_to_emit_) {
    DOSSIER_RETURN_IF_ERROR(EmitGroup(next_to_emit_, batch));
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> Group::Produce(RowBatch* batch) {
  if (!read_all_) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, child_->Next(&input_));
    if (CountsAllRowsOnly()) {
      if (states_.empty()) DOSSIER_RETURN_IF_ERROR(StartGroup(0));
      row_counts_[0] += input_.rows;
    } else {
      for (size_t row = 0; row < input_.rows; ++row) DOSSIER_RETURN_IF_ERROR(AddRow(row, batch));
    }
    DOSSIER_RETURN_IF_ERROR(memory_.Resize(state_bytes_));
    if (more) return true;
    read_all_ = true;
    // Without keys there is one group, even of nothing.
    if (plan_.keys.empty() && states_.empty()) DOSSIER_RETURN_IF_ERROR(StartGroup(0));
  }
  DOSSIER_RETURN_IF_ERROR(EmitSome(batch));
  return batch->rows > 0;
}

}  // namespace dossier::exec

#include "query/exec/row_expression.h"

#include <algorithm>
#include <numeric>

#include "base/status_macros.h"
#include "query/exec/operator.h"
#include "rdf/time_range.h"

namespace dossier::exec {
namespace {

// Tags whose ids are ordered exactly as their values are, and equal only when their values are.
bool HasExactOrder(TermTag tag) { return tag >= TermTag::kBoolean && tag <= TermTag::kYearMonth; }

// Tags of terms that are no literals, and no triple terms, which have literals in them.
bool IsNoLiteral(TermTag tag) { return tag == TermTag::kIri || tag == TermTag::kBlankNode; }

// Tags whose ids are equal exactly when their terms are, by `=` too.
bool HasExactEquality(TermTag tag) { return IsNoLiteral(tag) || (HasExactOrder(tag) && tag != TermTag::kDouble); }

std::optional<Function> Mirrored(Function function) {
  switch (function) {
    case Function::kEqual: return Function::kEqual;
    case Function::kNotEqual: return Function::kNotEqual;
    case Function::kLess: return Function::kGreater;
    case Function::kLessOrEqual: return Function::kGreaterOrEqual;
    case Function::kGreater: return Function::kLess;
    case Function::kGreaterOrEqual: return Function::kLessOrEqual;
    default: return std::nullopt;
  }
}

bool HasExists(const Expression& expression) {
  return expression.kind == Expression::Kind::kExists ||
         std::any_of(expression.arguments.begin(), expression.arguments.end(), HasExists);
}

bool Compare(TermId a, Function function, TermId b) {
  switch (function) {
    case Function::kEqual: return a == b;
    case Function::kNotEqual: return a != b;
    case Function::kLess: return a < b;
    case Function::kLessOrEqual: return a <= b;
    case Function::kGreater: return a > b;
    default: return a >= b;
  }
}

}  // namespace

std::optional<RowExpression::Comparison> RowExpression::FindComparison(const Expression& expression,
                                                                       const std::vector<algebra::Variable>& columns) {
  if (expression.kind != Expression::Kind::kCall || expression.arguments.size() != 2) return std::nullopt;
  const std::optional<Function> mirrored = Mirrored(expression.function);
  if (!mirrored.has_value()) return std::nullopt;
  const Expression* variable = &expression.arguments[0];
  const Expression* constant = &expression.arguments[1];
  Function function = expression.function;
  if (variable->kind == Expression::Kind::kConstant) {
    std::swap(variable, constant);
    function = *mirrored;
  }
  if (variable->kind != Expression::Kind::kVariable || constant->kind != Expression::Kind::kConstant) {
    return std::nullopt;
  }
  const std::optional<size_t> column = FindColumn(columns, variable->variable);
  const std::optional<TermId> id = InlineTermId(constant->constant);
  if (!column.has_value() || !id.has_value() || !HasExactOrder(id->tag()) || id->tag() == TermTag::kDouble) {
    return std::nullopt;
  }
  return Comparison{*column, function, *id};
}

std::optional<RowExpression::Equality> RowExpression::FindEquality(const Expression& expression,
                                                                   const std::vector<algebra::Variable>& columns) {
  const bool is_equality = expression.kind == Expression::Kind::kCall &&
                           (expression.function == Function::kEqual || expression.function == Function::kNotEqual);
  if (!is_equality || expression.arguments.size() != 2) return std::nullopt;
  Equality equality;
  equality.wanted = expression.function == Function::kEqual;
  for (size_t i = 0; i < 2; ++i) {
    const Expression& argument = expression.arguments[i];
    if (argument.kind != Expression::Kind::kVariable) return std::nullopt;
    const std::optional<size_t> column = FindColumn(columns, argument.variable);
    if (!column.has_value()) return std::nullopt;
    (i == 0 ? equality.left : equality.right) = *column;
  }
  return equality;
}

std::optional<RowExpression::TimeTest> RowExpression::FindTimeTest(const Expression& expression,
                                                                   const std::vector<algebra::Variable>& columns) {
  const bool overlaps = expression.function == Function::kTimeOverlaps;
  if (expression.kind != Expression::Kind::kCall || (!overlaps && expression.function != Function::kTimeWithin)) {
    return std::nullopt;
  }
  const Expression& time = expression.arguments[0];
  const Expression& constant = expression.arguments[1];
  if (time.kind != Expression::Kind::kVariable || constant.kind != Expression::Kind::kConstant) return std::nullopt;
  const std::optional<size_t> column = FindColumn(columns, time.variable);
  const std::optional<TimeRange> range = TimeRangeOf(constant.constant);
  if (!column.has_value() || !range.has_value()) return std::nullopt;
  return TimeTest{*column, !overlaps, Moments{range->begin, range->end}};
}

RowExpression::RowExpression(const Expression& expression, const std::vector<algebra::Variable>& columns,
                             RunContext* context)
    : expression_(expression),
      context_(context),
      comparison_(FindComparison(expression, columns)),
      equality_(FindEquality(expression, columns)),
      time_test_(FindTimeTest(expression, columns)),
      has_exists_(HasExists(expression)) {
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].index >= column_of_.size()) column_of_.resize(columns[i].index + 1, -1);
    column_of_[columns[i].index] = static_cast<int32_t>(i);
  }
}

TermId RowExpression::Cell(const RowBatch& batch, size_t row, algebra::Variable variable) const {
  const int32_t column = variable.index < column_of_.size() ? column_of_[variable.index] : -1;
  const TermId id = column < 0 ? TermId() : batch.columns[static_cast<size_t>(column)][row];
  if (!id.is_undefined() || context_->parameters == nullptr) return id;
  const auto given = context_->parameters->find(variable);
  return given == context_->parameters->end() ? TermId() : given->second;
}

void RowExpression::Forget(uint64_t first_local, TermId result) const {
  if (!has_exists_) context_->terms->ForgetLocal(first_local, result);
}

std::optional<bool> RowExpression::DecideOnIds(const RowBatch& batch, size_t row) const {
  if (comparison_.has_value()) {
    const TermId id = batch.columns[comparison_->column][row];
    if (id.tag() == comparison_->constant.tag()) return Compare(id, comparison_->function, comparison_->constant);
  }
  if (equality_.has_value()) {
    const TermId left = batch.columns[equality_->left][row];
    const TermId right = batch.columns[equality_->right][row];
    // What is no literal equals itself only.
    const bool is_told =
        left.tag() == right.tag() ? HasExactEquality(left.tag()) : IsNoLiteral(left.tag()) || IsNoLiteral(right.tag());
    if (is_told && !left.is_undefined() && !right.is_undefined()) return (left == right) == equality_->wanted;
  }
  if (time_test_.has_value()) return TestTime(batch.columns[time_test_->column][row]);
  return std::nullopt;
}

std::optional<bool> RowExpression::TestTime(TermId id) const {
  if (!id.is_undefined() && id == tested_time_) return tested_;
  const std::optional<Moments> time = MomentsOf(id);
  if (!time.has_value()) return std::nullopt;
  tested_time_ = id;
  tested_ = time_test_->within ? time_test_->constant.Contains(*time) : time->Overlaps(time_test_->constant);
  return tested_;
}

absl::StatusOr<TermId> RowExpression::Value(const RowBatch& batch, size_t row) const {
  if (expression_.kind == Expression::Kind::kVariable) return Cell(batch, row, expression_.variable);
  if (const std::optional<bool> decided = DecideOnIds(batch, row)) {
    return TermId(TermTag::kBoolean, *decided ? 1 : 0);
  }
  context_->terms->Trim();
  const uint64_t first_local = context_->terms->next_local();
  DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> value,
                           Evaluate(expression_, [&](algebra::Variable variable) { return Cell(batch, row, variable); },
                                    {context_->terms, context_->values, context_->exists}));
  Forget(first_local, value.value_or(TermId()));
  return value.value_or(TermId());
}

absl::StatusOr<bool> RowExpression::Holds(const RowBatch& batch, size_t row) const {
  if (const std::optional<bool> decided = DecideOnIds(batch, row)) return *decided;
  context_->terms->Trim();
  const uint64_t first_local = context_->terms->next_local();
  DOSSIER_ASSIGN_OR_RETURN(
      const std::optional<bool> value,
      EvaluateBoolean(expression_, [&](algebra::Variable variable) { return Cell(batch, row, variable); },
                      {context_->terms, context_->values, context_->exists}));
  Forget(first_local, TermId());
  return value.value_or(false);
}

absl::Status RowExpression::Select(const RowBatch& batch, size_t begin, size_t end, std::vector<uint32_t>* rows) const {
  if (!time_test_.has_value()) {
    for (size_t row = begin; row < end; ++row) {
      DOSSIER_ASSIGN_OR_RETURN(const bool holds, Holds(batch, row));
      if (holds) rows->push_back(static_cast<uint32_t>(row));
    }
    return absl::OkStatus();
  }
  // Rows often come by their time: those of one time are judged together.
  const TermId* const times = batch.columns[time_test_->column].data();
  for (size_t row = begin; row < end;) {
    const size_t first = row;
    const TermId time = times[row];
    while (row < end && times[row] == time) ++row;
    DOSSIER_ASSIGN_OR_RETURN(const bool holds, Holds(batch, first));
    if (!holds) continue;
    const size_t known = rows->size();
    rows->resize(known + row - first);
    std::iota(rows->begin() + static_cast<std::ptrdiff_t>(known), rows->end(), static_cast<uint32_t>(first));
  }
  return absl::OkStatus();
}

}  // namespace dossier::exec

// Expressions over the rows of a batch: finds the column of each variable once, and decides comparisons of inline
// values with constants, and tests of inline times against a constant one, without asking the evaluator.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "query/exec/row_batch.h"
#include "query/exec/run_context.h"
#include "query/expr/expression.h"
#include "rdf/inline_time_range.h"

namespace dossier::exec {

// Rows for one call of an operator: expressions may be slow (EXISTS, regular expressions). It is the same for all, so
// that one Extend takes in one call what another one gives it, and holds no terms that the other one made
// (planner/made_terms.h).
inline constexpr size_t kRowsPerCall = 256;

// Keeps a reference to the expression, which has to outlive it. Not thread-safe.
class RowExpression {
 public:
  RowExpression(const Expression& expression, const std::vector<algebra::Variable>& columns, RunContext* context);

  // The value in row `row`; undefined for an error.
  absl::StatusOr<TermId> Value(const RowBatch& batch, size_t row) const;

  // Whether the expression is true; an error is not.
  absl::StatusOr<bool> Holds(const RowBatch& batch, size_t row) const;

  // Appends to `rows` those from `begin` to `end` in which the expression is true.
  absl::Status Select(const RowBatch& batch, size_t begin, size_t end, std::vector<uint32_t>* rows) const;

  // Whether most rows are judged in nanoseconds.
  bool is_quick() const { return time_test_.has_value() || comparison_.has_value(); }

 private:
  // `column` compared with an inline constant: decided on ids when the tags are the same.
  struct Comparison {
    size_t column = 0;
    Function function = Function::kEqual;
    TermId constant;
  };

  // Two columns that are to be equal, or different: decided on ids where one is no literal, or both are values of a
  // kind.
  struct Equality {
    size_t left = 0;
    size_t right = 0;
    bool wanted = true;
  };

  // timeOverlaps or timeWithin of `column` and a constant time: decided on ids where the column's time is inline.
  struct TimeTest {
    size_t column = 0;
    bool within = false;
    Moments constant;
  };

  // Forgets the terms that evaluating made on the way; `result` is what came out of it.
  void Forget(uint64_t first_local, TermId result) const;
  TermId Cell(const RowBatch& batch, size_t row, algebra::Variable variable) const;
  static std::optional<Comparison> FindComparison(const Expression& expression,
                                                  const std::vector<algebra::Variable>& columns);
  static std::optional<Equality> FindEquality(const Expression& expression,
                                              const std::vector<algebra::Variable>& columns);
  static std::optional<TimeTest> FindTimeTest(const Expression& expression,
                                              const std::vector<algebra::Variable>& columns);
  // nullopt when the ids alone do not tell.
  std::optional<bool> DecideOnIds(const RowBatch& batch, size_t row) const;
  std::optional<bool> TestTime(TermId id) const;

  const Expression& expression_;
  RunContext* const context_;
  std::vector<int32_t> column_of_;  // By variable; -1 when there is no column.
  std::optional<Comparison> comparison_;
  std::optional<Equality> equality_;
  std::optional<TimeTest> time_test_;
  // What was judged last: rows often come by their time, many of one day.
  mutable TermId tested_time_;
  mutable bool tested_ = false;
  const bool has_exists_;  // Something runs inside that may keep what it made.
};

}  // namespace dossier::exec

// A running operator: gives its rows batch by batch. The public call counts rows and time and looks for cancellation
// around the hook that does the work, so that no operator can forget to.
#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "query/exec/row_batch.h"
#include "query/exec/run_context.h"
#include "query/plan/plan_node.h"

namespace dossier::exec {

using algebra::Variable;

// Not thread-safe. The context and the plan node outlive the operator.
class Operator {
 public:
  // `node` says which columns the operator has; the run is counted there.
  Operator(RunContext* context, plan::PlanNode* node) : context_(context), node_(node) { ++node->actuals.starts; }
  Operator(const Operator&) = delete;
  Operator& operator=(const Operator&) = delete;
  virtual ~Operator() = default;

  const std::vector<Variable>& columns() const { return node_->columns; }

  // The next rows: never none, at most a few thousand. False at the end, and then again and again.
  absl::StatusOr<bool> Next(RowBatch* batch);

  // A hint for sorted input: rows whose first sort column is less than `id` will not be missed.
  virtual absl::Status SkipTo(TermId /*id*/) { return absl::OkStatus(); }

 protected:
  // Appends rows to `batch`, which has the right columns and no rows; it may append none. False at the end, where it
  // appends nothing. Has to return soon: work that may take long without giving rows returns true now and then.
  virtual absl::StatusOr<bool> Produce(RowBatch* batch) = 0;

  RunContext& context() { return *context_; }
  const plan::PlanNode& node() const { return *node_; }

 private:
  RunContext* const context_;
  plan::PlanNode* const node_;
  bool finished_ = false;
};

using OperatorPtr = std::unique_ptr<Operator>;

// The position of `variable` in `columns`, or nullopt.
std::optional<size_t> FindColumn(absl::Span<const Variable> columns, Variable variable);

// The positions of all `wanted`. REQUIRES: they are there.
std::vector<size_t> ColumnPositions(absl::Span<const Variable> columns, absl::Span<const Variable> wanted);

// 0, 1, 2, ...: the positions of all of `count` columns.
std::vector<size_t> FirstNumbers(size_t count);

// A batch of the given columns without rows.
void ResetBatch(size_t columns, RowBatch* batch);

}  // namespace dossier::exec

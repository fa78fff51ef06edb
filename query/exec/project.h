// Chooses and orders columns; a column that the child does not have is unbound.
#pragma once

#include <optional>
#include <vector>

#include "query/exec/operator.h"

namespace dossier::exec {

class Project : public Operator {
 public:
  Project(RunContext* context, plan::PlanNode* node, OperatorPtr child);

  absl::Status SkipTo(TermId id) override { return child_->SkipTo(id); }

 protected:
  absl::StatusOr<bool> Produce(RowBatch* batch) override;

 private:
  const OperatorPtr child_;
  std::vector<std::optional<size_t>> positions_;
  RowBatch input_;
};

// Appends the rows of `input` to `batch`, whose column i takes column positions[i], or nothing.
void AppendColumns(const RowBatch& input, absl::Span<const std::optional<size_t>> positions, RowBatch* batch);

}  // namespace dossier::exec

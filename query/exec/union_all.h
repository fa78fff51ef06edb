// The rows of one input after those of the other.
#pragma once

#include <optional>
#include <vector>

#include "query/exec/operator.h"

namespace dossier::exec {

class UnionAll : public Operator {
 public:
  UnionAll(RunContext* context, plan::PlanNode* node, std::vector<OperatorPtr> children);

 protected:
  absl::StatusOr<bool> Produce(RowBatch* batch) override;

 private:
  const std::vector<OperatorPtr> children_;
  std::vector<std::vector<std::optional<size_t>>> positions_;  // By child and output column.
  size_t current_ = 0;
  RowBatch input_;
};

}  // namespace dossier::exec

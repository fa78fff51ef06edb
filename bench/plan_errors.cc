#include "bench/plan_errors.h"

#include <algorithm>

namespace dossier::bench {
namespace {

bool IsJoin(const plan::PlanNode& node) {
  return std::holds_alternative<plan::IndexJoin>(node.operation) ||
         std::holds_alternative<plan::PathJoin>(node.operation) ||
         std::holds_alternative<plan::MergeJoin>(node.operation) ||
         std::holds_alternative<plan::HashJoin>(node.operation) ||
         std::holds_alternative<plan::BindJoin>(node.operation);
}

void Collect(const plan::PlanNode& node, std::vector<double>* errors) {
  if (node.actuals.starts > 1) return;
  if (const auto* slice = std::get_if<plan::Slice>(&node.operation); slice != nullptr && slice->limit.has_value())
    return;
  if (IsJoin(node)) {
    const double estimated = std::max(1.0, node.rows);
    const double actual = std::max(1.0, static_cast<double>(node.actuals.rows));
    errors->push_back(std::max(estimated, actual) / std::min(estimated, actual));
  }
  for (const plan::PlanPtr& child : node.children) Collect(*child, errors);
}

}  // namespace

std::vector<double> JoinErrors(const plan::PlanNode& plan) {
  std::vector<double> errors;
  Collect(plan, &errors);
  return errors;
}

}  // namespace dossier::bench

#include "query/optimizer/many_joins.h"

#include <optional>
#include <utility>
#include <vector>

#include "base/status_macros.h"

namespace dossier::optimizer {
namespace {

using algebra::Variable;
using algebra::VariableSet;
using plan::PlanPtr;

// Weighing more at a time takes long, and the first ones decide.
constexpr size_t kInputsPerStep = 12;

// Whether the condition sees all it looks at, of what the whole problem has, in these inputs.
bool IsDecidedBy(const Expression& filter, const JoinProblem& inputs, const VariableSet& all_variables) {
  VariableSet certain;
  for (const JoinInput& input : inputs.inputs) certain.insert(input.certain.begin(), input.certain.end());
  for (const Variable variable : algebra::ReferencedVariables(filter)) {
    if (all_variables.contains(variable) && !certain.contains(variable)) return false;
  }
  return true;
}

// The input to join next: the smallest of those that are connected with `joined`, if there are any.
size_t NextInput(const std::vector<JoinInput>& inputs, const VariableSet& joined) {
  size_t best = 0;
  bool best_connected = false;
  for (size_t i = 0; i < inputs.size(); ++i) {
    const bool connected = Intersects(inputs[i].variables, joined);
    const bool smaller = inputs[i].estimate.rows < inputs[best].estimate.rows;
    if (i > 0 && (connected != best_connected ? best_connected : !smaller)) continue;
    best = i;
    best_connected = connected;
  }
  return best;
}

}  // namespace

absl::StatusOr<PlanPtr> OrderManyJoins(const JoinProblem& problem, const CardinalityEstimator& estimator) {
  std::vector<JoinInput> rest = problem.inputs;
  std::vector<Expression> filters = problem.filters;
  std::vector<std::optional<double>> counted = problem.counted_selectivities;
  counted.resize(filters.size());
  VariableSet all_variables;
  for (const JoinInput& input : rest) all_variables.insert(input.variables.begin(), input.variables.end());
  VariableSet joined;
  PlanPtr plan;
  while (!rest.empty()) {
    JoinProblem step;
    if (plan != nullptr) {
      JoinInput& done = step.inputs.emplace_back();
      done.variables = joined;
      done.certain = plan->certain;
      done.estimate = {plan->rows, plan->distinct};
      done.plans = {plan};
    }
    while (!rest.empty() && step.inputs.size() < kInputsPerStep) {
      const auto next = rest.begin() + static_cast<ptrdiff_t>(NextInput(rest, joined));
      joined.insert(next->variables.begin(), next->variables.end());
      step.inputs.push_back(std::move(*next));
      rest.erase(next);
    }
    std::vector<Expression> later;
    std::vector<std::optional<double>> counted_later;
    for (size_t i = 0; i < filters.size(); ++i) {
      const bool now = rest.empty() || IsDecidedBy(filters[i], step, all_variables);
      (now ? step.filters : later).push_back(std::move(filters[i]));
      (now ? step.counted_selectivities : counted_later).push_back(counted[i]);
    }
    filters = std::move(later);
    counted = std::move(counted_later);
    DOSSIER_ASSIGN_OR_RETURN(plan, OrderJoins(step, estimator));
  }
  return plan;
}

}  // namespace dossier::optimizer

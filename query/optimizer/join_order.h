// Finds a good order and good methods for an inner join of many inputs, by dynamic programming over their subsets, or
// step by step where there are too many.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "query/optimizer/cardinality.h"
#include "query/plan/plan_node.h"

namespace dossier::optimizer {

// Plans an input anew, restricted to bindings of some variables of which so many rows are expected.
using RestrictedPlanner = std::function<absl::StatusOr<plan::PlanPtr>(const std::vector<algebra::Variable>&, double)>;

// One input of the join.
struct JoinInput {
  algebra::VariableSet variables;
  algebra::VariableSet certain;
  Estimate estimate;
  std::vector<plan::PlanPtr> plans;       // Ways to run it alone; at least one.
  std::vector<plan::ScanPlan> scans;      // A pattern: all its scans.
  std::optional<algebra::Path> path;      // A path.
  double path_step_cost = 0;              // Of a path: for one start.
  RestrictedPlanner restricted;           // Another plan: how to run it for few bindings; may be empty.
  std::optional<StarArm> star_arm;        // A pattern with a constant predicate and
  std::optional<algebra::Variable> star;  // this variable as subject.
};

// What is joined, and the conditions that the result has to fulfil.
struct JoinProblem {
  std::vector<JoinInput> inputs;
  std::vector<Expression> filters;
  // Of each filter: the part of rows that fulfil it, where an index has told it. Empty: of none.
  std::vector<std::optional<double>> counted_selectivities;
  std::optional<double> wanted_rows;       // Only so many rows will be read, if there are more.
  std::optional<algebra::Variable> order;  // Rows in the order of this variable would be of use.
  std::optional<uint64_t> random_seed;     // Instead of the cheapest order: one that this number stands for.
};

// The cheapest plan found. REQUIRES: there are inputs. More than kMostInputsAtOnce are joined in several steps.
inline constexpr size_t kMostInputsAtOnce = 48;
absl::StatusOr<plan::PlanPtr> OrderJoins(const JoinProblem& problem, const CardinalityEstimator& estimator);

}  // namespace dossier::optimizer

// Inner joins, patterns, paths and filters that stand together are one problem for the join order.
#include <algorithm>
#include <utility>

#include "base/status_macros.h"
#include "query/optimizer/cost_model.h"
#include "query/optimizer/multiway.h"
#include "query/optimizer/plan_factory.h"
#include "query/optimizer/scan_choice.h"
#include "query/optimizer/value_ranges.h"
#include "query/planner/path_cost.h"
#include "query/planner/planner.h"

namespace dossier::planner {
namespace {

using algebra::Node;
using algebra::Pattern;
using algebra::Variable;
using algebra::VariableSet;
using optimizer::JoinInput;
using optimizer::JoinProblem;
using plan::JoinKind;
using plan::PlanPtr;

bool IsExistsTest(const Expression& condition) {
  if (condition.kind == Expression::Kind::kExists) return true;
  return condition.kind == Expression::Kind::kCall && condition.function == Function::kNot &&
         condition.arguments[0].kind == Expression::Kind::kExists;
}

bool IsAbsenceTest(const Expression& condition) {
  return condition.kind == Expression::Kind::kCall && IsExistsTest(condition);
}

// Whether a filter over `input` may be decided on a join of `input` with others as well.
bool MayMoveUp(const Expression& condition, const Node& input, const VariableSet& cluster_variables) {
  const VariableSet certain = algebra::CertainVariables(input);
  for (const Variable variable : algebra::ReferencedVariables(condition)) {
    if (cluster_variables.contains(variable) && !certain.contains(variable)) return false;
  }
  return true;
}

PlanPtr OneEmptyRow() { return optimizer::MakeTable({}, {{}}); }

JoinInput InputOfPlan(PlanPtr plan) {
  JoinInput input;
  input.variables = VariableSet(plan->columns.begin(), plan->columns.end());
  input.certain = plan->certain;
  input.estimate = {plan->rows, plan->distinct};
  input.plans.push_back(std::move(plan));
  return input;
}

bool IsUnit(const Node& node) {
  const auto* bgp = std::get_if<algebra::Bgp>(&node.op);
  return bgp != nullptr && bgp->patterns.empty();
}

// Where an index has counted the rows whose value fulfils the filters on a variable, the first of these filters stands
// for all of them.
void CountSelectivities(JoinProblem* problem) {
  problem->counted_selectivities.assign(problem->filters.size(), std::nullopt);
  for (size_t i = 0; i < problem->filters.size(); ++i) {
    const VariableSet variables = algebra::ReferencedVariables(problem->filters[i]);
    if (problem->counted_selectivities[i].has_value() || variables.size() != 1) continue;
    const Variable variable = *variables.begin();
    if (optimizer::RangesOf(variable, {problem->filters[i]}).empty()) continue;
    for (const JoinInput& input : problem->inputs) {
      if (input.scans.empty() || !input.variables.contains(variable)) continue;
      for (const PlanPtr& plan : input.plans) {
        const auto* scan = std::get_if<plan::IndexScan>(&plan->operation);
        if (scan == nullptr || scan->scan.ranges.empty()) continue;
        const std::vector<Variable> order = optimizer::SortOrder(scan->scan);
        if (order.empty() || order[0] != variable) continue;
        problem->counted_selectivities[i] = std::min(1.0, plan->rows / std::max(1.0, input.estimate.rows));
      }
    }
    if (!problem->counted_selectivities[i].has_value()) continue;
    for (size_t j = i + 1; j < problem->filters.size(); ++j) {
      const bool counted_too = algebra::ReferencedVariables(problem->filters[j]) == variables &&
                               !optimizer::RangesOf(variable, {problem->filters[j]}).empty();
      if (counted_too) problem->counted_selectivities[j] = 1;
    }
  }
}

}  // namespace

std::vector<Expression> SplitConjunction(const Expression& condition) {
  if (condition.kind != Expression::Kind::kCall || condition.function != Function::kAnd) return {condition};
  std::vector<Expression> parts;
  for (const Expression& argument : condition.arguments) {
    for (Expression& part : SplitConjunction(argument)) parts.push_back(std::move(part));
  }
  return parts;
}

absl::StatusOr<JoinInput> Planner::PatternInput(const Pattern& pattern, const std::vector<Expression>& filters) {
  JoinInput input;
  input.variables = algebra::PatternVariables(pattern);
  input.certain = input.variables;
  DOSSIER_ASSIGN_OR_RETURN(input.scans, optimizer::AllScanPlans(pattern, terms_));
  size_t longest = 0;
  for (const plan::ScanPlan& scan : input.scans) longest = std::max(longest, scan.prefix);
  DOSSIER_ASSIGN_OR_RETURN(input.estimate, estimator_.PatternEstimate(input.scans));
  for (plan::ScanPlan scan : input.scans) {
    if (scan.prefix < longest) continue;
    optimizer::Estimate estimate = input.estimate;
    const std::vector<Variable> order = optimizer::SortOrder(scan);
    if (!order.empty()) scan.ranges = optimizer::RangesOf(order[0], filters);
    if (!scan.ranges.empty()) {
      DOSSIER_ASSIGN_OR_RETURN(const double rows, estimator_.ScanRows(scan));
      estimate.rows = std::min(estimate.rows, rows);
    }
    input.plans.push_back(optimizer::MakeScan(std::move(scan), estimate));
  }
  const auto* subject = std::get_if<Variable>(&pattern.subject);
  const auto* predicate = std::get_if<Term>(&pattern.predicate);
  if (pattern.kind == Pattern::Kind::kQuad && subject != nullptr && predicate != nullptr) {
    DOSSIER_ASSIGN_OR_RETURN(const TermId id, terms_->Intern(*predicate));
    const auto& predicates = terms_->snapshot().statistics().quads.predicates;
    const auto known = predicates.find(id);
    input.star = *subject;
    input.star_arm = optimizer::StarArm{id, input.estimate.rows};
    if (known != predicates.end()) {
      input.star_arm->rows_of_predicate = static_cast<double>(known->second.rows);
      input.star_arm->subjects = static_cast<double>(known->second.distinct_subjects);
    }
  }
  return input;
}

absl::StatusOr<JoinInput> Planner::PathInput(const algebra::Path& path) {
  DOSSIER_ASSIGN_OR_RETURN(const PathCost cost, EstimatePath(path, terms_));
  JoinInput input = InputOfPlan(optimizer::MakePathJoin(OneEmptyRow(), path, cost.whole, cost.estimate));
  input.path = path;
  input.path_step_cost = cost.per_start;
  return input;
}

absl::StatusOr<JoinInput> Planner::OtherInput(const Node& node) {
  DOSSIER_ASSIGN_OR_RETURN(PlanPtr plan, Plan(node));
  JoinInput input = InputOfPlan(std::move(plan));
  if (!std::holds_alternative<algebra::Values>(node.op)) {
    input.restricted = [this, &node](const std::vector<Variable>& variables, double rows) {
      return Plan(node, Restriction{variables, rows});
    };
  }
  return input;
}

absl::Status Planner::Collect(const Node& node, const VariableSet& cluster_variables, JoinProblem* problem,
                              std::vector<Expression>* absence_tests) {
  if (const auto* join = std::get_if<algebra::Join>(&node.op)) {
    DOSSIER_RETURN_IF_ERROR(Collect(*join->left, cluster_variables, problem, absence_tests));
    return Collect(*join->right, cluster_variables, problem, absence_tests);
  }
  if (const auto* bgp = std::get_if<algebra::Bgp>(&node.op); bgp != nullptr) {
    for (const Pattern& pattern : bgp->patterns) {
      DOSSIER_ASSIGN_OR_RETURN(JoinInput input, PatternInput(pattern, problem->filters));
      problem->inputs.push_back(std::move(input));
    }
    return absl::OkStatus();
  }
  if (const auto* path = std::get_if<algebra::Path>(&node.op)) {
    DOSSIER_ASSIGN_OR_RETURN(JoinInput input, PathInput(*path));
    problem->inputs.push_back(std::move(input));
    return absl::OkStatus();
  }
  if (const auto* filter = std::get_if<algebra::Filter>(&node.op);
      filter != nullptr && MayMoveUp(filter->condition, *filter->input, cluster_variables)) {
    std::vector<Expression> parts = SplitConjunction(filter->condition);
    // What is absent takes few rows away; the other joins mostly leave fewer to look for it.
    const bool moves = std::all_of(parts.begin(), parts.end(), [](const Expression& part) {
      return !algebra::ContainsExists(part) || IsAbsenceTest(part);
    });
    if (moves) {
      for (Expression& part : parts) {
        (IsAbsenceTest(part) ? *absence_tests : problem->filters).push_back(std::move(part));
      }
      return Collect(*filter->input, cluster_variables, problem, absence_tests);
    }
  }
  DOSSIER_ASSIGN_OR_RETURN(JoinInput input, OtherInput(node));
  problem->inputs.push_back(std::move(input));
  return absl::OkStatus();
}

absl::StatusOr<PlanPtr> Planner::PlanCluster(const Node& node, const Restriction& restriction,
                                             JoinProblem* problem_found) {
  JoinProblem problem;
  problem.wanted_rows = restriction.wanted_rows;
  problem.order = restriction.order;
  problem.random_seed = join_order_seed_;
  std::vector<Expression> exists_tests;
  const Node* inner = &node;
  // Filters on top see the whole cluster; tests of existence become joins above it.
  while (const auto* filter = std::get_if<algebra::Filter>(&inner->op)) {
    for (Expression& part : SplitConjunction(filter->condition)) {
      (IsExistsTest(part) ? exists_tests : problem.filters).push_back(std::move(part));
    }
    inner = filter->input.get();
  }
  const VariableSet cluster_variables = algebra::PossibleVariables(*inner);
  if (!IsUnit(*inner)) {
    if (problem.filters.empty() && !std::holds_alternative<algebra::Bgp>(inner->op) &&
        !std::holds_alternative<algebra::Path>(inner->op) && !std::holds_alternative<algebra::Join>(inner->op)) {
      // Nothing to join: hand the restriction on.
      DOSSIER_ASSIGN_OR_RETURN(PlanPtr plan, Plan(*inner, restriction));
      problem.inputs.push_back(InputOfPlan(std::move(plan)));
    } else {
      DOSSIER_RETURN_IF_ERROR(Collect(*inner, cluster_variables, &problem, &exists_tests));
    }
  }
  CountSelectivities(&problem);
  if (!restriction.variables.empty()) {
    problem.inputs.push_back(InputOfPlan(optimizer::MakeBindings(restriction.variables, restriction.rows)));
  }
  if (problem.inputs.empty()) problem.inputs.push_back(InputOfPlan(OneEmptyRow()));
  DOSSIER_ASSIGN_OR_RETURN(PlanPtr plan, optimizer::OrderJoins(problem, estimator_));
  for (Expression& test : exists_tests) {
    DOSSIER_ASSIGN_OR_RETURN(PlanPtr join, JoinExists(plan, test, restriction.wanted_rows));
    plan = join != nullptr ? std::move(join) : optimizer::MakeFilter(std::move(plan), std::move(test));
  }
  // Who counts by the problem alone would not see the tests.
  if (problem_found != nullptr && exists_tests.empty()) *problem_found = std::move(problem);
  return plan;
}

PlanPtr Planner::CountPatterns(const algebra::Group& group, const JoinProblem& problem) const {
  if (group.keys.size() > 1 || group.aggregates.empty() || problem.inputs.size() < 2 || !problem.filters.empty()) {
    return nullptr;
  }
  VariableSet certain;
  std::vector<const JoinInput*> patterns;
  for (const JoinInput& input : problem.inputs) {
    if (!optimizer::IsPlainPattern(input)) return nullptr;
    certain.insert(input.certain.begin(), input.certain.end());
    patterns.push_back(&input);
  }
  std::vector<Variable> results;
  for (const Aggregate& aggregate : group.aggregates) {
    const bool counts_value = aggregate.function == AggregateFunction::kCount &&
                              aggregate.argument.kind == Expression::Kind::kVariable &&
                              certain.contains(aggregate.argument.variable);
    if (aggregate.distinct || !(counts_value || aggregate.function == AggregateFunction::kCountRows)) return nullptr;
    results.push_back(aggregate.result);
  }
  return optimizer::MakeCountJoin(patterns, group.keys.empty() ? std::nullopt : std::optional(group.keys[0]),
                                  std::move(results));
}

absl::StatusOr<PlanPtr> Planner::PlanPlainly(const Node& node) {
  const auto join = [this](PlanPtr left, PlanPtr right) {
    const optimizer::Estimate estimate = optimizer::EstimateOfJoin(JoinKind::kInner, *left, *right, estimator_.Nodes());
    return optimizer::MakeHashJoin(JoinKind::kInner, std::move(left), std::move(right), std::nullopt, estimate);
  };
  if (const auto* op = std::get_if<algebra::Join>(&node.op)) {
    DOSSIER_ASSIGN_OR_RETURN(PlanPtr left, Plan(*op->left));
    DOSSIER_ASSIGN_OR_RETURN(PlanPtr right, Plan(*op->right));
    return join(std::move(left), std::move(right));
  }
  if (const auto* op = std::get_if<algebra::Filter>(&node.op)) {
    DOSSIER_ASSIGN_OR_RETURN(PlanPtr input, Plan(*op->input));
    return optimizer::MakeFilter(std::move(input), op->condition);
  }
  if (const auto* op = std::get_if<algebra::Path>(&node.op)) {
    DOSSIER_ASSIGN_OR_RETURN(const JoinInput input, PathInput(*op));
    return input.plans[0];
  }
  PlanPtr plan;
  for (const Pattern& pattern : std::get<algebra::Bgp>(node.op).patterns) {
    DOSSIER_ASSIGN_OR_RETURN(const JoinInput input, PatternInput(pattern, {}));
    plan = plan == nullptr ? input.plans[0] : join(std::move(plan), input.plans[0]);
  }
  return plan == nullptr ? OneEmptyRow() : plan;
}

}  // namespace dossier::planner

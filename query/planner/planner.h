// From algebra to a physical plan: chooses scans, joins and their order, and where duplicates and groups can use the
// order of their input.
#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "query/algebra/node.h"
#include "query/algebra/scope.h"
#include "query/optimizer/cardinality.h"
#include "query/optimizer/join_order.h"
#include "query/plan/plan_node.h"
#include "query/term_space.h"

namespace dossier::planner {

// How the rows of a plan will be used. Bindings that they will be joined with: the plan may leave out rows that no
// binding fits.
struct Restriction {
  std::vector<algebra::Variable> variables;
  double rows = 0;                         // Of bindings, expected.
  std::optional<double> wanted_rows;       // Only so many rows will be read.
  std::optional<algebra::Variable> order;  // Rows in the order of this variable would be of use.
};

class Planner {
 public:
  // `variables` takes those that are made up on the way. With `optimize` false: hash joins in the order written,
  // nothing restricted.
  Planner(TermSpace* terms, algebra::VariableTable* variables, bool optimize)
      : terms_(terms), variables_(variables), optimize_(optimize), estimator_(terms) {}

  // See QueryContext::join_order_seed.
  void SetJoinOrderSeed(std::optional<uint64_t> seed) { join_order_seed_ = seed; }

  // Rewrites `*node` by the passes of the optimiser, and plans it.
  absl::StatusOr<plan::PlanPtr> OptimizeAndPlan(algebra::NodePtr* node);

  // The plan for `node`, which the passes have rewritten; its columns are the variables in scope, in any order.
  absl::StatusOr<plan::PlanPtr> Plan(const algebra::Node& node, const Restriction& restriction = {});

 private:
  using PlanOr = absl::StatusOr<plan::PlanPtr>;

  // One for each operator of the algebra.
  PlanOr On(const algebra::LeftJoin& op, const Restriction& restriction);
  PlanOr On(const algebra::Union& op, const Restriction& restriction);
  PlanOr On(const algebra::Minus& op, const Restriction& restriction);
  PlanOr On(const algebra::Extend& op, const algebra::Node& node, const Restriction& restriction);
  PlanOr On(const algebra::Values& op);
  PlanOr On(const algebra::Group& op, const Restriction& restriction);
  PlanOr On(const algebra::OrderBy& op, const Restriction& restriction);
  PlanOr On(const algebra::Project& op, const Restriction& restriction);
  PlanOr On(const algebra::Distinct& op, const Restriction& restriction);
  PlanOr On(const algebra::Slice& op, const Restriction& restriction);
  PlanOr On(const algebra::SliceOfEach& op);

  // Inner joins, patterns, paths and filters: weighed together. `problem_found` stays empty where there is more to it.
  PlanOr PlanCluster(const algebra::Node& node, const Restriction& restriction,
                     optimizer::JoinProblem* problem_found = nullptr);
  // A plan that only counts the rows of a cluster's patterns, when that is all that the group wants; else nullptr.
  plan::PlanPtr CountPatterns(const algebra::Group& group, const optimizer::JoinProblem& problem) const;
  // As written.
  PlanOr PlanPlainly(const algebra::Node& node);
  // Puts the inputs and conditions of a cluster into the problem, but for tests that something does not exist.
  absl::Status Collect(const algebra::Node& node, const algebra::VariableSet& cluster_variables,
                       optimizer::JoinProblem* problem, std::vector<Expression>* absence_tests);
  absl::StatusOr<optimizer::JoinInput> PatternInput(const algebra::Pattern& pattern,
                                                    const std::vector<Expression>& filters);
  absl::StatusOr<optimizer::JoinInput> PathInput(const algebra::Path& path);
  absl::StatusOr<optimizer::JoinInput> OtherInput(const algebra::Node& node);

  // EXISTS as a join, where that means the same; nullptr where it does not.
  PlanOr JoinExists(plan::PlanPtr left, const Expression& condition, std::optional<double> wanted_rows);

  // The cheaper of a hash join and a bind join, when so many rows are wanted.
  PlanOr JoinRight(plan::JoinKind kind, plan::PlanPtr left, const algebra::Node& right,
                   std::optional<Expression> condition, std::optional<double> wanted_rows);

  TermSpace* const terms_;
  algebra::VariableTable* const variables_;
  const bool optimize_;
  std::optional<uint64_t> join_order_seed_;
  const optimizer::CardinalityEstimator estimator_;
};

// The conjuncts of `condition`.
std::vector<Expression> SplitConjunction(const Expression& condition);

}  // namespace dossier::planner

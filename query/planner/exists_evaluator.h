// Decides an EXISTS row by row where it cannot be a join: plans the pattern once, with the row's values as parameters,
// and looks for a first solution.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "query/algebra/node.h"
#include "query/exec/run_context.h"
#include "query/expr/evaluator.h"
#include "query/plan/plan_node.h"

namespace dossier::planner {

// Not thread-safe. The context and the variables outlive the evaluator.
class ExistsEvaluator {
 public:
  // `variables` are those of the query.
  ExistsEvaluator(exec::RunContext* context, const algebra::VariableTable* variables, bool optimize)
      : context_(context), variables_(variables), optimize_(optimize) {}

  // Whether `pattern` has a solution with the row's values (SPARQL section 18.6, "substitute"). The pattern lives as
  // long as the evaluator, or as the call that is under way.
  absl::StatusOr<bool> Exists(const algebra::Node* pattern, VariableLookup row);

 private:
  // A pattern with the variables that rows bind, planned.
  struct Prepared {
    algebra::NodePtr pattern;  // Nullptr: it has to be planned for each row.
    plan::PlanPtr plan;
  };

  absl::StatusOr<plan::PlanPtr> Plan(algebra::NodePtr* pattern);
  absl::StatusOr<const Prepared*> Prepare(const algebra::Node* pattern, const algebra::VariableSet& bound);
  absl::StatusOr<bool> HasSolution(plan::PlanNode* plan, const exec::Parameters* parameters);
  absl::StatusOr<bool> ExistsByItself(const algebra::Node* pattern, const exec::Parameters& values);

  exec::RunContext* const context_;
  const algebra::VariableTable* const variables_;
  const bool optimize_;
  bool patterns_last_ = true;  // False inside a pattern that was made for one row.
  std::map<std::pair<const algebra::Node*, algebra::VariableSet>, Prepared> prepared_;
};

}  // namespace dossier::planner

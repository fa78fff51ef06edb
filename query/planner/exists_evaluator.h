// Decides an EXISTS row by row where it cannot be a join: puts the row's values into the pattern, plans it and looks
// for a first solution.
#pragma once

#include "absl/status/statusor.h"
#include "query/algebra/node.h"
#include "query/exec/run_context.h"
#include "query/expr/evaluator.h"

namespace dossier::planner {

// Not thread-safe. The context and the variables outlive the evaluator.
class ExistsEvaluator {
 public:
  // `variables` are those of the query.
  ExistsEvaluator(exec::RunContext* context, const algebra::VariableTable* variables, bool optimize)
      : context_(context), variables_(variables), optimize_(optimize) {}

  // Whether `pattern` has a solution with the row's values (SPARQL section 18.6, "substitute").
  absl::StatusOr<bool> Exists(const algebra::Node* pattern, VariableLookup row);

 private:
  exec::RunContext* const context_;
  const algebra::VariableTable* const variables_;
  const bool optimize_;
};

}  // namespace dossier::planner

#include "query/planner/exists_evaluator.h"

#include <utility>

#include "base/status_macros.h"
#include "query/algebra/substitute.h"
#include "query/planner/operator_factory.h"
#include "query/planner/planner.h"
#include "query/planner/prune_columns.h"

namespace dossier::planner {

absl::StatusOr<bool> ExistsEvaluator::Exists(const algebra::Node* pattern, VariableLookup row) {
  algebra::Substitution values;
  for (const algebra::Variable variable : algebra::MentionedVariables(*pattern)) {
    const TermId id = row(variable);
    if (id.is_undefined()) continue;
    DOSSIER_ASSIGN_OR_RETURN(const Term* const term, context_->terms->Get(id));
    values.emplace(variable, *term);
  }
  algebra::NodePtr substituted = algebra::Substitute(*pattern, values);
  // Variables made up for this row are forgotten with it.
  algebra::VariableTable variables = *variables_;
  Planner planner(context_->terms, &variables, optimize_);
  DOSSIER_ASSIGN_OR_RETURN(plan::PlanPtr plan, planner.OptimizeAndPlan(&substituted));
  PruneColumns({}, &plan);
  DOSSIER_ASSIGN_OR_RETURN(const exec::OperatorPtr root, MakeOperators(context_, plan.get()));
  RowBatch batch;
  return root->Next(&batch);
}

}  // namespace dossier::planner

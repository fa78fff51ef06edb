#include "query/planner/exists_evaluator.h"

#include <utility>

#include "absl/cleanup/cleanup.h"
#include "base/status_macros.h"
#include "query/algebra/parameters.h"
#include "query/algebra/substitute.h"
#include "query/planner/operator_factory.h"
#include "query/planner/planner.h"
#include "query/planner/prune_columns.h"

namespace dossier::planner {

absl::StatusOr<plan::PlanPtr> ExistsEvaluator::Plan(algebra::NodePtr* pattern) {
  // Variables made up for the pattern are forgotten with it.
  algebra::VariableTable variables = *variables_;
  Planner planner(context_->terms, &variables, optimize_);
  DOSSIER_ASSIGN_OR_RETURN(plan::PlanPtr plan, planner.OptimizeAndPlan(pattern));
  PruneColumns({}, &plan);
  return plan;
}

absl::StatusOr<const ExistsEvaluator::Prepared*> ExistsEvaluator::Prepare(const algebra::Node* pattern,
                                                                          const algebra::VariableSet& bound) {
  const auto [place, is_new] = prepared_.try_emplace({pattern, bound});
  Prepared& prepared = place->second;
  if (!is_new) return &prepared;
  prepared.pattern = algebra::WithParameters(*pattern, bound);
  if (prepared.pattern == nullptr) return &prepared;
  DOSSIER_ASSIGN_OR_RETURN(prepared.plan, Plan(&prepared.pattern));
  return &prepared;
}

absl::StatusOr<bool> ExistsEvaluator::HasSolution(plan::PlanNode* plan, const exec::Parameters* parameters) {
  const exec::Parameters* const around = std::exchange(context_->parameters, parameters);
  const auto restore = absl::MakeCleanup([this, around] { context_->parameters = around; });
  DOSSIER_ASSIGN_OR_RETURN(const exec::OperatorPtr root, MakeOperators(context_, plan));
  RowBatch batch;
  return root->Next(&batch);
}

absl::StatusOr<bool> ExistsEvaluator::ExistsByItself(const algebra::Node* pattern, const exec::Parameters& values) {
  algebra::Substitution substitution;
  for (const auto& [variable, id] : values) {
    DOSSIER_ASSIGN_OR_RETURN(const Term* const term, context_->terms->Get(id));
    substitution.emplace(variable, *term);
  }
  algebra::NodePtr substituted = algebra::Substitute(*pattern, substitution);
  DOSSIER_ASSIGN_OR_RETURN(const plan::PlanPtr plan, Plan(&substituted));
  const bool before = std::exchange(patterns_last_, false);
  absl::StatusOr<bool> found = HasSolution(plan.get(), nullptr);
  patterns_last_ = before;
  return found;
}

absl::StatusOr<bool> ExistsEvaluator::Exists(const algebra::Node* pattern, VariableLookup row) {
  exec::Parameters values;
  algebra::VariableSet bound;
  for (const algebra::Variable variable : algebra::MentionedVariables(*pattern)) {
    const TermId id = row(variable);
    if (id.is_undefined()) continue;
    values.emplace(variable, id);
    bound.insert(variable);
  }
  if (!patterns_last_) return ExistsByItself(pattern, values);
  DOSSIER_ASSIGN_OR_RETURN(const Prepared* const prepared, Prepare(pattern, bound));
  if (prepared->pattern == nullptr) return ExistsByItself(pattern, values);
  return HasSolution(prepared->plan.get(), &values);
}

}  // namespace dossier::planner

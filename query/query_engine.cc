#include "query/query_engine.h"

#include <utility>

#include "absl/random/random.h"
#include "absl/time/clock.h"
#include "base/status_macros.h"
#include "query/algebra/number_solutions.h"
#include "query/algebra/scope.h"
#include "query/exec/operator.h"
#include "query/optimizer/plan_factory.h"
#include "query/plan/plan_printer.h"
#include "query/planner/exists_evaluator.h"
#include "query/planner/made_terms.h"
#include "query/planner/operator_factory.h"
#include "query/planner/planner.h"
#include "query/planner/prune_columns.h"
#include "query/planner/use_threads.h"

namespace dossier {
namespace {

// The columns that the caller gets: those of the topmost Project, or all in scope.
std::vector<algebra::Variable> ResultColumns(const algebra::Node& root) {
  const algebra::Node* node = &root;
  while (true) {
    if (const auto* project = std::get_if<algebra::Project>(&node->op)) return project->variables;
    if (const auto* distinct = std::get_if<algebra::Distinct>(&node->op)) {
      node = distinct->input.get();
    } else if (const auto* slice = std::get_if<algebra::Slice>(&node->op)) {
      node = slice->input.get();
    } else if (const auto* order = std::get_if<algebra::OrderBy>(&node->op)) {
      node = order->input.get();
    } else {
      return algebra::VariablesInScope(*node);
    }
  }
}

// Everything that a running query holds.
class RunningQuery : public ResultCursor {
 public:
  RunningQuery(algebra::Query query, std::shared_ptr<const Snapshot> snapshot, const QueryContext& context)
      : query_(std::move(query)),
        snapshot_(std::move(snapshot)),
        join_order_seed_(context.join_order_seed),
        threads_(context.threads),
        terms_(snapshot_, context.memory),
        values_(context.now.value_or(absl::Now()), context.random_seed.value_or(absl::BitGen()())),
        exists_(&run_, &query_.variables, context.optimize) {
    run_.snapshot = snapshot_.get();
    run_.terms = &terms_;
    run_.values = &values_;
    run_.cancellation = context.cancellation;
    run_.memory = context.memory;
    run_.threads = &threads_;
    run_.split_always = context.split_always;
    run_.exists = [this](const algebra::Node* pattern, VariableLookup row) { return exists_.Exists(pattern, row); };
  }

  absl::Status Start(bool optimize) {
    DOSSIER_RETURN_IF_ERROR(snapshot_->CheckStatistics());
    columns_ = ResultColumns(*query_.root);
    algebra::NumberSolutions(&query_.root, &query_.variables);
    planner::Planner planner(&terms_, &query_.variables, optimize);
    planner.SetJoinOrderSeed(join_order_seed_);
    DOSSIER_ASSIGN_OR_RETURN(plan_, planner.OptimizeAndPlan(&query_.root));
    if (plan_->columns != columns_) plan_ = optimizer::MakeProject(std::move(plan_), columns_);
    if (optimize) planner::PruneColumns({columns_.begin(), columns_.end()}, &plan_);
    if (plan_->columns != columns_) plan_ = optimizer::MakeProject(std::move(plan_), columns_);
    if (optimize && threads_.threads() > 1) planner::UseThreads(run_.split_always, &plan_);
    DOSSIER_ASSIGN_OR_RETURN(root_, planner::MakeOperators(&run_, plan_.get()));
    made_terms_only_leave_ = planner::MadeTermsOnlyLeave(*plan_);
    stored_terms_only_ = planner::GivesStoredTermsOnly(*plan_);
    first_made_term_ = terms_.next_local();
    return absl::OkStatus();
  }

  const std::vector<algebra::Variable>& variables() const override { return columns_; }
  const algebra::VariableTable& variable_table() const override { return query_.variables; }
  absl::StatusOr<bool> Next(RowBatch* batch) override { return root_->Next(batch); }
  TermSpace& terms() override { return terms_; }
  ThreadPermits& threads() override { return threads_; }
  void ForgetRows() override {
    if (made_terms_only_leave_) terms_.ForgetLocal(std::exchange(first_made_term_, terms_.next_local()));
  }
  bool GivesStoredTermsOnly() const override { return stored_terms_only_; }
  std::string DescribePlan(bool with_actuals) const override {
    return plan::ToString(*plan_, query_.variables, {.with_estimates = true, .with_actuals = with_actuals});
  }
  const plan::PlanNode& plan() const override { return *plan_; }

 private:
  algebra::Query query_;  // EXISTS patterns in it are run while rows are read.
  const std::shared_ptr<const Snapshot> snapshot_;
  const std::optional<uint64_t> join_order_seed_;
  ThreadPermits threads_;
  TermSpace terms_;
  QueryValues values_;
  exec::RunContext run_;
  planner::ExistsEvaluator exists_;
  std::vector<algebra::Variable> columns_;
  plan::PlanPtr plan_;
  exec::OperatorPtr root_;
  bool made_terms_only_leave_ = false;
  bool stored_terms_only_ = false;
  uint64_t first_made_term_ = 0;  // By its local number, the first that is not forgotten yet.
};

}  // namespace

absl::StatusOr<std::unique_ptr<ResultCursor>> Execute(algebra::Query query, std::shared_ptr<const Snapshot> snapshot,
                                                      const QueryContext& context) {
  auto running = std::make_unique<RunningQuery>(std::move(query), std::move(snapshot), context);
  DOSSIER_RETURN_IF_ERROR(running->Start(context.optimize));
  return running;
}

}  // namespace dossier

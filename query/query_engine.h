// From algebra to rows: optimise, plan, run. The one place where a query's journey can be read from top to bottom.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "base/thread_permits.h"
#include "query/algebra/node.h"
#include "query/exec/row_batch.h"
#include "query/plan/plan_node.h"
#include "query/query_context.h"
#include "query/term_space.h"
#include "storage/snapshot.h"

namespace dossier {

// The rows of a running query. Holds its snapshot; not thread-safe.
class ResultCursor {
 public:
  virtual ~ResultCursor() = default;

  // The columns' variables, in the order of RowBatch::columns.
  virtual const std::vector<algebra::Variable>& variables() const = 0;
  virtual const algebra::VariableTable& variable_table() const = 0;

  // The next rows; false at the end. Cancelled, DeadlineExceeded, ResourceExhausted when a limit was reached.
  virtual absl::StatusOr<bool> Next(RowBatch* batch) = 0;

  // To turn ids into terms.
  virtual TermSpace& terms() = 0;

  // Those who work on its rows on threads of their own take permits for them here.
  virtual ThreadPermits& threads() = 0;

  // Lets go of the terms that expressions made for the rows given so far, where the plan allows it: for those who are
  // done with these rows, so that any number of them can stream through bounded memory.
  virtual void ForgetRows() = 0;

  // Whether no row can have a term that the query made, so that rows may be turned into terms, by the snapshot alone,
  // while Next() computes others.
  virtual bool GivesStoredTermsOnly() const = 0;

  // The plan with estimated rows, and with actual rows and times as far as it has run.
  virtual std::string DescribePlan(bool with_actuals) const = 0;
  virtual const plan::PlanNode& plan() const = 0;
};

// `query` is consumed. `context` and what it points to must outlive the cursor.
absl::StatusOr<std::unique_ptr<ResultCursor>> Execute(algebra::Query query, std::shared_ptr<const Snapshot> snapshot,
                                                      const QueryContext& context);

}  // namespace dossier

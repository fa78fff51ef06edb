// Runs a part of a plan over several ranges of its input side by side, on this thread and on others, and gives the rows
// of the ranges one after the other: the same rows as if one operator had run over all, in the order that the plan
// says.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/memory_budget.h"
#include "base/thread_permits.h"
#include "query/exec/hash_build.h"
#include "query/exec/operator.h"
#include "query/term_space.h"

namespace dossier::exec {

// The operators of one range with all that they stand on, so that no other thread touches any of it.
struct Fragment {
  Fragment(const RunContext& whole, plan::PlanPtr copy);

  TermSpace terms;
  QueryValues values;
  RunContext context;
  plan::PlanPtr plan;
  std::vector<std::pair<const plan::PlanNode*, plan::PlanNode*>> counted;  // Whose actuals are added to whose.
  OperatorPtr root;
};

// How a Gather comes by its fragments.
struct FragmentSource {
  // Tables that the fragments share; built before the first of them begins.
  std::vector<std::shared_ptr<HashBuild>> builds;
  // Called once: how many fragments there are.
  std::function<absl::StatusOr<size_t>()> count;
  // Called on any thread, once for each number.
  std::function<absl::StatusOr<std::unique_ptr<Fragment>>(size_t)> make;
};

// While it waits for the rows of a range that another thread is working on, it works on ranges behind that itself. Rows
// that wait are bounded, and count against the query's memory; when there is none for them, they are computed later.
class Gather : public Operator {
 public:
  // `node` holds a plan::Gather.
  Gather(RunContext* context, plan::PlanNode* node, FragmentSource source);
  ~Gather() override;

 protected:
  absl::StatusOr<bool> Produce(RowBatch* batch) override;

 private:
  struct Range {
    bool taken = false;
    bool done = false;
    std::unique_ptr<Fragment> fragment;
    std::deque<RowBatch> waiting;
  };

  absl::Status Start();
  // Waits for the other threads, which have nothing to do any more.
  void EndThreads();
  void Work();
  // The number of the range to work on next, if there is one that may be begun.
  std::optional<size_t> TakeRange();
  // Makes the operators of a range that was taken.
  absl::Status Open(size_t range);
  absl::Status WorkOn(size_t range);
  // Whether `batch` was added to what waits of the range.
  bool Add(size_t range, RowBatch* batch);
  // Works a little on a range behind the one at hand; false when there is none that may go on.
  absl::StatusOr<bool> WorkAhead(std::unique_lock<std::mutex>* lock);
  void EndRange();

  FragmentSource source_;
  size_t next_build_ = 0;
  std::optional<ThreadLease> lease_;

  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_, but for the fragments, which are used by whoever has taken their range.
  std::vector<Range> ranges_;
  size_t next_ = 0;        // Range to begin.
  size_t current_ = 0;     // Range whose rows are given.
  size_t most_ahead_ = 0;  // Ranges that may be begun behind that one.
  size_t waiting_bytes_ = 0;
  MemoryReservation memory_;  // For what waits.
  bool stopped_ = false;
  absl::Status status_;

  std::optional<size_t> mine_;  // The range that this thread has taken.
  RowBatch ahead_;              // Computed for it, and not added yet.
  bool has_ahead_ = false;
  bool started_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace dossier::exec

// The rows of a running query, computed on a thread of their own while the caller works on those before: the second
// core joins while the first one writes.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/memory_budget.h"
#include "query/exec/row_batch.h"
#include "query/query_engine.h"

namespace dossier {

// Its thread reads ahead by a few batches and ends with the rows, with an error, or when the pipe is destroyed: soon,
// as every call of the cursor is (query/exec/operator.h).
class CursorPipe {
 public:
  // Nobody else uses the cursor while the pipe lives, nor its terms. Rows that wait count against `memory`.
  // REQUIRES: the caller has a permit of the cursor for its thread.
  CursorPipe(ResultCursor* cursor, MemoryBudget* memory);
  CursorPipe(const CursorPipe&) = delete;
  CursorPipe& operator=(const CursorPipe&) = delete;
  ~CursorPipe();

  // As ResultCursor::Next.
  absl::StatusOr<bool> Next(RowBatch* batch);

 private:
  static constexpr size_t kBatchesAhead = 16;

  void Run();
  // Waits for room and adds a batch; false when nobody wants more.
  bool Push(RowBatch* batch);

  ResultCursor* const cursor_;
  MemoryBudget* const memory_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<RowBatch> waiting_;
  std::vector<RowBatch> used_;  // To be filled again.
  bool ended_ = false;
  bool stopped_ = false;
  absl::Status status_;

  std::thread thread_;  // Last: it uses all the others.
};

}  // namespace dossier

#include "query/cursor_pipe.h"

#include <utility>

#include "base/status_macros.h"

namespace dossier {

CursorPipe::CursorPipe(ResultCursor* cursor, MemoryBudget* memory)
    : cursor_(cursor), memory_(memory), thread_([this] { Run(); }) {}

CursorPipe::~CursorPipe() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void CursorPipe::Run() {
  MemoryReservation held(memory_);
  RowBatch batch;
  absl::Status status;
  while (true) {
    const absl::StatusOr<bool> more = cursor_->Next(&batch);
    status = more.status();
    if (!status.ok() || !*more) break;
    status = held.Resize(kBatchesAhead * batch.rows * batch.columns.size() * sizeof(TermId));
    if (!status.ok() || !Push(&batch)) break;
  }
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    ended_ = true;
    status_ = status;
  }
  changed_.notify_all();
}

bool CursorPipe::Push(RowBatch* batch) {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return stopped_ || waiting_.size() < kBatchesAhead; });
  if (stopped_) return false;
  waiting_.push_back(std::move(*batch));
  *batch = RowBatch();
  if (!used_.empty()) {
    *batch = std::move(used_.back());
    used_.pop_back();
  }
  lock.unlock();
  changed_.notify_all();
  return true;
}

absl::StatusOr<bool> CursorPipe::Next(RowBatch* batch) {
  std::unique_lock<std::mutex> lock(mutex_);
  used_.push_back(std::move(*batch));
  changed_.wait(lock, [this] { return ended_ || !waiting_.empty(); });
  if (waiting_.empty()) {
    batch->Clear();
    DOSSIER_RETURN_IF_ERROR(status_);
    return false;
  }
  *batch = std::move(waiting_.front());
  waiting_.pop_front();
  lock.unlock();
  changed_.notify_all();
  return true;
}

}  // namespace dossier

#include "query/exec/gather.h"

#include <algorithm>
#include <system_error>

#include "base/status_macros.h"
#include "query/exec/parallel.h"

namespace dossier::exec {
namespace {

// Ranges that may be begun behind the one at hand, for each thread, and batches of each that may wait.
constexpr size_t kRangesAhead = 3;
constexpr size_t kBatchesAhead = 48;

size_t BytesOf(const RowBatch& batch) { return batch.rows * batch.columns.size() * sizeof(TermId); }

}  // namespace

Fragment::Fragment(const RunContext& whole, plan::PlanPtr copy)
    : terms(OwnTerms(whole)),
      values(absl::UnixEpoch(), /*seed=*/0),  // Plans that would see the difference are not split.
      context(whole),
      plan(std::move(copy)) {
  context.terms = &terms;
  context.values = &values;
  context.threads = nullptr;
}

Gather::Gather(RunContext* context, plan::PlanNode* node, FragmentSource source)
    : Operator(context, node), source_(std::move(source)), memory_(context->memory) {}

Gather::~Gather() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  EndThreads();
}

void Gather::EndThreads() {
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  lease_.reset();
}

absl::Status Gather::Start() {
  started_ = true;
  DOSSIER_ASSIGN_OR_RETURN(const size_t ranges, source_.count());
  ranges_.resize(ranges);
  if (ranges < 2) return absl::OkStatus();
  lease_.emplace(context().threads, ranges - 1);
  most_ahead_ = kRangesAhead * (lease_->count() + 1);
  for (size_t i = 0; i < lease_->count(); ++i) {
    try {
      threads_.emplace_back([this] { Work(); });
    } catch (const std::system_error&) {
      break;  // This thread does what is left.
    }
  }
  return absl::OkStatus();
}

std::optional<size_t> Gather::TakeRange() {
  if (next_ >= ranges_.size() || next_ > current_ + most_ahead_) return std::nullopt;
  ranges_[next_].taken = true;
  return next_++;
}

absl::Status Gather::Open(size_t range) {
  DOSSIER_ASSIGN_OR_RETURN(ranges_[range].fragment, source_.make(range));
  return absl::OkStatus();
}

bool Gather::Add(size_t range, RowBatch* batch) {
  std::deque<RowBatch>& waiting = ranges_[range].waiting;
  // What is wanted next needs no memory of its own: it is on its way already.
  const bool wanted = range == current_ && waiting.empty();
  if (!wanted && (waiting.size() >= kBatchesAhead || !memory_.Resize(waiting_bytes_ + BytesOf(*batch)).ok())) {
    return false;
  }
  waiting_bytes_ += BytesOf(*batch);
  waiting.push_back(std::move(*batch));
  *batch = RowBatch();
  return true;
}

absl::Status Gather::WorkOn(size_t range) {
  DOSSIER_RETURN_IF_ERROR(Open(range));
  RowBatch batch;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, ranges_[range].fragment->root->Next(&batch));
    std::unique_lock<std::mutex> lock(mutex_);
    if (!more) return absl::OkStatus();
    changed_.wait(lock, [&] { return stopped_ || Add(range, &batch); });
    if (stopped_) return absl::OkStatus();
    lock.unlock();
    changed_.notify_all();
  }
}

void Gather::Work() {
  while (true) {
    std::optional<size_t> range;
    {
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait(lock, [&] {
        if (!stopped_) range = TakeRange();
        return stopped_ || range.has_value() || next_ >= ranges_.size();
      });
      if (!range.has_value()) return;
    }
    const absl::Status status = WorkOn(*range);
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      ranges_[*range].done = true;
      status_.Update(status);
      stopped_ = stopped_ || !status.ok();
    }
    changed_.notify_all();
  }
}

absl::StatusOr<bool> Gather::WorkAhead(std::unique_lock<std::mutex>* lock) {
  const bool is_new = !mine_.has_value();
  if (is_new) mine_ = TakeRange();
  if (!mine_.has_value()) return false;
  if (has_ahead_) {
    has_ahead_ = !Add(*mine_, &ahead_);
    return !has_ahead_;
  }
  lock->unlock();
  if (is_new) DOSSIER_RETURN_IF_ERROR(Open(*mine_));
  DOSSIER_ASSIGN_OR_RETURN(const bool more, ranges_[*mine_].fragment->root->Next(&ahead_));
  lock->lock();
  has_ahead_ = more;
  if (more) return true;
  ranges_[*mine_].done = true;
  mine_.reset();
  return true;
}

void Gather::EndRange() {
  for (const auto& [of_copy, whole] : ranges_[current_].fragment->counted) {
    whole->actuals.starts = 1;
    whole->actuals.batches += of_copy->actuals.batches;
    whole->actuals.rows += of_copy->actuals.rows;
    whole->actuals.time += of_copy->actuals.time;
  }
  ranges_[current_].fragment.reset();
  ++current_;
}

absl::StatusOr<bool> Gather::Produce(RowBatch* batch) {
  if (next_build_ < source_.builds.size()) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, source_.builds[next_build_]->Step());
    if (!more) ++next_build_;
    return true;
  }
  if (!started_) DOSSIER_RETURN_IF_ERROR(Start());
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    DOSSIER_RETURN_IF_ERROR(status_);
    if (current_ == ranges_.size()) {
      lock.unlock();
      EndThreads();
      return false;
    }
    Range& range = ranges_[current_];
    if (!range.waiting.empty()) {
      *batch = std::move(range.waiting.front());
      range.waiting.pop_front();
      waiting_bytes_ -= BytesOf(*batch);
      (void)memory_.Resize(std::min(waiting_bytes_, memory_.taken()));
      lock.unlock();
      changed_.notify_all();
      return true;
    }
    if (mine_ == current_ && has_ahead_) {
      std::swap(*batch, ahead_);
      has_ahead_ = false;
      return true;
    }
    if (range.done) {
      EndRange();
      changed_.notify_all();
      continue;
    }
    // Also with the range at hand, where it is this thread's.
    DOSSIER_ASSIGN_OR_RETURN(const bool worked, WorkAhead(&lock));
    if (!worked) changed_.wait(lock);
  }
}

}  // namespace dossier::exec

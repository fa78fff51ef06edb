#include "storage/commit_queue.h"

#include <chrono>
#include <utility>

namespace dossier::storage {
namespace {

// A group is not larger than this, so that nobody waits long for the others' work.
constexpr size_t kMaxCommits = 256;
constexpr size_t kMaxQuads = 20'000;

// Those who were in the last group come again soon, as a rule: the first of them waits this long for the others.
constexpr std::chrono::microseconds kPatience{500};

}  // namespace

absl::StatusOr<CommitSummary> CommitQueue::Commit(const ChangeSet& changes) {
  Waiting mine{&changes};
  std::unique_lock<std::mutex> lock(mutex_);
  queue_.push_back(&mine);
  arrived_.notify_one();
  while (!mine.done) {
    if (is_writing_) {
      written_.wait(lock);
    } else {
      WriteGroup(&lock);
    }
  }
  return mine.result;
}

void CommitQueue::WriteGroup(std::unique_lock<std::mutex>* lock) {
  is_writing_ = true;
  if (last_group_ > 1) arrived_.wait_for(*lock, kPatience, [this] { return queue_.size() >= last_group_; });
  const std::deque<Waiting*> group = TakeGroup();
  last_group_ = group.size();
  lock->unlock();
  Write(group);
  lock->lock();
  for (Waiting* const waiting : group) waiting->done = true;
  is_writing_ = false;
  written_.notify_all();
}

std::deque<CommitQueue::Waiting*> CommitQueue::TakeGroup() {
  std::deque<Waiting*> group;
  size_t quads = 0;
  while (!queue_.empty() && group.size() < kMaxCommits) {
    const ChangeSet& changes = *queue_.front()->changes;
    quads += changes.assertions.size() + changes.retractions.size();
    if (!group.empty() && quads > kMaxQuads) break;
    group.push_back(queue_.front());
    queue_.pop_front();
  }
  return group;
}

void CommitQueue::Write(const std::deque<Waiting*>& group) const {
  std::vector<const ChangeSet*> commits;
  for (const Waiting* const waiting : group) commits.push_back(waiting->changes);
  const absl::StatusOr<std::vector<CommitSummary>> summaries = write_(commits);
  for (size_t i = 0; i < group.size(); ++i) {
    if (summaries.ok()) {
      group[i]->result = (*summaries)[i];
      continue;
    }
    group[i]->result = summaries.status();
    if (group.size() == 1) continue;
    // What is wrong with one of them is not the others' fault.
    const absl::StatusOr<std::vector<CommitSummary>> alone = write_({&commits[i], 1});
    if (alone.ok()) {
      group[i]->result = alone->front();
    } else {
      group[i]->result = alone.status();
    }
  }
}

}  // namespace dossier::storage

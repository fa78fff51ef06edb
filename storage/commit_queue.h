// Lets commits of several threads that would wait for one another go to the disk together: what a commit waits for is
// the disk, and that takes as long for one as for many.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "storage/store.h"

namespace dossier::storage {

// Thread-safe.
class CommitQueue {
 public:
  // Makes the commits durable, in this order, all or none of them.
  using GroupWriter =
      std::function<absl::StatusOr<std::vector<CommitSummary>>(absl::Span<const ChangeSet* const> commits)>;

  // `write` is called by one thread at a time.
  explicit CommitQueue(GroupWriter write) : write_(std::move(write)) {}

  // Returns when the changes are durable, or with the error that they met.
  absl::StatusOr<CommitSummary> Commit(const ChangeSet& changes);

 private:
  struct Waiting {
    const ChangeSet* changes;
    bool done = false;
    absl::StatusOr<CommitSummary> result = CommitSummary();
  };

  // Writes those that stand first in the queue. The lock is held before and after, not meanwhile.
  void WriteGroup(std::unique_lock<std::mutex>* lock);
  std::deque<Waiting*> TakeGroup();
  void Write(const std::deque<Waiting*>& group) const;

  const GroupWriter write_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::condition_variable written_;
  std::deque<Waiting*> queue_;
  bool is_writing_ = false;
  size_t last_group_ = 1;
};

}  // namespace dossier::storage

// How many threads may work on one statement: whoever wants to start some takes permits first, and does the work on his
// own thread when there are none.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>

namespace dossier {

// Thread-safe.
class ThreadPermits {
 public:
  // `threads` in all: that of the statement itself and others.
  explicit ThreadPermits(size_t threads) : left_(std::max<size_t>(threads, 1) - 1), threads_(left_ + 1) {}

  // Up to `most` permits, as many as there are.
  size_t Take(size_t most) {
    size_t left = left_.load(std::memory_order_relaxed);
    size_t taken = std::min(left, most);
    while (taken > 0 && !left_.compare_exchange_weak(left, left - taken)) taken = std::min(left, most);
    return taken;
  }
  void Give(size_t permits) { left_.fetch_add(permits); }

  // In all.
  size_t threads() const { return threads_; }

 private:
  std::atomic<size_t> left_;
  const size_t threads_;
};

// Permits that are given back when their holder goes.
class ThreadLease {
 public:
  // Without permits to take from (nullptr) there are none.
  ThreadLease(ThreadPermits* permits, size_t most)
      : permits_(permits), count_(permits == nullptr ? 0 : permits->Take(most)) {}
  ThreadLease(const ThreadLease&) = delete;
  ThreadLease& operator=(const ThreadLease&) = delete;
  ~ThreadLease() {
    if (permits_ != nullptr) permits_->Give(count_);
  }

  size_t count() const { return count_; }

 private:
  ThreadPermits* const permits_;
  const size_t count_;
};

}  // namespace dossier

// The memory that one query or load may use. Whoever grows a table asks first; past the limit it gets an error,
// so that a query ends with a message and the process goes on.
#pragma once

#include <atomic>
#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace dossier {

// Thread-safe.
class MemoryBudget {
 public:
  static constexpr size_t kMebibyte = size_t{1} << 20;

  // `limit` in bytes.
  explicit MemoryBudget(size_t limit) : limit_(limit) {}

  // ResourceExhausted when the limit would be passed; then nothing is taken.
  absl::Status Take(size_t bytes) {
    const size_t before = used_.fetch_add(bytes, std::memory_order_relaxed);
    if (before + bytes > limit_) {
      used_.fetch_sub(bytes, std::memory_order_relaxed);
      return absl::ResourceExhaustedError(
          absl::StrCat("the memory limit of ", limit_ >= kMebibyte ? limit_ / kMebibyte : limit_ / 1024,
                       limit_ >= kMebibyte ? " MiB" : " KiB", " was reached; raise it, or make the question narrower"));
    }
    return absl::OkStatus();
  }
  void Give(size_t bytes) { used_.fetch_sub(bytes, std::memory_order_relaxed); }
  size_t used() const { return used_.load(std::memory_order_relaxed); }
  size_t limit() const { return limit_; }

 private:
  const size_t limit_;
  std::atomic<size_t> used_{0};
};

// A share of a budget that is given back when its holder goes.
class MemoryReservation {
 public:
  explicit MemoryReservation(MemoryBudget* budget) : budget_(budget) {}
  MemoryReservation(const MemoryReservation&) = delete;
  MemoryReservation& operator=(const MemoryReservation&) = delete;
  ~MemoryReservation() { budget_->Give(taken_); }

  // Makes the share `bytes` large, growing or shrinking it.
  absl::Status Resize(size_t bytes) {
    if (bytes > taken_) {
      if (absl::Status status = budget_->Take(bytes - taken_); !status.ok()) return status;
    } else {
      budget_->Give(taken_ - bytes);
    }
    taken_ = bytes;
    return absl::OkStatus();
  }
  size_t taken() const { return taken_; }

 private:
  MemoryBudget* const budget_;
  size_t taken_ = 0;
};

}  // namespace dossier

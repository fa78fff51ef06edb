// How a running query learns that it should stop: somebody asked (Ctrl-C), or its time is over.
#pragma once

#include <atomic>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace dossier {

// Thread-safe. Cancel() may be called from a signal handler.
class Cancellation {
 public:
  void Cancel() { cancelled_.store(true, std::memory_order_relaxed); }
  void Reset() { cancelled_.store(false, std::memory_order_relaxed); }
  void SetTimeout(absl::Duration timeout) {
    timeout_ = timeout;
    deadline_ = timeout == absl::InfiniteDuration() ? absl::InfiniteFuture() : absl::Now() + timeout;
  }

  // Cancelled, DeadlineExceeded, or OK. Cheap enough to be called for every batch of rows.
  absl::Status Check() const {
    if (cancelled_.load(std::memory_order_relaxed)) return absl::CancelledError("cancelled");
    if (deadline_ != absl::InfiniteFuture() && absl::Now() > deadline_) {
      return absl::DeadlineExceededError(absl::StrCat("the time limit of ", absl::FormatDuration(timeout_),
                                                      " was reached; raise it, or ask for less"));
    }
    return absl::OkStatus();
  }

 private:
  std::atomic<bool> cancelled_{false};
  absl::Duration timeout_ = absl::InfiniteDuration();
  absl::Time deadline_ = absl::InfiniteFuture();
};

}  // namespace dossier

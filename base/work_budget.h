// How much of the store an extra may read: what is told beside an answer may not cost more than the answer. Counted in
// units of work and not by the clock, so that the same question is told the same each time and on every machine.
#pragma once

#include <cstdint>

#include "absl/status/status.h"

namespace dossier {

// Not thread-safe. A unit is about what it takes to find a block of rows: a few microseconds.
class WorkBudget {
 public:
  // Of `units`, `reserve` are held back until GrantReserve.
  WorkBudget(uint64_t units, uint64_t reserve) : left_(units - reserve), reserve_(reserve) {}

  // ResourceExhausted when there is nothing left; what was asked for last may be a little more than was left.
  absl::Status Spend(uint64_t units) {
    if (left_ == 0) {
      has_refused_ = true;
      return absl::ResourceExhaustedError("the work set aside for this is done");
    }
    left_ = units < left_ ? left_ - units : 0;
    spent_ += units;
    return absl::OkStatus();
  }
  // For what is to be done with the part that was read.
  void GrantReserve() {
    left_ += reserve_;
    reserve_ = 0;
  }

  // Whether something was left undone.
  bool has_refused() const { return has_refused_; }
  uint64_t spent() const { return spent_; }

 private:
  uint64_t left_;
  uint64_t reserve_;
  uint64_t spent_ = 0;
  bool has_refused_ = false;
};

}  // namespace dossier

// Finding the common values of sorted lists.
#pragma once

#include <cstdint>

#include "absl/types/span.h"

namespace dossier::exec {

// The first place from `begin` on, before `end`, whose value is not less than `value`; by doubling steps, as it is
// mostly near (Bentley and Yao, "An almost optimal algorithm for unbounded searching", 1976).
const uint32_t* Gallop(const uint32_t* begin, const uint32_t* end, uint32_t value);

// How many values two lists have in common; both ascend, each value once.
uint64_t CountCommon(absl::Span<const uint32_t> a, absl::Span<const uint32_t> b);

// Lists that differ so much in length are not gone through side by side: the longer one is searched.
inline constexpr size_t kMuchLonger = 16;

}  // namespace dossier::exec

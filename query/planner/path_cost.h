// What is expected of following a path.
#pragma once

#include "absl/status/statusor.h"
#include "query/algebra/node.h"
#include "query/optimizer/cardinality.h"
#include "query/term_space.h"

namespace dossier::planner {

// Of a path alone, or over rows that bind some of its ends: what it gives, and what one start costs.
struct PathCost {
  optimizer::Estimate estimate;
  double per_start = 0;
  double whole = 0;
};
absl::StatusOr<PathCost> EstimatePath(const algebra::Path& path, TermSpace* terms);

}  // namespace dossier::planner

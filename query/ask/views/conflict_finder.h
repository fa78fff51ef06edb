// Which claims contradict each other.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "query/ask/views/view.h"

namespace dossier::ask {

struct Conflict {
  enum class Kind : uint8_t {
    kObject,    // Different objects of a functional relation at one time, different values of one measure.
    kPolarity,  // The same stated and denied.
    kPlace,     // The same in two places at one time, neither inside the other.
    kDay,       // The same on different days, close to each other.
  };
  Kind kind = Kind::kObject;
  std::vector<std::vector<const ViewClaim*>> sides;  // Each agrees in itself; at least two.
  bool perhaps_two_events = false;                   // The articles may tell of two things.
};

// Whether two claims of quantities may mean the same number: "about 700 km" and 690 km.
bool MayBeEqual(const ClaimRecord& a, const ClaimRecord& b);

// The conflicts among `claims`, in the order of their first claims. When the question names a relation ("the meeting
// place"), different objects of it are rivals whether or not the relation is functional. The result points into
// `claims`.
absl::StatusOr<std::vector<Conflict>> FindConflicts(const ViewContext& view, const std::vector<ViewClaim>& claims);

}  // namespace dossier::ask

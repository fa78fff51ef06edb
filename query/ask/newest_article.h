// The day of the newest article: what "today" may mean in a store of old news, and the last day worth asking about.
#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "rdf/time_range.h"
#include "storage/snapshot.h"

namespace dossier::ask {

// The time of publication that ends last among those of articles; none when no article has one. Looks at a few rows,
// however many articles there are.
absl::StatusOr<std::optional<TimeRange>> NewestArticle(const Snapshot& snapshot);

}  // namespace dossier::ask

// What could stand at the cursor in a statement of the question language: words of the language where the grammar has
// them, verbs and names that the store has, the likeliest first.
#pragma once

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "query/ask/catalogue.h"
#include "query/result/completion.h"
#include "storage/snapshot.h"

namespace dossier::ask {

// How many are offered at most.
inline constexpr size_t kMaximumCompletions = 200;

// The completions of `text` at `offset` (in bytes, at most its size); what comes after the cursor does not count. Each
// fits what is typed already, and replaces it from its `begin` on. `catalogue` and `snapshot` are of about the same
// commit. Errors are the store's. Reads as much as is offered, whatever the store's size.
absl::StatusOr<std::vector<Completion>> Complete(absl::string_view text, size_t offset, const Catalogue& catalogue,
                                                 const Snapshot& snapshot);

}  // namespace dossier::ask

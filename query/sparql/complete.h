// What could stand at the cursor in a SPARQL request: what the grammar lets stand there, with the prefixes and
// variables of the text and the predicates and classes of the store, the likeliest first.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "query/result/completion.h"
#include "storage/snapshot.h"

namespace dossier::sparql {

// How many are offered at most.
inline constexpr size_t kMaximumCompletions = 200;

// The completions of `text` at `offset` (in bytes, at most its size); of what comes after the cursor only the names of
// variables count. Each fits what is typed already, and replaces it from its `begin` on. `prefixes` (without colons,
// and their IRIs) are those that hold without a declaration in the text. Errors are the store's.
absl::StatusOr<std::vector<Completion>> CompleteSparql(
    absl::string_view text, size_t offset, const Snapshot& snapshot,
    const std::vector<std::pair<std::string, std::string>>& prefixes = {});

}  // namespace dossier::sparql

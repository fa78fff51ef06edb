// Small reads that the database itself needs of the graph, outside of any question.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "rdf/term_id.h"
#include "storage/snapshot.h"

namespace dossier {

// The objects of (subject, predicate), each once, in the order of their ids.
absl::StatusOr<std::vector<TermId>> ObjectsOf(const Snapshot& snapshot, TermId subject, absl::string_view predicate);

// The subjects of (predicate, object), each once, in the order of their ids.
absl::StatusOr<std::vector<TermId>> SubjectsOf(const Snapshot& snapshot, absl::string_view predicate,
                                               const Term& object);

// Calls `visit` with subject, object and graph of every quad of `predicate`, sorted by subject. An error of `visit`
// ends it and is returned.
using PairVisitor = absl::FunctionRef<absl::Status(TermId subject, TermId object, TermId graph)>;
absl::Status ForEachPair(const Snapshot& snapshot, absl::string_view predicate, PairVisitor visit);

// How many subjects have `predicate`.
absl::StatusOr<uint64_t> CountSubjects(const Snapshot& snapshot, absl::string_view predicate);

}  // namespace dossier

// The rows of whole graphs: what CLEAR, DROP, ADD, MOVE and COPY work on.
#pragma once

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/cancellation.h"
#include "rdf/term_id.h"
#include "storage/overlay_snapshot.h"
#include "storage/snapshot.h"

namespace dossier::sparql {

struct GraphSet {
  enum class Kind : uint8_t { kOne, kAllNamed, kAll };
  Kind kind = Kind::kOne;
  TermId graph;  // kOne: undefined for the default graph.
};

// Calls `visit` with each quad and each claim of the graphs; an error ends it. Claims have no order by graph, so that
// all of them are read.
absl::Status ForEachRow(const Snapshot& snapshot, const GraphSet& graphs, const Cancellation& cancellation,
                        absl::FunctionRef<absl::Status(const StoredRow&)> visit);

// Whether the graph has a quad or a claim.
absl::StatusOr<bool> HasRows(const Snapshot& snapshot, TermId graph, const Cancellation& cancellation);

}  // namespace dossier::sparql

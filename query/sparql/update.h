// Runs an update request (https://www.w3.org/TR/sparql11-update/): what it makes of a store, as one set of changes to
// commit. Each operation reads what the earlier ones wrote; the store itself is not touched.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "query/query_context.h"
#include "query/sparql/ast.h"
#include "rdf/reader.h"
#include "rdf/term.h"
#include "storage/snapshot.h"
#include "storage/store.h"

namespace dossier::sparql {

// Reads the document that LOAD names: gives its quads to the sink, those of its default graph in the graph `into` if
// there is one. An error of the sink ends the reading, which returns it.
using DocumentReader =
    std::function<absl::Status(const std::string& iri, const std::optional<Term>& into, QuadSink sink)>;

// The net effect of all operations on the store that `snapshot` shows. An operation that fails fails the request,
// unless it is SILENT: then it has done nothing; but a request that is cancelled or out of time or memory fails always.
// Errors carry a Diagnostic that points at the operation in `text`, from which `update` was parsed.
//
// Blank nodes of data and templates become new ones that no store has. A graph exists while it has quads: CREATE of one
// that exists fails, as do ADD, MOVE and COPY from a named graph that does not; clearing or dropping what is not there
// is no failure.
absl::StatusOr<ChangeSet> EvaluateUpdate(const ast::Update& update, absl::string_view text,
                                         std::shared_ptr<const Snapshot> snapshot, const QueryContext& context,
                                         const DocumentReader& read_document);

// The changes of a request that only deletes data and then inserts data, of at most `most_quads` quads: they are the
// same whatever the store holds. Nullopt for all others.
std::optional<ChangeSet> DataChanges(const ast::Update& update, size_t most_quads);

}  // namespace dossier::sparql

// SPARQL update requests on a store: evaluated, committed as one, with the files that LOAD names.
#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/cancellation.h"
#include "query/query_context.h"
#include "rdf/reader.h"
#include "rdf/term.h"
#include "storage/store.h"

namespace dossier {

// Carries out the request as one commit: whole or not at all, and no other commit comes between what it reads and what
// it writes. Relative IRIs are resolved against `base`. Errors in the text carry a Diagnostic. A request that is one
// LOAD of a large file takes the store's bulk load, and so is not limited by memory.
absl::StatusOr<CommitSummary> RunUpdate(Store* store, absl::string_view text, absl::string_view base,
                                        const QueryContext& context);

// The quads of the RDF file that `iri` (`file:///...`) names, those of its default graph in the graph `into` if there
// is one. Formats by the file's name, as in a load; blank nodes are named after a digest of the content, so that the
// same file always gives the same nodes. InvalidArgument for IRIs of other schemes, unknown formats, and with a
// Diagnostic for syntax errors; NotFound and the like name the file.
absl::Status ReadDocument(const std::string& iri, const std::optional<Term>& into, const Cancellation* cancellation,
                          QuadSink sink);

// The path of the file that a file: IRI names. InvalidArgument for other IRIs.
absl::StatusOr<std::string> PathOfFileIri(absl::string_view iri);

}  // namespace dossier

// The door of SPARQL: text in, a request that can be run out, and from a query its results, as they are computed. What
// changes a store is carried out by the database room (database/sparql_update.h).
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "query/query_context.h"
#include "query/result/solution_writer.h"
#include "query/sparql/bound_query.h"
#include "query/sparql/statement_form.h"
#include "rdf/reader.h"
#include "storage/snapshot.h"

namespace dossier::sparql {

// The text with the declarations of `prologue` in force, for whoever parses it (its base goes apart). Its errors are to
// go through AsInStatement().
std::string WithPrologue(absl::string_view statement, const Prologue& prologue);
// An error in the text that WithPrologue() made, with its position in `statement`.
absl::Status AsInStatement(const absl::Status& error, absl::string_view statement);

// Parses and binds a query. Errors are InvalidArgument with a Diagnostic that points into `statement`.
absl::StatusOr<BoundQuery> PrepareQuery(absl::string_view statement, const Prologue& prologue);

// SELECT and ASK: gives `writer` the whole result, with its end, and returns how many solutions there were (for ASK 0
// or 1). Memory does not grow with the number of rows where the query itself needs none. Errors are those of the
// writer, of the store, and of the limits in `context`.
absl::StatusOr<uint64_t> RunSolutions(BoundQuery query, std::shared_ptr<const Snapshot> snapshot,
                                      const QueryContext& context, SolutionWriter* writer);

// CONSTRUCT and DESCRIBE: gives `sink` each triple as it comes, and returns how many there were.
absl::StatusOr<uint64_t> RunGraph(BoundQuery query, std::shared_ptr<const Snapshot> snapshot,
                                  const QueryContext& context, QuadSink sink);

// The algebra and the plan of a query of any form; with EXPLAIN ANALYZE it is run, and actual rows and times are shown.
absl::StatusOr<std::string> Explain(BoundQuery query, std::shared_ptr<const Snapshot> snapshot,
                                    const QueryContext& context);

}  // namespace dossier::sparql

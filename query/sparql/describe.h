// DESCRIBE: what the store says of a resource, so far as it can be understood without the rest (a concise bounded
// description, https://www.w3.org/submissions/CBD/, with claims).
#pragma once

#include "absl/status/status.h"
#include "query/query_context.h"
#include "query/query_engine.h"
#include "query/sparql/bound_query.h"
#include "rdf/reader.h"

namespace dossier::sparql {

// Gives `sink` for each resource that `query` describes, constants first, then those of the solutions of `cursor`:
// - the triples that have it as subject, and those of the blank nodes that they lead to, and so on;
// - the claims that have it as subject, with what is said of these claims and of the blank nodes that that leads to.
// Of the graphs in BoundQuery::described_graphs; each triple once.
absl::Status Describe(const BoundQuery& query, ResultCursor* cursor, const QueryContext& context, QuadSink sink);

}  // namespace dossier::sparql

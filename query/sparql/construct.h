// CONSTRUCT: the triples that a template stands for, solution by solution (SPARQL section 16.2).
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "query/query_context.h"
#include "query/query_engine.h"
#include "query/sparql/bound_query.h"
#include "rdf/reader.h"

namespace dossier::sparql {

// Gives `sink` the triples of `construct` (BoundQuery::construct) for each solution of `cursor`, as they come. Triples
// with an unbound variable, or with a term where RDF allows none such, are left out. A triple comes once: those given
// are remembered as ids, within the query's memory; only when that is used up may one come again, which in every format
// of RDF means the same.
absl::Status Construct(const std::vector<TemplateQuad>& construct, ResultCursor* cursor, const QueryContext& context,
                       QuadSink sink);

}  // namespace dossier::sparql

// From SPARQL's tree to algebra (https://www.w3.org/TR/sparql12-query/#sparqlQuery, section 18.2): which operators a
// query stands for, which names mean the same variable, and in which graphs its patterns look.
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "query/sparql/ast.h"
#include "query/sparql/bound_query.h"

namespace dossier::sparql {

// InvalidArgument with a Diagnostic for what cannot be answered here: SERVICE without SILENT, functions that nobody
// knows. `text` is what the query was parsed from, for the diagnostic's position.
absl::StatusOr<BoundQuery> BindQuery(const ast::Query& query, absl::string_view text);

// WITH is the default graph of the patterns too, unless there is USING or USING NAMED.
absl::StatusOr<BoundModify> BindModify(const ast::Modify& modify, absl::string_view text);

}  // namespace dossier::sparql

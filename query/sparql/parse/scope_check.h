// What the specification asks of a request's variables and aggregates beyond its grammar (SPARQL sections 10.1,
// 11, 16.1.2 and 18.2.1): nothing is assigned twice, grouped queries show groups only, aggregates stand where groups
// are.
#pragma once

#include "query/sparql/ast.h"
#include "query/sparql/parse/problem.h"

namespace dossier::sparql {

void CheckScopes(const ast::Query& query, Problems* problems);
void CheckScopes(const ast::Update& update, Problems* problems);

// An aggregate outside patterns of EXISTS.
bool HasAggregate(const ast::Expression& expression);

}  // namespace dossier::sparql

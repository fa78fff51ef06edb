// GRAPH clauses as algebra (SPARQL section 18.2.2.2 and the evaluation of Graph() in section 18.6).
#pragma once

#include "absl/status/statusor.h"
#include "query/algebra/node.h"
#include "query/sparql/ast.h"
#include "query/sparql/pattern_context.h"

namespace dossier::sparql {

absl::StatusOr<algebra::NodePtr> BindGraph(const ast::Graph& graph, const PatternContext& context);

}  // namespace dossier::sparql

// Triple patterns and property paths as algebra (SPARQL section 18.2.2.3 to 18.2.2.5).
#pragma once

#include "query/algebra/node.h"
#include "query/sparql/ast.h"
#include "query/sparql/name_scope.h"

namespace dossier::sparql {

// Neighbouring triples, looked for in `graph`. A path of one step is a pattern like others; `r rdf:reifies
// <<( s p o )>>` is one pattern over the claims; other triple terms with variables are looked up by their parts.
algebra::NodePtr BindTriples(const ast::Triples& triples, const algebra::GraphSelector& graph, NameScope* scope);

}  // namespace dossier::sparql

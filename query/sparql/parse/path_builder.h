// Property paths from the parse tree.
#pragma once

#include "query/sparql/ast_term.h"
#include "query/sparql/parse/antlr.h"
#include "query/sparql/parse/term_builder.h"

namespace dossier::sparql {

// The path in its plainest form: no sequences or alternatives of one, brackets gone.
ast::Path BuildPath(SparqlParser::PathContext* context, TermBuilder* terms);

}  // namespace dossier::sparql

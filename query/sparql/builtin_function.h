// The functions with a keyword of their own, as the engine knows them.
#pragma once

#include "query/expr/function.h"
#include "query/sparql/ast_expression.h"

namespace dossier::sparql {

Function FunctionOf(ast::Builtin builtin);

}  // namespace dossier::sparql

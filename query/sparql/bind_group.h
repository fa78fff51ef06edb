// Groups of patterns as algebra (SPARQL section 18.2.2).
#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "query/algebra/node.h"
#include "query/sparql/ast.h"
#include "query/sparql/bind_expression.h"
#include "query/sparql/pattern_context.h"

namespace dossier::sparql {

// The group's solutions. InvalidArgument with a Diagnostic for what cannot be answered here.
absl::StatusOr<algebra::NodePtr> BindGroup(const ast::GroupPattern& group, const PatternContext& context);

// For expressions that stand in `context`, which outlives the result.
ExpressionContext ExpressionsIn(const PatternContext& context);

algebra::Values BindValues(const ast::Values& values, NameScope* scope);

}  // namespace dossier::sparql

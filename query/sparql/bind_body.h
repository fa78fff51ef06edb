// What stands around the pattern of a SELECT: groups, aggregates, columns, order, limits (SPARQL
// section 18.2.4, 18.2.5).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "query/algebra/node.h"
#include "query/sparql/ast.h"
#include "query/sparql/pattern_context.h"

namespace dossier::sparql {

struct BoundBody {
  algebra::NodePtr node;
  std::vector<std::pair<std::string, algebra::Variable>> columns;  // Names, each once, in order.
};

// The body of a query. With `all_columns`, every name in scope is a column, whatever is selected: so it is for forms
// other than SELECT.
absl::StatusOr<BoundBody> BindBody(const ast::SelectBody& body, const PatternContext& context, bool all_columns);

// The same within a pattern: names that are not selected mean nothing outside.
absl::StatusOr<BoundBody> BindSubSelect(const ast::SelectBody& body, const PatternContext& outer);

}  // namespace dossier::sparql

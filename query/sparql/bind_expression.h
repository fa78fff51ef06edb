// Expressions of SPARQL's tree as expressions of the engine.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "query/algebra/node.h"
#include "query/sparql/ast.h"
#include "query/sparql/name_scope.h"

namespace dossier::sparql {

// What an expression over groups stands on (SPARQL section 18.2.4.1).
class GroupedNames {
 public:
  virtual ~GroupedNames() = default;
  // A variable outside of an aggregate.
  virtual Expression ValueOf(const std::string& name) = 0;
  // The variable that holds the aggregate's value; `result` of it is not set yet.
  virtual algebra::Variable Aggregated(Aggregate aggregate) = 0;
};

struct ExpressionContext {
  absl::string_view text;  // Of the query, for diagnostics.
  NameScope* scope = nullptr;
  // Binds the pattern of an EXISTS.
  std::function<absl::StatusOr<algebra::NodePtr>(const ast::GroupPattern&)> bind_pattern;
  GroupedNames* groups = nullptr;  // Null where aggregates cannot stand.
  // The variable that tells solutions apart, where there is one: several expressions speak of the same solution.
  std::optional<algebra::Variable> solution;
};

// InvalidArgument with a Diagnostic for a function that nobody knows.
absl::StatusOr<Expression> BindExpression(const ast::Expression& expression, const ExpressionContext& context);

// Whether `expression` has a call of BNODE with a label, whose value depends on the solution.
bool LooksAtSolution(const ast::Expression& expression);

}  // namespace dossier::sparql

// The functions and aggregates that have a name of their own in SPARQL, and how many arguments each takes.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "query/sparql/ast_expression.h"

namespace dossier::sparql {

inline constexpr size_t kAnyNumber = std::numeric_limits<size_t>::max();

struct NamedFunction {
  absl::string_view name;  // As the specification spells it; any case is accepted.
  ast::Builtin function = ast::Builtin::kOr;
  size_t minimum_arguments = 1;
  size_t maximum_arguments = 1;
};

struct NamedAggregate {
  absl::string_view name;
  ast::AggregateKind kind = ast::AggregateKind::kCount;
};

const std::vector<NamedFunction>& NamedFunctions();
const std::vector<NamedAggregate>& NamedAggregates();

// Null when there is none.
const NamedFunction* FindFunction(absl::string_view name);
const NamedAggregate* FindAggregate(absl::string_view name);

// Names of functions and aggregates that `name` may have been meant to be, nearest first.
std::vector<std::string> FunctionsLike(absl::string_view name);

}  // namespace dossier::sparql

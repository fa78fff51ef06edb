// What the binding of a pattern stands on: the query it belongs to, what names mean there, where it looks.
#pragma once

#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "base/diagnostic.h"
#include "query/algebra/node.h"
#include "query/sparql/dataset_scope.h"
#include "query/sparql/name_scope.h"

namespace dossier::sparql {

struct PatternContext {
  absl::string_view text;                       // Of the request, for diagnostics.
  const DatasetScope* dataset = nullptr;        // Outlives the binding.
  algebra::VariableTable* variables = nullptr;  // Likewise.
  NameScope* scope = nullptr;                   // Likewise.
  algebra::GraphSelector graph;                 // The active graph.
  size_t* parts = nullptr;                      // Counted so far in the whole request. Outlives the binding.
};

// What is joined, computed or united one by one: patterns, steps of paths, clauses. Trees of operators are as deep as
// there are parts, and whatever walks them needs that much of the stack.
inline constexpr size_t kMaximumParts = 1000;

// Counts `parts` more; InvalidArgument with a Diagnostic when they are too many.
absl::Status CountParts(size_t parts, SourceSpan span, const PatternContext& context);

}  // namespace dossier::sparql

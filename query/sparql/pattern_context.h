// What the binding of a pattern stands on: the query it belongs to, what names mean there, where it looks.
#pragma once

#include "absl/strings/string_view.h"
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
};

}  // namespace dossier::sparql

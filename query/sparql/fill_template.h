// The quads that a template stands for, solution by solution: CONSTRUCT and the two halves of an update.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "query/exec/row_batch.h"
#include "query/query_engine.h"
#include "query/sparql/bound_query.h"
#include "rdf/quad.h"

namespace dossier::sparql {

// Not thread-safe. Blank nodes of the template get labels that no other filler gives in this process' lifetime.
class TemplateFiller {
 public:
  // `columns`: the variables of the batches that Fill() will be given (ResultCursor::variables()).
  TemplateFiller(std::vector<TemplateQuad> quads, std::vector<algebra::Variable> columns);

  // Gives `sink` the quads of the solution in row `row`. Those with an unbound variable, or with a term where RDF
  // allows none such, are left out (SPARQL section 16.2). Errors are those of `sink` or of looking up terms.
  absl::Status Fill(const RowBatch& batch, size_t row, TermSpace* terms, absl::FunctionRef<absl::Status(Quad&&)> sink);

 private:
  absl::StatusOr<std::optional<Term>> Instance(const TemplateTerm& place, const RowBatch& batch, size_t row,
                                               TermSpace* terms);

  const std::vector<TemplateQuad> quads_;
  const std::vector<algebra::Variable> columns_;
  const std::string label_prefix_;
  uint64_t solution_ = 0;
};

}  // namespace dossier::sparql

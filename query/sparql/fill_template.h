// The quads that a template stands for, solution by solution: for CONSTRUCT.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "query/exec/row_batch.h"
#include "query/query_engine.h"
#include "query/sparql/bound_query.h"
#include "query/sparql/fresh_blank_nodes.h"
#include "rdf/quad.h"

namespace dossier::sparql {

// Not thread-safe. Blank nodes of the template are new ones for each solution.
class TemplateFiller {
 public:
  // `columns`: the variables of the batches that Fill() will be given (ResultCursor::variables()).
  TemplateFiller(std::vector<TemplateQuad> quads, std::vector<algebra::Variable> columns)
      : quads_(std::move(quads)), columns_(std::move(columns)) {}

  // Gives `sink` the quads of the solution in row `row`. Those with an unbound variable, or with a term where RDF
  // allows none such, are left out (SPARQL section 16.2). Errors are those of `sink` or of looking up terms.
  absl::Status Fill(const RowBatch& batch, size_t row, TermSpace* terms, absl::FunctionRef<absl::Status(Quad&&)> sink);

 private:
  absl::StatusOr<std::optional<Term>> Instance(const TemplateTerm& place, const RowBatch& batch, size_t row,
                                               TermSpace* terms);

  static bool MayBeTriple(const Term& subject, const Term& predicate);

  const std::vector<TemplateQuad> quads_;
  const std::vector<algebra::Variable> columns_;
  FreshBlankNodes blank_nodes_;
  std::map<std::string, Term> of_solution_;  // Blank nodes by label.
};

}  // namespace dossier::sparql

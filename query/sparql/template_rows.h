// The rows of the store that a template of an update stands for, solution by solution.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "query/exec/row_batch.h"
#include "query/query_engine.h"
#include "query/sparql/bound_query.h"
#include "query/sparql/fresh_blank_nodes.h"
#include "query/sparql/row_collector.h"
#include "storage/overlay_snapshot.h"

namespace dossier::sparql {

// Not thread-safe. Works on ids: a term is looked at only when the query made it, or where a claim is made of a triple
// term.
class TemplateRows {
 public:
  // What of a template becomes rows: for kInsertions all, and new terms get ids; for kDeletions what the store may
  // have.
  enum class Use : uint8_t { kInsertions, kDeletions };

  // All must outlive it; the cursor reads from the overlay.
  TemplateRows(Use use, OverlaySnapshot* overlay, ResultCursor* cursor, FreshBlankNodes* blank_nodes)
      : use_(use), overlay_(overlay), cursor_(cursor), blank_nodes_(blank_nodes) {}

  // To be called once, before Fill.
  absl::Status Prepare(const std::vector<TemplateQuad>& quads);

  // Adds the rows of the solution in row `row` of the cursor's batch. Quads with an unbound variable, or with a term
  // where RDF allows none such, are left out.
  absl::Status Fill(const RowBatch& batch, size_t row, RowCollector* rows);

 private:
  struct Place {
    enum class Kind : uint8_t { kNothing, kId, kColumn, kBlankNode, kTripleTerm };
    Kind kind = Kind::kNothing;
    TermId id;                 // kId.
    size_t index = 0;          // kColumn: of the batch; kBlankNode: in labels_.
    std::vector<Place> parts;  // kTripleTerm.
  };
  struct QuadPlan {
    Place subject, predicate, object;
    std::optional<Place> graph;
    bool is_reifies = false;  // The predicate is the constant rdf:reifies.
  };
  struct Solution {
    const RowBatch& batch;
    size_t row;
  };

  absl::StatusOr<Place> MakePlace(const TemplateTerm& term);
  absl::StatusOr<Place> ConstantPlace(const Term& term);
  absl::StatusOr<TermId> IdOf(const Term& term);
  absl::StatusOr<TermId> BlankNode(size_t index);
  // Undefined when there is no value.
  absl::StatusOr<TermId> Value(const Place& place, const Solution& solution);
  absl::StatusOr<TermId> TripleTermValue(const Place& place, const Solution& solution);
  // Subject, predicate and object of the triple term that stands in `place`; nullopt when none does, undefined ids when
  // the store has no such triple term.
  absl::StatusOr<std::optional<StoredRow>> Claim(const Place& place, const Solution& solution);
  absl::StatusOr<bool> IsReifies(const QuadPlan& quad, const Solution& solution) const;
  // False when the quad is left out.
  absl::StatusOr<bool> MakeRow(const QuadPlan& quad, const Solution& solution, StoredRow* row);

  const Use use_;
  OverlaySnapshot* const overlay_;
  ResultCursor* const cursor_;
  FreshBlankNodes* const blank_nodes_;
  std::vector<QuadPlan> quads_;
  TermId reifies_;  // As the solutions have it.
  std::vector<std::string> labels_;
  std::vector<TermId> blank_node_ids_;  // Of the solution at hand; undefined until used.
};

}  // namespace dossier::sparql

// Finds claims without knowing their relation: those that speak of an entity, and those that lie in a time. What views
// (views/view.h) start from. A claim counts when its relation is one that the catalogue knows: all else is how the data
// are written, not what they tell.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "query/ask/catalogue.h"
#include "query/ask/claim_outline.h"
#include "query/ask/graph_reader.h"
#include "query/query_context.h"
#include "rdf/inline_time_range.h"
#include "rdf/time_range.h"
#include "storage/snapshot.h"

namespace dossier::ask {

// Not thread-safe. `snapshot` and what `context` points to must outlive it. Every call looks for cancellation.
class ClaimFinder {
 public:
  ClaimFinder(const Catalogue& catalogue, const Snapshot& snapshot, const QueryContext& context);

  using Visit = absl::FunctionRef<absl::Status(TermId claim)>;

  // Claims with `entity` as their subject, their object, or the value of a qualifier. One may come twice.
  absl::Status ForEachAbout(TermId entity, Visit visit);
  // Triples of relations that are asserted without claims as well, with `entity` as their subject or object; claims may
  // state some of them. Outlines without an id and annotations.
  absl::Status ForEachPlainTriple(TermId entity, absl::FunctionRef<absl::Status(const ClaimOutline& triple)> visit);
  // Claims whose time, as dossier:when has it, overlaps `range`; costs in proportion to these, to those of like length
  // near by, and to the dates that only the dictionary holds (open intervals and the like). One may come twice.
  absl::Status ForEachInTime(const TimeRange& range, Visit visit);
  // Every claim of a relation.
  absl::Status ForEachOfRelation(TermId relation, Visit visit);

  // The outlines of those of `claims`, in any order, that are claims of a known relation: ascending, each once.
  absl::Status ForEachOutline(std::vector<TermId> claims,
                              absl::FunctionRef<absl::Status(ClaimOutline&& outline)> visit);
  // Nothing when it is no claim of a known relation.
  absl::StatusOr<std::optional<ClaimOutline>> Outline(TermId claim);

  // The range of time that a literal stands for.
  absl::StatusOr<std::optional<TimeRange>> TimeOf(TermId literal);
  // `place`, and every place in it.
  absl::StatusOr<absl::flat_hash_set<TermId>> PlacesIn(TermId place);

  bool IsQualifier(TermId property) const { return qualifiers_.contains(property); }
  GraphReader& graph() { return graph_; }
  const Catalogue& catalogue() const { return catalogue_; }
  const QueryContext& context() const { return context_; }

 private:
  absl::Status ForEachRow(const ScanSpec& spec,
                          absl::FunctionRef<absl::Status(const RowBlock& block, size_t row)> visit);
  absl::Status Scan(Permutation permutation, std::vector<TermId> prefix, TermId lower, TermId upper, size_t column,
                    Visit visit);
  absl::StatusOr<bool> Overlaps(TermId time, const Moments& wanted);
  bool HasPlainTriples(TermId relation);

  const Catalogue& catalogue_;
  const QueryContext context_;
  GraphReader graph_;
  absl::flat_hash_set<TermId> qualifiers_;
  absl::flat_hash_map<TermId, std::optional<TimeRange>> times_;
  absl::flat_hash_map<TermId, bool> has_plain_;  // By predicate; false for those that are no relations.
};

}  // namespace dossier::ask

#include "database/graph_reader.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/status_macros.h"
#include "rdf/term.h"
#include "storage/permutation.h"
#include "storage/scan.h"

namespace dossier {
namespace {

// The id of an IRI; undefined when the store has no such term.
absl::StatusOr<TermId> FindIri(const Snapshot& snapshot, absl::string_view iri) {
  DOSSIER_ASSIGN_OR_RETURN(std::optional<TermId> id, snapshot.FindTerm(Term::Iri(std::string(iri))));
  return id.value_or(TermId());
}

// The third column of all rows with these two leading ones, without repetitions.
absl::StatusOr<std::vector<TermId>> ThirdColumn(const Snapshot& snapshot, Permutation permutation, TermId first,
                                                TermId second) {
  std::vector<TermId> found;
  ScanSpec spec;
  spec.permutation = permutation;
  spec.prefix = {first, second};
  DOSSIER_ASSIGN_OR_RETURN(std::unique_ptr<ScanCursor> cursor, snapshot.Scan(spec));
  RowBlock block;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
    if (!more) return found;
    for (size_t i = 0; i < block.rows; ++i) {
      const TermId id = block.columns[2][i];
      if (found.empty() || found.back() != id) found.push_back(id);
    }
  }
}

}  // namespace

absl::StatusOr<std::vector<TermId>> ObjectsOf(const Snapshot& snapshot, TermId subject, absl::string_view predicate) {
  DOSSIER_ASSIGN_OR_RETURN(const TermId predicate_id, FindIri(snapshot, predicate));
  if (predicate_id.is_undefined()) return std::vector<TermId>();
  return ThirdColumn(snapshot, Permutation::kSpo, subject, predicate_id);
}

absl::StatusOr<std::vector<TermId>> SubjectsOf(const Snapshot& snapshot, absl::string_view predicate,
                                               const Term& object) {
  DOSSIER_ASSIGN_OR_RETURN(const TermId predicate_id, FindIri(snapshot, predicate));
  DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> object_id, snapshot.FindTerm(object));
  if (predicate_id.is_undefined() || !object_id.has_value()) return std::vector<TermId>();
  return ThirdColumn(snapshot, Permutation::kPos, predicate_id, *object_id);
}

absl::Status ForEachPair(const Snapshot& snapshot, absl::string_view predicate, PairVisitor visit) {
  DOSSIER_ASSIGN_OR_RETURN(const TermId predicate_id, FindIri(snapshot, predicate));
  if (predicate_id.is_undefined()) return absl::OkStatus();
  ScanSpec spec;
  spec.permutation = Permutation::kPso;
  spec.prefix = {predicate_id};
  DOSSIER_ASSIGN_OR_RETURN(std::unique_ptr<ScanCursor> cursor, snapshot.Scan(spec));
  RowBlock block;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
    if (!more) return absl::OkStatus();
    for (size_t i = 0; i < block.rows; ++i) {
      DOSSIER_RETURN_IF_ERROR(visit(block.columns[1][i], block.columns[2][i], block.columns[3][i]));
    }
  }
}

absl::StatusOr<uint64_t> CountSubjects(const Snapshot& snapshot, absl::string_view predicate) {
  DOSSIER_ASSIGN_OR_RETURN(const TermId predicate_id, FindIri(snapshot, predicate));
  if (predicate_id.is_undefined()) return 0;
  DOSSIER_RETURN_IF_ERROR(snapshot.CheckStatistics());
  const auto& predicates = snapshot.statistics().quads.predicates;
  const auto it = predicates.find(predicate_id);
  return it == predicates.end() ? 0 : it->second.distinct_subjects;
}

}  // namespace dossier

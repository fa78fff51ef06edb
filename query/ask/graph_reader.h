// Small reads of the asserted graph around one node: what the catalogue and the reader of claims need.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "rdf/term.h"
#include "rdf/term_id.h"
#include "storage/snapshot.h"

namespace dossier::ask {

// Not thread-safe: keeps the ids of the predicates it has looked up. `snapshot` must outlive it.
class GraphReader {
 public:
  // Predicates of up to `whole_predicate_rows` rows are read at once when Objects() or Texts() first ask for one of
  // them: for readers that ask for most of their rows.
  explicit GraphReader(const Snapshot& snapshot, uint64_t whole_predicate_rows = 0)
      : snapshot_(snapshot), whole_predicate_rows_(whole_predicate_rows) {}

  const Snapshot& snapshot() const { return snapshot_; }

  // The id of an IRI; undefined when the store does not have it.
  absl::StatusOr<TermId> Id(absl::string_view iri);
  absl::StatusOr<std::vector<TermId>> Objects(TermId subject, absl::string_view predicate);
  absl::StatusOr<std::vector<TermId>> Subjects(absl::string_view predicate, TermId object);
  // Lexical forms of the literals among the objects.
  absl::StatusOr<std::vector<std::string>> Texts(TermId subject, absl::string_view predicate);
  // Reads the objects of some predicates in one go, for who will ask for the Texts() of most of their subjects.
  absl::Status PrefetchTexts(absl::Span<const absl::string_view> predicates);

  // Reads terms in one go, for who will ask for each with GetTerm().
  absl::Status PrefetchTerms(std::vector<TermId> ids);
  absl::StatusOr<Term> GetTerm(TermId id) const;

  // Every (subject, object) of a predicate, by subject.
  absl::Status ForEach(absl::string_view predicate,
                       absl::FunctionRef<absl::Status(TermId subject, TermId object)> visit);
  // Every object of a predicate once, ascending; skips the rows between them.
  absl::Status ForEachObject(absl::string_view predicate, absl::FunctionRef<absl::Status(TermId object)> visit);
  // Every (predicate, object) of a subject.
  absl::Status ForEachOf(TermId subject, absl::FunctionRef<absl::Status(TermId predicate, TermId object)> visit);

 private:
  // Rows of a permutation with a prefix: its two columns after `prefix` are handed out.
  absl::Status Scan(Permutation permutation, std::vector<TermId> prefix,
                    absl::FunctionRef<absl::Status(TermId, TermId)> visit);

  using ObjectsBySubject = absl::flat_hash_map<TermId, std::vector<TermId>>;
  // All of a predicate, or null when it has too many rows.
  absl::StatusOr<const ObjectsBySubject*> WholePredicate(TermId predicate);

  const Snapshot& snapshot_;
  const uint64_t whole_predicate_rows_;
  absl::flat_hash_map<std::string, TermId> ids_;
  absl::flat_hash_map<TermId, ObjectsBySubject> whole_predicates_;
  absl::flat_hash_map<TermId, Term> terms_;  // Those that were prefetched.
};

}  // namespace dossier::ask

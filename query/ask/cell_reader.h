// Entities and literals as answers show them. Keeps what it has read: an answer names the same few people and articles
// again and again.
#pragma once

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "query/ask/catalogue.h"
#include "query/result/answer.h"
#include "rdf/term.h"
#include "rdf/term_id.h"
#include "storage/snapshot.h"

namespace dossier::ask {

// Not thread-safe. `catalogue` and `snapshot` must outlive it.
class CellReader {
 public:
  CellReader(const Catalogue& catalogue, const Snapshot& snapshot) : catalogue_(catalogue), snapshot_(snapshot) {}

  // Reads what the calls below will need, in one pass: the terms of `terms`, and the types of `entities`.
  absl::Status Prefetch(absl::Span<const TermId> terms, absl::Span<const TermId> entities);

  // An entity or literal with the name people know it by. The reference lives as long as the reader.
  absl::StatusOr<const AnswerCell*> Cell(TermId id);
  // The same for a term that may not be in the store.
  static AnswerCell CellOf(const Term& term);

  // The label, or what can be read off the IRI.
  absl::StatusOr<std::string> Name(TermId id);
  // The reference lives until the next call.
  absl::StatusOr<const Term*> TermOf(TermId id);
  // The id of an IRI; undefined when the store does not have it.
  absl::StatusOr<TermId> IdOf(absl::string_view iri);

  const Catalogue& catalogue() const { return catalogue_; }
  const Snapshot& snapshot() const { return snapshot_; }

 private:
  absl::Status ReadTypes(absl::Span<const TermId> entities);

  const Catalogue& catalogue_;
  const Snapshot& snapshot_;
  absl::node_hash_map<TermId, AnswerCell> cells_;
  absl::flat_hash_map<TermId, std::string> types_;  // Of entities, "" for those that have none.
  absl::flat_hash_map<TermId, Term> terms_;
  absl::flat_hash_map<std::string, TermId> ids_;
};

// `15000` as "15,000".
std::string WithThousands(absl::string_view number);

}  // namespace dossier::ask

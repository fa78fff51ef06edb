// Terms of ids that are needed once.
#pragma once

#include "absl/status/statusor.h"
#include "query/term_space.h"
#include "rdf/term.h"
#include "rdf/term_id.h"

namespace dossier::sparql {

// TermSpace::Get() keeps every term that it was asked for; this keeps none, so that any number of rows can pass.
inline absl::StatusOr<Term> StoredTerm(TermId id, TermSpace* terms) {
  if (id.tag() != TermTag::kLocal) return terms->snapshot().GetTerm(id);
  absl::StatusOr<const Term*> term = terms->Get(id);
  if (!term.ok()) return term.status();
  return **term;
}

}  // namespace dossier::sparql

// Which things claims link by which relations, looked up one by one or the first few of them: never more than a bounded
// number of rows, so that it can be asked while somebody types.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "query/ask/catalogue.h"
#include "storage/snapshot.h"

namespace dossier::ask {

// The catalogue and the snapshot must outlive it. Relations are indices into catalogue.relations().
class LinkedThings {
 public:
  LinkedThings(const Catalogue& catalogue, const Snapshot& snapshot) : catalogue_(catalogue), snapshot_(snapshot) {}

  // Relations that claims have with one of the things as subject.
  absl::StatusOr<absl::flat_hash_set<uint32_t>> RelationsOf(absl::Span<const TermId> subjects) const;

  // Those of `things` that a claim or a triple of one of the relations, or of a narrower one, has as its object (its
  // subject with `as_subject`; either way when the relation is symmetric).
  absl::StatusOr<absl::flat_hash_set<TermId>> LinkedAmong(std::vector<TermId> things,
                                                          absl::Span<const uint32_t> relations, bool as_subject) const;

  // The first few things of which that is so, in no order.
  absl::StatusOr<std::vector<TermId>> LinkedBy(absl::Span<const uint32_t> relations, bool as_subject) const;

  // How many instances a class has, those of narrower ones not counted. `kind` is an index into catalogue.classes().
  absl::StatusOr<uint64_t> Instances(uint32_t kind) const;

  // Whom claims are attributed to: the first few of them.
  absl::StatusOr<std::vector<TermId>> Speakers() const;

 private:
  // A relation as it stands in the rows, and the side on which the things stand.
  struct Side {
    TermId relation;
    bool subject = false;
  };
  std::vector<Side> SidesOf(absl::Span<const uint32_t> relations, bool as_subject) const;
  absl::Status Distinct(Permutation permutation, TermId first, size_t maximum, std::vector<TermId>* found) const;

  const Catalogue& catalogue_;
  const Snapshot& snapshot_;
};

}  // namespace dossier::ask

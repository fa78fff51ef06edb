// What the optimiser knows of the data: counts that are exact after every commit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "rdf/term_id.h"

namespace dossier {

struct PredicateStatistics {
  uint64_t rows = 0;
  uint64_t distinct_subjects = 0;
  uint64_t distinct_objects = 0;
};

// A characteristic set: the subjects that have exactly these predicates (Neumann and Moerkotte, "Characteristic sets",
// ICDE 2011). Serves to estimate stars.
struct CharacteristicSet {
  std::vector<TermId> predicates;  // Ascending.
  uint64_t subjects = 0;
  std::vector<uint64_t> rows;  // Per predicate: rows of these subjects with it.
};

struct RelationStatistics {
  uint64_t rows = 0;
  uint64_t distinct_subjects = 0;
  uint64_t distinct_objects = 0;
  absl::flat_hash_map<TermId, PredicateStatistics> predicates;
};

// An immutable snapshot of the counts.
struct Statistics {
  RelationStatistics quads;                            // Every asserted quad, all graphs together.
  RelationStatistics reifications;                     // Every claim.
  std::vector<CharacteristicSet> characteristic_sets;  // Over quads; the most frequent ones when there are very many.
  bool distinct_is_exact = true;  // Else numbers of distinct values only serve to estimate; numbers of rows never do.
};

}  // namespace dossier

// Counting what happened: claims of the same thing are one occasion unless their times exclude each other.
#pragma once

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "query/ask/answer_builder.h"
#include "query/ask/catalogue.h"
#include "query/ask/meaning.h"

namespace dossier::ask {

struct Occasion {
  std::string key;  // Who and what: events of different keys are different events.
  const ClaimRecord* record = nullptr;
  bool certain = false;
};

// The occasions of a fact among the solutions: of each key the largest set whose times are pairwise disjoint, by time.
// Something of which no date is known happened once. `solutions` must outlive the result.
std::vector<Occasion> OccasionsOf(const Meaning& meaning, const Catalogue& catalogue, int fact,
                                  absl::Span<const Solution* const> solutions);

// "2018-05 Dalian", for notes that say what was counted.
std::string Describe(const Occasion& occasion);

}  // namespace dossier::ask

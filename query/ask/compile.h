// From the meaning of a question to algebra: patterns over claims, joined with their annotations, filtered by time.
#pragma once

#include <optional>
#include <vector>

#include "query/algebra/node.h"
#include "query/ask/catalogue.h"
#include "query/ask/meaning.h"
#include "storage/snapshot.h"

namespace dossier::ask {

// Where the rows of the query keep what they know of one fact.
struct FactColumns {
  algebra::Variable claim;       // Unbound for a plain triple that no claim states.
  algebra::PatternTerm subject;  // Of the plain triple.
  algebra::Variable relation;    // Bound for a plain triple only.
  algebra::PatternTerm object;
  std::optional<algebra::Variable> certain;  // Whether the claim's time lies inside the time asked for.
};

struct CompiledQuestion {
  algebra::Query query;
  std::vector<algebra::Variable> targets;         // In the order of Meaning::targets.
  std::vector<std::optional<FactColumns>> facts;  // In the order of Meaning::facts; none for negated ones.
};

// REQUIRES: every known participant has been chosen.
CompiledQuestion Compile(const Meaning& meaning, const Catalogue& catalogue, const Snapshot& snapshot);

}  // namespace dossier::ask

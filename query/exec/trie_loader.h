// Reads the relations of a join into tries (query/exec/trie.h).
#pragma once

#include <memory>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "query/exec/run_context.h"
#include "query/exec/trie.h"
#include "query/plan/plan_node.h"

namespace dossier::exec {

// A pattern and its variables, which are the levels of its trie: the scan is sorted by them, in this order.
struct JoinRelation {
  const plan::ScanPlan* scan = nullptr;
  std::vector<algebra::Variable> variables;
};

struct LoadedTries {
  absl::flat_hash_map<algebra::Variable, ValueCodes> codes;
  std::vector<std::shared_ptr<const Trie>> tries;  // By relation; the same for equal relations.
  std::vector<uint64_t> rows;                      // By relation: how many were read.
  std::shared_ptr<MemoryReservation> memory;       // Of the codes.
  bool nothing = false;                            // Some relation has no rows; the rest is not set.
  bool gave_up = false;                            // See ForeignValues.
};

// What to do when the values of a variable are not all of one kind in the dictionary, or lie far apart there.
enum class ForeignValues : uint8_t {
  kList,    // Make a list of those that the smallest relation has.
  kGiveUp,  // Read nothing more.
};

// On all cores. Values that one relation has and another has not may be left out, as no row of the join has them.
absl::StatusOr<LoadedTries> LoadTries(const RunContext& context, const std::vector<JoinRelation>& relations,
                                      ForeignValues foreign = ForeignValues::kList);

}  // namespace dossier::exec

// Which permutations can serve a pattern, and how.
#pragma once

#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "query/algebra/node.h"
#include "query/plan/plan_node.h"
#include "query/term_space.h"
#include "storage/permutation.h"

namespace dossier::optimizer {

// The relations whose permutations hold the rows of `pattern`.
std::vector<Relation> RelationsOf(const algebra::Pattern& pattern);

// One plan for each permutation that could serve, each with the longest constant prefix.
absl::StatusOr<std::vector<plan::ScanPlan>> AllScanPlans(const algebra::Pattern& pattern, TermSpace* terms);

// The variables by which the rows of a scan are sorted.
std::vector<algebra::Variable> SortOrder(const plan::ScanPlan& scan);

// How many leading positions are constants or variables of `bound`.
size_t SeekDepth(const plan::ScanPlan& scan, const algebra::VariableSet& bound);

// The bounds of the storage's scan over the prefix and `range`.
ScanSpec SpecOf(const plan::ScanPlan& scan, const plan::IdRange& range);

// The rows between the scan's bounds, of all graphs together, where the statistics know them: all rows of a relation or
// of a predicate, without limits.
std::optional<uint64_t> KnownRows(const plan::ScanPlan& scan, const Statistics& statistics);

}  // namespace dossier::optimizer

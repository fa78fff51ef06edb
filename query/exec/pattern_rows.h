// Reads all rows of a pattern at once, for operators that keep them in a form of their own.
#pragma once

#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "query/exec/run_context.h"
#include "query/plan/plan_node.h"

namespace dossier::exec {

// Some rows of a pattern: for each column asked for `rows` ids, in the order of the permutation. Lives during the call.
struct PatternRows {
  size_t rows = 0;
  absl::Span<const TermId* const> columns;
};

// Calls `visit` with all rows of `scan` whose first column behind the constants lies in `range`, a block at a time;
// `positions` are those of the permutation's columns that are wanted. Looks for cancellation with each block. Can be
// called on several threads at once. An error of `visit` ends it.
absl::Status ReadPattern(const RunContext& context, const plan::ScanPlan& scan, absl::Span<const size_t> positions,
                         const plan::IdRange& range, absl::FunctionRef<absl::Status(const PatternRows&)> visit);

// About how many rows of the index share the constants of `scan`.
absl::StatusOr<uint64_t> EstimatedRows(const RunContext& context, const plan::ScanPlan& scan);

// Ranges of the first column behind the constants, ascending, that together cover `scan` and have about as many rows
// each: `parts` of them at most, and not so many that they would have less than `least_rows`.
inline constexpr uint64_t kRowsWorthThread = 100'000;  // Read and hardly looked at.
absl::StatusOr<std::vector<plan::IdRange>> SplitPattern(const RunContext& context, const plan::ScanPlan& scan,
                                                        size_t parts, uint64_t least_rows = kRowsWorthThread);

// The position in `scan` of each of `variables`. REQUIRES: the scan binds them.
std::vector<size_t> PositionsIn(const plan::ScanPlan& scan, absl::Span<const algebra::Variable> variables);

// The variables that `scan` binds, each once, in the order of their positions.
std::vector<algebra::Variable> VariablesOf(const plan::ScanPlan& scan);

}  // namespace dossier::exec

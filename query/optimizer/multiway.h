// Plans that join many patterns at once (query/exec/leapfrog.h), and plans that only count what a join would give
// (query/exec/count_join.h).
#pragma once

#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "query/optimizer/join_order.h"
#include "query/plan/plan_node.h"

namespace dossier::optimizer {

// Whether the rows of an input are a set of values of its variables, and there for each order of these: those of a
// pattern of quads whose graph, if it names one, is known.
bool IsPlainPattern(const JoinInput& input);

// The join of some inputs at once, in a good order of their variables. REQUIRES: they are plain patterns, each with a
// variable.
plan::PlanPtr MakeMultiwayJoin(absl::Span<const JoinInput* const> inputs, const Estimate& estimate);

// The number of rows of the join of `inputs`, all of them plain patterns, for each value of `key` or of all together,
// as each of `results`. nullptr when `key` is no variable of theirs.
plan::PlanPtr MakeCountJoin(absl::Span<const JoinInput* const> inputs, std::optional<algebra::Variable> key,
                            std::vector<algebra::Variable> results);

}  // namespace dossier::optimizer

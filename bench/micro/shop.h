// What the micro-benchmarks measure on: generated triples in a store in memory, made when first asked for. There are a
// million; the environment's DOSSIER_BENCH_TRIPLES sets another number.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "benchmark/benchmark.h"
#include "storage/snapshot.h"

namespace dossier::bench {

std::shared_ptr<const Snapshot> Shop();

// The query with the prefixes that the triples need: s: for entities, p: for properties, a for the type.
std::string WithPrefixes(absl::string_view query);

// How many solutions a group graph pattern ("{ ... }") has.
int64_t CountSolutions(absl::string_view pattern);

// Runs a SELECT query to its end in each iteration, its text parsed and its plan made outside of the clock, its rows
// left as ids. The items that a second counts are the solutions of `counted`: the rows that the operator in question
// takes in or gives out, whichever are more.
void MeasureQuery(benchmark::State& state, absl::string_view query, absl::string_view counted);

}  // namespace dossier::bench

// From a query's text to operators that can run, and from ids to the text of an answer.
#include <iterator>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "bench/micro/shop.h"
#include "query/query_engine.h"
#include "query/result/solution_writer.h"
#include "query/sparql/sparql.h"

namespace dossier::bench {
namespace {

constexpr absl::string_view kProperties[] = {"userId",   "email",       "givenName", "familyName", "gender",   "age",
                                             "location", "nationality", "birthDate", "telephone",  "jobTitle", "likes"};

// A star of so many patterns around those whom one user follows.
std::string Star(int64_t patterns) {
  std::string query = "SELECT * { s:User7 p:follows ?u ";
  for (int64_t i = 0; i + 1 < patterns; ++i) absl::StrAppend(&query, ". ?u p:", kProperties[i], " ?v", i, " ");
  return WithPrefixes(absl::StrCat(query, "}"));
}

void ParseAndBind(benchmark::State& state) {
  const std::string query = Star(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(sparql::PrepareQuery(query, {}));
  state.SetItemsProcessed(state.iterations());
}

void OptimiseAndPlan(benchmark::State& state) {
  const std::string query = Star(state.range(0));
  const auto snapshot = Shop();
  Cancellation cancellation;
  MemoryBudget memory(size_t{1} << 30);
  for (auto _ : state) {
    state.PauseTiming();
    auto bound = sparql::PrepareQuery(query, {});
    if (!bound.ok()) return state.SkipWithError("the query is wrong");
    state.ResumeTiming();
    benchmark::DoNotOptimize(Execute(std::move(bound->algebra), snapshot, {&cancellation, &memory}));
  }
  state.SetItemsProcessed(state.iterations());
}

// With reading the rows.
void WriteTsv(benchmark::State& state) {
  const std::string query = WithPrefixes("SELECT ?a ?b { ?a p:follows ?b }");
  const auto snapshot = Shop();
  int64_t bytes = 0;
  uint64_t rows = 0;
  const auto count = [&bytes](absl::string_view piece) {
    bytes += static_cast<int64_t>(piece.size());
    return absl::OkStatus();
  };
  for (auto _ : state) {
    Cancellation cancellation;
    MemoryBudget memory(size_t{1} << 30);
    const auto writer = MakeSolutionWriter(SolutionFormat::kTsv, {}, count);
    auto bound = sparql::PrepareQuery(query, {});
    const auto written = sparql::RunSolutions(*std::move(bound), snapshot, {&cancellation, &memory}, writer.get());
    if (!written.ok()) return state.SkipWithError("the query failed");
    rows += *written;
  }
  state.SetItemsProcessed(static_cast<int64_t>(rows));
  state.SetBytesProcessed(bytes);
}

static_assert(std::size(kProperties) >= 11);
BENCHMARK(ParseAndBind)->Arg(3)->Arg(11)->Unit(benchmark::kMillisecond);
BENCHMARK(OptimiseAndPlan)->Arg(3)->Arg(6)->Arg(11)->Unit(benchmark::kMillisecond);
BENCHMARK(WriteTsv)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dossier::bench

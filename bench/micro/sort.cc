// Sorting by numbers and by texts, whole and for the first ten rows.
#include "bench/micro/shop.h"

namespace dossier::bench {
namespace {

void SortByNumber(benchmark::State& state) {
  MeasureQuery(state, "SELECT ?o ?price { ?o p:price ?price } ORDER BY ?price", "{ ?o p:price ?price }");
}

void TopTenByNumber(benchmark::State& state) {
  MeasureQuery(state, "SELECT ?o ?price { ?o p:price ?price } ORDER BY DESC(?price) LIMIT 10", "{ ?o p:price ?price }");
}

void SortByText(benchmark::State& state) {
  MeasureQuery(state, "SELECT ?u ?n { ?u p:familyName ?n } ORDER BY ?n", "{ ?u p:familyName ?n }");
}

void TopTenByText(benchmark::State& state) {
  MeasureQuery(state, "SELECT ?u ?n { ?u p:email ?n } ORDER BY ?n LIMIT 10", "{ ?u p:email ?n }");
}

BENCHMARK(SortByNumber)->Unit(benchmark::kMillisecond);
BENCHMARK(TopTenByNumber)->Unit(benchmark::kMillisecond);
BENCHMARK(SortByText)->Unit(benchmark::kMillisecond);
BENCHMARK(TopTenByText)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dossier::bench

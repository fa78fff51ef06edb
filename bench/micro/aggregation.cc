// Groups and distinct rows, on sorted input and through hash tables.
#include "bench/micro/shop.h"

namespace dossier::bench {
namespace {

void GroupSortedInput(benchmark::State& state) {
  MeasureQuery(state, "SELECT ?u (COUNT(*) AS ?n) { ?f p:follows ?u } GROUP BY ?u", "{ ?f p:follows ?u }");
}

void GroupByHash(benchmark::State& state) {
  MeasureQuery(state, "SELECT ?p ?t (COUNT(*) AS ?n) { ?s ?p ?o . ?s a ?t } GROUP BY ?p ?t", "{ ?s ?p ?o . ?s a ?t }");
}

void AverageOfEachGroup(benchmark::State& state) {
  MeasureQuery(state, "SELECT ?i (AVG(?r) AS ?m) { ?i p:hasReview ?v . ?v p:rating ?r } GROUP BY ?i",
               "{ ?i p:hasReview ?v . ?v p:rating ?r }");
}

void DistinctSubjects(benchmark::State& state) {
  MeasureQuery(state, "SELECT DISTINCT ?s { ?s ?p ?o }", "{ ?s ?p ?o }");
}

void DistinctPairs(benchmark::State& state) {
  MeasureQuery(state, "SELECT DISTINCT ?t ?f { ?u p:follows ?f . ?u a ?t }", "{ ?u p:follows ?f . ?u a ?t }");
}

BENCHMARK(GroupSortedInput)->Unit(benchmark::kMillisecond);
BENCHMARK(GroupByHash)->Unit(benchmark::kMillisecond);
BENCHMARK(AverageOfEachGroup)->Unit(benchmark::kMillisecond);
BENCHMARK(DistinctSubjects)->Unit(benchmark::kMillisecond);
BENCHMARK(DistinctPairs)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dossier::bench

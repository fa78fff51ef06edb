// Joins, each on data that makes the planner choose it (EXPLAIN of the query shows which it chose).
#include "bench/micro/shop.h"

namespace dossier::bench {
namespace {

void MergeJoinOfAStar(benchmark::State& state) {
  MeasureQuery(state, "SELECT ?u ?f ?e { ?u p:follows ?f . ?u p:email ?e }", "{ ?u p:follows ?f . ?u p:email ?e }");
}

// The sides are sorted by different columns, and both are large.
void HashJoinOfAChain(benchmark::State& state) {
  MeasureQuery(state, "SELECT ?u ?g { ?u p:makesPurchase ?b . ?b p:purchaseFor ?i . ?i p:genre ?g }",
               "{ ?u p:makesPurchase ?b . ?b p:purchaseFor ?i . ?i p:genre ?g }");
}

void IndexJoinsFromOneEntity(benchmark::State& state) {
  MeasureQuery(state, "SELECT * { s:User7 p:follows ?f . ?f p:likes ?l . ?l p:name ?n }",
               "{ s:User7 p:follows ?f . ?f p:likes ?l . ?l p:name ?n }");
}

void CyclicJoin(benchmark::State& state) {
  MeasureQuery(state, "SELECT (COUNT(*) AS ?n) { ?a p:follows ?b . ?b p:follows ?c . ?a p:follows ?c }",
               "{ ?a p:follows ?b . ?b p:follows ?c . ?a p:follows ?c }");
}

void OptionalOfAll(benchmark::State& state) {
  MeasureQuery(state, "SELECT ?u ?a ?j { ?u p:userId ?i OPTIONAL { ?u p:age ?a } OPTIONAL { ?u p:jobTitle ?j } }",
               "{ ?u p:userId ?i }");
}

void OptionalOnFewRows(benchmark::State& state) {
  MeasureQuery(state, "SELECT * { s:User7 p:follows ?f OPTIONAL { ?f p:likes ?l . ?l p:name ?n } }",
               "{ s:User7 p:follows ?f }");
}

void ReachableFromOneEntity(benchmark::State& state) {
  MeasureQuery(state, "SELECT (COUNT(*) AS ?n) { s:User7 p:follows+ ?u }", "{ s:User7 p:follows+ ?u }");
}

BENCHMARK(MergeJoinOfAStar)->Unit(benchmark::kMillisecond);
BENCHMARK(HashJoinOfAChain)->Unit(benchmark::kMillisecond);
BENCHMARK(IndexJoinsFromOneEntity)->Unit(benchmark::kMillisecond);
BENCHMARK(CyclicJoin)->Unit(benchmark::kMillisecond);
BENCHMARK(OptionalOfAll)->Unit(benchmark::kMillisecond);
BENCHMARK(OptionalOnFewRows)->Unit(benchmark::kMillisecond);
BENCHMARK(ReachableFromOneEntity)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dossier::bench

// Scans: counted in the index, read whole, in a range of values, through filters.
#include "bench/micro/shop.h"

namespace dossier::bench {
namespace {

void ReadAllTriples(benchmark::State& state) { MeasureQuery(state, "SELECT * { ?s ?p ?o }", "{ ?s ?p ?o }"); }

void CountAllTriples(benchmark::State& state) {
  MeasureQuery(state, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "{ ?s ?p ?o }");
}

void CountsOfEachProperty(benchmark::State& state) {
  MeasureQuery(state, "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p", "{ ?s ?p ?o }");
}

void ValuesInARange(benchmark::State& state) {
  MeasureQuery(state, "SELECT ?r { ?r p:rating ?n FILTER(?n >= 5) }", "{ ?r p:rating ?n FILTER(?n >= 5) }");
}

// Neither value leads an order of the index, so each row goes through the filter.
void FilterOnTwoColumns(benchmark::State& state) {
  MeasureQuery(state, "SELECT ?a { ?a p:follows ?b FILTER(?a != ?b) }", "{ ?a p:follows ?b }");
}

void FilterByRegularExpression(benchmark::State& state) {
  MeasureQuery(state, "SELECT ?r { ?r p:text ?t FILTER regex(?t, \"ka[a-z]*lo\") }", "{ ?r p:text ?t }");
}

BENCHMARK(ReadAllTriples)->Unit(benchmark::kMillisecond);
BENCHMARK(CountAllTriples)->Unit(benchmark::kMillisecond);
BENCHMARK(CountsOfEachProperty)->Unit(benchmark::kMillisecond);
BENCHMARK(ValuesInARange)->Unit(benchmark::kMillisecond);
BENCHMARK(FilterOnTwoColumns)->Unit(benchmark::kMillisecond);
BENCHMARK(FilterByRegularExpression)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dossier::bench

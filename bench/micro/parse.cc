// From text to trees and statements: SPARQL, questions, N-Triples.
#include <string>

#include "bench/micro/shop.h"
#include "query/ask/parser.h"
#include "query/sparql/parser.h"
#include "rdf/line_parser.h"
#include "rdf/ntriples_format.h"

namespace dossier::bench {
namespace {

void ParseSparql(benchmark::State& state) {
  const std::string query = WithPrefixes(
      "SELECT ?u (COUNT(?f) AS ?n) { ?u p:follows ?f ; p:age ?a . ?f p:likes ?l OPTIONAL { ?l p:name ?t } "
      "FILTER(?u != ?f && regex(?t, \"ka\")) } GROUP BY ?u ORDER BY DESC(?n) LIMIT 10");
  for (auto _ : state) benchmark::DoNotOptimize(sparql::ParseQuery(query, ""));
  state.SetItemsProcessed(state.iterations());
}

void ParseQuestion(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(ask::ParseStatement("who met someone who visited Rome in May 2019 but not in 2020"));
  }
  state.SetItemsProcessed(state.iterations());
}

void ParseNTriples(benchmark::State& state) {
  std::string text;
  const auto snapshot = Shop();
  auto cursor = snapshot->Scan({});
  RowBlock block;
  if (!cursor.ok() || !*(*cursor)->Next(&block)) return state.SkipWithError("there are no triples");
  for (size_t row = 0; row < block.rows; ++row) {
    for (size_t column = 0; column < 3; ++column) {
      AppendNTriples(*snapshot->GetTerm(block.columns[column][row]), &text);
      text.push_back(' ');
    }
    text.append(".\n");
  }
  for (auto _ : state) {
    LineParser parser(text, /*with_graphs=*/false);
    RawQuad quad;
    while (parser.Next(&quad) == LineParser::Result::kQuad) benchmark::DoNotOptimize(quad.object.text.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(block.rows));
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
}

BENCHMARK(ParseSparql)->Unit(benchmark::kMillisecond);
BENCHMARK(ParseQuestion)->Unit(benchmark::kMillisecond);
BENCHMARK(ParseNTriples)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dossier::bench

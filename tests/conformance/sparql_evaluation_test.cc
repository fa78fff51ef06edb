// Runs every evaluation test of the W3C suites for SPARQL queries, by the optimised engine and by the plain one. The
// suites are not part of the project: without them the tests say that they were skipped. Tests that have to be left out
// stand in skip_list.txt with the specification's section; one that passes must not stand there.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "query/query_engine.h"
#include "query/sparql/bind.h"
#include "query/sparql/construct.h"
#include "query/sparql/parser.h"
#include "rdf/ntriples_format.h"
#include "rdf/reader.h"
#include "storage/store.h"
#include "tests/conformance/manifest.h"
#include "tests/conformance/result_set.h"
#include "tests/conformance/solution_match.h"
#include "tests/support/isomorphism.h"

namespace dossier {
namespace {

std::string ReadText(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string Lines(const std::vector<Quad>& quads) {
  std::string text;
  for (const Quad& quad : quads) AppendStatement(quad, &text);
  return text;
}

// A result, whatever the form of the query.
struct Result {
  SolutionTable table;
  std::optional<std::vector<Quad>> graph;  // CONSTRUCT.
  bool ordered = false;
};

// Adds the file's quads to `quads`; those without a graph go into `graph`.
absl::Status ReadData(const ConformanceTest& test, const std::filesystem::path& file, const std::optional<Term>& graph,
                      std::vector<Quad>* quads) {
  ReaderOptions options;
  options.base = test.IriOf(file);
  options.blank_node_prefix = absl::StrCat("f", quads->size(), "_");
  return ReadRdfFile(file.string(), options, [&](Quad&& quad) {
    if (!quad.graph.has_value()) quad.graph = graph;
    quads->push_back(std::move(quad));
    return absl::OkStatus();
  });
}

absl::StatusOr<std::unique_ptr<Store>> LoadData(const ConformanceTest& test,
                                                const sparql::ast::DatasetClause& dataset) {
  std::vector<Quad> quads;
  for (const auto& file : test.data.default_graph) DOSSIER_RETURN_IF_ERROR(ReadData(test, file, std::nullopt, &quads));
  for (const auto& [name, file] : test.data.graphs) {
    DOSSIER_RETURN_IF_ERROR(ReadData(test, file, Term::Iri(name), &quads));
  }
  std::vector<sparql::ast::Iri> named = dataset.default_graphs;
  named.insert(named.end(), dataset.named_graphs.begin(), dataset.named_graphs.end());
  std::set<std::string> loaded;
  for (const sparql::ast::Iri& graph : named) {
    if (!loaded.insert(graph.iri).second) continue;
    DOSSIER_RETURN_IF_ERROR(ReadData(test, test.FileOf(graph.iri), Term::Iri(graph.iri), &quads));
  }
  std::unique_ptr<Store> store = NewMemoryStore();
  DOSSIER_RETURN_IF_ERROR(store->Commit({quads, {}}).status());
  return store;
}

absl::Status ReadRows(ResultCursor* cursor, SolutionTable* table) {
  RowBatch batch;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&batch));
    if (!more) return absl::OkStatus();
    for (size_t row = 0; row < batch.rows; ++row) {
      std::vector<std::optional<Term>>& cells = table->rows.emplace_back();
      for (const auto& column : batch.columns) {
        cells.emplace_back();
        if (column[row].is_undefined()) continue;
        DOSSIER_ASSIGN_OR_RETURN(const Term* const term, cursor->terms().Get(column[row]));
        cells.back() = *term;
      }
    }
  }
}

absl::StatusOr<Result> Answer(const ConformanceTest& test, bool optimize) {
  const std::string text = ReadText(test.action);
  DOSSIER_ASSIGN_OR_RETURN(const sparql::ast::Query query, sparql::ParseQuery(text, test.base));
  DOSSIER_ASSIGN_OR_RETURN(sparql::BoundQuery bound, sparql::BindQuery(query, text));
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<Store> store, LoadData(test, query.dataset));
  Cancellation cancellation;
  MemoryBudget memory(size_t{64} << 20);
  const QueryContext context{&cancellation, &memory, optimize};
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ResultCursor> cursor,
                           Execute(std::move(bound.algebra), store->GetSnapshot(), context));
  Result result;
  result.table.columns = bound.columns;
  result.ordered = !query.body.order_by.empty();
  if (query.form == sparql::ast::Query::Form::kConstruct) {
    result.graph.emplace();
    DOSSIER_RETURN_IF_ERROR(sparql::Construct(bound.construct, cursor.get(), context, [&](Quad&& quad) {
      result.graph->push_back(std::move(quad));
      return absl::OkStatus();
    }));
    return result;
  }
  DOSSIER_RETURN_IF_ERROR(ReadRows(cursor.get(), &result.table));
  if (query.form == sparql::ast::Query::Form::kAsk) {
    result.table.boolean = !result.table.rows.empty();
    result.table.rows.clear();
  }
  return result;
}

std::optional<SolutionFormat> FormatOf(const std::filesystem::path& file) {
  const std::string extension = file.extension().string();
  if (extension == ".srx") return SolutionFormat::kXml;
  if (extension == ".srj") return SolutionFormat::kJson;
  if (extension == ".csv") return SolutionFormat::kCsv;
  if (extension == ".tsv") return SolutionFormat::kTsv;
  return std::nullopt;
}

absl::StatusOr<Result> Expected(const ConformanceTest& test) {
  Result result;
  if (const std::optional<SolutionFormat> format = FormatOf(test.result); format.has_value()) {
    DOSSIER_ASSIGN_OR_RETURN(result.table, ReadSolutions(ReadText(test.result), *format, test.result.string()));
    result.ordered = true;
    return result;
  }
  std::vector<Quad> quads;
  DOSSIER_RETURN_IF_ERROR(ReadData(test, test.result, std::nullopt, &quads));
  if (std::optional<ResultSet> set = ReadResultSet(quads); set.has_value()) {
    result.table = std::move(set->table);
    result.ordered = set->ordered;
  } else {
    result.graph = std::move(quads);
  }
  return result;
}

// What went wrong, or nullopt when the test passes.
std::optional<std::string> Failure(const ConformanceTest& test, bool optimize) {
  const absl::StatusOr<Result> actual = Answer(test, optimize);
  if (!actual.ok()) return absl::StrCat("no answer: ", actual.status().ToString());
  const absl::StatusOr<Result> expected = Expected(test);
  if (!expected.ok()) return absl::StrCat("the expected result was not read: ", expected.status().ToString());
  if (actual->graph.has_value() != expected->graph.has_value()) return "a graph was to be compared with a table";
  if (actual->graph.has_value()) {
    if (AreIsomorphic(*actual->graph, *expected->graph)) return std::nullopt;
    return absl::StrCat("got:\n", Lines(*actual->graph), "expected:\n", Lines(*expected->graph));
  }
  SolutionMatch match;
  match.ordered = actual->ordered && expected->ordered;
  match.distinct = test.lax_cardinality;
  match.lexical_only = test.result.extension() == ".csv";
  if (SameSolutions(actual->table, expected->table, match)) return std::nullopt;
  return absl::StrCat("got:\n", ToText(actual->table), "expected", match.ordered ? " in this order:\n" : ":\n",
                      ToText(expected->table));
}

std::optional<std::string> Failure(const ConformanceTest& test) {
  for (const bool optimize : {true, false}) {
    if (std::optional<std::string> failure = Failure(test, optimize); failure.has_value()) {
      return absl::StrCat(optimize ? "" : "(without the optimiser) ", *failure);
    }
  }
  return std::nullopt;
}

// Of the protocol, of other servers, of entailment: not about queries alone.
bool IsApart(const ConformanceTest& test) {
  return absl::StrContains(test.id, "/entailment/") || absl::StrContains(test.id, "/service/") ||
         absl::StrContains(test.id, "/protocol/") || absl::StrContains(test.id, "/http-rdf-update/") ||
         absl::StrContains(test.id, "/graph-store-protocol/") || absl::StrContains(test.id, "/service-description/");
}

class SparqlEvaluation : public ::testing::TestWithParam<const char*> {};

TEST_P(SparqlEvaluation, PassesEveryTestOfTheSuite) {
  const std::filesystem::path folder = W3cFolder();
  if (folder.empty()) GTEST_SKIP() << "the W3C test suites are not here; set W3C_TESTS to their folder";
  const std::string suite = GetParam();
  const auto tests = ReadManifests(folder / "sparql" / suite, suite);
  ASSERT_TRUE(tests.ok()) << tests.status();
  ASSERT_FALSE(tests->empty());
  const auto skipped = ReadSkipList(std::filesystem::path(DOSSIER_SOURCE_DIR) / "tests/conformance/skip_list.txt");
  ASSERT_TRUE(skipped.ok()) << skipped.status();
  const char* const only = std::getenv("DOSSIER_ONLY_TEST");
  size_t passed = 0;
  size_t left_out = 0;
  for (const ConformanceTest& test : *tests) {
    if (test.type != "QueryEvaluationTest" && test.type != "CSVResultFormatTest") continue;
    if (IsApart(test) || (only != nullptr && !absl::StrContains(test.id, only))) continue;
    const std::optional<std::string> failure = Failure(test);
    if (skipped->count(test.id) != 0) {
      ++left_out;
      EXPECT_TRUE(failure.has_value()) << test.id << " passes: it must not stand in the skip list";
    } else if (failure.has_value()) {
      ADD_FAILURE() << test.id << ": " << *failure << "\n" << ReadText(test.action);
    } else {
      ++passed;
    }
  }
  EXPECT_GT(passed, 0U);
  std::cout << suite << ": " << passed << " pass";
  if (left_out > 0) std::cout << ", " << left_out << " left out with a reason";
  std::cout << std::endl;
}

INSTANTIATE_TEST_SUITE_P(W3c, SparqlEvaluation, ::testing::Values("sparql10", "sparql11", "sparql12"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace dossier

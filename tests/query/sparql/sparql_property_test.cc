// Random queries on random data: both engines against the definitions of the algebra, and what the specification says
// of GRAPH and FROM against the binder. DOSSIER_PROPERTY_SEED and DOSSIER_PROPERTY_RUNS choose other cases than the
// usual ones; a failure prints its seed, the query and its algebra.
#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/status_macros.h"
#include "gtest/gtest.h"
#include "query/query_engine.h"
#include "query/reference/reference_evaluator.h"
#include "query/sparql/bind.h"
#include "query/sparql/parser.h"
#include "storage/store.h"
#include "tests/support/random_query.h"
#include "tests/support/random_sparql.h"

namespace dossier {
namespace {

// Solutions as text, with names and terms in place of ids, sorted.
using Rows = std::vector<std::string>;

constexpr size_t kTooManyRows = 5000;

uint64_t NumberFromEnvironment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

absl::StatusOr<algebra::Query> Bind(const std::string& text) {
  DOSSIER_ASSIGN_OR_RETURN(const sparql::ast::Query query, sparql::ParseQuery(text, "http://example.org/"));
  DOSSIER_ASSIGN_OR_RETURN(sparql::BoundQuery bound, sparql::BindQuery(query, text));
  return std::move(bound.algebra);
}

std::string RowOf(std::vector<std::string> cells) {
  std::sort(cells.begin(), cells.end());
  return absl::StrJoin(cells, " ");
}

absl::StatusOr<std::string> Cell(const std::string& name, TermId id, TermSpace* terms) {
  DOSSIER_ASSIGN_OR_RETURN(const Term* const term, terms->Get(id));
  return absl::StrCat(name, "=", term->ToString());
}

absl::StatusOr<Rows> RunByDefinition(const algebra::Query& query, const std::shared_ptr<const Snapshot>& snapshot) {
  TermSpace terms(snapshot);
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<Solution> solutions, EvaluateByDefinition(*query.root, &terms));
  Rows rows;
  for (const Solution& solution : solutions) {
    std::vector<std::string> cells;
    for (const auto& [variable, id] : solution) {
      DOSSIER_ASSIGN_OR_RETURN(cells.emplace_back(), Cell(query.variables.name(variable), id, &terms));
    }
    rows.push_back(RowOf(std::move(cells)));
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

absl::StatusOr<Rows> RunEngine(algebra::Query query, const std::shared_ptr<const Snapshot>& snapshot, bool optimize) {
  Cancellation cancellation;
  MemoryBudget memory(size_t{1} << 28);
  const QueryContext context{&cancellation, &memory, optimize};
  DOSSIER_ASSIGN_OR_RETURN(const auto cursor, Execute(std::move(query), snapshot, context));
  Rows rows;
  RowBatch batch;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&batch));
    if (!more) break;
    for (size_t row = 0; row < batch.rows; ++row) {
      std::vector<std::string> cells;
      for (size_t i = 0; i < batch.columns.size(); ++i) {
        const TermId id = batch.columns[i][row];
        if (id.is_undefined()) continue;
        const std::string& name = cursor->variable_table().name(cursor->variables()[i]);
        DOSSIER_ASSIGN_OR_RETURN(cells.emplace_back(), Cell(name, id, &cursor->terms()));
      }
      rows.push_back(RowOf(std::move(cells)));
    }
    if (rows.size() > 20 * kTooManyRows) return absl::ResourceExhaustedError("too many rows");
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

absl::StatusOr<Rows> Answer(const std::string& text, const std::shared_ptr<const Snapshot>& snapshot) {
  DOSSIER_ASSIGN_OR_RETURN(algebra::Query query, Bind(text));
  return RunEngine(std::move(query), snapshot, true);
}

std::shared_ptr<const Snapshot> StoreOf(const std::vector<Quad>& quads) {
  const std::unique_ptr<Store> store = NewMemoryStore();
  EXPECT_TRUE(store->Commit({quads, {}}).ok());
  return store->GetSnapshot();
}

std::string AlgebraOf(const std::string& text) {
  const absl::StatusOr<algebra::Query> query = Bind(text);
  return query.ok() ? algebra::ToString(*query->root, query->variables) : query.status().ToString();
}

// Calls `check` with seeds and random data; it returns whether the query had an answer. At least one in twenty must
// have.
template <typename Check>
void OnSeeds(uint64_t usual_runs, Check check) {
  const uint64_t first = NumberFromEnvironment("DOSSIER_PROPERTY_SEED", 1);
  const uint64_t runs = NumberFromEnvironment("DOSSIER_PROPERTY_RUNS", usual_runs);
  uint64_t answered = 0;
  for (uint64_t seed = first; seed < first + runs && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    answered += check(seed, RandomData(seed / 20).Quads(15 + seed / 20 % 20)) ? 1 : 0;
  }
  if (runs >= 30) {
    EXPECT_GE(answered, runs / 20);
  }
}

TEST(SparqlProperty, EnginesAgreeWithTheDefinitionsOnRandomQueries) {
  OnSeeds(60, [](uint64_t seed, const std::vector<Quad>& quads) {
    const std::string text = RandomSparql(seed).Select(2);
    const absl::StatusOr<algebra::Query> query = Bind(text);
    EXPECT_TRUE(query.ok()) << query.status() << "\n" << text;
    if (!query.ok()) return false;
    const std::shared_ptr<const Snapshot> snapshot = StoreOf(quads);
    const absl::StatusOr<Rows> plain = RunEngine({Clone(*query->root), query->variables}, snapshot, false);
    if (absl::IsResourceExhausted(plain.status()) || (plain.ok() && plain->size() > kTooManyRows)) return false;
    const absl::StatusOr<Rows> expected = RunByDefinition(*query, snapshot);
    const absl::StatusOr<Rows> optimised = RunEngine({Clone(*query->root), query->variables}, snapshot, true);
    EXPECT_TRUE(expected.ok() && plain.ok() && optimised.ok())
        << expected.status() << plain.status() << optimised.status() << "\n"
        << text;
    if (!expected.ok() || !plain.ok() || !optimised.ok()) return false;
    EXPECT_EQ(*plain, *expected) << text << "\n" << AlgebraOf(text);
    EXPECT_EQ(*optimised, *expected) << text << "\n" << AlgebraOf(text);
    return !expected->empty();
  });
}

// The IRIs of the named graphs.
std::set<std::string> GraphsOf(const std::vector<Quad>& quads) {
  std::set<std::string> graphs;
  for (const Quad& quad : quads) {
    if (quad.graph.has_value()) graphs.insert(quad.graph->ToString());
  }
  return graphs;
}

TEST(SparqlProperty, AGraphWithAVariableIsTheUnionOverTheNamedGraphs) {
  OnSeeds(30, [](uint64_t seed, const std::vector<Quad>& quads) {
    const std::string group = RandomSparql(seed).Group(2);
    const std::string text = absl::StrCat("SELECT * { GRAPH ?a ", group, " }");
    const std::shared_ptr<const Snapshot> snapshot = StoreOf(quads);
    const absl::StatusOr<Rows> actual = Answer(text, snapshot);
    if (absl::IsResourceExhausted(actual.status())) return false;
    EXPECT_TRUE(actual.ok()) << actual.status() << "\n" << text;
    if (!actual.ok()) return false;
    Rows expected;
    for (const std::string& graph : GraphsOf(quads)) {
      const std::string one = absl::StrCat("SELECT * { GRAPH ", graph, " ", group, " VALUES ?a { ", graph, " } }");
      const absl::StatusOr<Rows> rows = Answer(one, snapshot);
      EXPECT_TRUE(rows.ok()) << rows.status() << "\n" << one;
      if (rows.ok()) expected.insert(expected.end(), rows->begin(), rows->end());
    }
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(*actual, expected) << text << "\n" << AlgebraOf(text);
    return !expected.empty();
  });
}

TEST(SparqlProperty, FromMergesGraphsAndFromNamedChoosesAmongThem) {
  OnSeeds(60, [](uint64_t seed, const std::vector<Quad>& quads) {
    const Term first = RandomData(seed).Graph();
    const Term second = RandomData(seed + 1).Graph();
    const Term named = RandomData(seed + 2).Graph();
    const std::string group = RandomSparql(seed).Group(2);
    const std::string text = absl::StrCat("SELECT * FROM ", first.ToString(), " FROM ", second.ToString(),
                                          " FROM NAMED ", named.ToString(), " ", group);
    const absl::StatusOr<Rows> actual = Answer(text, StoreOf(quads));
    if (absl::IsResourceExhausted(actual.status())) return false;
    // The dataset itself, in a store of its own.
    std::vector<Quad> dataset;
    for (const Quad& quad : quads) {
      if (quad.graph == named) dataset.push_back(quad);
      if (quad.graph != first && quad.graph != second) continue;
      dataset.push_back(quad);
      dataset.back().graph.reset();
    }
    // A graph without triples is in no store.
    if (!GraphsOf(dataset).contains(named.ToString())) return false;
    const absl::StatusOr<Rows> expected = Answer(absl::StrCat("SELECT * ", group), StoreOf(dataset));
    EXPECT_TRUE(actual.ok() && expected.ok()) << actual.status() << expected.status() << "\n" << text;
    if (!actual.ok() || !expected.ok()) return false;
    EXPECT_EQ(*actual, *expected) << text << "\n" << AlgebraOf(text);
    return !expected->empty();
  });
}

}  // namespace
}  // namespace dossier

// The engine, optimised and not, against the definitions, on random data and random algebra. DOSSIER_PROPERTY_SEED and
// DOSSIER_PROPERTY_RUNS choose other cases than the usual ones; a failure prints its seed and the query.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "query/algebra/node.h"
#include "query/expr/evaluator.h"
#include "query/query_engine.h"
#include "query/reference/reference_evaluator.h"
#include "storage/memory/reference_store.h"
#include "tests/support/random_query.h"

namespace dossier {
namespace {

// A solution with terms in place of ids, which differ from run to run.
using Row = std::string;
using Rows = std::vector<Row>;

uint64_t NumberFromEnvironment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

absl::StatusOr<std::string> Cell(const std::string& name, TermId id, TermSpace* terms) {
  absl::StatusOr<const Term*> term = terms->Get(id);
  if (!term.ok()) return term.status();
  return absl::StrCat(name, "=", (*term)->ToString());
}

absl::StatusOr<Rows> RunByDefinition(const algebra::Query& query, const std::shared_ptr<const Snapshot>& snapshot) {
  TermSpace terms(snapshot);
  absl::StatusOr<std::vector<Solution>> solutions = EvaluateByDefinition(*query.root, &terms);
  if (!solutions.ok()) return solutions.status();
  Rows rows;
  for (const Solution& solution : *solutions) {
    std::vector<std::string> cells;
    for (const auto& [variable, id] : solution) {
      absl::StatusOr<std::string> cell = Cell(query.variables.name(variable), id, &terms);
      if (!cell.ok()) return cell.status();
      cells.push_back(*std::move(cell));
    }
    std::sort(cells.begin(), cells.end());
    rows.push_back(absl::StrJoin(cells, " "));
  }
  return rows;
}

struct Way {
  std::string name;
  bool optimize = false;
  size_t threads = 1;
};

absl::StatusOr<Rows> RunEngine(const algebra::Query& query, std::shared_ptr<const Snapshot> snapshot, const Way& way,
                               std::string* plan) {
  Cancellation cancellation;
  MemoryBudget memory(size_t{1} << 30);
  QueryContext context{&cancellation, &memory, way.optimize};
  context.threads = way.threads;
  context.split_always = true;
  auto cursor = Execute({algebra::Clone(*query.root), query.variables}, std::move(snapshot), context);
  if (!cursor.ok()) return cursor.status();
  *plan = (*cursor)->DescribePlan(false);
  Rows rows;
  RowBatch batch;
  while (true) {
    absl::StatusOr<bool> more = (*cursor)->Next(&batch);
    if (!more.ok()) return more.status();
    if (!*more) break;
    for (size_t row = 0; row < batch.rows; ++row) {
      std::vector<std::string> cells;
      for (size_t i = 0; i < batch.columns.size(); ++i) {
        if (batch.columns[i][row].is_undefined()) continue;
        absl::StatusOr<std::string> cell =
            Cell(query.variables.name((*cursor)->variables()[i]), batch.columns[i][row], &(*cursor)->terms());
        if (!cell.ok()) return cell.status();
        cells.push_back(*std::move(cell));
      }
      std::sort(cells.begin(), cells.end());
      rows.push_back(absl::StrJoin(cells, " "));
    }
  }
  return rows;
}

// The store's own answers are checked by turning between the reference store and the one of blocks in memory.
std::shared_ptr<const Snapshot> StoreOf(uint64_t seed, size_t quads) {
  const std::unique_ptr<Store> store = seed % 2 == 0 ? NewReferenceStore() : NewMemoryStore();
  EXPECT_TRUE(store->Commit({RandomData(seed).Quads(quads), {}}).ok());
  return store->GetSnapshot();
}

// The query with all its variables as sort keys, so that only one order is right, and perhaps a slice of that.
algebra::Query Sorted(algebra::Query query, uint64_t seed) {
  algebra::OrderBy order;
  for (const algebra::Variable variable : algebra::VariablesInScope(*query.root)) {
    order.keys.push_back({Expression::Var(variable), (seed + variable.index) % 2 == 0});
  }
  order.input = std::move(query.root);
  query.root = algebra::MakeNode(std::move(order));
  if (seed % 3 > 0) {
    query.root = algebra::MakeNode(algebra::Slice{
        std::move(query.root), seed % 5, seed % 3 == 1 ? std::optional<uint64_t>(seed % 7 + 1) : std::nullopt});
  }
  return query;
}

// Compares the engine in both ways with the definitions, on as many seeds as are wanted; at least a fifth of
// the questions have to have answers.
template <typename MakeQuery>
void CompareOnSeeds(uint64_t usual_runs, bool ordered, MakeQuery make_query) {
  const uint64_t first = NumberFromEnvironment("DOSSIER_PROPERTY_SEED", 1);
  const uint64_t runs = NumberFromEnvironment("DOSSIER_PROPERTY_RUNS", usual_runs);
  uint64_t answered = 0;
  std::shared_ptr<const Snapshot> snapshot;
  for (uint64_t seed = first; seed < first + runs; ++seed) {
    if (snapshot == nullptr || seed % 20 == 0) snapshot = StoreOf(seed / 20, 20 + seed / 20 % 40);
    const algebra::Query query = make_query(seed);
    absl::StatusOr<Rows> expected = RunByDefinition(query, snapshot);
    ASSERT_TRUE(expected.ok()) << expected.status();
    if (expected->size() > 20000) continue;
    answered += expected->empty() ? 0 : 1;
    if (!ordered) std::sort(expected->begin(), expected->end());
    for (const Way& way : {Way{"as written"}, Way{"optimised", true}, Way{"on three threads", true, 3}}) {
      std::string plan;
      absl::StatusOr<Rows> rows = RunEngine(query, snapshot, way, &plan);
      ASSERT_TRUE(rows.ok()) << rows.status();
      if (!ordered) std::sort(rows->begin(), rows->end());
      ASSERT_EQ(*rows, *expected) << "seed " << seed << ", " << way.name << "\n"
                                  << algebra::ToString(*query.root, query.variables) << "\n"
                                  << plan;
    }
  }
  const bool usual_seeds = std::getenv("DOSSIER_PROPERTY_SEED") == nullptr;
  EXPECT_TRUE(!usual_seeds || answered * 5 > runs)
      << answered << " of the questions had answers; that is too few to mean much";
}

TEST(EngineProperty, OptimisedAndPlainEnginesAgreeWithTheDefinitions) {
  CompareOnSeeds(120, false, [](uint64_t seed) { return RandomAlgebra(seed).Query(3); });
}

TEST(EngineProperty, SortedAndSlicedAnswersComeInTheOrderOfTheDefinitions) {
  CompareOnSeeds(120, true, [](uint64_t seed) { return Sorted(RandomAlgebra(seed).Query(2), seed); });
}

// Graphs of nodes of one kind, with paths long enough that their edges are kept in memory on the way.
class RandomPaths {
 public:
  explicit RandomPaths(uint64_t seed) : random_(seed) {}

  std::vector<Quad> Edges() {
    std::vector<Quad> quads;
    for (size_t i = 0; i < kEdges; ++i) {
      Quad quad{Node(), Link(), Node(), std::nullopt};
      if (Below(6) == 0) quad.graph = Term::Iri("http://example.org/g");
      quads.push_back(quad);
    }
    // Sometimes with ends that are no nodes like the others.
    if (Below(3) == 0) quads.push_back({Node(), Link(), Term::String("an end"), std::nullopt});
    return quads;
  }

  algebra::Query Query() {
    algebra::Query query;
    algebra::Path path;
    path.subject = Below(2) == 0 ? algebra::PatternTerm(Node()) : query.variables.Named("a");
    path.object = Below(2) == 0 ? algebra::PatternTerm(Node()) : query.variables.Named("b");
    path.path = Closure(2);
    if (Below(2) == 0) path.graph.kind = algebra::GraphSelector::Kind::kAll;
    query.root = algebra::MakeNode(std::move(path));
    return query;
  }

 private:
  static constexpr size_t kEdges = 70;

  size_t Below(size_t end) { return std::uniform_int_distribution<size_t>(0, end - 1)(random_); }
  Term Node() { return Term::Iri(absl::StrCat("http://example.org/n", Below(40))); }
  Term Link() { return Term::Iri(absl::StrCat("http://example.org/p", Below(2))); }

  algebra::PathExpression Closure(size_t depth) {
    using Kind = algebra::PathExpression::Kind;
    constexpr Kind kKinds[] = {Kind::kOneOrMore, Kind::kZeroOrMore, Kind::kInverse, Kind::kAlternative,
                               Kind::kSequence};
    algebra::PathExpression path;
    if (depth == 0) {
      path.link = Link();
      return path;
    }
    path.kind = kKinds[Below(depth == 2 ? 2 : 5)];
    path.operands.push_back(Closure(depth - 1));
    if (path.kind == Kind::kAlternative || path.kind == Kind::kSequence) path.operands.push_back(Closure(depth - 1));
    return path;
  }

  std::mt19937_64 random_;
};

TEST(EngineProperty, LongPathsAgreeWithTheDefinitions) {
  uint64_t answered = 0;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    RandomPaths random(seed);
    const std::unique_ptr<Store> store = NewMemoryStore();
    ASSERT_TRUE(store->Commit({random.Edges(), {}}).ok());
    const algebra::Query query = random.Query();
    absl::StatusOr<Rows> expected = RunByDefinition(query, store->GetSnapshot());
    ASSERT_TRUE(expected.ok()) << expected.status();
    std::string plan;
    absl::StatusOr<Rows> rows = RunEngine(query, store->GetSnapshot(), {"optimised", true}, &plan);
    ASSERT_TRUE(rows.ok()) << rows.status();
    std::sort(expected->begin(), expected->end());
    std::sort(rows->begin(), rows->end());
    ASSERT_EQ(*rows, *expected) << "seed " << seed << "\n" << plan;
    answered += expected->empty() ? 0 : 1;
  }
  EXPECT_GT(answered, 30U);
}

}  // namespace
}  // namespace dossier

// How fast the operators of the engine are, one question for each, over a million made-up triples in memory.
// DOSSIER_BENCH_TRIPLES sets another number. With --benchmark_filter one can be measured alone.
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bench/triple_generator.h"
#include "benchmark/benchmark.h"
#include "query/query_engine.h"
#include "rdf/vocabulary.h"
#include "storage/store.h"

namespace dossier::bench {
namespace {

using algebra::MakeNode;
using algebra::NodePtr;
using algebra::PatternTerm;
using algebra::Variable;

std::shared_ptr<const Snapshot> Triples() {
  static const std::unique_ptr<Store> store = [] {
    const char* wanted = std::getenv("DOSSIER_BENCH_TRIPLES");
    GeneratorOptions options;
    options.triples = wanted == nullptr ? 1'000'000 : std::strtoull(wanted, nullptr, 10);
    auto loaded = NewMemoryStore();
    const auto summary =
        loaded->BulkLoad([&](QuadSink sink) { return GenerateTriples(options, sink); }, BulkLoadOptions());
    if (!summary.ok()) std::abort();
    return loaded;
  }();
  return store->GetSnapshot();
}

Term Property(absl::string_view name) { return Term::Iri(absl::StrCat("http://example.org/shop/property/", name)); }

// A question in the making.
class Question {
 public:
  PatternTerm Var(absl::string_view name) { return query_.variables.Named(name); }
  Variable Column(absl::string_view name) { return query_.variables.Named(name); }

  Question& Where(PatternTerm subject, PatternTerm predicate, PatternTerm object) {
    algebra::Pattern pattern;
    pattern.subject = std::move(subject);
    pattern.predicate = std::move(predicate);
    pattern.object = std::move(object);
    patterns_.patterns.push_back(std::move(pattern));
    return *this;
  }
  NodePtr Patterns() { return MakeNode(std::exchange(patterns_, algebra::Bgp())); }

  // Counts the rows of `node`, so that nothing but the operators is measured.
  algebra::Query Count(NodePtr node, std::vector<Variable> keys = {}) {
    Aggregate count;
    count.result = query_.variables.Named("count");
    query_.root = MakeNode(algebra::Group{std::move(node), std::move(keys), {count}});
    return std::move(query_);
  }
  algebra::Query All(NodePtr node) {
    query_.root = std::move(node);
    return std::move(query_);
  }

 private:
  algebra::Query query_;
  algebra::Bgp patterns_;
};

template <typename Make>
void Measure(benchmark::State& state, Make make) {
  const std::shared_ptr<const Snapshot> snapshot = Triples();
  std::string plan;
  int64_t rows = 0;
  for (auto _ : state) {
    Cancellation cancellation;
    MemoryBudget memory(size_t{4} << 30);
    auto cursor = Execute(make(), snapshot, {&cancellation, &memory});
    if (!cursor.ok()) return state.SkipWithError(cursor.status().ToString().c_str());
    RowBatch batch;
    while (true) {
      const auto more = (*cursor)->Next(&batch);
      if (!more.ok()) return state.SkipWithError(more.status().ToString().c_str());
      if (!*more) break;
      rows += static_cast<int64_t>(batch.rows);
    }
    plan = (*cursor)->DescribePlan(true);
  }
  state.counters["rows"] = static_cast<double>(rows) / static_cast<double>(state.iterations());
  if (std::getenv("DOSSIER_BENCH_PLANS") != nullptr) state.SetLabel("\n" + plan);
}

void CountAllTriples(benchmark::State& state) {
  Measure(state, [] {
    Question q;
    q.Where(q.Var("s"), q.Var("p"), q.Var("o"));
    return q.Count(q.Patterns());
  });
}

void ReadAllTriples(benchmark::State& state) {
  Measure(state, [] {
    Question q;
    q.Where(q.Var("s"), q.Var("p"), q.Var("o"));
    return q.All(q.Patterns());
  });
}

void MergeJoinOfAStar(benchmark::State& state) {
  Measure(state, [] {
    Question q;
    q.Where(q.Var("u"), Property("follows"), q.Var("f")).Where(q.Var("u"), Property("email"), q.Var("e"));
    return q.Count(q.Patterns());
  });
}

void HashJoinOfAllFollowersWithTheirCities(benchmark::State& state) {
  Measure(state, [] {
    Question q;
    q.Where(q.Var("u"), Property("location"), q.Var("c")).Where(q.Var("f"), Property("follows"), q.Var("u"));
    return q.Count(q.Patterns(), {q.Column("c")});
  });
}

void IndexJoinsFromOneEntity(benchmark::State& state) {
  Measure(state, [] {
    Question q;
    q.Where(Term::Iri("http://example.org/shop/User7"), Property("follows"), q.Var("f"));
    q.Where(q.Var("f"), Property("likes"), q.Var("p")).Where(q.Var("p"), Property("name"), q.Var("n"));
    return q.All(q.Patterns());
  });
}

void OptionalOnFewRows(benchmark::State& state) {
  Measure(state, [] {
    Question q;
    q.Where(Term::Iri("http://example.org/shop/User7"), Property("follows"), q.Var("f"));
    NodePtr left = q.Patterns();
    q.Where(q.Var("f"), Property("likes"), q.Var("p")).Where(q.Var("p"), Property("name"), q.Var("n"));
    return q.All(MakeNode(algebra::LeftJoin{std::move(left), q.Patterns(), std::nullopt}));
  });
}

void GroupByObject(benchmark::State& state) {
  Measure(state, [] {
    Question q;
    q.Where(q.Var("f"), Property("follows"), q.Var("u"));
    return q.Count(q.Patterns(), {q.Column("u")});
  });
}

void GroupInHashTable(benchmark::State& state) {
  Measure(state, [] {
    Question q;
    q.Where(q.Var("s"), q.Var("p"), q.Var("o")).Where(q.Var("s"), Term::Iri(std::string(rdf::kType)), q.Var("t"));
    return q.Count(q.Patterns(), {q.Column("p"), q.Column("t")});
  });
}

void TopTenByPrice(benchmark::State& state) {
  Measure(state, [] {
    Question q;
    q.Where(q.Var("o"), Property("price"), q.Var("price"));
    NodePtr order = MakeNode(algebra::OrderBy{q.Patterns(), {{Expression::Var(q.Column("price")), true}}});
    return q.All(MakeNode(algebra::Slice{std::move(order), 0, 10}));
  });
}

void SortByPrice(benchmark::State& state) {
  Measure(state, [] {
    Question q;
    q.Where(q.Var("o"), Property("price"), q.Var("price"));
    return q.All(MakeNode(algebra::OrderBy{q.Patterns(), {{Expression::Var(q.Column("price")), true}}}));
  });
}

void DistinctObjects(benchmark::State& state) {
  Measure(state, [] {
    Question q;
    q.Where(q.Var("u"), Property("friendOf"), q.Var("f"));
    NodePtr friends = MakeNode(algebra::Project{q.Patterns(), {q.Column("f")}});
    return q.Count(MakeNode(algebra::Distinct{std::move(friends)}));
  });
}

void ValuesInARange(benchmark::State& state) {
  Measure(state, [] {
    Question q;
    q.Where(q.Var("r"), Property("rating"), q.Var("n"));
    const Term nine = Term::Typed("9", std::string(xsd::kInteger));
    Expression high =
        Expression::Call(Function::kGreaterOrEqual, {Expression::Var(q.Column("n")), Expression::Constant(nine)});
    return q.Count(MakeNode(algebra::Filter{q.Patterns(), std::move(high)}));
  });
}

void ReachableFromOneEntity(benchmark::State& state) {
  Measure(state, [] {
    Question q;
    algebra::PathExpression link;
    link.link = Property("follows");
    algebra::Path path;
    path.subject = Term::Iri("http://example.org/shop/User7");
    path.path.kind = algebra::PathExpression::Kind::kOneOrMore;
    path.path.operands.push_back(std::move(link));
    path.object = q.Var("u");
    return q.Count(MakeNode(std::move(path)));
  });
}

// Mostly planning: many patterns around one entity.
void PlanAStar(benchmark::State& state) {
  Measure(state, [&state] {
    constexpr absl::string_view kProperties[] = {"userId",    "email",     "givenName", "familyName",
                                                 "gender",    "age",       "location",  "nationality",
                                                 "birthDate", "telephone", "jobTitle",  "likes"};
    Question q;
    for (int64_t i = 0; i < state.range(0); ++i) {
      q.Where(q.Var("u"), Property(kProperties[i]), q.Var(kProperties[i]));
    }
    q.Where(Term::Iri("http://example.org/shop/User7"), Property("follows"), q.Var("u"));
    return q.All(q.Patterns());
  });
}

BENCHMARK(PlanAStar)->Arg(3)->Arg(6)->Arg(9)->Arg(11)->Unit(benchmark::kMillisecond);
BENCHMARK(CountAllTriples)->Unit(benchmark::kMillisecond);
BENCHMARK(ReadAllTriples)->Unit(benchmark::kMillisecond);
BENCHMARK(MergeJoinOfAStar)->Unit(benchmark::kMillisecond);
BENCHMARK(HashJoinOfAllFollowersWithTheirCities)->Unit(benchmark::kMillisecond);
BENCHMARK(IndexJoinsFromOneEntity)->Unit(benchmark::kMillisecond);
BENCHMARK(OptionalOnFewRows)->Unit(benchmark::kMillisecond);
BENCHMARK(GroupByObject)->Unit(benchmark::kMillisecond);
BENCHMARK(GroupInHashTable)->Unit(benchmark::kMillisecond);
BENCHMARK(TopTenByPrice)->Unit(benchmark::kMillisecond);
BENCHMARK(SortByPrice)->Unit(benchmark::kMillisecond);
BENCHMARK(DistinctObjects)->Unit(benchmark::kMillisecond);
BENCHMARK(ValuesInARange)->Unit(benchmark::kMillisecond);
BENCHMARK(ReachableFromOneEntity)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dossier::bench

BENCHMARK_MAIN();

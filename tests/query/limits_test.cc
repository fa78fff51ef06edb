// Whatever a query does, it can be stopped: by cancellation, by its time limit, and by its memory limit.
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "query/query_engine.h"
#include "storage/store.h"
#include "tests/support/algebra_reader.h"

namespace dossier {
namespace {

// The promise is 100 ms; the machine that runs the tests may be busy with others.
constexpr absl::Duration kPatience = absl::Milliseconds(600);

// A thousand rows, so that three patterns that share no variable make a thousand million; and a chain of nodes.
std::shared_ptr<const Snapshot> LargeSnapshot() {
  static const std::shared_ptr<const Snapshot> snapshot = [] {
    const std::unique_ptr<Store> store = NewMemoryStore();
    std::vector<Quad> quads = *ReadQuads("(repeat 1000 (quad :s{} :p {}))");
    for (int i = 0; i < 3000; ++i) {
      quads.push_back(*ReadQuads("(quad :n" + std::to_string(i) + " :next :n" + std::to_string(i + 1) + ")")->begin());
    }
    // Everybody knows everybody.
    for (int i = 0; i < 10000; ++i) {
      quads.push_back({Term::Iri(absl::StrCat("http://example.org/k", i / 100)), Term::Iri("http://example.org/knows"),
                       Term::Iri(absl::StrCat("http://example.org/k", i % 100)), std::nullopt});
    }
    EXPECT_TRUE(store->Commit({quads, {}}).ok());
    return store->GetSnapshot();
  }();
  return snapshot;
}

constexpr char kFourWhoKnowEachOther[] =
    "(bgp (quad ?a :knows ?b) (quad ?a :knows ?c) (quad ?a :knows ?d) (quad ?b :knows ?c) (quad ?b :knows ?d) "
    "(quad ?c :knows ?d))";

constexpr char kCross[] = "(bgp (quad ?a :p ?b) (quad ?c :p ?d) (quad ?e :p ?f))";

std::string OverCross(const std::string& before, const std::string& after = ")") { return before + kCross + after; }

// Reads all rows; the status that ended the reading.
absl::Status RunToTheEnd(const std::string& text, const QueryContext& context) {
  absl::StatusOr<algebra::Query> query = ReadAlgebra(text);
  if (!query.ok()) return query.status();
  auto cursor = Execute(*std::move(query), LargeSnapshot(), context);
  if (!cursor.ok()) return cursor.status();
  RowBatch batch;
  while (true) {
    const absl::StatusOr<bool> more = (*cursor)->Next(&batch);
    if (!more.ok()) return more.status();
    if (!*more) return absl::OkStatus();
  }
}

struct Case {
  std::string name;
  std::string query;
  size_t threads = 1;

  QueryContext Context(const Cancellation* cancellation, MemoryBudget* memory) const {
    QueryContext context{cancellation, memory};
    context.threads = threads;
    context.split_always = true;
    return context;
  }
};

// The cases, and the same on two threads.
std::vector<Case> OnOneAndTwoThreads(const std::vector<Case>& cases) {
  std::vector<Case> both = cases;
  for (const Case& on_one : cases) both.push_back({on_one.name + "OnTwoThreads", on_one.query, 2});
  return both;
}

std::vector<Case> EndlessQueries() {
  return {
      {"CrossProduct", kCross},
      {"SliceOfEach", OverCross("(slice-of-each (?a ?c ?e) 1 _ ")},
      {"Filter", OverCross("(filter (= (+ (+ ?b ?d) ?f) \"none\") ")},
      {"FilterThatMakesTerms", OverCross("(filter (= (concat (str ?a) (str ?c) (str ?e)) \"\") ")},
      {"FilterOnInlineValues", OverCross("(filter (> (+ ?b ?d) 5000) ")},
      {"Extend", OverCross("(extend (?x (+ ?b ?d)) ")},
      {"Count", OverCross(std::string("(group () ((?n (count-rows))) (union ") + kCross + " ", "))")},
      {"MultiwayJoin", kFourWhoKnowEachOther},
      {"CountJoin",
       "(group () ((?n (count-rows))) (bgp (quad ?a :knows ?b) (quad ?a :knows ?c) (quad ?a :knows ?d) (quad ?a :knows "
       "?e) (quad ?b :knows ?c) (quad ?b :knows ?d) (quad ?b :knows ?e) (quad ?c :knows ?d) (quad ?c :knows ?e) (quad "
       "?d :knows ?e)))"},
      {"Union", OverCross(std::string("(union ") + kCross + " ")},
      {"Slice", OverCross("(slice 900000000 5 ")},
      {"LeftJoin", OverCross("(leftjoin ", " (bgp (quad ?a :p ?x)) (< ?x ?b))")},
      {"Minus", OverCross("(minus ", " (bgp (quad ?a :p 5)))")},
      {"Exists", OverCross("(filter (|| (exists (bgp (quad ?a :p ?x))) false) ")},
      {"SemiJoin", OverCross("(filter (exists (bgp (quad ?a :p 5) (quad ?c :p 5))) ")},
      {"TopRows", OverCross("(slice 0 10 (order ((desc ?b) (asc ?d)) ", "))")},
      {"Paths",
       "(group () ((?n (count-rows))) (join (path ?x (one-or-more :next) ?y) (path ?u (one-or-more :next) "
       "?v)))"},
      {"IndexAndMergeJoins",
       "(bgp (quad ?a :next ?b) (quad ?c :next ?d) (quad ?e :next ?f) (quad ?b :next ?g) (quad ?d :next ?h))"},
      {"Table", OverCross("(join (values (?v) (1) (2) (undef)) ")},
      {"BoundTable", OverCross("(join (values (?a ?v) (:s1 1) (undef 2)) ")},
      {"Regex", OverCross("(filter (regex (concat (str ?a) (str ?c)) \"x.*y$\") ")},
      {"DistinctOfFew", OverCross("(distinct (project (?a) ", "))")},
      {"GroupsOfFew", OverCross("(group (?a) ((?n (max ?d))) ")},
      {"ExistsOverOptional",
       OverCross("(filter (! (exists (leftjoin (bgp (quad ?a :p ?b)) (bgp (quad ?a :next ?n))))) ")},
      {"ExistsOverGroup", OverCross("(filter (exists (group (?a) ((?n (max ?x))) (bgp (quad ?a :next ?x)))) ")},
      {"OptionalInsideOptional",
       OverCross("(leftjoin ", " (leftjoin (bgp (quad ?a :next ?x)) (bgp (quad ?x :next ?y))))")},
      {"PathFromEachRow", OverCross("(join ", " (path ?a (zero-or-more :next) ?x))")},
      {"UnionOfLimits", OverCross("(slice 900000000 10 (union (bgp (quad ?x :p ?y)) ", "))")},
      {"HashJoinWithoutPartners", "(filter (< (+ ?b ?d) 0) (bgp (quad ?a :p ?b) (quad ?c :p ?d) (quad ?e :p ?f)))"},
  };
}

std::vector<Case> HungryQueries() {
  return {
      {"SliceOfEach", OverCross("(slice-of-each (?a ?c ?e) 0 1 ")},
      {"Sort", OverCross("(order ((asc ?b)) ")},
      {"Distinct", OverCross("(distinct ")},
      {"GroupKeys", OverCross("(group (?a ?c ?e) ((?n (count-rows))) ")},
      {"CountDistinct", OverCross("(group () ((?n (count distinct (concat (str ?a) (str ?c))))) ")},
      {"CountDistinctRows", OverCross("(group () ((?n (count-rows distinct))) ")},
      {"Concatenation", OverCross("(group () ((?t (group_concat (concat (str ?a) (str ?c))))) ")},
      {"HashJoinBuild", OverCross("(leftjoin (bgp (quad ?x :p ?y)) ")},
      {"TopMany", OverCross("(slice 0 100000000 (order ((asc ?b)) ", "))")},
      {"Sample", OverCross("(group (?a ?c ?e) ((?x (sample ?b))) ")},
      {"DistinctInsideUnion", OverCross("(union (bgp (quad ?x :p ?y)) (distinct ", "))")},
      {"MinusBuild", OverCross("(minus (union (bgp (quad ?a :p ?x)) (bgp (quad ?y :p ?b))) ")},
      {"TermsThatAreMade",
       OverCross("(distinct (project (?x) (extend (?x (concat (str ?a) (str ?c) (str ?e))) ", ")))")},
  };
}

std::string NameOf(const testing::TestParamInfo<Case>& info) { return info.param.name; }
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class EndlessQuery : public testing::TestWithParam<Case> {};

TEST_P(EndlessQuery, IsCancelledSoon) {
  Cancellation cancellation;
  MemoryBudget memory(size_t{1} << 30);
  absl::Time cancelled;
  LargeSnapshot();
  std::thread other([&] {
    absl::SleepFor(absl::Milliseconds(60));
    cancelled = absl::Now();
    cancellation.Cancel();
  });
  const absl::Status status = RunToTheEnd(GetParam().query, GetParam().Context(&cancellation, &memory));
  const absl::Time ended = absl::Now();
  other.join();
  EXPECT_EQ(status.code(), absl::StatusCode::kCancelled) << status;
  EXPECT_LT(ended - cancelled, kPatience);
}

TEST_P(EndlessQuery, EndsAtItsTimeLimit) {
  Cancellation cancellation;
  MemoryBudget memory(size_t{1} << 30);
  LargeSnapshot();
  const absl::Time begin = absl::Now();
  cancellation.SetTimeout(absl::Milliseconds(60));
  const absl::Status status = RunToTheEnd(GetParam().query, GetParam().Context(&cancellation, &memory));
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded) << status;
  EXPECT_LT(absl::Now() - begin, kPatience + absl::Milliseconds(60));
}

INSTANTIATE_TEST_SUITE_P(Operators, EndlessQuery, testing::ValuesIn(OnOneAndTwoThreads(EndlessQueries())), NameOf);

class HungryQuery : public testing::TestWithParam<Case> {};

TEST_P(HungryQuery, EndsAtItsMemoryLimitAndGivesAllBack) {
  Cancellation cancellation;
  cancellation.SetTimeout(absl::Seconds(30));
  MemoryBudget memory(size_t{4} << 20);
  const absl::Status status = RunToTheEnd(GetParam().query, GetParam().Context(&cancellation, &memory));
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted) << status;
  EXPECT_EQ(memory.used(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Operators, HungryQuery, testing::ValuesIn(OnOneAndTwoThreads(HungryQueries())), NameOf);

TEST(Limits, AJoinOfManyPatternsAtOnceEndsAtItsMemoryLimitAndGivesAllBack) {
  for (const std::string& query : {std::string(kFourWhoKnowEachOther),
                                   "(group () ((?n (count-rows))) " + std::string(kFourWhoKnowEachOther) + ")"}) {
    Cancellation cancellation;
    MemoryBudget memory(size_t{16} << 10);
    const absl::Status status = RunToTheEnd(query, {&cancellation, &memory});
    EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted) << status;
    EXPECT_EQ(memory.used(), 0U);
  }
}

TEST(Limits, AfterAQueryWasStoppedTheNextOneIsServed) {
  Cancellation cancellation;
  MemoryBudget memory(size_t{4} << 20);
  for (const Case& hungry : HungryQueries()) {
    EXPECT_EQ(RunToTheEnd(hungry.query, {&cancellation, &memory}).code(), absl::StatusCode::kResourceExhausted)
        << hungry.name;
    EXPECT_TRUE(RunToTheEnd("(slice 0 10 (order ((asc ?b)) (bgp (quad ?a :p ?b))))", {&cancellation, &memory}).ok());
  }
}

}  // namespace
}  // namespace dossier

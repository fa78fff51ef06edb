// What an answer costs grows with what it needs, not with the data: counted in rows that are read, not in time.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "query/query_engine.h"
#include "storage/store.h"
#include "tests/query/counting_snapshot.h"
#include "tests/support/algebra_reader.h"

namespace dossier {
namespace {

struct Cost {
  ReadCounts read;
  uint64_t rows = 0;  // Of the answer.
  std::string plan;   // With what it did.
};

// The store of `data`, in which "N" stands for `size`.
std::shared_ptr<const Snapshot> SnapshotOf(const std::string& data, int size) {
  static std::map<std::pair<std::string, int>, std::shared_ptr<const Snapshot>> known;
  std::shared_ptr<const Snapshot>& snapshot = known[{data, size}];
  if (snapshot == nullptr) {
    const std::unique_ptr<Store> store = NewMemoryStore();
    const auto quads = ReadQuads(absl::StrReplaceAll(data, {{"N", absl::StrCat(size)}}));
    EXPECT_TRUE(quads.ok()) << quads.status();
    EXPECT_TRUE(store->Commit({*quads, {}}).ok());
    snapshot = store->GetSnapshot();
  }
  return snapshot;
}

// The cost of `query` over data in which "N" stands for `size`.
Cost CostOf(const std::string& query, const std::string& data, int size, uint64_t memory_limit = uint64_t{1} << 30) {
  Cost cost;
  const auto snapshot = std::make_shared<CountingSnapshot>(SnapshotOf(data, size), &cost.read);
  absl::StatusOr<algebra::Query> read = ReadAlgebra(query);
  EXPECT_TRUE(read.ok()) << read.status();
  Cancellation cancellation;
  MemoryBudget memory(memory_limit);
  auto cursor = Execute(*std::move(read), snapshot, {&cancellation, &memory});
  EXPECT_TRUE(cursor.ok()) << cursor.status();
  RowBatch batch;
  while (true) {
    const absl::StatusOr<bool> more = (*cursor)->Next(&batch);
    EXPECT_TRUE(more.ok()) << more.status();
    if (!more.ok() || !*more) break;
    cost.rows += batch.rows;
  }
  cost.plan = (*cursor)->DescribePlan(true);
  return cost;
}

constexpr int kSmall = 3000;
constexpr int kLarge = 24000;

// Eight times the data do not take twice the rows.
void ExpectNoGrowth(const std::string& query, const std::string& data) {
  const Cost small = CostOf(query, data, kSmall);
  const Cost large = CostOf(query, data, kLarge);
  EXPECT_LE(large.read.rows, 2 * small.read.rows + 4096) << query << "\n" << large.plan;
  EXPECT_LT(large.read.rows, static_cast<uint64_t>(kLarge) / 2) << query << "\n" << large.plan;
  EXPECT_GT(large.rows, 0U) << query;
}

constexpr char kPeople[] =
    "(repeat N (quad :person{} :knows :person{/2}) (quad :person{} :age {}) (quad :person{} :livesIn :town{/1000}))"
    "(repeat 5 (quad :person{} :title \"Dr\"))";

TEST(Growth, AnOptionalOnASmallLeftSideCostsLikeTheSmallSide) {
  ExpectNoGrowth("(leftjoin (bgp (quad ?p :title ?t)) (bgp (quad ?p :knows ?q) (quad ?q :age ?a)))", kPeople);
  ExpectNoGrowth("(leftjoin (bgp (quad ?p :title ?t)) (filter (> ?a 1) (bgp (quad ?p :age ?a))))", kPeople);
}

TEST(Growth, ALimitWithoutAnOrderStopsEarly) {
  ExpectNoGrowth("(slice 0 10 (bgp (quad ?p :knows ?q)))", kPeople);
  ExpectNoGrowth("(slice 0 10 (bgp (quad ?p :knows ?q) (quad ?q :age ?a)))", kPeople);
  ExpectNoGrowth("(slice 0 10 (bgp (quad ?p :age ?a) (quad ?q :knows ?p) (quad ?r :knows ?q)))", kPeople);
  ExpectNoGrowth("(slice 5 10 (leftjoin (bgp (quad ?p :knows ?q)) (bgp (quad ?q :title ?t))))", kPeople);
  ExpectNoGrowth("(slice 0 10 (filter (exists (bgp (quad ?q :age ?a))) (bgp (quad ?p :knows ?q))))", kPeople);
  ExpectNoGrowth("(slice 0 10 (union (bgp (quad ?p :knows ?q)) (bgp (quad ?p :age ?q))))", kPeople);
}

TEST(Growth, TheFirstRowsOfAnOrderAreKeptWithoutSortingAll) {
  const std::string query = "(slice 0 10 (order ((desc ?a)) (bgp (quad ?p :age ?a))))";
  // Sorting all would need more than 16 bytes for each of the rows.
  EXPECT_EQ(CostOf(query, kPeople, kLarge, 12 * kLarge + (uint64_t{1} << 19)).rows, 10U);
}

TEST(Growth, RowsThatAreOnlyCountedAreNotRead) {
  for (const char* query : {"(group () ((?n (count-rows))) (bgp (quad ?p :knows ?q)))",
                            "(group () ((?n (count ?q))) (bgp (quad ?p :knows ?q)))",
                            "(group () ((?n (count-rows))) (bgp (quad ?s ?p ?o)))",
                            "(group (?p) ((?n (count-rows))) (bgp (quad ?s ?p ?o)))",
                            "(group () ((?n (count-rows))) (bgp (quad ?p :livesIn :town1)))"}) {
    EXPECT_EQ(CostOf(query, kPeople, kLarge).read.rows, 0U) << query;
  }
}

TEST(Growth, AFilterByDatesBecomesARange) {
  const std::string data =
      "(repeat N (quad :claim{} :number {}))"
      "(repeat 28 (quad :event{} :on \"2023-02-01\"^^xsd:date))"
      "(repeat N (quad :event{} :on \"1{/100}-01-01\"^^xsd:date))";
  ExpectNoGrowth(
      "(filter (&& (>= ?d \"2023-01-01\"^^xsd:date) (< ?d \"2024-01-01\"^^xsd:date)) (bgp (quad ?e :on ?d)))",
      "(repeat 28 (quad :event{} :on \"2023-02-01\"^^xsd:date))(repeat N (quad :event{} :on "
      "\"1800-01-01\"^^xsd:date))");
  ExpectNoGrowth("(filter (&& (>= ?n 100) (< ?n 200)) (bgp (quad ?e :number ?n)))",
                 data.substr(0, data.find("(repeat 28")));
}

TEST(Growth, DistinctPredicatesAreNotLookedForInEveryRow) {
  const std::string query = "(distinct (project (?p) (bgp (quad ?s ?p ?o))))";
  EXPECT_EQ(CostOf(query, kPeople, kLarge).read.rows, 0U);
  // In named graphs they are skipped to, one by one.
  const std::string in_graphs = "(repeat N (graph :g (quad :person{} :knows :person{/2})) (quad :person{} :age {}))";
  ExpectNoGrowth(query, in_graphs);
}

TEST(Growth, DistinctValuesOfOneColumnAreSkippedTo) {
  const std::string towns = "(repeat N (quad :person{} :livesIn :home))(repeat 5 (quad :person{} :livesIn :town{}))";
  ExpectNoGrowth("(distinct (project (?t) (bgp (quad ?p :livesIn ?t))))", towns);
}

TEST(Growth, APathFromOneNodeTouchesWhatItReaches) {
  const std::string data = "(repeat 5 (quad :a{} :next :a))(quad :a :next :b)(repeat N (quad :n{} :next :n{/2}))";
  ExpectNoGrowth("(path :a1 (one-or-more :next) ?x)", data);
  ExpectNoGrowth("(path ?x (one-or-more :next) :b)", data);
  ExpectNoGrowth("(path :a1 (zero-or-more (alt :next (inverse :other))) ?x)", data);
}

TEST(Growth, ClaimsAboutClaimsEnd) {
  // Every claim is about the one before, the first about the last.
  const std::string data =
      "(repeat N (claim :c{} :about :c{/2} :d{}))(claim :x :said :y :c1)(claim :c1 :said :y :c2)(claim :c2 :said :y "
      ":c1)";
  ExpectNoGrowth("(bgp (claim ?x :said ?y ?c) (claim ?c :said ?y ?e) (claim ?e :said ?y ?f))", data);
}

TEST(Growth, AnExistsThatIsNoJoinIsPlannedOnce) {
  for (const char* condition :
       {"(exists (leftjoin (bgp (quad ?q :age ?a)) (bgp (quad ?q :title ?t))))",
        "(exists (minus (bgp (quad ?q :age ?a)) (bgp (quad ?q :title ?t))))",
        "(exists (slice 0 1 (bgp (quad ?q :age ?a))))",
        "(! (exists (filter (> ?n 1) (group (?q) ((?n (count-rows))) (bgp (quad ?q :knows ?r))))))"}) {
    const std::string query = absl::StrCat("(filter ", condition, " (bgp (quad ?p :knows ?q)))");
    const Cost small = CostOf(query, kPeople, 200);
    const Cost large = CostOf(query, kPeople, 2000);
    EXPECT_LE(large.read.counts, small.read.counts + 8) << query;
    EXPECT_GT(large.rows, 0U) << query;
  }
}

}  // namespace
}  // namespace dossier

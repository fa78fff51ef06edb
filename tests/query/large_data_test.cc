// Questions over data of many blocks: the optimised engine, with its merge joins, seeks and ranges, has to give the
// rows that the operators give as written.
#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "query/query_engine.h"
#include "storage/store.h"
#include "tests/support/algebra_reader.h"

namespace dossier {
namespace {

constexpr char kData[] = R"(
(repeat 6000 (quad :person{} :age {}) (quad :person{} :livesIn :town{/7}) (quad :person{} :type :Person))
(repeat 900 (quad :person{/1} :knows :person{/3}) (quad :town{} :partOf :region{/40}) (quad :town{} :size {/2}.5))
(repeat 60 (quad :person{} :title "Dr") (graph :g{/30} (quad :person{} :age {})))
(repeat 2000 (claim :person{} :visited :town{/9} :claim{}) (quad :claim{} :certainty {/500})
             (graph :g0 (claim :person{/2} :visited :town{/9} :claim{})))
(repeat 2000 (quad :claim{} :when "202{/250}-0{/225}-1{/201}"^^<http://id.loc.gov/datatypes/edtf>)
             (quad :claim{} :when "202{/250}-0{/225}"^^xsd:gYearMonth))
(repeat 900 (quad :claim{} :when "202{/100}-0{/99}-0{/98}/202{/100}-1{/450}"^^<http://id.loc.gov/datatypes/edtf>)
            (quad :claim{} :when "202{/100}/.."^^<http://id.loc.gov/datatypes/edtf>))
(repeat 400 (quad :person{} :score "{/100}.0E0"^^xsd:double) (quad :person{} :score "0{/10}"^^xsd:integer))
)";

std::shared_ptr<const Snapshot> LargeSnapshot() {
  static const std::shared_ptr<const Snapshot> snapshot = [] {
    const std::unique_ptr<Store> store = NewMemoryStore();
    EXPECT_TRUE(store->Commit({*ReadQuads(kData), {}}).ok());
    return store->GetSnapshot();
  }();
  return snapshot;
}

// Rows as text, sorted, and the plan.
std::vector<std::string> Rows(const std::string& text, bool optimize, std::string* plan) {
  absl::StatusOr<algebra::Query> query = ReadAlgebra(text);
  EXPECT_TRUE(query.ok()) << query.status() << text;
  Cancellation cancellation;
  MemoryBudget memory(size_t{1} << 30);
  auto cursor = Execute(*std::move(query), LargeSnapshot(), {&cancellation, &memory, optimize});
  EXPECT_TRUE(cursor.ok()) << cursor.status();
  std::vector<std::string> rows;
  RowBatch batch;
  while (true) {
    const absl::StatusOr<bool> more = (*cursor)->Next(&batch);
    EXPECT_TRUE(more.ok()) << more.status();
    if (!more.ok() || !*more) break;
    for (size_t row = 0; row < batch.rows; ++row) {
      std::string& cells = rows.emplace_back();
      for (const auto& column : batch.columns) {
        const TermId id = column[row];
        absl::StrAppend(&cells, id.is_undefined() ? "-" : (*(*cursor)->terms().Get(id))->ToString(), " ");
      }
    }
  }
  std::sort(rows.begin(), rows.end());
  *plan = (*cursor)->DescribePlan(true);
  return rows;
}

struct Case {
  std::string name;
  std::string query;
  std::string expected_in_plan;  // What makes the question worth asking.
};

std::vector<Case> Cases() {
  return {
      {"MergeOfTwoScans", "(bgp (quad ?p :age ?a) (quad ?p :livesIn ?t))", "merge join"},
      {"MergeThatSkips", "(bgp (quad ?p :type :Person) (quad ?p :title ?x) (quad ?p :livesIn ?t))", "join"},
      {"SeeksFromFewRows",
       "(bgp (quad ?p :title \"Dr\") (quad ?p :knows ?q) (quad ?q :livesIn ?t) (quad ?t :partOf ?r))", "index join"},
      {"ChainFromARegion", "(bgp (quad ?t :partOf :region3) (quad ?p :livesIn ?t) (quad ?p :age ?a))", "index join"},
      {"Triangle", "(bgp (quad ?p :knows ?q) (quad ?p :livesIn ?t) (quad ?q :livesIn ?t))", "join"},
      {"RangeOfIntegers", "(filter (&& (>= ?a 1000) (< ?a 1100)) (bgp (quad ?p :age ?a)))", "ranges"},
      {"RangeOverAllNumbers", "(filter (< ?s 2) (bgp (quad ?p :score ?s)))", "ranges"},
      {"RangeOfDecimals", "(filter (> ?s 440.5) (bgp (quad ?t :size ?s)))", "ranges"},
      {"RangeThenJoin", "(filter (> ?a 5950) (bgp (quad ?p :age ?a) (quad ?p :livesIn ?t)))", "ranges"},
      {"VagueTimes",
       "(filter (timeOverlaps ?w \"2023-05\"^^<http://id.loc.gov/datatypes/edtf>) (bgp (quad ?c :when ?w)))", "ranges"},
      {"TimesWithin",
       "(filter (timeWithin ?w \"2023-04\"^^<http://id.loc.gov/datatypes/edtf>) (bgp (quad ?c :when ?w)))", "ranges"},
      {"TimesAndClaims",
       "(filter (timeOverlaps ?w \"2021-04-12\"^^xsd:date) (bgp (claim ?p :visited ?t ?c) (quad ?c :when ?w)))",
       "join"},
      {"Claims", "(bgp (claim ?p :visited ?t ?c) (quad ?c :certainty 2) (quad ?t :partOf ?r))", "claim"},
      {"ClaimsOfAllGraphs", "(bgp (all-graphs (claim ?p :visited ?t ?c)) (quad ?c :certainty 0))", "claim"},
      {"ClaimsOfANamedGraph", "(bgp (graph ?g (claim ?p :visited :town7 ?c)))", "claim"},
      {"WhatClaimsSay", "(bgp (quad :claim77 rdf:reifies ?t))", "claim_reifier"},
      {"TriplesOfAllGraphs", "(bgp (all-graphs (quad ?p :age ?a)))", "scan"},
      {"NamedGraphs", "(bgp (graph ?g (quad ?p :age ?a)) (quad ?p :livesIn ?t))", "join"},
      {"OneNamedGraph", "(bgp (graph :g1 (quad ?p ?q ?a)))", "g"},
      {"OptionalOnFew", "(leftjoin (bgp (quad ?p :title ?x)) (bgp (quad ?p :knows ?q) (quad ?q :age ?a)))",
       "bind left join"},
      {"OptionalOnMany", "(leftjoin (bgp (quad ?p :age ?a)) (bgp (quad ?p :knows ?q)))", "left join"},
      {"OptionalOfOptional",
       "(leftjoin (leftjoin (bgp (quad ?p :title ?x)) (bgp (quad ?p :knows ?q))) (bgp (quad ?q :title ?y)))", "left"},
      {"Minus", "(minus (bgp (quad ?p :livesIn ?t)) (bgp (quad ?p :knows ?q)))", "minus"},
      {"Exists", "(filter (exists (bgp (quad ?p :knows ?q) (quad ?q :title ?x))) (bgp (quad ?p :age ?a)))",
       "semi join"},
      {"NotExists", "(filter (! (exists (bgp (quad ?q :knows ?p)))) (bgp (quad ?p :age ?a)))", "anti join"},
      {"GroupByTown", "(group (?t) ((?n (count-rows)) (?m (max ?a))) (bgp (quad ?p :livesIn ?t) (quad ?p :age ?a)))",
       "group"},
      {"DistinctRegions", "(distinct (project (?r) (bgp (quad ?p :livesIn ?t) (quad ?t :partOf ?r))))", "distinct"},
      {"Union", "(join (union (bgp (quad ?p :title ?x)) (bgp (quad ?p :score ?x))) (bgp (quad ?p :livesIn ?t)))",
       "union"},
      {"PathFromOnePerson", "(path :person800 (one-or-more :knows) ?q)", "follow"},
      {"PathToOnePerson", "(path ?p (zero-or-more :knows) :person3)", "follow"},
      {"PathFromFew", "(join (bgp (quad ?p :title ?x)) (path ?p (one-or-more :knows) ?q))", "follow"},
      {"ValuesFirst", "(join (values (?p) (:person5) (:person4000) (:nobody)) (bgp (quad ?p :livesIn ?t)))", "table"},
  };
}

class LargeData : public testing::TestWithParam<Case> {};

TEST_P(LargeData, GivesTheSameRowsOptimisedAndAsWritten) {
  std::string plan;
  std::string plain_plan;
  const std::vector<std::string> rows = Rows(GetParam().query, true, &plan);
  EXPECT_FALSE(rows.empty());
  EXPECT_EQ(rows, Rows(GetParam().query, false, &plain_plan)) << plan << plain_plan;
  EXPECT_TRUE(absl::StrContains(plan, GetParam().expected_in_plan)) << plan;
}

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

INSTANTIATE_TEST_SUITE_P(Questions, LargeData, testing::ValuesIn(Cases()),
                         [](const testing::TestParamInfo<Case>& info) { return info.param.name; });

}  // namespace
}  // namespace dossier

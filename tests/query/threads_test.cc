// A query gives the same rows on any number of threads, in the order that it asks for, and never takes more of them
// than it may.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/thread_permits.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "query/query_engine.h"
#include "storage/store.h"
#include "tests/support/algebra_reader.h"

namespace dossier {
namespace {

using testing::HasSubstr;

constexpr int kPeople = 6000;

// People who each know seven others, have an age, and live in one of ten towns.
std::shared_ptr<const Snapshot> People() {
  static const std::unique_ptr<Store> store = [] {
    auto made = NewMemoryStore();
    std::vector<Quad> quads;
    const auto iri = [](absl::string_view name, int number) {
      return Term::Iri(absl::StrCat("http://example.org/", name, number));
    };
    const auto property = [](absl::string_view name) { return Term::Iri(absl::StrCat("http://example.org/", name)); };
    for (int i = 0; i < kPeople; ++i) {
      const Term person = iri("person", i);
      for (int k = 1; k <= 7; ++k) {
        quads.push_back({person, property("knows"), iri("person", (i * 13 + k * k * 101) % kPeople), std::nullopt});
      }
      quads.push_back({person, property("age"),
                       Term::Typed(absl::StrCat(i % 90), "http://www.w3.org/2001/XMLSchema#integer"), std::nullopt});
      if (i % 3 > 0) quads.push_back({person, property("town"), iri("town", i % 10), std::nullopt});
    }
    EXPECT_TRUE(made->Commit({std::move(quads), {}}).ok());
    return made;
  }();
  return store->GetSnapshot();
}

struct Answer {
  std::string plan;
  std::vector<std::vector<uint64_t>> rows;
  size_t threads_left = 0;  // Permits that nobody holds at the end.
};

absl::StatusOr<Answer> RunQuery(const std::string& text, size_t threads, size_t memory_bytes = size_t{1} << 28) {
  absl::StatusOr<algebra::Query> query = ReadAlgebra(text);
  if (!query.ok()) return query.status();
  const Cancellation cancellation;
  MemoryBudget memory(memory_bytes);
  QueryContext context{&cancellation, &memory};
  context.threads = threads;
  context.split_always = true;
  auto cursor = Execute(*std::move(query), People(), context);
  if (!cursor.ok()) return cursor.status();
  Answer answer;
  RowBatch batch;
  while (true) {
    const absl::StatusOr<bool> more = (*cursor)->Next(&batch);
    if (!more.ok()) return more.status();
    if (!*more) break;
    for (size_t row = 0; row < batch.rows; ++row) {
      std::vector<uint64_t>& ids = answer.rows.emplace_back();
      for (const auto& column : batch.columns) ids.push_back(column[row].bits());
    }
  }
  answer.plan = (*cursor)->DescribePlan(true);
  answer.threads_left = (*cursor)->threads().Take(100);
  return answer;
}

constexpr char kFilter[] = "(filter (&& (> ?n 10) (!= ?a ?b)) (bgp (quad ?a :knows ?b) (quad ?a :age ?n)))";

class Threads : public testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(Threads, DoNotChangeTheRowsNorTheOrderAskedFor) {
  const auto& [name, query] = GetParam();
  absl::StatusOr<Answer> alone = RunQuery(query, 1);
  ASSERT_TRUE(alone.ok()) << alone.status();
  EXPECT_FALSE(alone->rows.empty());
  EXPECT_THAT(alone->plan, testing::Not(HasSubstr("gather")));
  for (const size_t threads : {2, 5}) {
    absl::StatusOr<Answer> together = RunQuery(query, threads);
    ASSERT_TRUE(together.ok()) << together.status();
    EXPECT_THAT(together->plan, HasSubstr("gather by"));
    if (query.find("(order") == std::string::npos) {
      std::sort(alone->rows.begin(), alone->rows.end());
      std::sort(together->rows.begin(), together->rows.end());
    }
    EXPECT_EQ(together->rows, alone->rows) << together->plan;
    EXPECT_EQ(together->threads_left, threads - 1);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Plans, Threads,
    testing::Values(std::pair("Filter", kFilter),
                    std::pair("HashJoin",
                              "(leftjoin (bgp (quad ?a :knows ?b)) (filter (< ?n 40) (bgp (quad ?b :age ?n))))"),
                    std::pair("GroupOfTheSplitVariable",
                              "(group (?a) ((?n (count-rows)) (?m (max ?b))) (bgp (quad ?a :knows ?b)))"),
                    std::pair("GroupOfAnother",
                              "(group (?t) ((?n (count-rows)) (?m (min ?n)) (?k (count ?n))) "
                              "(bgp (quad ?a :age ?n) (quad ?a :town ?t)))"),
                    std::pair("CountOfAll", std::string("(group () ((?n (count-rows))) ") + kFilter + ")"),
                    std::pair("TopRows", std::string("(slice 5 20 (order ((desc ?n) (asc ?b)) ") + kFilter + "))"),
                    std::pair("Duplicates", std::string("(distinct (project (?n) ") + kFilter + "))"),
                    std::pair("SortOfAll", std::string("(order ((desc ?n) (asc ?b) (asc ?a)) ") + kFilter + ")")),
    [](const auto& info) { return info.param.first; });

TEST(ThreadsOfAQuery, WaitForMemoryInsteadOfFailing) {
  constexpr size_t kLittle = size_t{96} << 10;
  const absl::StatusOr<Answer> alone = RunQuery(kFilter, 1, kLittle);
  ASSERT_TRUE(alone.ok()) << alone.status();
  const absl::StatusOr<Answer> together = RunQuery(kFilter, 3, kLittle);
  ASSERT_TRUE(together.ok()) << together.status();
  EXPECT_EQ(together->rows.size(), alone->rows.size());
}

TEST(ThreadsOfAQuery, EndWhenNobodyWantsMoreRows) {
  const absl::StatusOr<Answer> few = RunQuery(std::string("(slice 0 3 ") + kFilter + ")", 3);
  ASSERT_TRUE(few.ok()) << few.status();
  EXPECT_EQ(few->rows.size(), 3U);
  absl::StatusOr<algebra::Query> query = ReadAlgebra(kFilter);
  ASSERT_TRUE(query.ok());
  const Cancellation cancellation;
  MemoryBudget memory(size_t{1} << 28);
  QueryContext context{&cancellation, &memory};
  context.threads = 3;
  context.split_always = true;
  {
    auto cursor = Execute(*std::move(query), People(), context);
    ASSERT_TRUE(cursor.ok()) << cursor.status();
    RowBatch batch;
    EXPECT_TRUE(*(*cursor)->Next(&batch));
  }
  EXPECT_EQ(memory.used(), 0U);
}

TEST(ThreadPermits, AreNeverMoreThanThereAre) {
  ThreadPermits permits(3);
  EXPECT_EQ(permits.threads(), 3U);
  {
    const ThreadLease one(&permits, 1);
    const ThreadLease others(&permits, 5);
    EXPECT_EQ(one.count(), 1U);
    EXPECT_EQ(others.count(), 1U);
    EXPECT_EQ(permits.Take(1), 0U);
  }
  EXPECT_EQ(permits.Take(5), 2U);
  EXPECT_EQ(ThreadLease(nullptr, 5).count(), 0U);
}

}  // namespace
}  // namespace dossier

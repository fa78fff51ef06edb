// What questions about the generated news read of the store: in proportion to their answers, not to the news. Counted
// in blocks, not in time.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/cancellation.h"
#include "base/memory_budget.h"
#include "bench/news_generator.h"
#include "query/ask/ask.h"
#include "query/ask/claim_reader.h"
#include "storage/store.h"
#include "tests/query/counting_snapshot.h"

namespace dossier::bench {
namespace {

constexpr uint64_t kSmall = 6'000;
constexpr uint64_t kLarge = 48'000;

// The news of so many claims, and what is known of them.
struct News {
  std::unique_ptr<Store> store;
  std::shared_ptr<const Snapshot> snapshot;
  std::shared_ptr<const ask::Catalogue> catalogue;
};

const News& NewsOf(uint64_t claims) {
  static auto* const known = new std::map<uint64_t, News>();
  News& news = (*known)[claims];
  if (news.store != nullptr) return news;
  news.store = NewMemoryStore();
  ChangeSet changes;
  const auto keep = [&changes](Quad&& quad) {
    changes.assertions.push_back(std::move(quad));
    return absl::OkStatus();
  };
  EXPECT_TRUE(ReadRdfFile(VOCABULARY, {}, keep).ok());
  NewsOptions options;
  options.claims = claims;
  EXPECT_TRUE(GenerateNews(options, keep).ok());
  EXPECT_TRUE(news.store->Commit(changes).ok());
  news.snapshot = news.store->GetSnapshot();
  auto catalogue = ask::Catalogue::Build(news.snapshot);
  EXPECT_TRUE(catalogue.ok()) << catalogue.status();
  news.catalogue = *std::move(catalogue);
  return news;
}

struct Cost {
  ReadCounts read;
  Answer answer;
};

Cost CostOf(const std::string& question, uint64_t claims) {
  const News& news = NewsOf(claims);
  Cost cost;
  const auto counting = std::make_shared<CountingSnapshot>(news.snapshot, &cost.read);
  const absl::StatusOr<ask::Command> command = ask::Understand(question, *news.catalogue, *counting, {});
  EXPECT_TRUE(command.ok()) << command.status();
  if (!command.ok()) return cost;
  cost.read = ReadCounts();
  Cancellation cancellation;
  MemoryBudget memory(size_t{1} << 30U);
  QueryContext context;
  context.cancellation = &cancellation;
  context.memory = &memory;
  auto answer = ask::AnswerQuestion(*command->question, *news.catalogue, counting, context, nullptr);
  EXPECT_TRUE(answer.ok()) << answer.status();
  if (answer.ok()) cost.answer = *std::move(answer);
  return cost;
}

TEST(QuestionsOnNews, AnEmptyAnswerAndItsNotesReadABoundedPartOfTheStore) {
  // Person 0 is in more of the larger news; a year before all of them.
  const std::string question = absl::StrCat("who met ", PersonName(0), " in 1984");
  const Cost small = CostOf(question, kSmall);
  const Cost large = CostOf(question, kLarge);
  for (const Cost* cost : {&small, &large}) {
    EXPECT_TRUE(cost->answer.rows.empty());
    ASSERT_FALSE(cost->answer.notes.empty());
    EXPECT_EQ(cost->answer.notes.front().substr(0, 19), "nothing in 1984; in") << cost->answer.notes.front();
    EXPECT_LT(cost->read.blocks, 1500U);
  }
}

TEST(QuestionsOnNews, TheNotesOfAnEmptyAnswerAreTheSameEachTime) {
  const std::string question = absl::StrCat("who met ", PersonName(0), " in 1984");
  EXPECT_EQ(CostOf(question, kLarge).answer.notes, CostOf(question, kLarge).answer.notes);
}

TEST(QuestionsOnNews, NamedPeopleInAMonthDoNotCostTheWholeStore) {
  const std::string question = absl::StrCat("who met ", PersonName(3), " in September 2023");
  const Cost cost = CostOf(question, kLarge);
  ASSERT_FALSE(cost.answer.rows.empty());
  // About 48 blocks hold each property of all claims, some 400 all that is said of them.
  EXPECT_LT(cost.read.blocks, 150U);
}

TEST(QuestionsOnNews, WhatHappenedReadsInProportionToItsAnswer) {
  const Cost day = CostOf("what happened on 12 September 2023", kLarge);
  const Cost month = CostOf("what happened in September 2023", kLarge);
  ASSERT_GT(day.answer.rows.size(), 10U);
  ASSERT_GT(month.answer.rows.size(), day.answer.rows.size());
  // A few blocks for each row, and no more for each when there are more of them.
  EXPECT_LT(day.read.blocks, 8 * day.answer.rows.size());
  EXPECT_LT(month.read.blocks, 8 * month.answer.rows.size());
}

TEST(QuestionsOnNews, ClaimsReadTogetherAreThoseReadOneByOne) {
  const News& news = NewsOf(kSmall);
  std::vector<TermId> claims;
  ScanSpec spec;
  spec.permutation = Permutation::kClaimReifier;
  auto cursor = news.snapshot->Scan(spec);
  ASSERT_TRUE(cursor.ok());
  RowBlock block;
  while (claims.size() < 3'000 && *(*cursor)->Next(&block)) {
    for (size_t row = block.rows; row > 0; row -= 2) claims.push_back(block.columns[0][row - 1]);
  }
  const ask::SentenceLookup no_sentences;
  ask::ClaimReader together(*news.catalogue, *news.snapshot, no_sentences);
  ask::ClaimReader one_by_one(*news.catalogue, *news.snapshot, no_sentences);
  const Cancellation cancellation;
  ASSERT_TRUE(together.ReadAll(claims, cancellation).ok());
  for (const TermId id : claims) {
    const auto a = together.Read(id);
    const auto b = one_by_one.Read(id);
    ASSERT_TRUE(a.ok() && b.ok());
    const AnswerClaim& left = (*a)->claim;
    const AnswerClaim& right = (*b)->claim;
    EXPECT_FALSE(left.subject.label.empty());
    EXPECT_FALSE(left.article.empty());
    EXPECT_EQ(std::tie(left.id, left.subject.label, left.relation.label, left.object.label, left.object.type, left.when,
                       left.where, left.certainty, left.polarity, left.speaker, left.article, left.published,
                       left.paragraph, left.sentence),
              std::tie(right.id, right.subject.label, right.relation.label, right.object.label, right.object.type,
                       right.when, right.where, right.certainty, right.polarity, right.speaker, right.article,
                       right.published, right.paragraph, right.sentence));
  }
}

TEST(QuestionsOnNews, ReadingManyClaimsCanBeCancelled) {
  const News& news = NewsOf(kSmall);
  const ask::SentenceLookup no_sentences;
  ask::ClaimReader reader(*news.catalogue, *news.snapshot, no_sentences);
  Cancellation cancellation;
  cancellation.Cancel();
  EXPECT_TRUE(absl::IsCancelled(reader.ReadAll({TermId(TermTag::kIri, 1)}, cancellation)));
}

}  // namespace
}  // namespace dossier::bench

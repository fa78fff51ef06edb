// Loads that do not fit their budget, compared with the same quads in ordinary commits.
#include "storage/bulk_loader.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/store.h"
#include "tests/storage/store_test_support.h"

namespace dossier {
namespace {

// Quads of every kind whose terms come again all over, so that they occur in many batches.
std::vector<Quad> MixedQuads(int begin, int end) {
  std::vector<Quad> quads;
  for (int i = begin; i < end; ++i) {
    const std::string subject = absl::StrCat("s", i % 3'001);
    const std::string object = absl::StrCat("o", i % 4'999);
    const std::string predicate = absl::StrCat("p", i % 7);
    quads.push_back(Fact(subject, predicate, object, i % 10 == 0 ? absl::StrCat("g", i % 4) : ""));
    if (i % 3 == 0) quads.push_back(Claim(absl::StrCat("claim", i), subject, predicate, object, i % 9 == 0 ? "g" : ""));
    if (i % 5 == 0) quads.push_back(Fact(Node(subject), Node("count"), Number(i)));
    if (i % 8 == 0) quads.push_back(Fact(Node(subject), Node("note"), Term::String(absl::StrCat("the note ", i / 16))));
    if (i % 11 == 0) {
      const Term inner = Term::TripleTerm({Node(absl::StrCat("s", i % 50)), Node("q"), Node(object)});
      const Term outer = Term::TripleTerm({Node(subject), Node("quotes"), i % 2 == 0 ? inner : Number(i)});
      quads.push_back(Fact(Node("x"), Node("says"), i % 3 == 0 ? inner : outer));
    }
  }
  return quads;
}

class BulkLoaderTest : public ::testing::Test {
 protected:
  absl::StatusOr<CommitSummary> Load(Store* store, const std::vector<Quad>& quads, size_t memory_bytes) {
    BulkLoadOptions options;
    options.commit_quads = 0;
    options.memory_bytes = memory_bytes;
    options.progress = [this](const Progress& progress) { stages_.push_back(progress.stage); };
    return store->BulkLoad(SourceOf(quads), options);
  }

  static void Commit(Store* store, const std::vector<Quad>& quads) {
    ASSERT_TRUE(store->Commit({.assertions = quads}).ok());
  }

  static std::unique_ptr<Store> OpenIn(const TempDirectory& directory) {
    auto store = OpenStore(directory.Child("store"), {});
    EXPECT_TRUE(store.ok()) << store.status();
    return *std::move(store);
  }

  std::vector<std::string> stages_;
};

constexpr size_t kTiny = 256 << 10;  // Every two thousand quads are a batch, and every sort has runs.
constexpr size_t kAmple = 256 << 20;

TEST_F(BulkLoaderTest, MakesTheSameStoreWhateverTheBudget) {
  const std::vector<Quad> quads = MixedQuads(0, 12'000);
  const auto committed = NewMemoryStore();
  Commit(committed.get(), quads);
  for (const size_t memory_bytes : {kTiny, kAmple}) {
    const auto loaded = NewMemoryStore();
    const auto summary = Load(loaded.get(), quads, memory_bytes);
    ASSERT_TRUE(summary.ok()) << summary.status();
    EXPECT_EQ(summary->commit, 1U);
    ExpectSameStore(*loaded->GetSnapshot(), *committed->GetSnapshot());
    ExpectValid(*loaded);
  }
}

TEST_F(BulkLoaderTest, NumbersTermsByFirstAppearance) {
  TempDirectory directory;
  const auto store = OpenIn(directory);
  std::vector<Quad> quads;
  for (int i = 0; i < 9'000; ++i) quads.push_back(Fact(absl::StrCat(i), "p", absl::StrCat(i * 7 % 9'000)));
  ASSERT_TRUE(Load(store.get(), quads, kTiny).ok());
  const auto snapshot = store->GetSnapshot();
  TermId highest;
  for (const Quad& quad : quads) {
    for (const Term& term : {quad.subject, quad.predicate, quad.object}) {
      const TermId id = **snapshot->FindTerm(term);
      ASSERT_LE(id.payload(), highest.payload() + 1) << term.ToString();
      highest = std::max(highest, id);
    }
  }
}

TEST_F(BulkLoaderTest, AddsToWhatIsThereAndKeepsItsIds) {
  TempDirectory directory;
  const auto loaded = OpenIn(directory);
  const auto committed = NewMemoryStore();
  const std::vector<Quad> first = MixedQuads(0, 4'000);
  const std::vector<Quad> second = MixedQuads(3'000, 9'000);
  Commit(loaded.get(), first);
  const TermId id = **loaded->GetSnapshot()->FindTerm(Node("s17"));
  Commit(committed.get(), first);
  Commit(committed.get(), second);
  const auto before = loaded->GetSnapshot();
  const auto summary = Load(loaded.get(), second, kTiny);
  ASSERT_TRUE(summary.ok()) << summary.status();
  EXPECT_EQ(summary->commit, 2U);
  EXPECT_EQ(summary->added, Contents(*committed->GetSnapshot()).size() - Contents(*before).size());
  EXPECT_EQ(loaded->GetSnapshot()->FindTerm(Node("s17"))->value(), id);
  ExpectSameStore(*loaded->GetSnapshot(), *committed->GetSnapshot());
  ExpectValid(*loaded);
}

TEST_F(BulkLoaderTest, ChangesNothingTheSecondTime) {
  TempDirectory directory;
  const auto store = OpenIn(directory);
  const std::vector<Quad> quads = MixedQuads(0, 5'000);
  ASSERT_TRUE(Load(store.get(), quads, kTiny).ok());
  const std::string statistics = DescribeStatistics(*store->GetSnapshot());
  const auto again = Load(store.get(), quads, kTiny);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->added, 0U);
  EXPECT_EQ(again->commit, 1U);
  EXPECT_EQ(DescribeStatistics(*store->GetSnapshot()), statistics);
  ExpectValid(*store);
}

TEST_F(BulkLoaderTest, TakesCommitsAfterwards) {
  TempDirectory directory;
  const auto loaded = OpenIn(directory);
  const auto committed = NewMemoryStore();
  const std::vector<Quad> quads = MixedQuads(0, 4'000);
  const std::vector<Quad> more = MixedQuads(3'900, 4'100);
  ASSERT_TRUE(Load(loaded.get(), quads, kTiny).ok());
  Commit(committed.get(), quads);
  for (Store* store : {loaded.get(), committed.get()}) {
    Commit(store, more);
    ASSERT_TRUE(store->Commit({.retractions = MixedQuads(1'000, 1'500)}).ok());
  }
  ExpectSameStore(*loaded->GetSnapshot(), *committed->GetSnapshot());
  ExpectValid(*loaded);
}

TEST_F(BulkLoaderTest, SaysHowFarItIs) {
  const auto store = NewMemoryStore();
  ASSERT_TRUE(Load(store.get(), MixedQuads(0, 3'000), kTiny).ok());
  EXPECT_THAT(stages_, ::testing::IsSupersetOf({"reading", "numbering", "sorting", "writing", "storing"}));
}

TEST_F(BulkLoaderTest, StopsWhenCancelledInTheMiddle) {
  const auto store = NewMemoryStore();
  Cancellation cancellation;
  BulkLoadOptions options;
  options.commit_quads = 0;
  options.cancellation = &cancellation;
  options.progress = [&cancellation](const Progress& progress) {
    if (progress.stage == "writing") cancellation.Cancel();
  };
  const std::vector<Quad> quads = MixedQuads(0, 3'000);
  EXPECT_EQ(store->BulkLoad(SourceOf(quads), options).status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(store->GetSnapshot()->commit(), 0U);
  EXPECT_TRUE(Contents(*store->GetSnapshot()).empty());
}

}  // namespace
}  // namespace dossier

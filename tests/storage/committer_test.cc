// Commits that are prepared together do what they do one by one.
#include "storage/committer.h"

#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "storage/key_value_store.h"
#include "storage/memory/memory_key_value_store.h"
#include "storage/memory/reference_store.h"
#include "storage/store_snapshot.h"
#include "storage/validator.h"
#include "tests/storage/random_quads.h"
#include "tests/storage/store_test_support.h"

namespace dossier::storage {
namespace {

std::vector<const ChangeSet*> Pointers(const std::vector<ChangeSet>& commits) {
  std::vector<const ChangeSet*> pointers;
  for (const ChangeSet& changes : commits) pointers.push_back(&changes);
  return pointers;
}

std::vector<CommitSummary> CommitTogether(const std::vector<ChangeSet>& commits, KeyValueStore* data) {
  WriteBatch batch;
  const auto summaries = PrepareCommits(Pointers(commits), *data->GetSnapshot(), &batch);
  EXPECT_TRUE(summaries.ok()) << summaries.status();
  EXPECT_TRUE(data->Write(batch).ok());
  return summaries.value_or(std::vector<CommitSummary>(commits.size()));
}

TEST(PrepareCommits, DoesWhatCommitsDoOneByOne) {
  RandomQuads random(7, 6);
  const std::unique_ptr<KeyValueStore> data = NewMemoryKeyValueStore();
  const std::unique_ptr<Store> model = NewReferenceStore();
  for (int step = 0; step < 60; ++step) {
    SCOPED_TRACE(absl::StrCat("step ", step));
    std::vector<ChangeSet> group(random.Below(6) + 1);
    std::set<Quad> present = Contents(*model->GetSnapshot());
    for (ChangeSet& changes : group) {
      changes.retractions = random.Pick(present, random.Below(60));
      changes.assertions = random.Below(4) == 0 ? random.Pick(present, 30) : random.Some(random.Below(8));
      present.insert(changes.assertions.begin(), changes.assertions.end());
    }
    const std::vector<CommitSummary> summaries = CommitTogether(group, data.get());
    for (size_t i = 0; i < group.size(); ++i) {
      const auto expected = model->Commit(group[i]);
      ASSERT_TRUE(expected.ok());
      EXPECT_EQ(summaries[i].commit, expected->commit);
      EXPECT_EQ(summaries[i].added, expected->added);
      EXPECT_EQ(summaries[i].removed, expected->removed);
    }
    const auto snapshot = StoreSnapshot::Create(data->GetSnapshot());
    ASSERT_TRUE(snapshot.ok()) << snapshot.status();
    EXPECT_EQ((*snapshot)->commit(), model->GetSnapshot()->commit());
    ExpectSameStore(**snapshot, *model->GetSnapshot());
    const auto problems = ValidateStore(*data->GetSnapshot(), {});
    ASSERT_TRUE(problems.ok()) << problems.status();
    EXPECT_TRUE(problems->empty()) << absl::StrJoin(*problems, "\n");
    if (testing::Test::HasFailure()) return;
  }
}

TEST(PrepareCommits, CountsCommitsThatCancelEachOther) {
  const std::unique_ptr<KeyValueStore> data = NewMemoryKeyValueStore();
  const std::vector<CommitSummary> summaries =
      CommitTogether({{.assertions = {Fact("a", "p", "b")}}, {}, {.retractions = {Fact("a", "p", "b")}}}, data.get());
  EXPECT_EQ(summaries[0].commit, 1U);
  EXPECT_EQ(summaries[0].added, 1U);
  EXPECT_EQ(summaries[1].commit, 1U);
  EXPECT_EQ(summaries[2].commit, 2U);
  EXPECT_EQ(summaries[2].removed, 1U);
  const auto snapshot = StoreSnapshot::Create(data->GetSnapshot());
  ASSERT_TRUE(snapshot.ok());
  EXPECT_EQ((*snapshot)->commit(), 2U);
  EXPECT_TRUE(Contents(**snapshot).empty());
}

TEST(PrepareCommits, WritesNothingWhenNothingChanges) {
  const std::unique_ptr<KeyValueStore> data = NewMemoryKeyValueStore();
  const ChangeSet changes{.retractions = {Fact("a", "p", "b")}};
  WriteBatch batch;
  const auto summaries = PrepareCommits(Pointers({changes, changes}), *data->GetSnapshot(), &batch);
  ASSERT_TRUE(summaries.ok());
  EXPECT_EQ(summaries->size(), 2U);
  EXPECT_TRUE(batch.empty());
}

}  // namespace
}  // namespace dossier::storage

#include "storage/commit_queue.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "tests/storage/store_test_support.h"

namespace dossier::storage {
namespace {

// Numbers the commits in the order in which they are written; notes the sizes of the groups.
class FakeWriter {
 public:
  absl::StatusOr<std::vector<CommitSummary>> Write(absl::Span<const ChangeSet* const> commits) {
    EXPECT_FALSE(is_writing_.exchange(true)) << "two write at once";
    // As long as a disk, so that others arrive meanwhile.
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    is_writing_ = false;
    groups_.push_back(commits.size());
    for (const ChangeSet* const changes : commits) {
      if (!changes->retractions.empty()) return absl::DataLossError("this one meets a damaged block");
    }
    std::vector<CommitSummary> summaries(commits.size());
    for (CommitSummary& summary : summaries) summary.commit = ++commits_;
    return summaries;
  }

  const std::vector<size_t>& groups() const { return groups_; }

 private:
  std::atomic<bool> is_writing_{false};
  std::vector<size_t> groups_;
  uint64_t commits_ = 0;
};

TEST(CommitQueue, WritesCommitsOfSeveralThreadsTogether) {
  constexpr size_t kThreads = 8;
  constexpr size_t kCommits = 20;
  FakeWriter writer;
  CommitQueue queue([&writer](absl::Span<const ChangeSet* const> commits) { return writer.Write(commits); });
  std::mutex mutex;
  std::vector<uint64_t> numbers;
  std::vector<std::thread> threads;
  for (size_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (size_t i = 0; i < kCommits; ++i) {
        const auto summary = queue.Commit({.assertions = {Fact("a", "p", "b")}});
        ASSERT_TRUE(summary.ok());
        const std::lock_guard<std::mutex> lock(mutex);
        numbers.push_back(summary->commit);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  // Each commit has its own number, none is lost.
  std::sort(numbers.begin(), numbers.end());
  ASSERT_EQ(numbers.size(), kThreads * kCommits);
  for (size_t i = 0; i < numbers.size(); ++i) EXPECT_EQ(numbers[i], i + 1);
  EXPECT_LT(writer.groups().size(), numbers.size() / 2) << "the commits hardly ever went together";
}

TEST(CommitQueue, LetsOnlyTheCommitFailThatIsWrong) {
  FakeWriter writer;
  CommitQueue queue([&writer](absl::Span<const ChangeSet* const> commits) { return writer.Write(commits); });
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  std::atomic<int> bad{0};
  for (int t = 0; t < 6; ++t) {
    threads.emplace_back([&queue, &good, &bad, t] {
      for (int i = 0; i < 5; ++i) {
        ChangeSet changes;
        if (t == 0) changes.retractions.push_back(Fact("a", "p", "b"));
        const auto summary = queue.Commit(changes);
        EXPECT_EQ(summary.ok(), t != 0) << summary.status();
        ++(summary.ok() ? good : bad);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 25);
  EXPECT_EQ(bad, 5);
}

TEST(CommitQueue, WritesALoneCommitAtOnce) {
  FakeWriter writer;
  CommitQueue queue([&writer](absl::Span<const ChangeSet* const> commits) { return writer.Write(commits); });
  for (uint64_t i = 1; i <= 3; ++i) EXPECT_EQ(queue.Commit({})->commit, i);
  EXPECT_EQ(writer.groups(), std::vector<size_t>({1, 1, 1}));
}

}  // namespace
}  // namespace dossier::storage

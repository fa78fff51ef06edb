// Kills a real process with SIGKILL in the middle of commits and loads, at random moments and at every named fail
// point; then opens the store again: all that had been said to be durable is there, nothing is there by half, and the
// validator finds nothing.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "storage/store.h"
#include "tests/storage/crash_scenario.h"
#include "tests/storage/store_test_support.h"

namespace dossier {
namespace {

// One run of crash_helper.
class Child {
 public:
  Child(const std::vector<std::string>& arguments, const std::string& fail_point) {
    int ends[2];
    EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    std::vector<std::string> words = {CRASH_HELPER};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    std::string variable = absl::StrCat("DOSSIER_FAIL_POINT=", fail_point);
    char* environment[] = {fail_point.empty() ? nullptr : variable.data(), nullptr};
    EXPECT_EQ(posix_spawn(&pid_, argv[0], &actions, nullptr, argv.data(), environment), 0);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    output_ = ends[0];
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() { close(output_); }

  void Kill() { kill(pid_, SIGKILL); }

  // Waits for the end. The last number that the child has written; 0 for none.
  uint64_t Finish() {
    std::string text;
    char buffer[4096];
    for (ssize_t count = read(output_, buffer, sizeof(buffer)); count > 0;
         count = read(output_, buffer, sizeof(buffer))) {
      text.append(buffer, static_cast<size_t>(count));
    }
    int status = 0;
    EXPECT_EQ(waitpid(pid_, &status, 0), pid_);
    killed_ = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    EXPECT_TRUE(killed_ || (WIFEXITED(status) && WEXITSTATUS(status) == 0)) << "the child failed: " << status;
    uint64_t last = 0;
    for (const absl::string_view line : absl::StrSplit(text, '\n', absl::SkipEmpty())) {
      EXPECT_TRUE(absl::SimpleAtoi(line, &last)) << line;
      numbers_.push_back(last);
    }
    return last;
  }

  // All that it has written. After Finish().
  const std::vector<uint64_t>& numbers() const { return numbers_; }

  // After Finish().
  bool killed() const { return killed_; }

 private:
  pid_t pid_ = 0;
  int output_ = -1;
  bool killed_ = false;
  std::vector<uint64_t> numbers_;
};

class CrashTest : public ::testing::Test {
 protected:
  std::unique_ptr<Store> Reopen() {
    auto store = OpenStore(path(), {});
    EXPECT_TRUE(store.ok()) << store.status();
    if (!store.ok()) return nullptr;
    ExpectValid(**store);
    const std::string runs = absl::StrCat(path(), "/runs");
    EXPECT_TRUE(!std::filesystem::exists(runs) || std::filesystem::is_empty(runs)) << "a load has left files behind";
    return *std::move(store);
  }

  std::string path() const { return directory_.Child("store"); }

  // Starts the child at commit `first`, checks what it leaves and returns the last commit that the store has.
  uint64_t CrashWhileCommitting(uint64_t first, const std::string& fail_point, absl::Duration wait) {
    Child child({path(), "commit", absl::StrCat(first), "1000"}, fail_point);
    if (fail_point.empty()) {
      absl::SleepFor(wait);
      child.Kill();
    }
    const uint64_t durable = std::max(child.Finish(), first - 1);
    EXPECT_TRUE(child.killed()) << "nothing has killed the child at " << fail_point;
    const auto store = Reopen();
    if (store == nullptr) return durable;
    const uint64_t commit = store->GetSnapshot()->commit();
    EXPECT_GE(commit, durable);
    EXPECT_LE(commit, durable + 1);
    EXPECT_TRUE(Contents(*store->GetSnapshot()) == ContentsAfterCommits(commit)) << "after commit " << commit;
    return commit;
  }

  // The same for one load into a store that holds `before`; true when it has been made.
  bool CrashWhileLoading(uint64_t number, const std::set<Quad>& before, const std::string& fail_point,
                         absl::Duration wait) {
    Child child({path(), "load", absl::StrCat(number), "1"}, fail_point);
    if (fail_point.empty()) {
      absl::SleepFor(wait);
      child.Kill();
    }
    const bool durable = child.Finish() == number;
    EXPECT_TRUE(child.killed() || (durable && fail_point.empty())) << "nothing has killed the child at " << fail_point;
    const auto store = Reopen();
    if (store == nullptr) return durable;
    const std::set<Quad> contents = Contents(*store->GetSnapshot());
    if (contents == before) {
      EXPECT_FALSE(durable);
      return false;
    }
    std::set<Quad> after = before;
    for (const Quad& quad : QuadsOfLoad(number)) after.insert(quad);
    EXPECT_TRUE(contents == after) << contents.size() << " quads, neither " << before.size() << " nor " << after.size();
    return true;
  }

  // Starts the child with several threads at change `first`. What had been said to be durable is there, every change
  // is there whole or not at all, and so is what earlier runs left in `kept`. Returns the first number that is free.
  uint64_t CrashWhileThreadsCommit(uint64_t first, const std::string& fail_point, absl::Duration wait,
                                   std::set<uint64_t>* kept) {
    constexpr uint64_t kMost = 2'000;
    Child child({path(), "threads", absl::StrCat(first), absl::StrCat(kMost)}, fail_point);
    if (fail_point.empty()) {
      absl::SleepFor(wait);
      child.Kill();
    }
    child.Finish();
    EXPECT_TRUE(child.killed()) << "nothing has killed the child at " << fail_point;
    kept->insert(child.numbers().begin(), child.numbers().end());
    const auto store = Reopen();
    if (store == nullptr) return first;
    const std::set<Quad> contents = Contents(*store->GetSnapshot());
    uint64_t whole = 0;
    for (uint64_t number = 1; number < first + kMost; ++number) {
      const ChangeSet changes = ChangesOfThread(number);
      size_t there = 0;
      for (const Quad& quad : changes.assertions) there += contents.count(quad);
      EXPECT_TRUE(there == 0 || there == changes.assertions.size()) << there << " quads of change " << number;
      if (there != 0) kept->insert(number);
      EXPECT_EQ(there != 0, kept->count(number) != 0) << "change " << number << " was durable and is lost";
      whole += there == 0 ? 0 : 1;
    }
    EXPECT_EQ(store->GetSnapshot()->commit(), whole);
    return kept->empty() ? 1 : *kept->rbegin() + 1;
  }

  TempDirectory directory_;
  std::mt19937_64 random_{17};
};

TEST_F(CrashTest, KeepsEveryDurableCommitWhenKilledAtRandom) {
  uint64_t commit = 0;
  for (int i = 0; i < 15 && !HasFailure(); ++i) {
    commit = CrashWhileCommitting(commit + 1, "", absl::Milliseconds(20 + random_() % 150));
  }
}

TEST_F(CrashTest, KeepsEveryDurableCommitWhenKilledAtAFailPoint) {
  uint64_t commit = 0;
  for (const std::string point : {"commit.prepared", "commit.written", "commit.published"}) {
    for (const std::string time : {"1", "2", "6"}) {
      const uint64_t before = commit;
      commit = CrashWhileCommitting(commit + 1, absl::StrCat(point, ":", time), {});
      EXPECT_GE(commit, before);
      if (HasFailure()) return;
    }
  }
  EXPECT_GT(commit, 15U);
}

TEST_F(CrashTest, KeepsEveryDurableCommitOfManyThreadsWhenKilled) {
  uint64_t next = 1;
  std::set<uint64_t> kept;
  for (int i = 0; i < 6 && !HasFailure(); ++i) {
    next = CrashWhileThreadsCommit(next, "", absl::Milliseconds(60 + random_() % 250), &kept);
  }
  for (const std::string point : {"commit.prepared:4", "commit.written:3", "commit.published:5"}) {
    next = CrashWhileThreadsCommit(next, point, {}, &kept);
  }
  EXPECT_GT(kept.size(), 20U);
}

TEST_F(CrashTest, LoadsWholeOrNotAtAllWhenKilledAtRandom) {
  std::set<Quad> before;
  uint64_t number = 1;
  for (int i = 0; i < 12 && !HasFailure(); ++i) {
    if (!CrashWhileLoading(number, before, "", absl::Milliseconds(30 + random_() % 600))) continue;
    for (const Quad& quad : QuadsOfLoad(number)) before.insert(quad);
    ++number;
  }
}

// One run of a load that can be resumed; whether it has read its quads.
bool LoadResumably(const std::string& path, uint64_t number, const std::string& fail_point) {
  Child child({path, "resume", absl::StrCat(number), "1"}, fail_point);
  child.Finish();
  EXPECT_EQ(child.killed(), !fail_point.empty()) << fail_point;
  EXPECT_EQ(!child.numbers().empty() && child.numbers().back() == number, fail_point.empty()) << fail_point;
  return !child.numbers().empty() && child.numbers().front() == 0;
}

std::set<Quad> ContentsOfLoad(uint64_t number) {
  const std::vector<Quad> quads = QuadsOfLoad(number);
  return {quads.begin(), quads.end()};
}

TEST_F(CrashTest, GoesOnWithALoadBehindItsLastStage) {
  const auto expected = NewMemoryStore();
  ASSERT_TRUE(expected->BulkLoad(SourceOf(QuadsOfLoad(1)), {.commit_quads = 0}).ok());
  for (const std::string point : {"load.encoded", "load.resolved", "load.sorted", "load.permutation:1",
                                  "load.permutation:9", "load.permutations_written", "load.before_ingest"}) {
    SCOPED_TRACE(point);
    const TempDirectory directory;
    const std::string path = directory.Child("store");
    EXPECT_TRUE(LoadResumably(path, 1, point));
    const bool had_read = point != "load.encoded" && point != "load.resolved";
    EXPECT_EQ(LoadResumably(path, 1, ""), !had_read);
    const auto store = OpenStore(path, {});
    ASSERT_TRUE(store.ok()) << store.status();
    ExpectValid(**store);
    ExpectSameStore(*(*store)->GetSnapshot(), *expected->GetSnapshot());
    for (const Quad& quad : ContentsOfLoad(1)) {
      ASSERT_EQ(**(*store)->GetSnapshot()->FindTerm(quad.subject), **expected->GetSnapshot()->FindTerm(quad.subject));
    }
    EXPECT_FALSE(std::filesystem::exists(absl::StrCat(path, "/runs"))) << "the load has left files behind";
  }
}

TEST_F(CrashTest, GoesOnAsOftenAsItIsKilled) {
  EXPECT_TRUE(LoadResumably(path(), 1, "load.sorted"));
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(LoadResumably(path(), 1, "load.permutation:2"));
  EXPECT_FALSE(LoadResumably(path(), 1, ""));
  const auto store = Reopen();
  EXPECT_TRUE(Contents(*store->GetSnapshot()) == ContentsOfLoad(1));
}

TEST_F(CrashTest, BeginsAnewWhenTheLoadOrTheStoreIsAnother) {
  EXPECT_TRUE(LoadResumably(path(), 1, "load.permutation:3"));
  EXPECT_TRUE(LoadResumably(path(), 2, "load.permutation:3"));
  {
    const auto store = OpenStore(path(), {});
    ASSERT_TRUE(store.ok()) << store.status();
    ASSERT_TRUE((*store)->Commit(ChangesOfCommit(1)).ok());
  }
  EXPECT_TRUE(LoadResumably(path(), 2, ""));
  std::set<Quad> expected = ContentsAfterCommits(1);
  expected.merge(ContentsOfLoad(2));
  const auto store = Reopen();
  EXPECT_TRUE(Contents(*store->GetSnapshot()) == expected);
}

TEST_F(CrashTest, LoadsWholeOrNotAtAllWhenKilledAtAFailPoint) {
  const std::set<Quad> nothing;
  for (const std::string point : {"load.encoded", "load.resolved", "load.permutations_written", "load.before_ingest"}) {
    EXPECT_FALSE(CrashWhileLoading(1, nothing, point, {})) << point;
  }
  EXPECT_TRUE(CrashWhileLoading(1, nothing, "load.after_ingest", {}));
  std::set<Quad> first;
  for (const Quad& quad : QuadsOfLoad(1)) first.insert(quad);
  EXPECT_FALSE(CrashWhileLoading(2, first, "load.permutations_written", {}));
  EXPECT_FALSE(CrashWhileLoading(2, first, "load.before_ingest", {}));
  EXPECT_TRUE(CrashWhileLoading(2, first, "load.after_ingest", {}));
}

}  // namespace
}  // namespace dossier

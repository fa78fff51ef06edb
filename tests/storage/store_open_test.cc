// Opening a store on disk: again, beside another process, of another format, damaged.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/store.h"
#include "tests/storage/store_test_support.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class StoreOpen : public ::testing::Test {
 protected:
  std::string path() const { return directory_.Child("store"); }

  absl::StatusOr<std::unique_ptr<Store>> Open(bool read_only = false, bool create = true) {
    OpenOptions options;
    options.read_only = read_only;
    options.create_if_missing = create;
    return OpenStore(path(), options);
  }

  std::unique_ptr<Store> MustOpen(bool read_only = false) {
    auto store = Open(read_only);
    EXPECT_TRUE(store.ok()) << store.status();
    return store.ok() ? *std::move(store) : nullptr;
  }

  static void Assert(Store* store, const std::vector<Quad>& quads) {
    const auto summary = store->Commit({.assertions = quads});
    ASSERT_TRUE(summary.ok()) << summary.status();
  }

  static std::string Message(const absl::Status& status) { return std::string(status.message()); }

  TempDirectory directory_;
};

TEST_F(StoreOpen, CountsTheBlocksThatAreReadFromDiskAndFromTheCache) {
  // Closing such a log writes it to table files, whose blocks are counted.
  Assert(MustOpen().get(), {Fact(Node("a"), Node("p"), Term::String(std::string(5 << 20, 'x')))});
  const auto store = MustOpen();
  const auto read_all = [&store] {
    const ReadCounters before = store->read_counters();
    const auto cursor = store->GetSnapshot()->Scan({});
    EXPECT_TRUE(cursor.ok()) << cursor.status();
    RowBlock block;
    const auto more = (*cursor)->Next(&block);
    EXPECT_TRUE(more.ok() && *more && block.rows == 1);
    return store->read_counters().Since(before);
  };
  const ReadCounters first = read_all();
  EXPECT_GT(first.blocks_from_disk, 0);
  EXPECT_GT(first.bytes_from_disk, 0);
  const ReadCounters second = read_all();
  EXPECT_EQ(second.blocks_from_disk, 0);
  EXPECT_GT(second.blocks_from_cache, 0);
  EXPECT_EQ(DescribeReads({1, 8192, 3}), "read 1 block from disk (8192 bytes), 3 from the cache");
}

TEST_F(StoreOpen, FindsEverythingAgain) {
  auto store = MustOpen();
  Assert(store.get(), {Fact("a", "p", "b"), Claim("k", "a", "p", "b", "g")});
  Assert(store.get(), {Fact(Node("a"), Node("p"), Term::LanguageTagged("a label", "en"))});
  ASSERT_TRUE(store->SetSetting("now", "2023-09-11").ok());
  const std::set<Quad> contents = Contents(*store->GetSnapshot());
  const std::string statistics = DescribeStatistics(*store->GetSnapshot());
  const TermId id = **store->GetSnapshot()->FindTerm(Node("b"));
  store.reset();

  store = MustOpen();
  EXPECT_EQ(store->GetSnapshot()->commit(), 2U);
  EXPECT_TRUE(Contents(*store->GetSnapshot()) == contents);
  EXPECT_EQ(DescribeStatistics(*store->GetSnapshot()), statistics);
  EXPECT_EQ(**store->GetSnapshot()->FindTerm(Node("b")), id);
  EXPECT_EQ(*store->GetSetting("now"), "2023-09-11");
  ExpectValid(*store);
}

TEST_F(StoreOpen, MakesAStoreOnlyWhenAskedTo) {
  const auto missing = Open(false, /*create=*/false);
  EXPECT_EQ(missing.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(Message(missing.status()), HasSubstr(path()));
  EXPECT_EQ(Open(/*read_only=*/true).status().code(), absl::StatusCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(StoreOpen, LeavesADirectoryAloneThatIsNoStore) {
  std::filesystem::create_directories(path());
  std::ofstream(path() + "/letter.txt") << "dear reader";
  const auto store = Open();
  EXPECT_EQ(store.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(Message(store.status()), HasSubstr("not a store"));
}

TEST_F(StoreOpen, NamesTheProcessThatWritesToASecondWriter) {
  const auto first = MustOpen();
  const auto second = Open();
  EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(Message(second.status()), HasSubstr(absl::StrCat(getpid())));
  Assert(first.get(), {Fact("a", "p", "b")});
}

// The helper of the crash test serves as the other process.
TEST_F(StoreOpen, IsRefusedToAnotherProcessWithTheNameOfTheHolder) {
  const auto first = MustOpen();
  const std::string errors = directory_.Child("errors");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors.c_str(), O_CREAT | O_WRONLY, 0600);
  std::vector<std::string> words = {CRASH_HELPER, path(), "commit", "1", "1"};
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  pid_t pid = 0;
  char* environment[] = {nullptr};
  ASSERT_EQ(posix_spawn(&pid, argv[0], &actions, nullptr, argv.data(), environment), 0);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  ASSERT_EQ(waitpid(pid, &status, 0), pid);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 1);
  std::ifstream file(errors);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  EXPECT_THAT(text, HasSubstr(absl::StrCat("process ", getpid())));
}

TEST_F(StoreOpen, ReadsBesideAWriter) {
  const auto writer = MustOpen();
  Assert(writer.get(), {Fact("a", "p", "b")});
  const auto reader = MustOpen(/*read_only=*/true);
  ASSERT_NE(reader, nullptr);
  EXPECT_THAT(Contents(*reader->GetSnapshot()), ElementsAre(Fact("a", "p", "b")));
  // The writer goes on, the reader keeps what it has, and one that is opened later sees more.
  Assert(writer.get(), {Fact("a", "p", "c")});
  EXPECT_THAT(Contents(*reader->GetSnapshot()), ElementsAre(Fact("a", "p", "b")));
  EXPECT_EQ(Contents(*MustOpen(/*read_only=*/true)->GetSnapshot()).size(), 2U);
}

TEST_F(StoreOpen, KeepsAReaderWorkingWhileTheWriterReplacesFiles) {
  const auto writer = MustOpen();
  std::vector<Quad> quads;
  for (int i = 0; i < 5'000; ++i) quads.push_back(Fact(Node(absl::StrCat(i % 100)), Node("p"), Number(i)));
  BulkLoadOptions options;
  options.commit_quads = 0;
  ASSERT_TRUE(writer->BulkLoad(SourceOf(quads), options).ok());
  const auto reader = MustOpen(/*read_only=*/true);
  ASSERT_TRUE(writer->Commit({.retractions = quads}).ok());
  for (Quad& quad : quads) quad.predicate = Node("q");
  ASSERT_TRUE(writer->BulkLoad(SourceOf(quads), options).ok());
  EXPECT_EQ(ScanIds(*reader->GetSnapshot(), {.permutation = Permutation::kPos}).size(), 5'000U);
}

TEST_F(StoreOpen, RefusesToChangeAReadOnlyStore) {
  Assert(MustOpen().get(), {Fact("a", "p", "b")});
  const auto reader = MustOpen(/*read_only=*/true);
  const std::vector<Quad> quads = {Fact("a", "p", "c")};
  EXPECT_EQ(reader->Commit({.assertions = quads}).status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(reader->BulkLoad(SourceOf(quads), {}).status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(reader->SetSetting("a", "b").code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(Message(reader->Commit({.assertions = quads}).status()), HasSubstr("read-only"));
}

TEST_F(StoreOpen, TakesAStoreWhoseMakingWasCutOffForNone) {
  MustOpen().reset();
  std::filesystem::remove_all(absl::StrCat(path(), "/data"));
  EXPECT_EQ(Open(/*read_only=*/true, /*create=*/false).status().code(), absl::StatusCode::kNotFound);
  Assert(MustOpen().get(), {Fact("a", "p", "b")});
  EXPECT_EQ(MustOpen(/*read_only=*/true)->GetSnapshot()->commit(), 1U);
}

TEST_F(StoreOpen, RefusesAnUnknownFormat) {
  Assert(MustOpen().get(), {Fact("a", "p", "b")});
  std::ofstream(path() + "/FORMAT") << "dossier store, format 999\n";
  for (const bool read_only : {false, true}) {
    const auto store = Open(read_only);
    EXPECT_EQ(store.status().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(Message(store.status()), HasSubstr("format 999"));
  }
}

TEST_F(StoreOpen, BacksUpWhatCanBeOpenedAsAStore) {
  const auto store = MustOpen();
  Assert(store.get(), {Fact("a", "p", "b"), Claim("k", "a", "p", "b")});
  const std::string copy = directory_.Child("copy");
  ASSERT_TRUE(store->Backup(copy).ok());
  Assert(store.get(), {Fact("a", "p", "c")});
  const auto restored = OpenStore(copy, {});
  ASSERT_TRUE(restored.ok()) << restored.status();
  EXPECT_EQ(Contents(*(*restored)->GetSnapshot()).size(), 2U);
  ExpectValid(**restored);
  EXPECT_FALSE(store->Backup(copy).ok());
}

// Damage that recovery may not hide: whatever happens to a file, either the store says so or nothing is lost.
class DamagedStore : public StoreOpen {
 protected:
  void SetUp() override {
    const auto store = MustOpen();
    std::vector<Quad> quads;
    for (int i = 0; i < 5'000; ++i) {
      quads.push_back(Fact(Node(absl::StrCat("s", i % 1'000)), Node(absl::StrCat("p", i % 7)), Number(i)));
    }
    BulkLoadOptions options;
    options.commit_quads = 0;
    ASSERT_TRUE(store->BulkLoad(SourceOf(quads), options).ok());
    Assert(store.get(), {Claim("k", "a", "p", "b"), Fact("a", "p", "b")});
    contents_ = Contents(*store->GetSnapshot());
  }

  // The files that hold data; not those that RocksDB can do without, and not the log, whose end a crash may tear.
  std::vector<std::string> DataFiles() const {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path())) {
      const std::string name = entry.path().filename();
      const bool counts =
          absl::EndsWith(name, ".sst") || absl::StartsWith(name, "MANIFEST") || name == "CURRENT" || name == "FORMAT";
      if (entry.is_regular_file() && counts) files.push_back(std::filesystem::relative(entry.path(), path()));
    }
    std::sort(files.begin(), files.end());
    return files;
  }

  // Damages one file in a copy of the store and looks whether somebody notices.
  void ExpectNoticed(const std::string& file, const std::function<void(const std::string&)>& damage) {
    SCOPED_TRACE(file);
    TempDirectory copy;
    std::filesystem::copy(path(), copy.Child("store"), std::filesystem::copy_options::recursive);
    damage(absl::StrCat(copy.Child("store"), "/", file));
    const auto store = OpenStore(copy.Child("store"), {});
    if (!store.ok()) {
      EXPECT_THAT(Message(store.status()), Not(::testing::IsEmpty()));
      return;
    }
    const auto problems = (*store)->Validate({});
    if (!problems.ok()) {
      EXPECT_EQ(problems.status().code(), absl::StatusCode::kDataLoss) << problems.status();
      return;
    }
    EXPECT_TRUE(!problems->empty() || Contents(*(*store)->GetSnapshot()) == contents_) << "the damage was not noticed";
  }

  std::set<Quad> contents_;
};

TEST_F(DamagedStore, SaysSoWhenAFileIsCutOff) {
  ASSERT_GT(DataFiles().size(), 5U);
  for (const std::string& file : DataFiles()) {
    ExpectNoticed(file, [](const std::string& path) {
      std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
    });
  }
}

TEST_F(DamagedStore, SaysSoWhenBytesAreWrong) {
  for (const std::string& file : DataFiles()) {
    ExpectNoticed(file, [](const std::string& path) {
      std::fstream stream(path, std::ios::in | std::ios::out | std::ios::binary);
      stream.seekp(static_cast<std::streamoff>(std::filesystem::file_size(path) / 3));
      stream << "#";
    });
  }
}

TEST_F(DamagedStore, NeverTakesUnreadableStatisticsForEmptyOnes) {
  const uint64_t rows = MustOpen(true)->GetSnapshot()->statistics().quads.rows;
  ASSERT_GT(rows, 0U);
  int unreadable = 0;
  for (const std::string& file : DataFiles()) {
    if (!absl::EndsWith(file, ".sst")) continue;
    SCOPED_TRACE(file);
    TempDirectory copy;
    std::filesystem::copy(path(), copy.Child("store"), std::filesystem::copy_options::recursive);
    {
      std::fstream stream(absl::StrCat(copy.Child("store"), "/", file),
                          std::ios::in | std::ios::out | std::ios::binary);
      stream << "##########";
    }
    const auto store = OpenStore(copy.Child("store"), {});
    if (!store.ok()) continue;
    const auto snapshot = (*store)->GetSnapshot();
    const absl::Status status = snapshot->CheckStatistics();
    if (status.ok()) {
      EXPECT_EQ(snapshot->statistics().quads.rows, rows);
    } else {
      EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << status;
      ++unreadable;
    }
  }
  EXPECT_GT(unreadable, 0);
}

TEST_F(DamagedStore, SaysSoWhenAFileIsMissing) {
  for (const std::string& file : DataFiles()) {
    ExpectNoticed(file, [](const std::string& path) { std::filesystem::remove(path); });
  }
}

}  // namespace
}  // namespace dossier

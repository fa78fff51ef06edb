// Opening directories that are stores, and such that are not.
#include <filesystem>
#include <fstream>
#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/store.h"
#include "tests/storage/store_test_support.h"

namespace dossier {
namespace {

using testing::HasSubstr;

absl::Status TryOpen(const std::string& directory, const OpenOptions& options = {}) {
  return OpenStore(directory, options).status();
}

// A store with one fact, closed.
void MakeStore(const std::string& directory) {
  const auto store = OpenStore(directory, {});
  ASSERT_TRUE(store.ok()) << store.status();
  ChangeSet changes;
  changes.assertions = {Fact("s", "p", "o")};
  ASSERT_TRUE((*store)->Commit(changes).ok());
}

void WriteFile(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

TEST(StoreDirectory, IsMadeOnlyWhenThatIsAllowed) {
  const TempDirectory temp;
  EXPECT_EQ(TryOpen(temp.Child("a"), {.create_if_missing = false}).code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(TryOpen(temp.Child("a"), {.read_only = true}).code(), absl::StatusCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(temp.Child("a")));
  EXPECT_TRUE(TryOpen(temp.Child("a")).ok());
  EXPECT_TRUE(TryOpen(temp.Child("a"), {.create_if_missing = false}).ok());
}

TEST(StoreDirectory, MayBeEmptyOrHoldTheDraftOfACrashedCreation) {
  const TempDirectory temp;
  std::filesystem::create_directory(temp.Child("a"));
  WriteFile(temp.Child("a") + "/FORMAT.new", "doss");
  EXPECT_TRUE(TryOpen(temp.Child("a")).ok());
}

TEST(StoreDirectory, IsNotTakenFromSomeoneElse) {
  const TempDirectory temp;
  WriteFile(temp.Child("thesis.txt"), "a thesis");
  const absl::Status status = TryOpen(temp.path());
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), HasSubstr("not a store"));
  EXPECT_EQ(TryOpen(temp.Child("thesis.txt")).code(), absl::StatusCode::kFailedPrecondition);
}

TEST(StoreDirectory, NamesAFormatThatItCannotRead) {
  const TempDirectory temp;
  MakeStore(temp.Child("a"));
  WriteFile(temp.Child("a") + "/FORMAT", "dossier store, format 999\n");
  const absl::Status status = TryOpen(temp.Child("a"));
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), HasSubstr("format 999"));
  WriteFile(temp.Child("a") + "/FORMAT", "nonsense");
  EXPECT_EQ(TryOpen(temp.Child("a")).code(), absl::StatusCode::kDataLoss);
}

TEST(StoreDirectory, ReportsEveryDamagedOrMissingFile) {
  const TempDirectory temp;
  MakeStore(temp.Child("original"));
  {
    const auto store = OpenStore(temp.Child("original"), {});
    ASSERT_TRUE(store.ok());
    ASSERT_TRUE((*store)->Backup(temp.Child("sound")).ok());  // Has all in table files.
  }
  size_t damaged = 0;
  for (const auto& entry : std::filesystem::directory_iterator(temp.Child("sound") + "/data")) {
    const std::string name = entry.path().filename();
    const bool matters = name == "CURRENT" || name.rfind("MANIFEST", 0) == 0 || name.find(".sst") != std::string::npos;
    if (!matters) continue;
    for (const bool remove : {true, false}) {
      SCOPED_TRACE(name + (remove ? " removed" : " truncated"));
      const std::string copy = temp.Child("copy");
      std::filesystem::remove_all(copy);
      std::filesystem::copy(temp.Child("sound"), copy, std::filesystem::copy_options::recursive);
      if (remove) {
        std::filesystem::remove(copy + "/data/" + name);
      } else {
        std::filesystem::resize_file(copy + "/data/" + name, entry.file_size() / 2);
      }
      const auto store = OpenStore(copy, {});
      if (store.ok()) {
        const auto lines = (*store)->Validate({});
        EXPECT_TRUE(!lines.ok() || !lines->empty() || (*store)->GetSnapshot()->commit() == 0) << "not noticed";
        EXPECT_NE((*store)->GetSnapshot()->commit(), 0U) << "silently emptied";
      } else {
        EXPECT_EQ(store.status().code(), absl::StatusCode::kDataLoss) << store.status();
      }
      ++damaged;
    }
  }
  EXPECT_GE(damaged, 6U);
}

// Ten commits that are in the log only, in a copy of an open store, as a crash would leave it.
void MakeCrashedStore(const TempDirectory& temp, const std::string& copy) {
  const auto store = OpenStore(temp.Child("original"), {});
  ASSERT_TRUE(store.ok());
  for (int i = 0; i < 10; ++i) {
    ChangeSet changes;
    changes.assertions = {Fact("s" + std::to_string(i), "p", "o"), Claim("c" + std::to_string(i), "s", "p", "o")};
    ASSERT_TRUE((*store)->Commit(changes).ok());
  }
  std::filesystem::copy(temp.Child("original"), copy, std::filesystem::copy_options::recursive);
}

// The largest file of the log.
std::filesystem::path LogOf(const std::string& directory) {
  std::filesystem::path log;
  for (const auto& entry : std::filesystem::directory_iterator(directory + "/data")) {
    if (entry.path().extension() != ".log") continue;
    if (log.empty() || std::filesystem::file_size(log) < entry.file_size()) log = entry.path();
  }
  return log;
}

TEST(StoreDirectory, KeepsWholeCommitsWhenTheEndOfTheLogIsTorn) {
  const TempDirectory temp;
  MakeCrashedStore(temp, temp.Child("crashed"));
  const uintmax_t size = std::filesystem::file_size(LogOf(temp.Child("crashed")));
  ASSERT_GT(size, 1000U);
  std::set<uint64_t> commits;
  for (int part = 0; part <= 12; ++part) {
    const std::string copy = temp.Child("copy" + std::to_string(part));
    std::filesystem::copy(temp.Child("crashed"), copy, std::filesystem::copy_options::recursive);
    std::filesystem::resize_file(LogOf(copy), size * part / 12);
    const auto store = OpenStore(copy, {});
    ASSERT_TRUE(store.ok()) << store.status();
    ExpectValid(**store);
    commits.insert((*store)->GetSnapshot()->commit());
    EXPECT_EQ(Contents(*(*store)->GetSnapshot()).size(), 2 * (*store)->GetSnapshot()->commit());
  }
  EXPECT_TRUE(commits.contains(0));
  EXPECT_TRUE(commits.contains(10));
  EXPECT_GE(commits.size(), 5U);
}

TEST(StoreDirectory, RefusesALogThatIsDamagedInItsMiddle) {
  const TempDirectory temp;
  MakeCrashedStore(temp, temp.Child("crashed"));
  const std::filesystem::path log = LogOf(temp.Child("crashed"));
  std::fstream file(log, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(std::filesystem::file_size(log) / 3));
  file << "nonsense";
  file.close();
  EXPECT_EQ(TryOpen(temp.Child("crashed")).code(), absl::StatusCode::kDataLoss);
}

TEST(StoreDirectory, IsReadWhileAnotherOneWrites) {
  const TempDirectory temp;
  const auto writer = OpenStore(temp.Child("a"), {});
  ASSERT_TRUE(writer.ok());
  ChangeSet changes;
  changes.assertions = {Fact("s", "p", "o")};
  ASSERT_TRUE((*writer)->Commit(changes).ok());
  const auto reader = OpenStore(temp.Child("a"), {.read_only = true});
  ASSERT_TRUE(reader.ok()) << reader.status();
  EXPECT_EQ(Contents(*(*reader)->GetSnapshot()).size(), 1U);
  EXPECT_EQ((*reader)->Commit(changes).status().code(), absl::StatusCode::kFailedPrecondition);
  changes.assertions = {Fact("s", "p", "o2")};
  ASSERT_TRUE((*writer)->Commit(changes).ok());
  EXPECT_EQ(Contents(*(*reader)->GetSnapshot()).size(), 1U) << "as of its opening";
}

TEST(StoreDirectory, IsCopiedWhileItIsOpen) {
  const TempDirectory temp;
  MakeStore(temp.Child("a"));
  const auto store = OpenStore(temp.Child("a"), {});
  ASSERT_TRUE(store.ok());
  ASSERT_TRUE((*store)->Backup(temp.Child("copy")).ok());
  EXPECT_EQ((*store)->Backup(temp.Child("copy")).code(), absl::StatusCode::kAlreadyExists);
  const auto copy = OpenStore(temp.Child("copy"), {.create_if_missing = false});
  ASSERT_TRUE(copy.ok()) << copy.status();
  EXPECT_EQ(Contents(*(*copy)->GetSnapshot()), Contents(*(*store)->GetSnapshot()));
  ExpectValid(**copy);
}

}  // namespace
}  // namespace dossier

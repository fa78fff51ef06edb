// Opening directories that a crash or a fault has left behind. (What else opening does: store_open_test.cc.)
#include <filesystem>
#include <fstream>
#include <set>

#include "gtest/gtest.h"
#include "storage/store.h"
#include "tests/storage/store_test_support.h"

namespace dossier {
namespace {

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

TEST(StoreDirectory, MayBeEmptyOrHoldTheDraftOfACrashedCreation) {
  const TempDirectory temp;
  std::filesystem::create_directory(temp.Child("a"));
  WriteFile(temp.Child("a") + "/FORMAT.new", "doss");
  EXPECT_TRUE(TryOpen(temp.Child("a")).ok());
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

TEST(StoreDirectory, MayHoldTablesThatItsFirstLoadWasLayingThereWhenItWasKilled) {
  const TempDirectory temp;
  ASSERT_TRUE(TryOpen(temp.Child("store")).ok());
  std::filesystem::create_directories(temp.Child("store") + "/runs");
  WriteFile(temp.Child("store") + "/runs/1.sst", "a table");
  std::filesystem::create_hard_link(temp.Child("store") + "/runs/1.sst", temp.Child("store") + "/data/000099.sst");
  EXPECT_TRUE(TryOpen(temp.Child("store")).ok());
  // One that no load has laid there was part of the store, of which the MANIFEST knows no more.
  WriteFile(temp.Child("store") + "/data/000099.sst", "a table");
  EXPECT_EQ(TryOpen(temp.Child("store")).code(), absl::StatusCode::kDataLoss);
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

TEST(StoreDirectory, LeavesNothingOfACopyThatCannotBeMade) {
  const TempDirectory temp;
  const std::unique_ptr<Store> store = NewMemoryStore();
  EXPECT_EQ(store->Backup(temp.Child("copy")).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_FALSE(std::filesystem::exists(temp.Child("copy")));
}

}  // namespace
}  // namespace dossier

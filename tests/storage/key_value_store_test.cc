// What every implementation of the key-value interface has to do.
#include "storage/key_value_store.h"

#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/memory/memory_key_value_store.h"
#include "storage/rocks/rocks_key_value_store.h"
#include "tests/storage/store_test_support.h"

namespace dossier::storage {
namespace {

RocksOptions OptionsIn(const TempDirectory& directory) {
  RocksOptions options;
  options.cache_bytes = 1 << 20;
  options.run_directory = directory.path() + "/runs";
  return options;
}

std::unique_ptr<KeyValueStore> OpenRocksIn(const TempDirectory& directory) {
  auto store = OpenRocksStore(directory.path() + "/data", OptionsIn(directory));
  EXPECT_TRUE(store.ok()) << store.status();
  return store.ok() ? *std::move(store) : nullptr;
}

enum class Kind { kMemory, kRocks };

class KeyValueStoreTest : public testing::TestWithParam<Kind> {
 protected:
  KeyValueStoreTest() : store_(GetParam() == Kind::kMemory ? NewMemoryKeyValueStore() : OpenRocksIn(directory_)) {}

  void Put(const std::string& key, const std::string& value) {
    WriteBatch batch;
    batch.Put(Family::kRows, key, value);
    ASSERT_TRUE(store_->Write(batch).ok());
  }

  static std::map<std::string, std::string> All(const KeyValueSnapshot& snapshot, Family family = Family::kRows) {
    std::map<std::string, std::string> all;
    const auto iterator = snapshot.NewIterator(family);
    for (iterator->Seek(""); iterator->valid(); iterator->Next()) {
      all.emplace(iterator->key(), iterator->value());
    }
    EXPECT_TRUE(iterator->status().ok());
    return all;
  }

  TempDirectory directory_;
  std::unique_ptr<KeyValueStore> store_;
};

TEST_P(KeyValueStoreTest, FindsWhatWasPutInItsFamilyOnly) {
  Put("a", "1");
  const auto snapshot = store_->GetSnapshot();
  std::string value;
  EXPECT_TRUE(snapshot->Get(Family::kRows, "a", &value).value());
  EXPECT_EQ(value, "1");
  EXPECT_FALSE(snapshot->Get(Family::kRows, "b", &value).value());
  EXPECT_FALSE(snapshot->Get(Family::kMeta, "a", &value).value());
}

TEST_P(KeyValueStoreTest, AppliesABatchAsOneAndTheLastEntryOfAKeyCounts) {
  Put("old", "1");
  WriteBatch batch;
  batch.Put(Family::kRows, "a", "1");
  batch.Put(Family::kMeta, "a", "2");
  batch.Delete(Family::kRows, "old");
  batch.Delete(Family::kRows, "b");
  batch.Put(Family::kRows, "b", "3");
  batch.Put(Family::kRows, "c", "4");
  batch.Delete(Family::kRows, "c");
  ASSERT_TRUE(store_->Write(batch).ok());
  const auto snapshot = store_->GetSnapshot();
  EXPECT_EQ(All(*snapshot), (std::map<std::string, std::string>{{"a", "1"}, {"b", "3"}}));
  EXPECT_EQ(All(*snapshot, Family::kMeta), (std::map<std::string, std::string>{{"a", "2"}}));
}

TEST_P(KeyValueStoreTest, ShowsASnapshotAsItWas) {
  Put("a", "1");
  const auto before = store_->GetSnapshot();
  const auto iterator = before->NewIterator(Family::kRows);
  iterator->Seek("");
  Put("a", "2");
  Put("b", "3");
  EXPECT_EQ(All(*before), (std::map<std::string, std::string>{{"a", "1"}}));
  EXPECT_EQ(All(*store_->GetSnapshot()), (std::map<std::string, std::string>{{"a", "2"}, {"b", "3"}}));
  ASSERT_TRUE(iterator->valid());
  EXPECT_EQ(iterator->value(), "1");
  iterator->Next();
  EXPECT_FALSE(iterator->valid());
}

TEST_P(KeyValueStoreTest, IteratesBothWaysFromWhereItIsTold) {
  for (const char* key : {"b", "d", "f"}) Put(key, key);
  const auto snapshot = store_->GetSnapshot();
  const auto iterator = snapshot->NewIterator(Family::kRows);
  EXPECT_FALSE(iterator->valid());
  iterator->Seek("c");
  EXPECT_EQ(iterator->key(), "d");
  iterator->SeekForPrev("c");
  EXPECT_EQ(iterator->key(), "b");
  iterator->SeekForPrev("d");
  EXPECT_EQ(iterator->key(), "d");
  iterator->Next();
  EXPECT_EQ(iterator->key(), "f");
  iterator->Prev();
  EXPECT_EQ(iterator->key(), "d");
  iterator->Seek("g");
  EXPECT_FALSE(iterator->valid());
  EXPECT_TRUE(iterator->status().ok());
  iterator->SeekForPrev("a");
  EXPECT_FALSE(iterator->valid());
}

TEST_P(KeyValueStoreTest, ComparesKeysAsUnsignedBytes) {
  Put("\x7F", "1");
  Put("\x80", "2");
  Put(std::string("\x80\x00", 2), "3");
  const auto snapshot = store_->GetSnapshot();
  std::vector<std::string> values;
  for (const auto& [key, value] : All(*snapshot)) values.push_back(value);
  const auto iterator = snapshot->NewIterator(Family::kRows);
  iterator->Seek("\x80");
  EXPECT_EQ(iterator->value(), "2");
  iterator->Next();
  EXPECT_EQ(iterator->value(), "3");
}

TEST_P(KeyValueStoreTest, GetsManyInTheOrderGiven) {
  for (const char* key : {"a", "b", "c"}) Put(key, std::string("=") + key);
  std::vector<std::optional<std::string>> values;
  const std::vector<std::string> keys = {"c", "x", "a", "a"};
  ASSERT_TRUE(store_->GetSnapshot()->MultiGet(Family::kRows, keys, &values).ok());
  EXPECT_THAT(values, testing::ElementsAre("=c", std::nullopt, "=a", "=a"));
}

TEST_P(KeyValueStoreTest, TakesInSortedRunsOfSeveralFamiliesOverWhatIsThere) {
  Put("a", "old");
  Put("b", "old");
  const auto before = store_->GetSnapshot();
  std::vector<std::unique_ptr<SortedRun>> runs;
  for (const Family family : {Family::kRows, Family::kTerms, Family::kMeta}) {
    runs.push_back(store_->NewRun(family).value());
  }
  ASSERT_TRUE(runs[0]->Put("a", "new").ok());
  ASSERT_TRUE(runs[0]->Delete("b").ok());
  ASSERT_TRUE(runs[0]->Put("c", "new").ok());
  ASSERT_TRUE(runs[1]->Put("t", "term").ok());
  EXPECT_EQ(All(*store_->GetSnapshot()).size(), 2U) << "invisible until ingested";
  ASSERT_TRUE(store_->Ingest(std::move(runs)).ok());
  const auto after = store_->GetSnapshot();
  EXPECT_EQ(All(*after), (std::map<std::string, std::string>{{"a", "new"}, {"c", "new"}}));
  EXPECT_EQ(All(*after, Family::kTerms), (std::map<std::string, std::string>{{"t", "term"}}));
  EXPECT_EQ(All(*before), (std::map<std::string, std::string>{{"a", "old"}, {"b", "old"}}));
}

TEST_P(KeyValueStoreTest, DoesAsAMapDoesUnderRandomWrites) {
  std::mt19937 random(7);
  std::map<std::string, std::string> model;
  std::vector<std::pair<std::shared_ptr<const KeyValueSnapshot>, std::map<std::string, std::string>>> versions;
  for (int round = 0; round < 60; ++round) {
    WriteBatch batch;
    for (int i = 0; i < 20; ++i) {
      const std::string key = std::to_string(random() % 200);
      if (random() % 3 == 0) {
        batch.Delete(Family::kRows, key);
        model.erase(key);
      } else {
        const std::string value = std::to_string(random());
        batch.Put(Family::kRows, key, value);
        model[key] = value;
      }
    }
    ASSERT_TRUE(store_->Write(batch).ok());
    if (round % 10 == 0) versions.emplace_back(store_->GetSnapshot(), model);
  }
  for (const auto& [snapshot, expected] : versions) EXPECT_EQ(All(*snapshot), expected);
}

INSTANTIATE_TEST_SUITE_P(Both, KeyValueStoreTest, testing::Values(Kind::kMemory, Kind::kRocks),
                         [](const auto& info) { return info.param == Kind::kMemory ? "Memory" : "Rocks"; });

TEST(RocksKeyValueStore, KeepsWhatWasWrittenWhenItIsOpenedAgain) {
  const TempDirectory directory;
  WriteBatch batch;
  batch.Put(Family::kMeta, "k", "v");
  ASSERT_TRUE(OpenRocksIn(directory)->Write(batch).ok());
  std::string value;
  EXPECT_TRUE(OpenRocksIn(directory)->GetSnapshot()->Get(Family::kMeta, "k", &value).value());
  EXPECT_EQ(value, "v");
}

TEST(RocksKeyValueStore, NamesTheProcessThatHoldsTheStore) {
  const TempDirectory directory;
  int ready[2];
  int done[2];
  ASSERT_EQ(pipe(ready), 0);
  ASSERT_EQ(pipe(done), 0);
  const pid_t child = fork();
  if (child == 0) {
    close(done[1]);
    const auto store = OpenRocksStore(directory.path() + "/data", OptionsIn(directory));
    char byte = store.ok() ? 'y' : 'n';
    if (write(ready[1], &byte, 1) == 1) (void)!read(done[0], &byte, 1);
    _exit(0);
  }
  char byte = 0;
  ASSERT_EQ(read(ready[0], &byte, 1), 1);
  EXPECT_EQ(byte, 'y');
  const absl::Status status = OpenRocksStore(directory.path() + "/data", OptionsIn(directory)).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr("process " + std::to_string(child)));
  close(done[1]);
  EXPECT_EQ(waitpid(child, nullptr, 0), child);
  EXPECT_NE(OpenRocksIn(directory), nullptr) << "its end frees the store";
}

TEST(RocksKeyValueStore, RefusesASecondWriterInTheSameProcessAndStaysLocked) {
  const TempDirectory directory;
  const auto store = OpenRocksIn(directory);
  for (int attempt = 0; attempt < 2; ++attempt) {
    const auto second = OpenRocksStore(directory.path() + "/data", OptionsIn(directory));
    EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(std::string(second.status().message()), testing::HasSubstr("this process"));
  }
}

TEST(RocksKeyValueStore, ReadsBesideAWriter) {
  const TempDirectory directory;
  const auto store = OpenRocksIn(directory);
  WriteBatch batch;
  batch.Put(Family::kMeta, "k", "v");
  ASSERT_TRUE(store->Write(batch).ok());
  RocksOptions options = OptionsIn(directory);
  options.read_only = true;
  const auto reader = OpenRocksStore(directory.path() + "/data", options);
  ASSERT_TRUE(reader.ok()) << reader.status();
  std::string value;
  EXPECT_TRUE((*reader)->GetSnapshot()->Get(Family::kMeta, "k", &value).value());
  EXPECT_FALSE((*reader)->Write(batch).ok());
}

TEST(RocksKeyValueStore, LeavesNoRunsBehind) {
  const TempDirectory directory;
  {
    const auto store = OpenRocksIn(directory);
    const auto run = store->NewRun(Family::kRows).value();
    ASSERT_TRUE(run->Put("a", "1").ok());
  }
  EXPECT_TRUE(std::filesystem::is_empty(directory.path() + "/runs"));
}

}  // namespace
}  // namespace dossier::storage

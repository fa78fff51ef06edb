#include "storage/permutation_writer.h"

#include <algorithm>
#include <random>
#include <set>
#include <vector>

#include "gtest/gtest.h"
#include "storage/block.h"
#include "storage/memory/memory_key_value_store.h"
#include "storage/table_reader.h"

namespace dossier::storage {
namespace {

Row MakeRow(uint64_t a, uint64_t b) { return {TermId(TermTag::kIri, a), TermId(TermTag::kIri, b), TermId(), TermId()}; }

class PermutationWriterTest : public testing::Test {
 protected:
  void Apply(std::vector<RowChange> changes) {
    std::sort(changes.begin(), changes.end(), [](const RowChange& a, const RowChange& b) { return a.row < b.row; });
    WriteBatch batch;
    ASSERT_TRUE(ApplyRowChanges(table_, changes, *store_->GetSnapshot(), &batch).ok());
    written_ = batch.entries().size();
    ASSERT_TRUE(store_->Write(batch).ok());
  }

  // All rows; also that every block begins with its key, and how large the blocks are.
  std::vector<Row> ReadAll() {
    std::vector<Row> rows;
    block_rows_.clear();
    const auto snapshot = store_->GetSnapshot();
    TableReader reader(snapshot.get(), table_);
    DecodedBlock block;
    for (bool found = reader.SeekTo({}).value(); found; found = reader.Next().value()) {
      EXPECT_TRUE(block.Decode(reader.block(), table_.width).ok());
      block_rows_.push_back(block.rows());
      for (size_t i = 0; i < block.rows(); ++i) {
        Row row{};
        for (size_t column = 0; column < table_.width; ++column) row[column] = block.column(column)[i];
        if (i == 0) {
          EXPECT_TRUE(std::equal(reader.first_row().begin(), reader.first_row().end(), row.begin()));
        }
        rows.push_back(row);
      }
    }
    return rows;
  }

  const Table table_ = TableOf(Permutation::kSpo);
  const std::unique_ptr<KeyValueStore> store_ = NewMemoryKeyValueStore();
  std::vector<size_t> block_rows_;
  size_t written_ = 0;
};

TEST_F(PermutationWriterTest, DoesAsASetDoesUnderRandomChanges) {
  for (const uint32_t seed : {1U, 2U, 3U}) {
    std::mt19937 random(seed);
    std::set<Row> model;
    Apply({});
    for (const Row& row : ReadAll()) model.insert(row);
    for (int round = 0; round < 40; ++round) {
      std::set<Row> touched;
      std::vector<RowChange> changes;
      const size_t count = random() % (round % 5 == 0 ? 6000 : 60);
      const bool mostly_delete = round % 8 > 4;
      for (size_t i = 0; i < count; ++i) {
        const Row row = MakeRow(random() % 100, random() % 100);
        if (!touched.insert(row).second) continue;
        const bool insert = random() % 10 < (mostly_delete ? 2 : 7);
        changes.push_back({row, insert});
        if (insert) {
          model.insert(row);
        } else {
          model.erase(row);
        }
      }
      Apply(changes);
      ASSERT_EQ(ReadAll(), std::vector<Row>(model.begin(), model.end())) << "seed " << seed << " round " << round;
      for (size_t i = 0; i + 1 < block_rows_.size(); ++i) EXPECT_GE(block_rows_[i], kMaxBlockRows / 4);
    }
  }
}

TEST_F(PermutationWriterTest, WritesNothingForChangesThatChangeNothing) {
  Apply({{MakeRow(1, 1), true}});
  Apply({{MakeRow(1, 1), true}, {MakeRow(2, 2), false}});
  EXPECT_EQ(written_, 0U);
}

TEST_F(PermutationWriterTest, FillsBlocksThatGrowAtTheirEnd) {
  for (uint64_t i = 0; i < 50; ++i) {
    std::vector<RowChange> changes;
    for (uint64_t k = 0; k < 100; ++k) changes.push_back({MakeRow(i, k), true});
    Apply(changes);
  }
  ReadAll();
  EXPECT_EQ(block_rows_.size(), 5U);
}

TEST_F(PermutationWriterTest, SplitsABlockInTheMiddleInHalves) {
  std::vector<RowChange> changes;
  for (uint64_t k = 0; k < kMaxBlockRows; ++k) changes.push_back({MakeRow(k, 0), true});
  Apply(changes);
  Apply({{MakeRow(5, 5), true}});
  ReadAll();
  EXPECT_EQ(block_rows_, (std::vector<size_t>{512, 513}));
}

TEST_F(PermutationWriterTest, GivesBackTheSpaceOfDeletedRows) {
  std::vector<RowChange> changes;
  for (uint64_t k = 0; k < 20000; ++k) changes.push_back({MakeRow(k, 0), true});
  Apply(changes);
  std::mt19937 random(4);
  std::shuffle(changes.begin(), changes.end(), random);
  for (size_t begin = 0; begin < changes.size(); begin += 500) {
    std::vector<RowChange> part(changes.begin() + begin, changes.begin() + begin + 500);
    for (RowChange& change : part) change.insert = false;
    Apply(part);
    const size_t rows = ReadAll().size();
    EXPECT_LE(block_rows_.size(), rows / 256 + 1) << "small blocks join their neighbours";
  }
  EXPECT_TRUE(ReadAll().empty());
}

TEST_F(PermutationWriterTest, TouchesOneBlockForOneRow) {
  std::vector<RowChange> changes;
  for (uint64_t k = 0; k < 10000; ++k) changes.push_back({MakeRow(k, 0), true});
  Apply(changes);
  Apply({{MakeRow(5000, 1), true}});
  EXPECT_LE(written_, 2U);
}

TEST_F(PermutationWriterTest, ReportsADamagedBlock) {
  Apply({{MakeRow(1, 1), true}});
  WriteBatch batch;
  const Row row = MakeRow(1, 1);
  batch.Put(Family::kRows, RowKey(table_, {row.data(), table_.width}), "nonsense");
  ASSERT_TRUE(store_->Write(batch).ok());
  WriteBatch ignored;
  const std::vector<RowChange> changes = {{MakeRow(1, 2), true}};
  EXPECT_EQ(ApplyRowChanges(table_, changes, *store_->GetSnapshot(), &ignored).code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace dossier::storage

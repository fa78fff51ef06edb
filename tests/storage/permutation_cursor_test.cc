#include "storage/permutation_cursor.h"

#include <algorithm>
#include <random>
#include <set>
#include <vector>

#include "gtest/gtest.h"
#include "storage/memory/memory_key_value_store.h"
#include "storage/permutation_writer.h"
#include "storage/row_order.h"

namespace dossier::storage {
namespace {

TermId Id(uint64_t payload) { return {TermTag::kIri, payload}; }

// Eight thousand rows over about ten blocks: few firsts, more seconds, many thirds. Read without a cache, with one that
// has room for all blocks, and with one that forgets all the time.
class PermutationCursorTest : public testing::TestWithParam<size_t> {
 protected:
  PermutationCursorTest() {
    std::mt19937 random(1);
    for (int i = 0; i < 8000; ++i)
      rows_.push_back({Id(random() % 5), Id(random() % 50), Id(random() % 1000), TermId()});
    std::sort(rows_.begin(), rows_.end());
    rows_.erase(std::unique(rows_.begin(), rows_.end()), rows_.end());
    std::vector<RowChange> changes;
    for (const Row& row : rows_) changes.push_back({row, true});
    WriteBatch batch;
    EXPECT_TRUE(ApplyRowChanges(table_, changes, *store_->GetSnapshot(), &batch).ok());
    EXPECT_TRUE(store_->Write(batch).ok());
    snapshot_ = store_->GetSnapshot();
  }

  TableRange Range(std::vector<TermId> prefix) const {
    TableRange range;
    range.table = table_;
    range.prefix = std::move(prefix);
    return range;
  }

  std::vector<Row> Expected(const TableRange& range) const {
    std::vector<Row> expected;
    for (const Row& row : rows_) {
      const size_t size = range.prefix.size();
      if (!std::equal(range.prefix.begin(), range.prefix.end(), row.begin())) continue;
      if (size < table_.width && (row[size] < range.lower || range.upper < row[size])) continue;
      expected.push_back(row);
    }
    return expected;
  }

  static void Append(const RowBlock& block, std::vector<Row>* rows) {
    for (size_t i = 0; i < block.rows; ++i) {
      rows->push_back({block.columns[0][i], block.columns[1][i], block.columns[2][i], block.columns[3][i]});
    }
  }

  std::vector<Row> Read(const TableRange& range) const {
    std::vector<Row> rows;
    const auto cursor = NewTableCursor(snapshot_.get(), range, cache());
    RowBlock block;
    while (cursor->Next(&block).value()) {
      EXPECT_GT(block.rows, 0U);
      Append(block, &rows);
    }
    EXPECT_FALSE(cursor->Next(&block).value()) << "the end stays the end";
    return rows;
  }

  void Check(const TableRange& range) const {
    const std::vector<Row> expected = Expected(range);
    EXPECT_EQ(Read(range), expected);
    EXPECT_EQ(CountTableRows(*snapshot_, range, cache()).value(), expected.size());
    const uint64_t estimate = EstimateTableRows(*snapshot_, range, cache()).value();
    EXPECT_EQ(estimate == 0, expected.empty());
    EXPECT_LE(estimate, 2 * expected.size());
    EXPECT_GE(2 * estimate, expected.size());
  }

  const SnapshotBlocks* cache() const { return GetParam() == 0 ? nullptr : &cache_; }

  const Table table_ = TableOf(Permutation::kSpo);
  const SnapshotBlocks cache_{std::make_shared<BlockCache>(/*commit=*/0, GetParam()), /*commit=*/0};
  const std::unique_ptr<KeyValueStore> store_ = NewMemoryKeyValueStore();
  std::vector<Row> rows_;
  std::shared_ptr<const KeyValueSnapshot> snapshot_;
};

INSTANTIATE_TEST_SUITE_P(Caches, PermutationCursorTest, testing::Values(0, BlockCache::kDefaultBytes, 50'000));

TEST_P(PermutationCursorTest, ReadsPrefixesOfEveryLength) {
  Check(Range({}));
  for (uint64_t a = 0; a < 6; ++a) {
    Check(Range({Id(a)}));
    for (uint64_t b = 0; b < 51; b += 7) Check(Range({Id(a), Id(b)}));
  }
  for (size_t i = 0; i < rows_.size(); i += 500) {
    Check(Range({rows_[i][0], rows_[i][1], rows_[i][2]}));
    Check(Range({rows_[i].begin(), rows_[i].begin() + 4}));
  }
  Check(Range({TermId()}));
  Check(Range({TermId::FromBits(~uint64_t{0})}));
}

TEST_P(PermutationCursorTest, ReadsRangesOfTheColumnAfterThePrefix) {
  std::mt19937 random(2);
  for (int i = 0; i < 200; ++i) {
    TableRange range = Range(i % 2 == 0 ? std::vector<TermId>{} : std::vector<TermId>{Id(random() % 5)});
    const uint64_t lower = random() % (i % 2 == 0 ? 6 : 60);
    range.lower = Id(lower);
    range.upper = Id(lower + random() % 20);
    if (i % 10 == 0) range.upper = TermId::FromBits(~uint64_t{0});
    if (i % 11 == 0) range.lower = TermId();
    Check(range);
  }
  TableRange empty = Range({});
  empty.lower = Id(3);
  empty.upper = Id(2);
  Check(empty);
}

TEST_P(PermutationCursorTest, LeavesOutColumnsThatAreNotWanted) {
  TableRange range = Range({Id(1)});
  range.wanted_columns = 0b100;
  const auto cursor = NewTableCursor(snapshot_.get(), range, cache());
  RowBlock block;
  ASSERT_TRUE(cursor->Next(&block).value());
  EXPECT_EQ(block.columns[0], nullptr);
  EXPECT_EQ(block.columns[1], nullptr);
  EXPECT_NE(block.columns[2], nullptr);
  EXPECT_EQ(block.columns[3], nullptr);
}

TEST_P(PermutationCursorTest, SeeksForwardToTheFirstRowNotLess) {
  for (const uint32_t seed : {1U, 2U, 3U, 4U, 5U, 6U}) {
    std::mt19937 random(seed);
    const TableRange range = seed % 2 == 0 ? Range({}) : Range({Id(2)});
    const std::vector<Row> expected = Expected(range);
    const auto cursor = NewTableCursor(snapshot_.get(), range, cache());
    size_t position = 0;
    while (position < expected.size()) {
      // Mostly near, at times far, on keys of any length.
      const size_t step = random() % 3 == 0 ? random() % 2000 : random() % 20;
      Row target = expected[std::min(position + step, expected.size() - 1)];
      if (random() % 2 == 0) target[2] = Id(random() % 1000);
      const size_t size = 1 + random() % 4;
      const std::vector<TermId> key(target.begin(), target.begin() + size);
      const auto less = [size](const Row& row, const std::vector<TermId>& wanted) {
        return std::lexicographical_compare(row.begin(), row.begin() + size, wanted.begin(), wanted.end());
      };
      const size_t at = std::lower_bound(expected.begin(), expected.end(), key, less) - expected.begin();
      ASSERT_TRUE(cursor->SeekForward(key).ok());
      RowBlock block;
      if (!cursor->Next(&block).value()) {
        EXPECT_GE(std::max(at, position), expected.size());
        break;
      }
      std::vector<Row> got;
      Append(block, &got);
      // Never back before the rows handed out last, never past the first row wanted.
      if (at >= position) {
        ASSERT_EQ(got.front(), expected[at]);
      }
      const auto found = std::lower_bound(expected.begin(), expected.end(), got.front());
      ASSERT_TRUE(std::equal(got.begin(), got.end(), found));
      position = (found - expected.begin()) + (random() % 2 == 0 ? got.size() : random() % got.size());
    }
  }
}

TEST_P(PermutationCursorTest, HandsOutRowsOfTheLastBlockAgainWhenSoughtThere) {
  const auto cursor = NewTableCursor(snapshot_.get(), Range({}), cache());
  RowBlock block;
  ASSERT_TRUE(cursor->Next(&block).value());
  const size_t first_rows = block.rows;
  ASSERT_TRUE(cursor->SeekForward({rows_[10].data(), 4}).ok());
  ASSERT_TRUE(cursor->Next(&block).value());
  EXPECT_EQ(block.rows, first_rows - 10);
}

TEST_P(PermutationCursorTest, FindsRowsByPrefix) {
  const Row& row = rows_[1234];
  EXPECT_TRUE(HasRow(*snapshot_, table_, {row.data(), 4}).value());
  EXPECT_TRUE(HasRow(*snapshot_, table_, {row.data(), 1}).value());
  EXPECT_FALSE(HasRow(*snapshot_, table_, {Id(77)}).value());
  EXPECT_FALSE(HasRow(*snapshot_, TableOf(Permutation::kPso), {row.data(), 1}).value());
}

TEST_P(PermutationCursorTest, ReportsADamagedBlock) {
  WriteBatch batch;
  batch.Put(Family::kRows, RowKey(table_, {Id(2), Id(3), Id(4), TermId()}), "nonsense");
  ASSERT_TRUE(store_->Write(batch).ok());
  const auto snapshot = store_->GetSnapshot();
  const auto cursor = NewTableCursor(snapshot.get(), Range({Id(2)}));
  RowBlock block;
  absl::StatusOr<bool> more = true;
  while (more.ok() && *more) more = cursor->Next(&block);
  EXPECT_EQ(more.status().code(), absl::StatusCode::kDataLoss);
}

TEST_P(PermutationCursorTest, KeepsBlocksThatAreSoughtAgain) {
  if (GetParam() < BlockCache::kDefaultBytes) GTEST_SKIP();
  const Row& row = rows_[4000];
  const TableRange range = Range({row[0], row[1], row[2]});
  EXPECT_FALSE(Read(range).empty());
  ASSERT_NE(cache_.Find(table_, row), nullptr);
  EXPECT_FALSE(cache_.Find(table_, row)->is_decoded()) << "sought once";
  EXPECT_FALSE(Read(range).empty());
  const std::shared_ptr<const CachedBlock> block = cache_.Find(table_, row);
  ASSERT_NE(block, nullptr);
  ASSERT_TRUE(block->is_decoded());
  EXPECT_EQ(block->rows.column(2)[LowerBound(block->rows, {row.data(), 4}, 0)], row[2]);
  EXPECT_EQ(cache_.Find(TableOf(Permutation::kPso), row), nullptr) << "another table";
  EXPECT_EQ(cache_.Find(table_, rows_.back()), nullptr) << "another block";
}

TEST_P(PermutationCursorTest, StaysWithinItsBytes) {
  if (GetParam() == 0) GTEST_SKIP();
  std::set<const CachedBlock*> kept;
  size_t bytes = 0;
  for (int i = 0; i < 3; ++i) {
    for (size_t row = 0; row < rows_.size(); row += 20) Read(Range({rows_[row][0], rows_[row][1]}));
  }
  for (const Row& row : rows_) {
    const std::shared_ptr<const CachedBlock> block = cache_.Find(table_, row);
    if (block != nullptr && kept.insert(block.get()).second) bytes += block->bytes;
  }
  EXPECT_FALSE(kept.empty());
  EXPECT_LE(bytes, GetParam());
}

TEST_P(PermutationCursorTest, KeepsLittleOfAScan) {
  if (GetParam() < BlockCache::kDefaultBytes) GTEST_SKIP();
  for (int i = 0; i < 3; ++i) Read(Range({}));
  size_t kept = 0;
  for (const Row& row : rows_) kept += cache_.Find(table_, row) != nullptr ? 1 : 0;
  EXPECT_GT(kept, 0);
  EXPECT_EQ(cache_.Find(table_, rows_.back()), nullptr);
}

}  // namespace
}  // namespace dossier::storage

#include "storage/bulk/table_merger.h"

#include <algorithm>
#include <random>
#include <set>
#include <vector>

#include "gtest/gtest.h"
#include "storage/memory/memory_key_value_store.h"
#include "tests/storage/store_test_support.h"

namespace dossier::storage {
namespace {

class VectorStream : public RowStream {
 public:
  explicit VectorStream(std::vector<TermId> values) : values_(std::move(values)) {}
  absl::StatusOr<absl::Span<const TermId>> NextChunk() override {
    const auto chunk = done_ ? absl::Span<const TermId>() : absl::MakeConstSpan(values_);
    done_ = true;
    return chunk;
  }

 private:
  const std::vector<TermId> values_;
  bool done_ = false;
};

class TableMergerTest : public ::testing::Test {
 protected:
  static constexpr size_t kWidth = 4;
  const Table table_ = TableOf(Permutation::kPso);
  const std::unique_ptr<KeyValueStore> store_ = NewMemoryKeyValueStore();
  std::set<Ids> model_;

  // Merges the rows that are new; the observer must see all rows.
  void Merge(const std::set<Ids>& rows, bool observe) {
    std::vector<TermId> values;
    for (const Ids& row : rows) {
      if (model_.insert(row).second) values.insert(values.end(), row.begin(), row.end());
    }
    VectorStream stream(values);
    const auto before = store_->GetSnapshot();
    LoadContext context;
    context.store = store_.get();
    context.before = before.get();
    std::vector<std::unique_ptr<SortedRun>> runs;
    std::set<Ids> seen;
    const auto see = [&seen](const TermId* row) { seen.insert(Ids(row, row + kWidth)); };
    const RowObserver observer(see);
    const absl::Status status = TableMerger(context, table_, observe ? &observer : nullptr).Merge(&stream, &runs);
    ASSERT_TRUE(status.ok()) << status;
    ASSERT_TRUE(store_->Ingest(std::move(runs)).ok());
    EXPECT_TRUE(!observe || seen == model_);
    ExpectTableIsModel();
  }

  void ExpectTableIsModel() {
    const auto snapshot = store_->GetSnapshot();
    const auto blocks = snapshot->NewIterator(table_.family);
    std::vector<Ids> rows;
    DecodedBlock block;
    for (blocks->Seek(TableBegin(table_)); blocks->valid(); blocks->Next()) {
      ASSERT_TRUE(block.Decode(blocks->value(), kWidth).ok());
      const size_t first = rows.size();
      for (size_t i = 0; i < block.rows(); ++i) {
        Ids& row = rows.emplace_back();
        for (size_t column = 0; column < kWidth; ++column) row.push_back(block.column(column)[i]);
      }
      EXPECT_EQ(RowKey(table_, rows[first]), blocks->key());
    }
    EXPECT_TRUE(std::equal(rows.begin(), rows.end(), model_.begin(), model_.end()))
        << rows.size() << " rows in place of " << model_.size();
  }

  std::set<Ids> RandomRows(size_t count, uint64_t values) {
    std::set<Ids> rows;
    while (rows.size() < count) {
      rows.insert({TermId(TermTag::kIri, random_() % 5), TermId(TermTag::kIri, random_() % values),
                   TermId(TermTag::kIri, random_() % values), TermId()});
    }
    return rows;
  }

  std::mt19937_64 random_{7};
};

TEST_F(TableMergerTest, FillsAnEmptyTable) { Merge(RandomRows(10'000, 1'000), true); }

TEST_F(TableMergerTest, MergesWhereverTheRowsFall) {
  for (const size_t count : {3'000, 1, 1, 5, 4'000, 1, 2, 20, 0, 300}) Merge(RandomRows(count, 500), count % 2 == 0);
}

TEST_F(TableMergerTest, TakesRowsBeforeTheFirstBlockAndBehindTheLast) {
  const auto row = [](uint64_t value) { return Ids{TermId(TermTag::kIri, value), TermId(), TermId(), TermId()}; };
  std::set<Ids> middle;
  for (uint64_t i = 10'000; i < 13'000; ++i) middle.insert(row(i));
  Merge(middle, false);
  Merge({row(1)}, false);
  Merge({row(0), row(99'999)}, true);
  std::set<Ids> front;
  for (uint64_t i = 100; i < 3'100; ++i) front.insert(row(i));
  Merge(front, false);
}

TEST_F(TableMergerTest, LeavesBlocksAloneThatGetNoRows) {
  Merge(RandomRows(20'000, 3'000), false);
  const auto before = store_->GetSnapshot();
  Merge({{TermId(TermTag::kIri, 2), TermId(TermTag::kIri, 5'000), TermId(), TermId()}}, true);
  const auto after = store_->GetSnapshot();
  size_t changed = 0;
  const auto blocks = after->NewIterator(table_.family);
  for (blocks->Seek(TableBegin(table_)); blocks->valid(); blocks->Next()) {
    std::string old;
    changed += !*before->Get(table_.family, blocks->key(), &old) || old != blocks->value() ? 1 : 0;
  }
  EXPECT_LE(changed, 2U);
}

}  // namespace
}  // namespace dossier::storage

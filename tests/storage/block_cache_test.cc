#include "storage/block_cache.h"

#include <array>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/iri_cache.h"
#include "storage/store.h"
#include "tests/storage/store_test_support.h"

namespace dossier::storage {
namespace {

const Table kTable = TableOf(Permutation::kSpo);

TermId Id(uint64_t bits) { return TermId::FromBits(bits); }

BlockRow RowOf(uint64_t subject) { return {Id(subject), Id(1), Id(1), Id(1)}; }

// A block with rows from `first` to before `next`.
void Keep(BlockCache* cache, uint64_t commit, uint64_t first, std::optional<uint64_t> next) {
  std::array<std::shared_ptr<TermId[]>, kMaxColumns> columns;
  for (size_t i = 0; i < kTable.width; ++i) {
    columns[i] = std::make_shared<TermId[]>(1);
    columns[i][0] = RowOf(first)[i];
  }
  DecodedBlock rows;
  rows.Assign(1, columns);
  std::optional<BlockRow> behind;
  if (next.has_value()) behind = RowOf(*next);
  cache->Keep(commit, kTable, RowOf(first), behind, rows, 100);
}

bool Has(const BlockCache& cache, uint64_t commit, uint64_t subject) {
  const BlockRow row = RowOf(subject);
  return cache.Find(commit, kTable, {row.data(), kTable.width}) != nullptr;
}

Keeping HowToKeep(BlockCache* cache, uint64_t commit, const BlockRow& row, bool sought) {
  return cache->HowToKeep(commit, kTable, {row.data(), kTable.width}, sought);
}

WriteBatch Writing(uint64_t first) {
  const BlockRow row = RowOf(first);
  WriteBatch batch;
  batch.Put(Family::kRows, RowKey(kTable, {row.data(), kTable.width}), "new");
  return batch;
}

TEST(BlockCache, ShowsABlockToTheSnapshotThatReadItAndToLaterOnes) {
  BlockCache cache(7);
  Keep(&cache, 7, 10, 20);
  EXPECT_TRUE(Has(cache, 7, 10));
  EXPECT_TRUE(Has(cache, 7, 15));
  EXPECT_FALSE(Has(cache, 7, 20)) << "of the next block";
  EXPECT_FALSE(Has(cache, 6, 10)) << "it may have been another one then";
  cache.Advance(8, Writing(30));
  EXPECT_TRUE(Has(cache, 8, 10));
}

TEST(BlockCache, ForgetsWhatACommitChangesAndTheBlockBeforeIt) {
  BlockCache cache(1);
  for (const uint64_t first : {10, 20, 30, 40}) Keep(&cache, 1, first, first + 10);
  cache.Advance(2, Writing(30));
  EXPECT_TRUE(Has(cache, 2, 10));
  EXPECT_FALSE(Has(cache, 2, 20)) << "the block behind it may be a new one";
  EXPECT_FALSE(Has(cache, 2, 30));
  EXPECT_TRUE(Has(cache, 2, 40));
  cache.Advance(3, Writing(45));
  EXPECT_FALSE(Has(cache, 3, 40)) << "split";
  EXPECT_TRUE(Has(cache, 3, 10));
}

TEST(BlockCache, KeepsNothingForSnapshotsThatAreNotTheNewest) {
  BlockCache cache(1);
  cache.Advance(2, Writing(10));
  Keep(&cache, 1, 10, 20);
  EXPECT_FALSE(Has(cache, 1, 10));
  EXPECT_FALSE(Has(cache, 2, 10));
  const BlockRow row = RowOf(10);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(HowToKeep(&cache, 1, row, true), Keeping::kNot);
  EXPECT_EQ(HowToKeep(&cache, 2, row, false), Keeping::kNot) << "a scan came by once";
  EXPECT_EQ(HowToKeep(&cache, 2, row, false), Keeping::kDecoded);
}

TEST(BlockCache, KeepsWhatIsSoughtAsItIsStored) {
  BlockCache cache(1);
  const BlockRow row = RowOf(500);
  EXPECT_EQ(HowToKeep(&cache, 1, row, true), Keeping::kStored);
  cache.KeepStored(1, kTable, row, RowOf(510), "stored", 100);
  const auto found = [&] { return cache.Find(1, kTable, {row.data(), kTable.width}); };
  ASSERT_NE(found(), nullptr);
  EXPECT_FALSE(found()->is_decoded());
  EXPECT_EQ(found()->stored, "stored");
  EXPECT_TRUE(cache.IsWorthDecoding(*found(), true)) << "there is room";
  Keep(&cache, 1, 500, 510);
  EXPECT_TRUE(found()->is_decoded()) << "in the place of the stored one";
  cache.Advance(2, Writing(500));
  EXPECT_FALSE(Has(cache, 2, 500));
}

TEST(BlockCache, DecodesForGoodWhatIsSoughtOftenWhereThereIsLittleRoom) {
  BlockCache cache(1, 100'000);
  const BlockRow row = RowOf(500);
  EXPECT_EQ(HowToKeep(&cache, 1, row, true), Keeping::kStored);
  for (uint64_t first = 10; HowToKeep(&cache, 1, row, true) != Keeping::kStored; first += 10) {
    ASSERT_LT(first, 100) << "a third of the room is taken";
    Keep(&cache, 1, first, first + 10);
  }
  const std::shared_ptr<const CachedBlock> block = cache.KeepStored(1, kTable, row, RowOf(510), "stored", 100);
  int decoded = 1;
  while (!cache.IsWorthDecoding(*block, true)) ++decoded;
  EXPECT_GT(decoded, 4) << "it was worth it at once";
  const std::shared_ptr<const CachedBlock> parts = cache.KeepStored(1, kTable, row, RowOf(510), "stored", 100);
  int parts_decoded = 1;
  while (!cache.IsWorthDecoding(*parts, false)) ++parts_decoded;
  EXPECT_GT(parts_decoded, 4 * decoded) << "a part costs as much as a whole block";
}

std::optional<std::optional<TermId>> Known(std::optional<TermId> id) {
  return std::make_optional<std::optional<TermId>>(id);
}

TEST(IriCache, RemembersIdsForEverAndWhatHasNoneForOneCommit) {
  IriCache cache;
  cache.Remember(5, "http://e/a", Id(1));
  cache.Remember(5, "http://e/b", std::nullopt);
  EXPECT_EQ(cache.Find(5, "http://e/a"), Known(Id(1)));
  EXPECT_EQ(cache.Find(9, "http://e/a"), Known(Id(1)));
  EXPECT_FALSE(cache.Find(4, "http://e/a").has_value());
  EXPECT_EQ(cache.Find(5, "http://e/b"), Known(std::nullopt));
  EXPECT_FALSE(cache.Find(6, "http://e/b").has_value());
  cache.Remember(6, "http://e/b", Id(2));
  cache.Remember(5, "http://e/b", std::nullopt);
  EXPECT_EQ(cache.Find(6, "http://e/b"), Known(Id(2)));
}

// The rows of a subject, sought several times, so that its blocks are kept.
std::set<TermId> ObjectsOf(const Snapshot& snapshot, const Term& subject, const Term& predicate) {
  std::set<TermId> objects;
  for (int i = 0; i < 3; ++i) {
    objects.clear();
    const auto s = snapshot.FindTerm(subject);
    const auto p = snapshot.FindTerm(predicate);
    if (!s->has_value() || !p->has_value()) continue;
    ScanSpec spec;
    spec.prefix = {**s, **p};
    const auto cursor = snapshot.Scan(spec);
    RowBlock block;
    while (*(*cursor)->Next(&block)) objects.insert(block.columns[2], block.columns[2] + block.rows);
  }
  return objects;
}

TEST(BlockCache, LetsEverySnapshotOfAStoreReadItsOwnRows) {
  const std::unique_ptr<Store> store = NewMemoryStore();
  const Term predicate = Term::Iri("http://e/p");
  const auto subject = [](int i) { return Term::Iri(absl::StrCat("http://e/s", i)); };
  ChangeSet first;
  for (int i = 0; i < 5000; ++i) first.assertions.push_back({subject(i), predicate, subject(i + 1), std::nullopt});
  ASSERT_TRUE(store->Commit(first).ok());
  std::vector<std::shared_ptr<const Snapshot>> snapshots = {store->GetSnapshot()};
  constexpr int kCommits = 30;
  for (int commit = 0; commit < kCommits; ++commit) {
    for (int i = 0; i < 5000; i += 700) ObjectsOf(*snapshots.back(), subject(i), predicate);
    ChangeSet changes;
    // Enough rows at one place to split blocks, and one that goes.
    for (int i = 0; i < 100; ++i) {
      changes.assertions.push_back({subject(1400), predicate, subject(10'000 + commit * 100 + i), std::nullopt});
    }
    changes.retractions.push_back({subject(2100 + commit), predicate, subject(2101 + commit), std::nullopt});
    ASSERT_TRUE(store->Commit(changes).ok());
    snapshots.push_back(store->GetSnapshot());
  }
  for (int commit = 0; commit <= kCommits; ++commit) {
    const Snapshot& snapshot = *snapshots[commit];
    EXPECT_EQ(ObjectsOf(snapshot, subject(1400), predicate).size(), 1 + commit * 100);
    for (int i = 0; i < kCommits; ++i) {
      EXPECT_EQ(ObjectsOf(snapshot, subject(2100 + i), predicate).size(), i < commit ? 0 : 1);
    }
    EXPECT_EQ(ObjectsOf(snapshot, subject(700), predicate).size(), 1);
  }
}

TEST(RowCounts, AreThoseOfTheirOwnSnapshot) {
  const std::unique_ptr<Store> store = NewMemoryStore();
  std::vector<std::shared_ptr<const Snapshot>> snapshots;
  for (int i = 0; i < 4; ++i) {
    const Term object = Term::Iri(absl::StrCat("http://e/o", i));
    ChangeSet changes;
    changes.assertions = {{Term::Iri("http://e/s"), Term::Iri("http://e/p"), object, std::nullopt}};
    ASSERT_TRUE(store->Commit(changes).ok());
    snapshots.push_back(store->GetSnapshot());
    for (size_t commit = 0; commit < snapshots.size(); ++commit) {
      const Snapshot& snapshot = *snapshots[commit];
      ScanSpec spec;
      spec.prefix = {**snapshot.FindTerm(Term::Iri("http://e/s"))};
      EXPECT_EQ(*snapshot.CountRows(spec, false), commit + 1);
      spec.upper = TermId::FromBits(0);
      EXPECT_EQ(*snapshot.CountRows(spec, false), 0) << "another range";
      spec.upper = TermId::FromBits(~uint64_t{0});
      spec.permutation = Permutation::kPso;
      EXPECT_EQ(*snapshot.CountRows(spec, false), 0) << "another order";
    }
  }
}

}  // namespace
}  // namespace dossier::storage

#include "storage/bounded_snapshot.h"

#include <gtest/gtest.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/store.h"
#include "tests/storage/store_test_support.h"

namespace dossier {
namespace {

std::shared_ptr<const Snapshot> SnapshotOf(int facts) {
  const std::unique_ptr<Store> store = NewMemoryStore();
  ChangeSet changes;
  for (int i = 0; i < facts; ++i) changes.assertions.push_back(Fact(absl::StrCat("s", i), "p", "o"));
  EXPECT_TRUE(store->Commit(changes).ok());
  return store->GetSnapshot();
}

// The rows that a scan of everything hands out before it ends or is refused.
uint64_t RowsOf(const Snapshot& snapshot, absl::Status* status) {
  uint64_t rows = 0;
  const auto cursor = snapshot.Scan(ScanSpec());
  if (!cursor.ok()) {
    *status = cursor.status();
    return rows;
  }
  RowBlock block;
  while (true) {
    const absl::StatusOr<bool> more = (*cursor)->Next(&block);
    *status = more.status();
    if (!more.ok() || !*more) return rows;
    rows += block.rows;
  }
}

TEST(BoundedSnapshot, ReadsAllWhereThereIsEnoughWork) {
  const auto base = SnapshotOf(3000);
  WorkBudget work(1'000'000, 0);
  absl::Status status;
  EXPECT_EQ(RowsOf(*BoundSnapshot(base, &work), &status), 3000U);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_GT(work.spent(), 3U);
  EXPECT_FALSE(work.has_refused());
}

TEST(BoundedSnapshot, RefusesAllReadsOnceTheWorkIsSpent) {
  const auto base = SnapshotOf(3000);
  WorkBudget work(5, 0);
  const auto bounded = BoundSnapshot(base, &work);
  absl::Status status;
  const uint64_t rows = RowsOf(*bounded, &status);
  EXPECT_TRUE(absl::IsResourceExhausted(status)) << status;
  EXPECT_GT(rows, 0U);
  EXPECT_LT(rows, 3000U);
  EXPECT_TRUE(work.has_refused());
  EXPECT_TRUE(absl::IsResourceExhausted(bounded->Scan(ScanSpec()).status()));
  EXPECT_TRUE(absl::IsResourceExhausted(bounded->FindTerm(Node("p")).status()));
}

TEST(BoundedSnapshot, IsRefusedAtTheSamePlaceEachTime) {
  const auto base = SnapshotOf(5000);
  uint64_t rows[2] = {0, 0};
  for (uint64_t& each : rows) {
    WorkBudget work(20, 0);
    absl::Status status;
    each = RowsOf(*BoundSnapshot(base, &work), &status);
  }
  EXPECT_EQ(rows[0], rows[1]);
}

TEST(WorkBudget, HoldsTheReserveBackUntilItIsGranted) {
  WorkBudget work(10, 4);
  EXPECT_TRUE(work.Spend(6).ok());
  EXPECT_FALSE(work.Spend(1).ok());
  work.GrantReserve();
  EXPECT_TRUE(work.Spend(4).ok());
  work.GrantReserve();
  EXPECT_FALSE(work.Spend(1).ok());
  EXPECT_EQ(work.spent(), 10U);
}

}  // namespace
}  // namespace dossier

// Random commits, retractions and loads, with the store closed and opened again in between; after each, every scan of
// every permutation and all statistics are those of the reference store.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "storage/memory/reference_store.h"
#include "storage/store.h"
#include "tests/storage/random_quads.h"
#include "tests/storage/store_test_support.h"

namespace dossier {
namespace {

struct ModelCase {
  std::string name;
  bool on_disk;
  uint64_t nodes;    // Of the small world.
  uint64_t largest;  // Quads of a commit, at most.
  int steps;
  uint64_t load_bytes;  // The memory budget of loads.
};

class StoreModel : public ::testing::TestWithParam<ModelCase> {
 protected:
  void SetUp() override { Reopen(); }

  void Reopen() {
    if (!GetParam().on_disk) {
      if (store_ == nullptr) store_ = NewMemoryStore();
      return;
    }
    store_.reset();
    auto store = OpenStore(directory_.Child("store"), {});
    ASSERT_TRUE(store.ok()) << store.status();
    store_ = *std::move(store);
  }

  void CommitToBoth(const ChangeSet& changes) { ExpectSameSummary(store_->Commit(changes), model_->Commit(changes)); }

  void LoadIntoBoth(const std::vector<Quad>& quads) {
    BulkLoadOptions options;
    options.memory_bytes = GetParam().load_bytes;
    options.commit_quads = quads.size() / 2;
    ExpectSameSummary(store_->BulkLoad(SourceOf(quads), options), model_->BulkLoad(SourceOf(quads), options));
  }

  static void ExpectSameSummary(const absl::StatusOr<CommitSummary>& actual,
                                const absl::StatusOr<CommitSummary>& expected) {
    ASSERT_TRUE(actual.ok()) << actual.status();
    ASSERT_TRUE(expected.ok()) << expected.status();
    EXPECT_EQ(actual->commit, expected->commit);
    EXPECT_EQ(actual->added, expected->added);
    EXPECT_EQ(actual->removed, expected->removed);
  }

  // A prefix and a range of some row that is there, in every permutation.
  void CompareSomeScans(RandomQuads* random) {
    const auto actual = store_->GetSnapshot();
    const auto expected = model_->GetSnapshot();
    for (const PermutationInfo& info : AllPermutations()) {
      const std::vector<Terms> rows = ScanTerms(*expected, {.permutation = info.permutation});
      if (rows.empty()) continue;
      const Terms& row = rows[random->Below(rows.size())];
      const size_t prefix = random->Below(info.width) + 1;
      ScanSpec actual_spec{.permutation = info.permutation};
      ScanSpec expected_spec{.permutation = info.permutation};
      for (size_t i = 0; i < prefix; ++i) {
        actual_spec.prefix.push_back(IdOf(*actual, row[i]));
        expected_spec.prefix.push_back(IdOf(*expected, row[i]));
      }
      std::vector<Terms> actual_rows = ScanTerms(*actual, actual_spec);
      std::vector<Terms> expected_rows = ScanTerms(*expected, expected_spec);
      std::sort(actual_rows.begin(), actual_rows.end());
      std::sort(expected_rows.begin(), expected_rows.end());
      EXPECT_TRUE(actual_rows == expected_rows) << info.name << " with a prefix of " << prefix;
      EXPECT_EQ(*actual->CountRows(actual_spec, true), expected_rows.size()) << info.name;
      EXPECT_GT(*actual->CountRows(actual_spec, false), 0U) << info.name;
    }
  }

  static TermId IdOf(const Snapshot& snapshot, const Term& term) {
    if (term == Term()) return {};
    const auto id = snapshot.FindTerm(term);
    EXPECT_TRUE(id.ok() && id->has_value()) << term.ToString();
    return id.ok() ? id->value_or(TermId()) : TermId();
  }

  TempDirectory directory_;
  std::unique_ptr<Store> store_;
  const std::unique_ptr<Store> model_ = NewReferenceStore();
};

TEST_P(StoreModel, AgreesWithTheReferenceAfterEveryStep) {
  const ModelCase& parameters = GetParam();
  RandomQuads random(20'230'911, parameters.nodes);
  for (int step = 0; step < parameters.steps; ++step) {
    SCOPED_TRACE(absl::StrCat("step ", step));
    const uint64_t size = random.Below(parameters.largest) + 1;
    const std::set<Quad> present = Contents(*model_->GetSnapshot());
    switch (random.Below(6)) {
      case 0: CommitToBoth({.retractions = random.Pick(present, random.Below(100))}); break;
      case 1: LoadIntoBoth(random.Some(size)); break;
      case 2: CommitToBoth({.assertions = random.Some(1), .retractions = random.Some(1)}); break;
      case 3: Reopen(); break;
      default: CommitToBoth({.assertions = random.Some(size), .retractions = random.Pick(present, random.Below(20))});
    }
    ExpectSameStore(*store_->GetSnapshot(), *model_->GetSnapshot());
    CompareSomeScans(&random);
    if (HasFailure()) return;
  }
  ExpectValid(*store_);
  Reopen();
  ExpectSameStore(*store_->GetSnapshot(), *model_->GetSnapshot());
}

INSTANTIATE_TEST_SUITE_P(SmallAndLarge, StoreModel,
                         ::testing::Values(ModelCase{"SmallInMemory", false, 6, 20, 120, 1 << 20},
                                           ModelCase{"SmallOnDisk", true, 6, 20, 60, 1 << 20},
                                           ModelCase{"LargeInMemory", false, 60, 3'000, 5, 1 << 20},
                                           ModelCase{"LargeOnDisk", true, 80, 4'000, 5, 1 << 20}),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace dossier

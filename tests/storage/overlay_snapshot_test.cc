// A snapshot with changes laid over it against a store on which the same changes were committed.
#include "storage/overlay_snapshot.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "storage/memory/reference_store.h"
#include "storage/store.h"
#include "tests/storage/random_quads.h"
#include "tests/storage/store_test_support.h"

namespace dossier {
namespace {

constexpr size_t kMuchMemory = size_t{256} << 20;

// Removes and adds quads.
void Lay(const ChangeSet& changes, OverlaySnapshot* overlay) {
  std::vector<StoredRow> removed;
  std::vector<StoredRow> added;
  for (const Quad& quad : changes.retractions) {
    const auto row = overlay->FindQuad(quad);
    ASSERT_TRUE(row.ok()) << row.status();
    if (row->has_value()) removed.push_back(**row);
  }
  for (const Quad& quad : changes.assertions) {
    const auto row = overlay->InternQuad(quad);
    ASSERT_TRUE(row.ok()) << row.status();
    added.push_back(*row);
  }
  const absl::Status status = overlay->Apply(std::move(removed), std::move(added));
  ASSERT_TRUE(status.ok()) << status;
}

std::vector<Terms> SortedTerms(const Snapshot& snapshot, const ScanSpec& spec) {
  std::vector<Terms> rows = ScanTerms(snapshot, spec);
  std::sort(rows.begin(), rows.end());
  return rows;
}

TermId IdOf(const Snapshot& snapshot, const Term& term) {
  if (term == Term()) return {};
  const auto id = snapshot.FindTerm(term);
  EXPECT_TRUE(id.ok() && id->has_value()) << term.ToString();
  return id.ok() ? id->value_or(TermId()) : TermId();
}

std::map<std::string, uint64_t> RowsByPredicate(const Snapshot& snapshot, const RelationStatistics& statistics) {
  std::map<std::string, uint64_t> rows;
  for (const auto& [predicate, counts] : statistics.predicates) {
    EXPECT_GE(counts.rows, counts.distinct_subjects);
    EXPECT_GE(counts.rows, counts.distinct_objects);
    EXPECT_GT(counts.distinct_subjects, 0U);
    EXPECT_GT(counts.distinct_objects, 0U);
    rows[snapshot.GetTerm(predicate)->ToString()] = counts.rows;
  }
  return rows;
}

// Both hold the same rows, under ids of their own.
void ExpectSameRows(const Snapshot& overlay, const Snapshot& model, RandomQuads* random) {
  for (const PermutationInfo& info : AllPermutations()) {
    SCOPED_TRACE(std::string(info.name));
    const std::vector<Ids> ids = ScanIds(overlay, {.permutation = info.permutation});
    EXPECT_TRUE(std::adjacent_find(ids.begin(), ids.end(), std::greater_equal<>()) == ids.end());
    const std::vector<Terms> rows = SortedTerms(model, {.permutation = info.permutation});
    ASSERT_TRUE(SortedTerms(overlay, {.permutation = info.permutation}) == rows);
    if (rows.empty()) continue;
    // What begins like some row.
    const Terms row = rows[random->Below(rows.size())];
    ScanSpec overlay_spec{.permutation = info.permutation};
    ScanSpec model_spec{.permutation = info.permutation};
    overlay_spec.wanted_columns = model_spec.wanted_columns = static_cast<uint32_t>(random->Below(32));
    const size_t prefix = random->Below(info.width) + 1;
    for (size_t i = 0; i < prefix; ++i) {
      overlay_spec.prefix.push_back(IdOf(overlay, row[i]));
      model_spec.prefix.push_back(IdOf(model, row[i]));
    }
    const std::vector<Terms> expected = SortedTerms(model, model_spec);
    EXPECT_TRUE(SortedTerms(overlay, overlay_spec) == expected) << "with a prefix of " << prefix;
    EXPECT_EQ(*overlay.CountRows(overlay_spec, true), expected.size());
    EXPECT_GT(*overlay.CountRows(overlay_spec, false), 0U);
  }
  for (const auto relation : {&Statistics::quads, &Statistics::reifications}) {
    const RelationStatistics& actual = overlay.statistics().*relation;
    const RelationStatistics& expected = model.statistics().*relation;
    EXPECT_EQ(actual.rows, expected.rows);
    EXPECT_EQ(RowsByPredicate(overlay, actual), RowsByPredicate(model, expected));
  }
}

// A range of the values behind a prefix, against all rows filtered.
void ExpectRangesFit(const Snapshot& overlay, RandomQuads* random) {
  for (const PermutationInfo& info : AllPermutations()) {
    SCOPED_TRACE(std::string(info.name));
    const std::vector<Ids> rows = ScanIds(overlay, {.permutation = info.permutation});
    if (rows.empty()) continue;
    const Ids& first = rows[random->Below(rows.size())];
    const Ids& second = rows[random->Below(rows.size())];
    const size_t prefix = random->Below(info.width);
    ScanSpec spec{.permutation = info.permutation, .lower = first[prefix], .upper = second[prefix]};
    spec.prefix.assign(first.begin(), first.begin() + static_cast<ptrdiff_t>(prefix));
    std::vector<Ids> expected;
    for (const Ids& row : rows) {
      if (!std::equal(spec.prefix.begin(), spec.prefix.end(), row.begin())) continue;
      if (spec.lower <= row[prefix] && row[prefix] <= spec.upper) expected.push_back(row);
    }
    EXPECT_TRUE(ScanIds(overlay, spec) == expected) << "with a prefix of " << prefix;
    EXPECT_EQ(*overlay.CountRows(spec, true), expected.size());
    EXPECT_EQ(*overlay.CountRows(spec, false) > 0, !expected.empty());
  }
}

// Reads on, seeks forward, seeks inside what was read last: as the joins do.
void ExpectSeeksFit(const Snapshot& overlay, Permutation permutation, RandomQuads* random) {
  ScanSpec spec{.permutation = permutation};
  std::vector<Ids> rows = ScanIds(overlay, spec);
  if (!rows.empty() && random->Below(2) == 0) {
    spec.prefix = {rows[random->Below(rows.size())][0]};
    rows = ScanIds(overlay, spec);
  }
  auto cursor = overlay.Scan(spec);
  ASSERT_TRUE(cursor.ok());
  size_t begin = 0;  // Of the rows read last.
  size_t next = 0;
  while (true) {
    if (random->Below(3) == 0 && !rows.empty()) {
      const size_t target = std::min(begin + random->Below(8), rows.size() - 1);
      Ids key = rows[target];
      key.resize(random->Below(key.size()) + 1);
      if (random->Below(4) == 0) key.back() = TermId::FromBits(key.back().bits() + 1);
      if (random->Below(16) == 0) key = {TermId::FromBits(~uint64_t{0})};
      ASSERT_TRUE((*cursor)->SeekForward(key).ok());
      next = std::max<size_t>(begin, std::lower_bound(rows.begin(), rows.end(), key) - rows.begin());
    }
    RowBlock block;
    const auto more = (*cursor)->Next(&block);
    ASSERT_TRUE(more.ok()) << more.status();
    ASSERT_EQ(*more, next < rows.size());
    if (!*more) return;
    begin = next;
    ASSERT_LE(next + block.rows, rows.size());
    for (size_t i = 0; i < block.rows; ++i, ++next) {
      for (size_t column = 0; column < rows[next].size(); ++column) {
        ASSERT_EQ(block.columns[column][i], rows[next][column]) << "row " << next;
      }
    }
  }
}

struct OverlayCase {
  std::string name;
  bool reference;    // The base has blocks of two rows.
  uint64_t nodes;    // Of the small world.
  uint64_t base;     // Its quads, at most.
  uint64_t largest;  // Quads of a change, at most.
  uint64_t removed;  // Percent of the quads that a change removes, at most.
  int bases;
  int steps;  // Changes laid over each base.
};

class OverlayModel : public ::testing::TestWithParam<OverlayCase> {};

TEST_P(OverlayModel, EqualsAStoreOnWhichTheChangesWereCommitted) {
  const OverlayCase& parameters = GetParam();
  RandomQuads random(4, parameters.nodes);
  for (int base = 0; base < parameters.bases; ++base) {
    SCOPED_TRACE(absl::StrCat("base ", base));
    const std::unique_ptr<Store> store = parameters.reference ? NewReferenceStore() : NewMemoryStore();
    const std::unique_ptr<Store> model = NewMemoryStore();
    const ChangeSet first{.assertions = random.Some(random.Below(parameters.base) + 1)};
    ASSERT_TRUE(store->Commit(first).ok() && model->Commit(first).ok());
    MemoryBudget memory(kMuchMemory);
    const auto overlay = OverlaySnapshot::Create(store->GetSnapshot(), &memory);
    for (int step = 0; step < parameters.steps; ++step) {
      SCOPED_TRACE(absl::StrCat("step ", step));
      const std::set<Quad> present = Contents(*overlay);
      ChangeSet changes{.assertions = random.Some(random.Below(parameters.largest)),
                        .retractions = random.Pick(present, random.Below(parameters.removed + 1))};
      if (random.Below(4) == 0) changes.assertions = random.Pick(present, 20);
      Lay(changes, overlay.get());
      ASSERT_TRUE(model->Commit(changes).ok());
      ExpectSameRows(*overlay, *model->GetSnapshot(), &random);
      ExpectRangesFit(*overlay, &random);
      for (const PermutationInfo& info : AllPermutations()) ExpectSeeksFit(*overlay, info.permutation, &random);
      if (HasFailure()) return;
    }
    // The net effect, in one commit.
    const auto net = overlay->Changes();
    ASSERT_TRUE(net.ok()) << net.status();
    const auto summary = store->Commit(*net);
    ASSERT_TRUE(summary.ok()) << summary.status();
    EXPECT_EQ(summary->added, overlay->added());
    EXPECT_EQ(summary->removed, overlay->removed());
    EXPECT_TRUE(Contents(*store->GetSnapshot()) == Contents(*model->GetSnapshot()));
    ExpectValid(*store);
  }
}

INSTANTIATE_TEST_SUITE_P(SmallAndLarge, OverlayModel,
                         ::testing::Values(OverlayCase{"SmallBlocks", true, 5, 30, 16, 60, 12, 5},
                                           OverlayCase{"SmallWorld", false, 6, 40, 20, 60, 12, 5},
                                           OverlayCase{"LargeWorld", false, 90, 3'000, 1'500, 50, 1, 2},
                                           OverlayCase{"FewChanges", false, 200, 5'000, 12, 1, 1, 2}),
                         [](const auto& info) { return info.param.name; });

TEST(OverlaySnapshot, LeavesTheBaseAsItWas) {
  const std::unique_ptr<Store> store = NewMemoryStore();
  ASSERT_TRUE(store->Commit({.assertions = {Fact("a", "p", "b")}}).ok());
  const auto base = store->GetSnapshot();
  MemoryBudget memory(kMuchMemory);
  const auto overlay = OverlaySnapshot::Create(base, &memory);
  Lay({.assertions = {Fact("c", "q", "d", "g")}, .retractions = {Fact("a", "p", "b")}}, overlay.get());
  EXPECT_EQ(Contents(*base), std::set<Quad>{Fact("a", "p", "b")});
  EXPECT_EQ(Contents(*overlay), std::set<Quad>{Fact("c", "q", "d", "g")});
  EXPECT_EQ(overlay->commit(), base->commit());
}

TEST(OverlaySnapshot, ForgetsWhatCameAndWentAgain) {
  const std::unique_ptr<Store> store = NewMemoryStore();
  ASSERT_TRUE(store->Commit({.assertions = {Fact("a", "p", "b"), Claim("c", "a", "p", "b")}}).ok());
  MemoryBudget memory(kMuchMemory);
  const auto overlay = OverlaySnapshot::Create(store->GetSnapshot(), &memory);
  Lay({.assertions = {Fact("x", "q", "y"), Claim("d", "x", "q", "y")},
       .retractions = {Fact("a", "p", "b"), Claim("c", "a", "p", "b")}},
      overlay.get());
  EXPECT_EQ(overlay->added(), 2U);
  EXPECT_EQ(overlay->removed(), 2U);
  Lay({.assertions = {Fact("a", "p", "b"), Claim("c", "a", "p", "b")},
       .retractions = {Fact("x", "q", "y"), Claim("d", "x", "q", "y")}},
      overlay.get());
  EXPECT_EQ(overlay->added(), 0U);
  EXPECT_EQ(overlay->removed(), 0U);
  const auto changes = overlay->Changes();
  ASSERT_TRUE(changes.ok());
  EXPECT_TRUE(changes->assertions.empty() && changes->retractions.empty());
}

TEST(OverlaySnapshot, CountsClaimsAndPredicatesThatTheBaseLacks) {
  const std::unique_ptr<Store> store = NewMemoryStore();
  MemoryBudget memory(kMuchMemory);
  const auto overlay = OverlaySnapshot::Create(store->GetSnapshot(), &memory);
  EXPECT_EQ(overlay->statistics().reifications.rows, 0U);
  Lay({.assertions = {Claim("c", "a", "p", "b"), Fact("a", "q", "b")}}, overlay.get());
  EXPECT_EQ(overlay->statistics().reifications.rows, 1U);
  EXPECT_EQ(overlay->statistics().quads.predicates.count(IdOf(*overlay, Node("q"))), 1U);
  ASSERT_EQ(overlay->statistics().characteristic_sets.size(), 1U);
  EXPECT_EQ(overlay->statistics().characteristic_sets[0].subjects, 1U);
}

TEST(OverlaySnapshot, StopsWhenItIsCancelled) {
  const std::unique_ptr<Store> store = NewMemoryStore();
  MemoryBudget memory(kMuchMemory);
  Cancellation cancellation;
  const auto overlay = OverlaySnapshot::Create(store->GetSnapshot(), &memory, &cancellation);
  std::vector<StoredRow> rows;
  for (int i = 0; i < 2'000; ++i) rows.push_back(*overlay->InternQuad(Fact(absl::StrCat("s", i), "p", "o")));
  ASSERT_TRUE(overlay->Apply({}, {rows.front()}).ok());
  cancellation.Cancel();
  EXPECT_EQ(overlay->Changes().status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(overlay->Apply({}, rows).code(), absl::StatusCode::kCancelled);
}

TEST(OverlaySnapshot, EndsWithAnErrorWhereTheMemoryDoes) {
  const std::unique_ptr<Store> store = NewMemoryStore();
  MemoryBudget memory(size_t{64} << 10);
  {
    const auto overlay = OverlaySnapshot::Create(store->GetSnapshot(), &memory);
    absl::Status status;
    for (int i = 0; status.ok() && i < 10'000; ++i) {
      const auto row = overlay->InternQuad(Fact(absl::StrCat("subject", i), "p", "o"));
      status = row.ok() ? overlay->Apply({}, {*row}) : row.status();
    }
    EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted) << status;
  }
  EXPECT_EQ(memory.used(), 0U);
}

}  // namespace
}  // namespace dossier

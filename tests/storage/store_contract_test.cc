// What every store promises, whatever lies under it: run for the reference store, the store in memory and the store on
// disk.
#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rdf/vocabulary.h"
#include "storage/memory/reference_store.h"
#include "storage/store.h"
#include "tests/storage/store_test_support.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

struct StoreKind {
  std::string name;
  std::function<std::unique_ptr<Store>(const std::string& directory)> open;
};

class StoreContract : public ::testing::TestWithParam<StoreKind> {
 protected:
  void SetUp() override {
    store_ = GetParam().open(directory_.Child("store"));
    ASSERT_NE(store_, nullptr);
  }
  void TearDown() override {
    if (store_ != nullptr) ExpectValid(*store_);
  }

  CommitSummary Assert(std::vector<Quad> quads) { return Commit({.assertions = std::move(quads)}); }
  CommitSummary Retract(std::vector<Quad> quads) { return Commit({.retractions = std::move(quads)}); }
  CommitSummary Commit(const ChangeSet& changes) {
    const auto summary = store_->Commit(changes);
    EXPECT_TRUE(summary.ok()) << summary.status();
    return summary.value_or(CommitSummary());
  }
  CommitSummary Load(const std::vector<Quad>& quads) {
    const auto summary = store_->BulkLoad(SourceOf(quads), {});
    EXPECT_TRUE(summary.ok()) << summary.status();
    return summary.value_or(CommitSummary());
  }

  TempDirectory directory_;
  std::unique_ptr<Store> store_;
};

TermId IdOf(const Snapshot& snapshot, const Term& term) {
  const auto id = snapshot.FindTerm(term);
  EXPECT_TRUE(id.ok()) << id.status();
  EXPECT_TRUE(id.ok() && id->has_value()) << term.ToString();
  return id.ok() ? id->value_or(TermId()) : TermId();
}

uint64_t Count(const Snapshot& snapshot, const ScanSpec& spec) {
  const auto rows = snapshot.CountRows(spec, /*exact=*/true);
  EXPECT_TRUE(rows.ok()) << rows.status();
  return rows.value_or(0);
}

TEST_P(StoreContract, CommitsWhatIsDecidedFromTheStateBefore) {
  Assert({Fact("a", "p", "b")});
  const auto summary =
      store_->Transact([](const std::shared_ptr<const Snapshot>& snapshot) -> absl::StatusOr<ChangeSet> {
        ChangeSet changes;
        for (const Quad& quad : Contents(*snapshot)) {
          changes.retractions.push_back(quad);
          changes.assertions.push_back({quad.object, quad.predicate, quad.subject, std::nullopt});
        }
        return changes;
      });
  ASSERT_TRUE(summary.ok()) << summary.status();
  EXPECT_EQ(summary->added, 1U);
  EXPECT_EQ(summary->removed, 1U);
  EXPECT_THAT(Contents(*store_->GetSnapshot()), ElementsAre(Fact("b", "p", "a")));
}

TEST_P(StoreContract, ChangesNothingWhenTheDecisionFails) {
  Assert({Fact("a", "p", "b")});
  const auto summary =
      store_->Transact([](const std::shared_ptr<const Snapshot>& /*snapshot*/) -> absl::StatusOr<ChangeSet> {
        return absl::InvalidArgumentError("not this time");
      });
  EXPECT_EQ(summary.status().message(), "not this time");
  EXPECT_EQ(store_->GetSnapshot()->commit(), 1U);
}

TEST_P(StoreContract, KeepsEveryCommitOfManyThreads) {
  constexpr uint64_t kThreads = 6;
  constexpr uint64_t kCommits = 8;
  std::vector<std::vector<uint64_t>> numbers(kThreads);
  std::vector<std::thread> threads;
  for (uint64_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([this, t, &numbers] {
      for (uint64_t i = 0; i < kCommits; ++i) {
        const CommitSummary summary = Assert({Fact(absl::StrCat("s", t), "p", absl::StrCat("o", i))});
        EXPECT_EQ(summary.added, 1U);
        EXPECT_GE(store_->GetSnapshot()->commit(), summary.commit) << "a commit that has returned can be seen";
        numbers[t].push_back(summary.commit);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<uint64_t> all;
  for (const std::vector<uint64_t>& of_thread : numbers) {
    EXPECT_TRUE(std::is_sorted(of_thread.begin(), of_thread.end()));
    all.insert(of_thread.begin(), of_thread.end());
  }
  EXPECT_THAT(all, SizeIs(kThreads * kCommits));
  EXPECT_EQ(store_->GetSnapshot()->commit(), kThreads * kCommits);
  EXPECT_THAT(Contents(*store_->GetSnapshot()), SizeIs(kThreads * kCommits));
}

TEST_P(StoreContract, LosesNoStepOfCountersThatManyThreadsCountUp) {
  constexpr int kThreads = 4;
  constexpr int kSteps = 10;
  Assert({Fact(Node("counter"), Node("is"), Number(0))});
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([this] {
      for (int i = 0; i < kSteps; ++i) {
        const auto summary =
            store_->Transact([](const std::shared_ptr<const Snapshot>& snapshot) -> absl::StatusOr<ChangeSet> {
              const std::set<Quad> before = Contents(*snapshot);
              const int value = std::stoi(before.begin()->object.value());
              return ChangeSet{{Fact(Node("counter"), Node("is"), Number(value + 1))}, {*before.begin()}};
            });
        EXPECT_TRUE(summary.ok()) << summary.status();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(Contents(*store_->GetSnapshot()),
              ElementsAre(Fact(Node("counter"), Node("is"), Number(kThreads * kSteps))));
}

TEST_P(StoreContract, IsEmptyAtFirst) {
  const auto snapshot = store_->GetSnapshot();
  EXPECT_EQ(snapshot->commit(), 0U);
  EXPECT_EQ(snapshot->statistics().quads.rows, 0U);
  for (const PermutationInfo& info : AllPermutations()) {
    EXPECT_THAT(ScanIds(*snapshot, {.permutation = info.permutation}), IsEmpty()) << info.name;
    EXPECT_EQ(Count(*snapshot, {.permutation = info.permutation}), 0U) << info.name;
  }
  EXPECT_EQ(*snapshot->FindTerm(Node("a")), std::nullopt);
}

TEST_P(StoreContract, ShowsWhatWasCommitted) {
  const CommitSummary summary = Assert({Fact("a", "p", "b"), Fact("a", "p", "c", "g")});
  EXPECT_EQ(summary.commit, 1U);
  EXPECT_EQ(summary.added, 2U);
  EXPECT_EQ(summary.removed, 0U);
  EXPECT_THAT(Contents(*store_->GetSnapshot()), ElementsAre(Fact("a", "p", "b"), Fact("a", "p", "c", "g")));
}

TEST_P(StoreContract, AssertsOnceWhatIsAssertedTwice) {
  Assert({Fact("a", "p", "b"), Fact("a", "p", "b"), Claim("c", "a", "p", "b"), Claim("c", "a", "p", "b")});
  const CommitSummary again = Assert({Fact("a", "p", "b"), Claim("c", "a", "p", "b")});
  EXPECT_EQ(again.commit, 1U);
  EXPECT_EQ(again.added, 0U);
  EXPECT_THAT(Contents(*store_->GetSnapshot()), SizeIs(2));
}

TEST_P(StoreContract, RetractsWhatIsThereAndNothingElse) {
  Assert({Fact("a", "p", "b"), Fact("a", "p", "c"), Fact("a", "p", "b", "g"), Claim("k", "a", "p", "b")});
  const CommitSummary summary = Retract(
      {Fact("a", "p", "b"), Fact("a", "p", "never seen"), Claim("k", "a", "p", "c"), Claim("l", "a", "p", "b")});
  EXPECT_EQ(summary.removed, 1U);
  EXPECT_EQ(summary.commit, 2U);
  EXPECT_THAT(Contents(*store_->GetSnapshot()),
              UnorderedElementsAre(Fact("a", "p", "c"), Fact("a", "p", "b", "g"), Claim("k", "a", "p", "b")));
  EXPECT_EQ(Retract({Fact("a", "p", "b")}).commit, 2U);
}

TEST_P(StoreContract, AppliesRetractionsBeforeAssertions) {
  Assert({Fact("a", "p", "b"), Fact("a", "p", "c")});
  const CommitSummary summary =
      Commit({.assertions = {Fact("a", "p", "b"), Fact("a", "p", "d")}, .retractions = {Fact("a", "p", "b")}});
  EXPECT_EQ(summary.added, 1U);
  EXPECT_EQ(summary.removed, 0U);
  EXPECT_THAT(Contents(*store_->GetSnapshot()), SizeIs(3));
}

TEST_P(StoreContract, GivesEverySnapshotItsOwnCommit) {
  const auto empty = store_->GetSnapshot();
  Assert({Fact("a", "p", "b")});
  const auto one = store_->GetSnapshot();
  Commit({.assertions = {Fact("a", "p", "c")}, .retractions = {Fact("a", "p", "b")}});
  const auto other = store_->GetSnapshot();
  EXPECT_THAT(Contents(*empty), IsEmpty());
  EXPECT_THAT(Contents(*one), ElementsAre(Fact("a", "p", "b")));
  EXPECT_THAT(Contents(*other), ElementsAre(Fact("a", "p", "c")));
  EXPECT_EQ(empty->statistics().quads.rows, 0U);
  EXPECT_EQ(one->statistics().quads.distinct_objects, 1U);
  EXPECT_EQ(other->commit(), 2U);
}

TEST_P(StoreContract, ReadsASnapshotWhileAnotherThreadCommits) {
  Assert({Fact("a", "p", "b")});
  const auto snapshot = store_->GetSnapshot();
  std::thread writer([this] {
    for (int i = 0; i < 20; ++i) Assert({Fact(Node("a"), Node("p"), Number(i)), Claim("k", "x", "y", "z")});
  });
  for (int i = 0; i < 20; ++i) EXPECT_THAT(Contents(*snapshot), SizeIs(1));
  writer.join();
  EXPECT_THAT(Contents(*store_->GetSnapshot()), SizeIs(22));
}

TEST_P(StoreContract, KeepsReificationsAsRowsOfTheirOwn) {
  Assert({Claim("k1", "a", "p", "b"), Claim("k2", "a", "p", "b", "g"), Fact("k1", "when", "then")});
  const auto snapshot = store_->GetSnapshot();
  EXPECT_THAT(ScanTerms(*snapshot, {.permutation = Permutation::kClaimPos}),
              UnorderedElementsAre(ElementsAre(Node("p"), Node("b"), Node("a"), Node("k1"), Term()),
                                   ElementsAre(Node("p"), Node("b"), Node("a"), Node("k2"), Node("g"))));
  EXPECT_THAT(
      ScanTerms(*snapshot, {.permutation = Permutation::kClaimReifier, .prefix = {IdOf(*snapshot, Node("k2"))}}),
      SizeIs(1));
  EXPECT_THAT(ScanTerms(*snapshot, {.permutation = Permutation::kSpo}),
              ElementsAre(ElementsAre(Node("k1"), Node("when"), Node("then"), Term())));
  EXPECT_EQ(snapshot->statistics().reifications.rows, 2U);
  EXPECT_EQ(snapshot->statistics().quads.rows, 1U);
}

TEST_P(StoreContract, FindsOtherTripleTermsByTheirComponents) {
  const Term inner = Term::TripleTerm({Node("a"), Node("p"), Number(7)});
  const Term outer = Term::TripleTerm({Node("b"), Node("q"), inner});
  Assert({Fact(Node("x"), Node("says"), outer)});
  const auto snapshot = store_->GetSnapshot();
  EXPECT_THAT(ScanTerms(*snapshot, {.permutation = Permutation::kTermSpo}),
              UnorderedElementsAre(ElementsAre(Node("a"), Node("p"), Number(7), inner),
                                   ElementsAre(Node("b"), Node("q"), inner, outer)));
  EXPECT_THAT(ScanTerms(*snapshot, {.permutation = Permutation::kTermOsp, .prefix = {IdOf(*snapshot, inner)}}),
              SizeIs(1));
  EXPECT_EQ(*snapshot->GetTerm(IdOf(*snapshot, outer)), outer);
}

TEST_P(StoreContract, ReifiesTriplesWhoseObjectIsATripleTerm) {
  const Term inner = Term::TripleTerm({Node("a"), Node("p"), Node("b")});
  const Quad claim =
      Fact(Node("k"), Term::Iri(std::string(rdf::kReifies)), Term::TripleTerm({Node("x"), Node("says"), inner}));
  Assert({claim});
  EXPECT_THAT(Contents(*store_->GetSnapshot()), ElementsAre(claim));
  EXPECT_THAT(ScanIds(*store_->GetSnapshot(), {.permutation = Permutation::kTermPos}), SizeIs(1));
  EXPECT_EQ(Retract({claim}).removed, 1U);
}

TEST_P(StoreContract, TakesReifiesWithoutATripleTermForAnOrdinaryQuad) {
  const Quad odd = Fact(Node("k"), Term::Iri(std::string(rdf::kReifies)), Node("no triple term"));
  Assert({odd});
  EXPECT_THAT(ScanIds(*store_->GetSnapshot(), {.permutation = Permutation::kSpo}), SizeIs(1));
  EXPECT_EQ(store_->GetSnapshot()->statistics().reifications.rows, 0U);
}

TEST_P(StoreContract, ScansNamedGraphsByGraph) {
  Assert({Fact("a", "p", "b"), Fact("a", "p", "b", "g"), Fact("c", "p", "d", "g"), Fact("c", "p", "d", "h")});
  const auto snapshot = store_->GetSnapshot();
  EXPECT_THAT(ScanIds(*snapshot, {.permutation = Permutation::kGspo}), SizeIs(3));
  EXPECT_THAT(ScanTerms(*snapshot, {.permutation = Permutation::kGpos, .prefix = {IdOf(*snapshot, Node("h"))}}),
              ElementsAre(ElementsAre(Node("h"), Node("p"), Node("d"), Node("c"))));
}

TEST_P(StoreContract, ScansAPrefixAndARangeOfValues) {
  std::vector<Quad> quads;
  for (int i = -5; i < 5; ++i) quads.push_back(Fact(Node("a"), Node("p"), Number(i)));
  quads.push_back(Fact("b", "p", "c"));
  quads.push_back(Fact("a", "q", "c"));
  Assert(quads);
  const auto snapshot = store_->GetSnapshot();
  const ScanSpec spec{.permutation = Permutation::kPos,
                      .prefix = {IdOf(*snapshot, Node("p"))},
                      .lower = *InlineTermId(Number(-2)),
                      .upper = *InlineTermId(Number(1))};
  std::vector<Term> numbers;
  for (const Terms& row : ScanTerms(*snapshot, spec)) numbers.push_back(row[1]);
  EXPECT_THAT(numbers, ElementsAre(Number(-2), Number(-1), Number(0), Number(1)));
  EXPECT_EQ(Count(*snapshot, spec), 4U);
  EXPECT_GT(*snapshot->CountRows(spec, /*exact=*/false), 0U);
}

TEST_P(StoreContract, DecodesOnlyTheColumnsThatAreWanted) {
  Assert({Fact("a", "p", "b")});
  const auto rows = ScanIds(*store_->GetSnapshot(), {.permutation = Permutation::kSpo, .wanted_columns = 0b0101});
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0][0], IdOf(*store_->GetSnapshot(), Node("a")));
  EXPECT_EQ(rows[0][2], IdOf(*store_->GetSnapshot(), Node("b")));
}

TEST_P(StoreContract, SeeksForwardWithinABlockAndBeyond) {
  constexpr int kRows = 5'000;
  std::vector<Quad> quads;
  for (int i = 0; i < kRows; ++i) quads.push_back(Fact(Node("a"), Node("p"), Number(2 * i)));
  Load(quads);
  const auto snapshot = store_->GetSnapshot();
  const TermId a = IdOf(*snapshot, Node("a"));
  const TermId p = IdOf(*snapshot, Node("p"));
  const auto cursor = *snapshot->Scan({.permutation = Permutation::kSpo, .prefix = {a, p}});
  RowBlock block;
  for (const int wanted : {0, 2, 3, 500, 2'001, 2'002, 7'777, 2 * kRows - 2}) {
    ASSERT_TRUE(cursor->SeekForward({a, p, *InlineTermId(Number(wanted))}).ok());
    ASSERT_TRUE(*cursor->Next(&block)) << wanted;
    EXPECT_EQ(block.columns[2][0], *InlineTermId(Number(wanted + wanted % 2)));
  }
  ASSERT_TRUE(cursor->SeekForward({a, p, *InlineTermId(Number(2 * kRows))}).ok());
  EXPECT_FALSE(*cursor->Next(&block));
}

TEST_P(StoreContract, GivesTermsBackAsTheyWereWritten) {
  const std::vector<Term> terms = {Term::BlankNode("b1"),
                                   Term::String("a string longer than seven bytes"),
                                   Term::String(""),
                                   Term::String(std::string("nul \0 and \xC3\xA9", 10)),
                                   Term::Typed("007", std::string(xsd::kInteger)),
                                   Term::Typed("7", "urn:datatype"),
                                   Term::LanguageTagged("Kim", "EN-gb"),
                                   Term::LanguageTagged("Kim", "ar", BaseDirection::kRightToLeft),
                                   Term::LanguageTagged("Kim", "ar"),
                                   Term::String(std::string(100'000, 'x')),
                                   Term::Iri(std::string("urn:") + std::string(3'000, 'y'))};
  std::vector<Quad> quads;
  for (const Term& term : terms) quads.push_back(Fact(Node("a"), Node("p"), term));
  Assert(quads);
  const auto snapshot = store_->GetSnapshot();
  std::vector<TermId> ids;
  for (const Term& term : terms) ids.push_back(IdOf(*snapshot, term));
  for (size_t i = 0; i < terms.size(); ++i) EXPECT_EQ(*snapshot->GetTerm(ids[i]), terms[i]);
  std::reverse(ids.begin(), ids.end());
  std::vector<Term> found;
  ASSERT_TRUE(snapshot->GetTerms(ids, &found).ok());
  EXPECT_TRUE(std::equal(terms.rbegin(), terms.rend(), found.begin(), found.end()));
}

TEST_P(StoreContract, ShowsTermsInTheOrderOfTheirIds) {
  std::vector<Quad> quads;
  for (int i = 0; i < 400; ++i)
    quads.push_back(Fact(Node(absl::StrCat("s", i)), Node("p"), Node(absl::StrCat("o", i))));
  for (const char* const datatype : {"http://www.w3.org/2001/XMLSchema#date", "http://example.org/weight"}) {
    quads.push_back(Fact(Node("s"), Node("p"), Term::Typed("about a ton, or more", datatype)));
  }
  quads.push_back(Fact(Node("s"), Node("p"), Term::String("a text that is not short")));
  quads.push_back(Fact(Node("s"), Node("p"), Term::String("short")));
  quads.push_back(Fact(Node("s"), Node("p"), Term::BlankNode("b")));
  quads.push_back(
      Fact(Node("s"), Node("p"), Term::LanguageTagged("a text with its direction", "ar", BaseDirection::kRightToLeft)));
  quads.push_back(Fact(Node("s"), Node("p"), Term::TripleTerm({Node("a"), Node("b"), Node("c")})));
  Assert(quads);
  const auto snapshot = store_->GetSnapshot();
  std::vector<TermId> all;
  for (const Quad& quad : quads) {
    all.push_back(IdOf(*snapshot, quad.subject));
    all.push_back(IdOf(*snapshot, quad.object));
  }
  std::sort(all.begin(), all.end());
  // Neighbours, and terms with gaps of a few and of many blocks between them.
  for (const size_t step : {1U, 7U, 90U, 300U}) {
    std::vector<TermId> ids;
    for (size_t i = 0; i < all.size(); i += step) ids.push_back(all[i]);
    size_t seen = 0;
    const absl::Status status = snapshot->VisitTerms(ids, [&](size_t index, const TermView& term) {
      EXPECT_EQ(index, seen++);
      EXPECT_EQ(term.ToTerm(), *snapshot->GetTerm(ids[index]));
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    EXPECT_EQ(seen, ids.size());
  }
  const std::vector<TermId> missing = {all.front(), TermId(TermTag::kIri, 1'000'000)};
  const auto pass = [](size_t, const TermView&) { return absl::OkStatus(); };
  EXPECT_EQ(snapshot->VisitTerms(missing, pass).code(), absl::StatusCode::kDataLoss);
}

TEST_P(StoreContract, SaysSoWhenAnIdHasNoTerm) {
  EXPECT_EQ(store_->GetSnapshot()->GetTerm(TermId(TermTag::kIri, 12'345)).status().code(), absl::StatusCode::kDataLoss);
}

TEST_P(StoreContract, CountsExactlyAfterEachCommit) {
  Assert(
      {Fact("a", "p", "b"), Fact("a", "p", "c"), Fact("b", "p", "c"), Fact("a", "q", "b"), Fact("a", "q", "b", "g")});
  auto snapshot = store_->GetSnapshot();
  const TermId p = IdOf(*snapshot, Node("p"));
  const TermId q = IdOf(*snapshot, Node("q"));
  EXPECT_EQ(snapshot->statistics().quads.rows, 5U);
  EXPECT_EQ(snapshot->statistics().quads.distinct_subjects, 2U);
  EXPECT_EQ(snapshot->statistics().quads.distinct_objects, 2U);
  EXPECT_EQ(snapshot->statistics().quads.predicates.at(p).rows, 3U);
  EXPECT_EQ(snapshot->statistics().quads.predicates.at(p).distinct_subjects, 2U);
  EXPECT_EQ(snapshot->statistics().quads.predicates.at(p).distinct_objects, 2U);
  EXPECT_EQ(snapshot->statistics().quads.predicates.at(q).rows, 2U);
  EXPECT_THAT(snapshot->statistics().characteristic_sets, SizeIs(2));

  Retract({Fact("b", "p", "c"), Fact("a", "q", "b"), Fact("a", "q", "b", "g")});
  snapshot = store_->GetSnapshot();
  EXPECT_EQ(snapshot->statistics().quads.rows, 2U);
  EXPECT_EQ(snapshot->statistics().quads.distinct_subjects, 1U);
  EXPECT_EQ(snapshot->statistics().quads.predicates.count(q), 0U);
  ASSERT_THAT(snapshot->statistics().characteristic_sets, SizeIs(1));
  EXPECT_EQ(snapshot->statistics().characteristic_sets[0].subjects, 1U);
  EXPECT_THAT(snapshot->statistics().characteristic_sets[0].rows, ElementsAre(2U));
}

TEST_P(StoreContract, LoadsInBulkAsOneCommit) {
  Assert({Fact("a", "p", "b")});
  const std::vector<Quad> quads = {Fact("a", "p", "b"), Fact("a", "p", "c"), Fact("a", "p", "c"),
                                   Claim("k", "a", "p", "c"), Fact("d", "p", "e", "g")};
  const CommitSummary summary = Load(quads);
  EXPECT_EQ(summary.added, 3U);
  EXPECT_EQ(summary.commit, 2U);
  EXPECT_THAT(Contents(*store_->GetSnapshot()), SizeIs(4));
  EXPECT_EQ(Load(quads).added, 0U);
  EXPECT_EQ(store_->GetSnapshot()->commit(), 2U);
}

TEST_P(StoreContract, ChangesNothingWhenTheSourceOfALoadFails) {
  Assert({Fact("a", "p", "b")});
  const auto failing = [](QuadSink sink) -> absl::Status {
    for (int i = 0; i < 100; ++i) {
      if (absl::Status status = sink(Fact(Node("a"), Node("p"), Number(i))); !status.ok()) return status;
    }
    return absl::InvalidArgumentError("line 101 is broken");
  };
  const auto summary = store_->BulkLoad(failing, {});
  EXPECT_EQ(summary.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(summary.status().message()), HasSubstr("line 101"));
  EXPECT_THAT(Contents(*store_->GetSnapshot()), SizeIs(1));
}

TEST_P(StoreContract, StopsALoadThatIsCancelled) {
  Cancellation cancellation;
  const auto endless = [&cancellation](QuadSink sink) -> absl::Status {
    for (int i = 0;; ++i) {
      if (i == 1'000) cancellation.Cancel();
      if (absl::Status status = sink(Fact(Node("a"), Node("p"), Number(i))); !status.ok()) return status;
    }
  };
  EXPECT_EQ(store_->BulkLoad(endless, {.cancellation = &cancellation}).status().code(), absl::StatusCode::kCancelled);
  EXPECT_THAT(Contents(*store_->GetSnapshot()), IsEmpty());
}

TEST_P(StoreContract, KeepsSettingsApartFromCommits) {
  EXPECT_EQ(*store_->GetSetting("now"), "");
  ASSERT_TRUE(store_->SetSetting("now", "2023-09-11").ok());
  ASSERT_TRUE(store_->SetSetting("other", std::string("a\0b", 3)).ok());
  EXPECT_EQ(*store_->GetSetting("now"), "2023-09-11");
  EXPECT_EQ(*store_->GetSetting("other"), std::string("a\0b", 3));
  ASSERT_TRUE(store_->SetSetting("now", "").ok());
  EXPECT_EQ(*store_->GetSetting("now"), "");
  EXPECT_EQ(store_->GetSnapshot()->commit(), 0U);
}

TEST_P(StoreContract, SplitsAndMergesBlocksUnderManyRows) {
  std::vector<Quad> quads;
  for (int i = 0; i < 6'000; ++i) quads.push_back(Fact(Node(absl::StrCat(i % 700)), Node("p"), Number(i)));
  Assert(quads);
  EXPECT_EQ(Count(*store_->GetSnapshot(), {.permutation = Permutation::kOps}), 6'000U);
  ExpectValid(*store_);
  // One row in the middle of a full block, then all but a few go.
  Assert({Fact(Node("350"), Node("p"), Number(100'000))});
  quads.resize(5'990);
  EXPECT_EQ(Retract(quads).removed, 5'990U);
  EXPECT_THAT(Contents(*store_->GetSnapshot()), SizeIs(11));
  ExpectValid(*store_);
}

std::vector<StoreKind> StoreKinds() {
  return {{"Reference", [](const std::string&) { return NewReferenceStore(); }},
          {"Memory", [](const std::string&) { return NewMemoryStore(); }},
          {"Disk", [](const std::string& directory) {
             auto store = OpenStore(directory, {});
             EXPECT_TRUE(store.ok()) << store.status();
             return store.ok() ? *std::move(store) : nullptr;
           }}};
}

INSTANTIATE_TEST_SUITE_P(EveryStore, StoreContract, ::testing::ValuesIn(StoreKinds()),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace dossier

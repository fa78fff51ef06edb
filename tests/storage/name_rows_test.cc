// Names of terms: what a term is called, and that every store finds it by that, however it came in.
#include "storage/name_rows.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "base/romanisation.h"
#include "base/text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/memory/reference_store.h"
#include "storage/overlay_snapshot.h"
#include "storage/store.h"
#include "tests/storage/store_test_support.h"

namespace dossier {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

Term English(const std::string& text) { return Term::LanguageTagged(text, "en"); }

Quad Label(const std::string& subject, const Term& name) { return Fact(Node(subject), Node("label"), name); }

// The terms of a name scan, as text; each once.
std::vector<std::string> Found(const Snapshot& snapshot, const NameScan& scan) {
  const auto cursor = snapshot.ScanNames(scan);
  EXPECT_TRUE(cursor.ok()) << cursor.status();
  std::vector<std::string> found;
  RowBlock block;
  while (true) {
    const absl::StatusOr<bool> more = (*cursor)->Next(&block);
    EXPECT_TRUE(more.ok()) << more.status();
    if (!more.ok() || !*more) break;
    const size_t column = scan.table == NameTable::kWhole ? 1 : 2;
    for (size_t row = 0; row < block.rows; ++row) {
      found.push_back(snapshot.GetTerm(block.columns[column][row])->value());
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::vector<std::string> Called(const Snapshot& snapshot, const std::string& name) {
  NameScan scan;
  scan.prefix = {NameHash(PhraseKey(name))};
  return Found(snapshot, scan);
}

std::vector<std::string> Beginning(const Snapshot& snapshot, const std::string& prefix) {
  return Found(snapshot, BeginningScan(prefix));
}

const std::vector<Quad>& People() {
  static const std::vector<Quad>& people = *new std::vector<Quad>{Label("a", English("Kim Jong-un")),
                                                                  Label("b", Term::String("Kim")),
                                                                  Label("c", Term::String("KIM")),
                                                                  Label("d", English("The House of Cards")),
                                                                  Label("e", Term::Typed("Kim", "urn:kind")),
                                                                  Label("f", Term::String(std::string(300, 'k'))),
                                                                  Label("g", English("Pak Jong-chon")),
                                                                  Fact(Node("Kim_Jong-un"), Node("type"), Node("123"))};
  return people;
}

TEST(NameKey, IsTheFoldedTextOrTheEndOfTheIri) {
  EXPECT_EQ(NameKey(English("Kim Jong-Un")), "kim jong un");
  EXPECT_EQ(NameKey(Term::String("Müller's")), "mullers");
  EXPECT_EQ(NameKey(Term::Iri("http://x.org/ns#birthPlace")), "birth place");
  EXPECT_EQ(NameKey(Term::Iri("http://x.org/people/Kim_Jong-un/")), "kim jong un");
  EXPECT_EQ(NameKey(Term::Iri("http://x.org/claim/4711")), "");
  EXPECT_EQ(NameKey(Term::Typed("Kim", "urn:kind")), "");
  EXPECT_EQ(NameKey(Term::BlankNode("kim")), "");
  EXPECT_EQ(NameKey(Term::String(std::string(kMaximumNameBytes + 1, 'k'))), "");
}

TEST(NameKey, IsTheSameOfATermAndOfItsRecord) {
  for (const Quad& quad : People()) {
    for (const Term& term : {quad.subject, quad.object}) {
      if (InlineTermId(term).has_value()) {
        EXPECT_EQ(storage::NameKeyOfInline(*InlineTermId(term)), NameKey(term));
      } else {
        EXPECT_EQ(storage::NameKeyOfRecord(storage::DictionaryTag(term), storage::TermRecord(term)), NameKey(term))
            << term.ToString();
      }
    }
  }
}

TEST(NameBeginnings, AreThoseOfWordsButSmallOnes) {
  EXPECT_THAT(NameBeginnings("house of cards"), ElementsAre(0, 9));
  EXPECT_THAT(NameBeginnings("a b c d e f g h"), ElementsAre(0, 2, 4, 6, 8, 10));
  EXPECT_THAT(NameBeginnings(std::string(100, 'k') + " and more"), ElementsAre(0));
}

TEST(BeginningScan, ComparesSixteenBytes) {
  storage::NameRows rows;
  storage::AppendNameRows("kim jong un of the north", TermId(TermTag::kLiteral, 7), &rows);
  EXPECT_EQ(BeginningOf(rows.words[0][0], rows.words[0][1]), "kim jong un of t");
  EXPECT_EQ(BeginningOf(rows.words[1][0], rows.words[1][1]), "jong un of the n");
  EXPECT_EQ(BeginningScan("kim jong u").prefix.size(), 1U);
  EXPECT_EQ(BeginningScan("kim jong").prefix.size(), 0U);
}

void ExpectPeople(const Snapshot& snapshot) {
  EXPECT_THAT(Called(snapshot, "kim"), UnorderedElementsAre("KIM", "Kim"));
  EXPECT_THAT(Called(snapshot, "Kim Jong Un"), UnorderedElementsAre("Kim Jong-un", "urn:Kim_Jong-un"));
  EXPECT_THAT(Called(snapshot, "house of cards"), ElementsAre("The House of Cards"));
  EXPECT_THAT(Called(snapshot, "jong un"), IsEmpty());
  EXPECT_THAT(Beginning(snapshot, "jong"), UnorderedElementsAre("Kim Jong-un", "Pak Jong-chon", "urn:Kim_Jong-un"));
  EXPECT_THAT(Beginning(snapshot, "kim j"), UnorderedElementsAre("Kim Jong-un", "urn:Kim_Jong-un"));
  EXPECT_THAT(Beginning(snapshot, "ca"), ElementsAre("The House of Cards"));
  EXPECT_THAT(Beginning(snapshot, "of"), IsEmpty());
  NameScan respelled;
  respelled.prefix = {RespellingHash(RomanisationKey("park jung chon"))};
  EXPECT_THAT(Found(snapshot, respelled), ElementsAre("Pak Jong-chon"));
  EXPECT_THAT(Found(snapshot, AllNamesScan()), Not(Contains(std::string(300, 'k'))));
}

TEST(Names, AreFoundAfterCommitsAndAfterALoad) {
  const std::unique_ptr<Store> reference = NewReferenceStore();
  const std::unique_ptr<Store> committed = NewMemoryStore();
  for (const Quad& quad : People()) {
    ASSERT_TRUE(reference->Commit({.assertions = {quad}}).ok());
    ASSERT_TRUE(committed->Commit({.assertions = {quad}}).ok());
  }
  ExpectPeople(*reference->GetSnapshot());
  ExpectPeople(*committed->GetSnapshot());
  ExpectValid(*committed);
  TempDirectory directory;
  const auto loaded = OpenStore(directory.Child("store"), {});
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  BulkLoadOptions bulk;
  bulk.commit_quads = 0;
  ASSERT_TRUE((*loaded)->BulkLoad(SourceOf(People()), bulk).ok());
  ExpectPeople(*(*loaded)->GetSnapshot());
  ExpectValid(**loaded);
  // A second load brings names that are there, short strings among them, and new ones.
  std::vector<Quad> more = {Label("x", Term::String("Kim")), Label("x", English("Kim Jong-un")),
                            Label("x", Term::String("Ri")), Label("x", English("Kim Jong-il"))};
  ASSERT_TRUE((*loaded)->BulkLoad(SourceOf(more), bulk).ok());
  ExpectValid(**loaded);
  EXPECT_THAT(Called(*(*loaded)->GetSnapshot(), "ri"), ElementsAre("Ri"));
  EXPECT_THAT(Called(*(*loaded)->GetSnapshot(), "kim"), UnorderedElementsAre("KIM", "Kim"));
}

TEST(Names, OfAnOverlayAreThoseOfTheBaseAndItsOwn) {
  const std::unique_ptr<Store> base = NewMemoryStore();
  ASSERT_TRUE(base->Commit({.assertions = {People()[0], People()[1]}}).ok());
  MemoryBudget memory(size_t{1} << 20);
  const std::shared_ptr<OverlaySnapshot> overlay = OverlaySnapshot::Create(base->GetSnapshot(), &memory);
  for (const Quad& quad : People()) ASSERT_TRUE(overlay->InternQuad(quad).ok());
  ExpectPeople(*overlay);
}

TEST(Names, OfWhatWasRetractedMayStayButAreSound) {
  const std::unique_ptr<Store> store = NewMemoryStore();
  ASSERT_TRUE(store->Commit({.assertions = People()}).ok());
  ASSERT_TRUE(store->Commit({.retractions = People()}).ok());
  ExpectValid(*store);
  ASSERT_TRUE(store->Commit({.assertions = People()}).ok());
  ExpectValid(*store);
  ExpectPeople(*store->GetSnapshot());
}

}  // namespace
}  // namespace dossier

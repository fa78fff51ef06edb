#include "database/text_index.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/cancellation.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rdf/vocabulary.h"
#include "storage/memory/reference_store.h"
#include "storage/store.h"
#include "tests/database/temporary_folder.h"

namespace dossier {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kBridges[] =
    "The old bridge over the river\n\n"
    "The bridge was opened in 1931. Armoured trains crossed it in the war. It was repaired twice.\n"
    "A train fell.";
constexpr char kFerries[] = "Ferries of the coast\nThe ferry carries a train. It does not run in winter.";

Quad Statement(const std::string& article, absl::string_view predicate, Term object) {
  return {Term::Iri("urn:test:" + article), Term::Iri(std::string(predicate)), std::move(object), std::nullopt};
}

void AddArticle(const std::string& article, const std::string& title, const std::string& text, ChangeSet* changes) {
  changes->assertions.push_back(Statement(article, schema::kIdentifier, Term::String(article)));
  changes->assertions.push_back(Statement(article, schema::kHeadline, Term::String(title)));
  changes->assertions.push_back(Statement(article, schema::kArticleBody, Term::String(text)));
}

class TextIndexTest : public ::testing::Test {
 protected:
  TextIndexTest() : store_(NewReferenceStore()) {
    folder_ = home_.Path("index");
    ChangeSet changes;
    AddArticle("001", "Bridges", kBridges, &changes);
    AddArticle("002", "Boats", kFerries, &changes);
    Commit(changes);
  }

  void Commit(const ChangeSet& changes) { ASSERT_TRUE(store_->Commit(changes).ok()); }

  std::vector<SearchHit> Search(TextIndex& index, absl::string_view query) {
    auto hits = index.Search(*store_->GetSnapshot(), query, 10, cancellation_);
    EXPECT_TRUE(hits.ok()) << hits.status();
    return hits.ok() ? *hits : std::vector<SearchHit>();
  }
  std::vector<std::string> Identifiers(TextIndex& index, absl::string_view query) {
    std::vector<std::string> identifiers;
    for (const SearchHit& hit : Search(index, query)) identifiers.push_back(hit.identifier);
    return identifiers;
  }

  TemporaryFolder home_;
  std::unique_ptr<Store> store_;
  std::filesystem::path folder_;
  Cancellation cancellation_;
};

TEST_F(TextIndexTest, RanksArticlesAndShowsTheSentencesWithMostOfTheWords) {
  const std::unique_ptr<TextIndex> index = NewTextIndex("");
  const std::vector<SearchHit> hits = Search(*index, "armoured train");
  ASSERT_EQ(hits.size(), 2U);
  EXPECT_EQ(hits[0].article, "urn:test:001");
  EXPECT_EQ(hits[0].title, "Bridges");
  EXPECT_GT(hits[0].score, hits[1].score);
  EXPECT_THAT(hits[0].sentences,
              ElementsAre(AllOf(Field(&SentenceHit::paragraph, 2U), Field(&SentenceHit::sentence, 2U),
                                Field(&SentenceHit::text, HasSubstr("Armoured trains")))));
  EXPECT_THAT(hits[1].sentences, ElementsAre(Field(&SentenceHit::text, "The ferry carries a train.")));
}

TEST_F(TextIndexTest, FindsOtherFormsOfAWordInTheTitleToo) {
  const std::unique_ptr<TextIndex> index = NewTextIndex("");
  EXPECT_THAT(Identifiers(*index, "repairing"), ElementsAre("001"));
  EXPECT_THAT(Identifiers(*index, "boat"), ElementsAre("002"));
  EXPECT_THAT(Identifiers(*index, "aeroplane"), IsEmpty());
}

TEST_F(TextIndexTest, KnowsPhrasesRequiredAndExcludedWords) {
  const std::unique_ptr<TextIndex> index = NewTextIndex("");
  EXPECT_THAT(Identifiers(*index, "\"old bridge\""), ElementsAre("001"));
  EXPECT_THAT(Identifiers(*index, "\"bridge old\""), IsEmpty());
  EXPECT_THAT(Identifiers(*index, "train -ferry"), ElementsAre("001"));
  EXPECT_THAT(Identifiers(*index, "train AND winter"), ElementsAre("002"));
}

TEST_F(TextIndexTest, NeverFindsAWordThatIsOnlyExcluded) {
  const std::unique_ptr<TextIndex> index = NewTextIndex("");
  EXPECT_THAT(index->Search(*store_->GetSnapshot(), "-ferry", 10, cancellation_).status().message(),
              HasSubstr("only excludes"));
  EXPECT_THAT(Identifiers(*index, "NOT bridge"), ElementsAre("002"));
}

TEST_F(TextIndexTest, RefusesASearchWithoutWords) {
  const std::unique_ptr<TextIndex> index = NewTextIndex("");
  EXPECT_TRUE(absl::IsInvalidArgument(index->Search(*store_->GetSnapshot(), " - ", 10, cancellation_).status()));
}

TEST_F(TextIndexTest, StemsByTheLanguageOfTheArticle) {
  ChangeSet changes;
  AddArticle("003", "Puentes", "Los trenes cruzaron los puentes.", &changes);
  changes.assertions.push_back(Statement("003", schema::kInLanguage, Term::String("es")));
  Commit(changes);
  const std::unique_ptr<TextIndex> index = NewTextIndex("");
  EXPECT_THAT(Identifiers(*index, "cruzaban"), ElementsAre("003"));
}

TEST_F(TextIndexTest, CatchesUpWithEveryCommit) {
  const std::unique_ptr<TextIndex> index = NewTextIndex(folder_.string());
  EXPECT_THAT(Identifiers(*index, "zeppelin"), IsEmpty());
  ChangeSet changes;
  changes.retractions.push_back(Statement("001", schema::kArticleBody, Term::String(kBridges)));
  AddArticle("002", "Boats", kFerries, &changes);
  AddArticle("003", "Airships", "A zeppelin crossed the bridge.", &changes);
  Commit(changes);
  EXPECT_THAT(Identifiers(*index, "zeppelin"), ElementsAre("003"));
  EXPECT_THAT(Identifiers(*index, "bridge"), ElementsAre("003"));  // No longer in 001, which has no text now.
}

TEST_F(TextIndexTest, IsFoundAgainOnDisk) {
  EXPECT_THAT(Identifiers(*NewTextIndex(folder_.string()), "ferry"), ElementsAre("002"));
  const auto written = std::filesystem::last_write_time(folder_ / "iamglass");
  EXPECT_THAT(Identifiers(*NewTextIndex(folder_.string()), "ferry"), ElementsAre("002"));
  EXPECT_EQ(std::filesystem::last_write_time(folder_ / "iamglass"), written) << "made again without need";
}

TEST_F(TextIndexTest, IsMadeAnewWhenItIsDamaged) {
  EXPECT_THAT(Identifiers(*NewTextIndex(folder_.string()), "ferry"), ElementsAre("002"));
  for (const char* file : {"iamglass", "postlist.glass", "docdata.glass"}) {
    std::ofstream(folder_ / file, std::ios::trunc) << "garbage";
    EXPECT_THAT(Identifiers(*NewTextIndex(folder_.string()), "ferry"), ElementsAre("002")) << file;
  }
}

TEST_F(TextIndexTest, IsMadeAnewWhenItBelongsToAnotherStore) {
  EXPECT_THAT(Identifiers(*NewTextIndex(folder_.string()), "ferry"), ElementsAre("002"));
  store_ = NewReferenceStore();
  ChangeSet changes;
  AddArticle("009", "Trams", "A tram crossed.", &changes);
  Commit(changes);
  EXPECT_THAT(Identifiers(*NewTextIndex(folder_.string()), "ferry"), IsEmpty());
  EXPECT_THAT(Identifiers(*NewTextIndex(folder_.string()), "tram"), ElementsAre("009"));
}

TEST_F(TextIndexTest, SearchesACopyInMemoryWhenItCannotBeWritten) {
  std::ofstream(folder_) << "a file where the folder should be";
  EXPECT_THAT(Identifiers(*NewTextIndex(folder_.string()), "ferry"), ElementsAre("002"));
}

TEST_F(TextIndexTest, EndsWhenItIsCancelled) {
  cancellation_.Cancel();
  const std::unique_ptr<TextIndex> index = NewTextIndex("");
  EXPECT_TRUE(absl::IsCancelled(index->Search(*store_->GetSnapshot(), "train", 10, cancellation_).status()));
}

}  // namespace
}  // namespace dossier

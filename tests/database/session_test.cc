#include "database/session.h"

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "database/database.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/database/temporary_folder.h"

namespace dossier {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

constexpr char kData[] = R"(
@prefix : <urn:test:> .
@prefix dossier: <urn:dossier:vocabulary:> .
@prefix schema: <https://schema.org/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Ada rdfs:label "Ada Stone" .
:Bob rdfs:label "Bob Field" .
:Cleo rdfs:label "Cleo Hill" .
:teach a dossier:Relation ; rdfs:label "teach" ;
    dossier:verb [ dossier:base "teach" ; dossier:past "taught" ; dossier:participle "taught" ] .
:Article a schema:Article ; schema:identifier "007" ; schema:headline "A school" .
:Ada :teach :Bob ~ :claim {| prov:wasDerivedFrom :Article ; dossier:paragraph 1 ; dossier:sentence 2 |} .
)";

class SessionTest : public ::testing::Test {
 protected:
  SessionTest() : database_(Database::InMemory()), session_(database_.get()) {
    EXPECT_TRUE(database_->Load({folder_.Write("data.ttl", kData)}, {}).ok());
  }

  // The labels of the first column.
  std::vector<std::string> Labels(const Answer& answer) {
    std::vector<std::string> labels;
    for (const AnswerRow& row : answer.rows) labels.push_back(row.cells.at(0).has_value() ? row.cells[0]->label : "");
    return labels;
  }
  std::vector<std::string> Ask(absl::string_view question) {
    const absl::StatusOr<Answer> answer = session_.Ask(question);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? Labels(*answer) : std::vector<std::string>();
  }

  TemporaryFolder folder_;
  std::unique_ptr<Database> database_;
  Session session_;
};

TEST_F(SessionTest, AnswersAQuestionWithItsClaims) {
  const absl::StatusOr<Answer> answer = session_.Ask("who taught Bob Field");
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_THAT(Labels(*answer), ::testing::ElementsAre("Ada Stone"));
  ASSERT_THAT(answer->rows[0].claims, SizeIs(1));
  EXPECT_EQ(answer->rows[0].claims[0].article, "007");
  EXPECT_EQ(answer->rows[0].claims[0].text, "");
  EXPECT_GT(answer->elapsed, absl::ZeroDuration());
}

TEST_F(SessionTest, EndsTheReadingOfAQuestionThatIsCancelled) {
  session_.Cancel();
  EXPECT_TRUE(absl::IsCancelled(session_.Run("explain who taught Bob Field").status()));
}

TEST_F(SessionTest, CitesTheSentenceOnceTheTextIsLoaded) {
  folder_.Write("texts/007.txt", "One. Ada taught Bob. Three.");
  ASSERT_TRUE(database_->LoadArticles({folder_.Path("texts")}, {}).ok());
  const absl::StatusOr<Answer> answer = session_.Ask("who taught Bob Field");
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->rows.at(0).claims.at(0).text, "Ada taught Bob.");
}

TEST_F(SessionTest, TellsWhereAQuestionIsWrong) {
  const auto diagnostic = GetDiagnostic(session_.Ask("who taught Zebedee").status());
  ASSERT_TRUE(diagnostic.has_value());
  EXPECT_EQ(diagnostic->column, 12U);
}

TEST_F(SessionTest, SeesItsOwnChanges) {
  EXPECT_THAT(Ask("who taught Cleo Hill"), IsEmpty());
  const absl::StatusOr<StatementResult> asserted = session_.Run("assert Bob Field taught Cleo Hill");
  ASSERT_TRUE(asserted.ok()) << asserted.status();
  EXPECT_EQ(asserted->kind, StatementResult::Kind::kChange);
  EXPECT_GT(asserted->change.added, 0U);
  EXPECT_THAT(Ask("who taught Cleo Hill"), ::testing::ElementsAre("Bob Field"));
  const absl::StatusOr<StatementResult> retracted = session_.Run("retract Bob Field taught Cleo Hill");
  ASSERT_TRUE(retracted.ok()) << retracted.status();
  EXPECT_THAT(Ask("who taught Cleo Hill"), IsEmpty());
}

TEST_F(SessionTest, LoadsByStatement) {
  const std::string path =
      folder_.Write("more data.ttl", "@prefix : <urn:test:> .\n:Cleo :teach :Ada ~ :c {| :x 1 |} .\n");
  const absl::StatusOr<StatementResult> loaded = session_.Run("load \"" + path + "\"");
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ(loaded->kind, StatementResult::Kind::kLoad);
  EXPECT_EQ(loaded->load.added, 3U);
  EXPECT_THAT(Ask("who taught Ada Stone"), ::testing::ElementsAre("Cleo Hill"));
}

TEST_F(SessionTest, SearchesTheTexts) {
  folder_.Write("texts/007.txt", "A school stood by the sea.");
  ASSERT_TRUE(database_->LoadArticles({folder_.Path("texts")}, {}).ok());
  const absl::StatusOr<StatementResult> found = session_.Run("search schools");
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->kind, StatementResult::Kind::kSearch);
  ASSERT_THAT(found->hits, SizeIs(1));
  EXPECT_EQ(found->hits[0].identifier, "007");
}

TEST_F(SessionTest, ExplainsAQuestion) {
  const absl::StatusOr<StatementResult> plan = session_.Run("explain analyze who taught Bob Field");
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_EQ(plan->kind, StatementResult::Kind::kText);
  EXPECT_THAT(plan->text, HasSubstr("claim"));
}

TEST_F(SessionTest, AskTakesQuestionsOnly) {
  EXPECT_TRUE(absl::IsInvalidArgument(session_.Ask("assert Bob Field taught Cleo Hill").status()));
}

TEST_F(SessionTest, EndsWhenItIsCancelledOrLate) {
  session_.Cancel();
  EXPECT_TRUE(absl::IsCancelled(session_.Ask("who taught Bob Field").status()));
  session_.cancellation().Reset();
  session_.settings().timeout = absl::Nanoseconds(1);
  EXPECT_TRUE(absl::IsDeadlineExceeded(session_.Ask("who taught Bob Field").status()));
  session_.settings().timeout = absl::InfiniteDuration();
  EXPECT_THAT(Ask("who taught Bob Field"), SizeIs(1));
}

TEST_F(SessionTest, KeepsToItsMemory) {
  session_.settings().memory_bytes = 16;
  EXPECT_TRUE(absl::IsResourceExhausted(session_.Ask("who taught Bob Field").status()));
}

TEST_F(SessionTest, KeepsTheCatalogueOfACommit) {
  const auto snapshot = database_->GetSnapshot();
  const auto first = database_->GetCatalogue(snapshot);
  EXPECT_EQ(*first, *database_->GetCatalogue(snapshot));
  ASSERT_TRUE(session_.Run("assert Bob Field taught Cleo Hill").ok());
  EXPECT_NE(*first, *database_->GetCatalogue(database_->GetSnapshot()));
}

TEST_F(SessionTest, CountsWhatThereIs) {
  const absl::StatusOr<DatabaseStatistics> statistics = database_->Statistics();
  ASSERT_TRUE(statistics.ok());
  EXPECT_EQ(statistics->commit, 1U);
  EXPECT_EQ(statistics->claims, 1U);
  EXPECT_EQ(statistics->articles, 1U);
  EXPECT_EQ(statistics->texts, 0U);
  EXPECT_THAT(statistics->predicates, Contains(Pair("http://www.w3.org/2000/01/rdf-schema#label", 4)));
}

// On disk.
class DatabaseTest : public ::testing::Test {
 protected:
  std::unique_ptr<Database> Open(const std::string& name, bool read_only) {
    DatabaseOptions options;
    options.read_only = read_only;
    absl::StatusOr<std::unique_ptr<Database>> database = Database::Open(folder_.Path(name), options);
    EXPECT_TRUE(database.ok()) << database.status();
    return database.ok() ? *std::move(database) : nullptr;
  }
  // Everything in N-Quads.
  static std::string ExportAll(Database& database) {
    std::string text;
    EXPECT_TRUE(database
                    .Export(RdfFormat::kNQuads, Cancellation(),
                            [&text](absl::string_view piece) {
                              text.append(piece.data(), piece.size());
                              return absl::OkStatus();
                            })
                    .ok());
    return text;
  }

  TemporaryFolder folder_;
};

TEST_F(DatabaseTest, IsFoundAgainAndReadBesideAWriter) {
  const std::unique_ptr<Database> writer = Open("store", /*read_only=*/false);
  ASSERT_TRUE(writer->Load({folder_.Write("data.ttl", kData)}, {}).ok());
  const std::unique_ptr<Database> reader = Open("store", /*read_only=*/true);
  EXPECT_EQ(Session(reader.get()).Ask("who taught Bob Field")->rows.size(), 1U);
  EXPECT_TRUE(absl::IsFailedPrecondition(reader->Load({folder_.Path("data.ttl")}, {}).status()));
  EXPECT_TRUE(absl::IsFailedPrecondition(Session(reader.get()).Run("assert Bob Field taught Ada Stone").status()));
}

TEST_F(DatabaseTest, IsCopiedByABackupAndARestore) {
  const std::unique_ptr<Database> original = Open("store", /*read_only=*/false);
  ASSERT_TRUE(original->Load({folder_.Write("data.ttl", kData)}, {}).ok());
  ASSERT_TRUE(original->Backup(folder_.Path("backup")).ok());
  EXPECT_TRUE(absl::IsAlreadyExists(original->Backup(folder_.Path("backup"))));
  const absl::Status restored = Database::Restore(folder_.Path("backup"), folder_.Path("restored"));
  ASSERT_TRUE(restored.ok()) << restored;
  EXPECT_EQ(ExportAll(*Open("restored", /*read_only=*/false)), ExportAll(*original));
  EXPECT_FALSE(Database::Restore(folder_.Path("nothing"), folder_.Path("other")).ok());
  EXPECT_FALSE(std::filesystem::exists(folder_.Path("other")));
}

TEST_F(DatabaseTest, ExportsNamedGraphsWhereTheFormatHasThem) {
  const std::unique_ptr<Database> database = Database::InMemory();
  ASSERT_TRUE(database->Load({folder_.Write("a.nq", "<urn:a> <urn:p> \"1\" <urn:g> .\n")}, {}).ok());
  EXPECT_EQ(ExportAll(*database), "<urn:a> <urn:p> \"1\" <urn:g> .\n");
  const auto ignore = [](absl::string_view) { return absl::OkStatus(); };
  for (const RdfFormat format : {RdfFormat::kNTriples, RdfFormat::kTurtle}) {
    EXPECT_TRUE(absl::IsInvalidArgument(database->Export(format, Cancellation(), ignore)));
  }
}

TEST_F(DatabaseTest, LoadsArticlesAmongOtherFiles) {
  const std::unique_ptr<Database> database = Database::InMemory();
  const absl::StatusOr<LoadReport> report = database->Load(
      {folder_.Write("data.ttl", kData), folder_.Write("a.jsonl", R"({"id": "1", "text": "Words."})")}, {});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->files, 2U);
  EXPECT_EQ(report->articles, 1U);
  EXPECT_EQ(database->Statistics()->texts, 1U);
}

}  // namespace
}  // namespace dossier

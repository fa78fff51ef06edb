#include "database/article_loader.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/diagnostic.h"
#include "database/article_texts.h"
#include "database/graph_reader.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rdf/vocabulary.h"
#include "storage/store.h"
#include "tests/database/temporary_folder.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ArticleLoaderTest : public ::testing::Test {
 protected:
  ArticleLoaderTest() : store_(NewMemoryStore()) {
    for (const char* identifier : {"002", "00", "with-dash"}) {
      AddArticle(absl::StrCat("urn:test:", identifier), identifier);
    }
  }

  void AddArticle(const std::string& iri, const std::string& identifier) {
    ChangeSet changes;
    changes.assertions.push_back(
        {Term::Iri(iri), Term::Iri(std::string(schema::kIdentifier)), Term::String(identifier)});
    ASSERT_TRUE(store_->Commit(changes).ok());
  }
  LoadReport Load(const std::vector<std::string>& paths) {
    auto report = LoadArticles(store_.get(), paths, options_);
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *std::move(report) : LoadReport();
  }
  std::string SentenceOf(const std::string& article, int64_t paragraph, int64_t sentence) {
    ArticleTexts texts(store_->GetSnapshot());
    return texts.Sentence(Term::Iri(article), paragraph, sentence).value_or("an error");
  }
  // The objects of a property, as N-Triples.
  std::vector<std::string> Objects(const std::string& subject, absl::string_view predicate) {
    const auto snapshot = store_->GetSnapshot();
    std::vector<std::string> objects;
    const auto id = snapshot->FindTerm(Term::Iri(subject));
    if (!id.ok() || !id->has_value()) return objects;
    const std::vector<TermId> ids = ObjectsOf(*snapshot, **id, predicate).value_or(std::vector<TermId>());
    for (const TermId object : ids) {
      objects.push_back(snapshot->GetTerm(object)->ToString());
    }
    return objects;
  }

  TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
  LoadOptions options_;
};

TEST_F(ArticleLoaderTest, GivesATextFileToTheArticleItsNameBeginsWith) {
  folder_.Write("texts/002_83af.txt", "\ufeffTitle\r\n\r\nFirst. Second.\r\n");
  folder_.Write("texts/with-dash.txt", "Words.");
  const LoadReport report = Load({folder_.Path("texts")});
  EXPECT_EQ(report.articles, 2U);
  EXPECT_EQ(report.added, 2U);
  EXPECT_EQ(SentenceOf("urn:test:002", 1, 1), "Title");
  EXPECT_EQ(SentenceOf("urn:test:002", 2, 2), "Second.");
  EXPECT_EQ(SentenceOf("urn:test:with-dash", 1, 1), "Words.");
  EXPECT_EQ(SentenceOf("urn:test:002", 2, 3), "");
  EXPECT_EQ(SentenceOf("urn:test:002", 0, 1), "");
  EXPECT_EQ(SentenceOf("urn:test:nobody", 1, 1), "");
}

TEST_F(ArticleLoaderTest, ChangesNothingTheSecondTimeAndReplacesATextThatHasChanged) {
  const std::string path = folder_.Write("002.txt", "Old words.");
  Load({path});
  EXPECT_EQ(Load({path}).added, 0U);
  folder_.Write("002.txt", "New words.");
  const LoadReport report = Load({path});
  EXPECT_EQ(report.added, 1U);
  EXPECT_EQ(report.removed, 1U);
  EXPECT_EQ(SentenceOf("urn:test:002", 1, 1), "New words.");
  EXPECT_THAT(Objects("urn:test:002", schema::kArticleBody), ElementsAre("\"New words.\""));
}

TEST_F(ArticleLoaderTest, RejectsTextsWithoutAnArticle) {
  AddArticle("urn:test:first", "007");
  AddArticle("urn:test:second", "007");
  folder_.Write("texts/0021_x.txt", "The identifier is 002, but a digit follows.");
  folder_.Write("texts/007_x.txt", "Whose is it?");
  folder_.Write("texts/002_x.txt", "Good.");
  folder_.Write("texts/002_y.txt", "Another one.");
  folder_.Write("texts/00.txt", "\xff\xfe");
  const LoadReport report = Load({folder_.Path("texts")});
  EXPECT_EQ(report.articles, 1U);
  EXPECT_EQ(report.rejected, 4U);
  const std::string rejects = folder_.Read("texts.rejects.tsv");
  EXPECT_THAT(rejects, HasSubstr("0021_x.txt\t0\t0\tno article of the store has an identifier"));
  EXPECT_THAT(rejects, HasSubstr("007_x.txt\t0\t0\t2 articles have the identifier"));
  EXPECT_THAT(rejects, HasSubstr("002_y.txt\t0\t0\tanother text of the same article"));
  EXPECT_THAT(rejects, HasSubstr("00.txt\t0\t0\tthe text is not UTF-8"));
}

constexpr char kJson[] =
    R"({"id": "a1", "title": "The bridge", "url": "https://news.example/a1", "published": "2024-05-06", )"
    R"("publisher": "The Daily Bridge", "author": ["Ann Arch", "Bob Beam"], "language": "en", "text": "One.\nTwo. Three."})"
    "\n";

TEST_F(ArticleLoaderTest, MakesArticlesOfJsonLines) {
  const std::string path = folder_.Write("articles.jsonl", kJson);
  EXPECT_EQ(Load({path}).articles, 1U);
  const std::string article = "urn:dossier:article:a1";
  EXPECT_THAT(Objects(article, rdf::kType), ElementsAre("<https://schema.org/Article>"));
  EXPECT_THAT(Objects(article, schema::kIdentifier), ElementsAre("\"a1\""));
  EXPECT_THAT(Objects(article, schema::kHeadline), ElementsAre("\"The bridge\""));
  EXPECT_THAT(Objects(article, schema::kDatePublished),
              ElementsAre("\"2024-05-06\"^^<http://www.w3.org/2001/XMLSchema#date>"));
  EXPECT_THAT(Objects(article, schema::kPublisher), ElementsAre("<urn:dossier:agent:The%20Daily%20Bridge>"));
  EXPECT_EQ(Objects(article, schema::kAuthor).size(), 2U);
  EXPECT_THAT(Objects("urn:dossier:agent:Bob%20Beam", rdfs::kLabel), ElementsAre("\"Bob Beam\""));
  EXPECT_EQ(SentenceOf(article, 2, 2), "Three.");
  EXPECT_EQ(Load({path}).added, 0U);
}

TEST_F(ArticleLoaderTest, TakesTheArticleAndThePublisherThatTheStoreKnows) {
  ChangeSet changes;
  changes.assertions.push_back({Term::Iri("urn:test:daily"), Term::Iri(std::string(rdfs::kLabel)),
                                Term::LanguageTagged("The Daily Bridge", "en")});
  ASSERT_TRUE(store_->Commit(changes).ok());
  Load({folder_.Write("a.jsonl", R"({"id": "002", "publisher": "The Daily Bridge", "text": "Words."})")});
  EXPECT_THAT(Objects("urn:test:002", schema::kPublisher), ElementsAre("<urn:test:daily>"));
  EXPECT_EQ(SentenceOf("urn:test:002", 1, 1), "Words.");
}

TEST_F(ArticleLoaderTest, RejectsLinesThatAreNoArticles) {
  const LoadReport report = Load({folder_.Write(
      "a.jsonl", absl::StrCat("no JSON\n[1]\n{\"text\": \"x\"}\n{\"id\": \"1\"}\n{\"id\": {}, \"text\": \"x\"}\n\n",
                              R"({"id": "2", "published": "yesterday", "text": "x"})", "\n",
                              R"({"id": "3", "url": "no url", "text": "x"})", "\n", kJson,
                              R"({"id": 4, "published": "2024-05", "text": "x"})"))});
  EXPECT_EQ(report.articles, 2U);
  std::vector<size_t> lines;
  std::string reasons;
  for (const RejectedLine& line : report.first_rejects) {
    lines.push_back(line.line);
    absl::StrAppend(&reasons, line.reason, "\n");
  }
  EXPECT_THAT(lines, ElementsAre(1, 2, 3, 4, 5, 7, 8));
  EXPECT_THAT(reasons, ::testing::MatchesRegex("not JSON: .*\n"
                                               "not a JSON object\n"
                                               "neither \"id\" nor \"url\" is given\n"
                                               "\"text\" is missing or empty\n"
                                               "\"id\" is no text\n"
                                               "\"published\" is no date .*\n"
                                               "\"url\" is no absolute URL: no url\n"));
}

TEST_F(ArticleLoaderTest, RefusesEverythingAtTheFirstBadLineWhenItIsStrict) {
  options_.strict = true;
  const auto report =
      LoadArticles(store_.get(), {folder_.Write("a.jsonl", absl::StrCat(kJson, "no JSON\n"))}, options_);
  const auto diagnostic = GetDiagnostic(report.status());
  ASSERT_TRUE(diagnostic.has_value()) << report.status();
  EXPECT_EQ(diagnostic->line, 2U);
  EXPECT_THAT(Objects("urn:dossier:article:a1", rdf::kType), IsEmpty());
}

TEST_F(ArticleLoaderTest, LoadsManyArticlesInBulkAndReplacesTheirTexts) {
  options_.bulk_threshold_bytes = 0;
  std::string lines;
  for (int i = 0; i < 50; ++i) absl::StrAppend(&lines, "{\"id\": \"b", i, "\", \"text\": \"Old.\"}\n");
  EXPECT_EQ(Load({folder_.Write("a.jsonl", lines)}).articles, 50U);
  folder_.Write("a.jsonl", R"({"id": "b7", "text": "New."})");
  EXPECT_EQ(Load({folder_.Path("a.jsonl")}).removed, 1U);
  EXPECT_THAT(Objects("urn:dossier:article:b7", schema::kArticleBody), ElementsAre("\"New.\""));
}

}  // namespace
}  // namespace dossier

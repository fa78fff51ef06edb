#include "database/loader.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/cancellation.h"
#include "base/diagnostic.h"
#include "database/graph_reader.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/store.h"
#include "tests/database/temporary_folder.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kTurtle[] = R"(
@prefix ex: <urn:test:> .
ex:bridge ex:opened "1931" ; ex:verb [ ex:base "cross" ] .
ex:train ex:crossed ex:bridge ~ ex:claim1 {| ex:when "1940" |} .
)";
constexpr char kLines[] = "<urn:test:a> <urn:test:p> \"1\" .\n<urn:test:a> <urn:test:p> \"2\" .\n";
constexpr char kBadLines[] = "<urn:test:a> <urn:test:p> \"1\" .\nno line\n<urn:test:a> <urn:test:p> \"2\" .\n";

class LoaderTest : public ::testing::Test {
 protected:
  LoaderTest() : store_(NewMemoryStore()) {}

  LoadReport Load(const std::vector<std::string>& paths) {
    auto report = LoadRdf(store_.get(), paths, options_);
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *std::move(report) : LoadReport();
  }
  absl::Status LoadError(const std::vector<std::string>& paths) {
    return LoadRdf(store_.get(), paths, options_).status();
  }
  uint64_t Rows() { return store_->GetSnapshot()->statistics().quads.rows; }
  uint64_t Claims() { return store_->GetSnapshot()->statistics().reifications.rows; }

  TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
  LoadOptions options_;
};

TEST_F(LoaderTest, LoadsAFileAsOneCommit) {
  const LoadReport report = Load({folder_.Write("a.ttl", kTurtle)});
  EXPECT_EQ(report.files, 1U);
  EXPECT_EQ(report.statements, 6U);
  EXPECT_EQ(report.added, 6U);
  EXPECT_EQ(report.commit, 1U);
  EXPECT_EQ(report.rejected, 0U);
  EXPECT_EQ(Rows(), 5U);
  EXPECT_EQ(Claims(), 1U);
}

TEST_F(LoaderTest, ChangesNothingWhenAFileIsLoadedAgain) {
  const std::string path = folder_.Write("a.ttl", kTurtle);
  Load({path});
  const LoadReport again = Load({path});
  EXPECT_EQ(again.statements, 6U);
  EXPECT_EQ(again.added, 0U);
  EXPECT_EQ(again.commit, 1U);
}

TEST_F(LoaderTest, KnowsAFileByItsContentWhateverItIsCalled) {
  Load({folder_.Write("a.ttl", kTurtle)});
  EXPECT_EQ(Load({folder_.Write("elsewhere/b.ttl", kTurtle)}).added, 0U);
}

TEST_F(LoaderTest, KeepsBlankNodesOfTwoFilesApart) {
  Load({folder_.Write("a.nt", "_:x <urn:test:p> \"1\" .\n"), folder_.Write("b.nt", "_:x <urn:test:q> \"2\" .\n")});
  std::vector<TermId> subjects;
  for (const char* predicate : {"urn:test:p", "urn:test:q"}) {
    ASSERT_TRUE(ForEachPair(*store_->GetSnapshot(), predicate, [&subjects](TermId subject, TermId, TermId) {
                  subjects.push_back(subject);
                  return absl::OkStatus();
                }).ok());
  }
  ASSERT_EQ(subjects.size(), 2U);
  EXPECT_NE(subjects[0], subjects[1]);
}

TEST_F(LoaderTest, TakesTheRdfFilesOfAFolderInTheOrderOfTheirNames) {
  folder_.Write("data/b.nt", kLines);
  folder_.Write("data/a/deep.ttl", kTurtle);
  folder_.Write("data/questions.ask", "who crossed the bridge");
  folder_.Write("data/README.md", "words");
  folder_.Write("data/.hidden.ttl", "not Turtle");
  folder_.Write("data/.git/config.nt", "not N-Triples");
  const auto files = FindRdfFiles({folder_.Path("data")});
  ASSERT_TRUE(files.ok());
  EXPECT_THAT(*files, ElementsAre(folder_.Path("data/a/deep.ttl"), folder_.Path("data/b.nt")));
  EXPECT_EQ(Load({folder_.Path("data")}).commit, 1U) << "a folder is one commit";
  EXPECT_EQ(Load({folder_.Path("data")}).added, 0U);
}

TEST_F(LoaderTest, RefusesADatasetWithABrokenDocumentAndChangesNothing) {
  folder_.Write("data/a.nt", kLines);
  folder_.Write("data/b.ttl", "@prefix ex: <urn:test:> .\nex:a ex:b ex:c ; ; .\nex:a ex:b oops .\n");
  const absl::Status error = LoadError({folder_.Path("data")});
  const auto diagnostic = GetDiagnostic(error);
  ASSERT_TRUE(diagnostic.has_value()) << error;
  EXPECT_EQ(diagnostic->source, folder_.Path("data/b.ttl"));
  EXPECT_EQ(diagnostic->line, 3U);
  EXPECT_EQ(diagnostic->column, 11U);
  EXPECT_THAT(RenderError(error), HasSubstr("ex:a ex:b oops .\n"));
  EXPECT_EQ(Rows(), 0U);
  EXPECT_EQ(store_->GetSnapshot()->commit(), 0U);
}

TEST_F(LoaderTest, SkipsBadLinesAndWritesThemDown) {
  const std::string path = folder_.Write("a.nt", kBadLines);
  const LoadReport report = Load({path});
  EXPECT_EQ(report.added, 2U);
  EXPECT_EQ(report.rejected, 1U);
  EXPECT_EQ(report.rejects_path, path + ".rejects.tsv");
  ASSERT_EQ(report.first_rejects.size(), 1U);
  EXPECT_EQ(report.first_rejects[0].line, 2U);
  EXPECT_THAT(folder_.Read("a.nt.rejects.tsv"),
              ::testing::StartsWith(absl::StrCat("file\tline\tcolumn\treason\ttext\n", path, "\t2\t1\t")));
  EXPECT_THAT(folder_.Read("a.nt.rejects.tsv"), ::testing::EndsWith("\tno line\n"));
}

TEST_F(LoaderTest, RefusesTheWholeLoadAtABadLineWhenItIsStrict) {
  options_.strict = true;
  const absl::Status error = LoadError({folder_.Write("a.nt", kBadLines)});
  ASSERT_TRUE(GetDiagnostic(error).has_value()) << error;
  EXPECT_EQ(GetDiagnostic(error)->line, 2U);
  EXPECT_EQ(Rows(), 0U);
}

TEST_F(LoaderTest, ChangesNothingWhenTheRejectsCannotBeWritten) {
  options_.rejects_path = folder_.Path("no/such/folder/rejects.tsv");
  EXPECT_THAT(LoadError({folder_.Write("a.nt", kBadLines)}).message(), HasSubstr("--rejects"));
  EXPECT_EQ(Rows(), 0U);
}

TEST_F(LoaderTest, PutsTheDefaultGraphIntoAGraphThatWasNamed) {
  options_.graph = "urn:test:graph";
  Load({folder_.Write("a.nq", "<urn:a> <urn:p> \"1\" .\n<urn:a> <urn:p> \"2\" <urn:test:other> .\n")});
  std::vector<std::string> graphs;
  const auto snapshot = store_->GetSnapshot();
  ASSERT_TRUE(ForEachPair(*snapshot, "urn:p", [&](TermId, TermId, TermId graph) {
                graphs.push_back(graph.is_undefined() ? "default" : snapshot->GetTerm(graph)->value());
                return absl::OkStatus();
              }).ok());
  EXPECT_THAT(graphs, ::testing::UnorderedElementsAre("urn:test:graph", "urn:test:other"));
  options_.graph = "no iri";
  EXPECT_TRUE(absl::IsInvalidArgument(LoadError({folder_.Path("a.nq")})));
}

TEST_F(LoaderTest, LoadsInBulkWithTheSameResult) {
  std::string lines;
  for (int i = 0; i < 3000; ++i) absl::StrAppend(&lines, "<urn:a", i % 100, "> <urn:p> \"", i, "\" .\n");
  const std::string path = folder_.Write("many.nt", lines + "broken\n");
  options_.bulk_threshold_bytes = 0;
  const LoadReport report = Load({path});
  EXPECT_EQ(report.added, 3000U);
  EXPECT_EQ(report.rejected, 1U);
  EXPECT_EQ(report.commit, 1U);
  EXPECT_EQ(Load({path}).added, 0U);
  EXPECT_TRUE(GetDiagnostic(LoadError({folder_.Write("b.ttl", "<urn:a> <urn:b> .")})).has_value());
  EXPECT_EQ(Rows(), 3000U);
}

TEST_F(LoaderTest, TellsWhatCannotBeLoaded) {
  EXPECT_THAT(LoadError({folder_.Path("nothing.ttl")}).message(), HasSubstr("there is no file or folder"));
  EXPECT_THAT(LoadError({folder_.Write("a.doc", "")}).message(), HasSubstr("the format of"));
  std::filesystem::create_directories(folder_.Path("empty"));
  EXPECT_THAT(LoadError({folder_.Path("empty")}).message(), HasSubstr("no RDF files"));
}

TEST_F(LoaderTest, EndsWhenItIsCancelled) {
  Cancellation cancellation;
  cancellation.Cancel();
  options_.cancellation = &cancellation;
  EXPECT_TRUE(absl::IsCancelled(LoadError({folder_.Write("a.nt", kLines)})));
  EXPECT_EQ(Rows(), 0U);
}

TEST_F(LoaderTest, TellsItsProgress) {
  std::string lines;
  for (int i = 0; i < 200'000; ++i) absl::StrAppend(&lines, "<urn:a> <urn:p> \"", i % 10, "\" .\n");
  Progress last;
  options_.progress = [&last](const Progress& progress) { last = progress; };
  options_.bulk_threshold_bytes = 1 << 30;
  Load({folder_.Write("many.nt", lines)});
  EXPECT_GT(last.items, 0U);
  EXPECT_GT(last.bytes_done, 0U);
  EXPECT_EQ(last.bytes_total, lines.size());
}

}  // namespace
}  // namespace dossier

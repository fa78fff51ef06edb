// SPARQL updates as a program runs them: files that are loaded, claims, blank nodes, errors, limits, several sessions.
#include "database/sparql_update.h"

#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "base/diagnostic.h"
#include "database/database.h"
#include "database/session.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rdf/iri.h"
#include "rdf/output.h"
#include "rdf/vocabulary.h"
#include "storage/store.h"
#include "tests/storage/store_test_support.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class SparqlUpdateTest : public ::testing::Test {
 protected:
  absl::StatusOr<CommitSummary> Try(absl::string_view text) {
    MemoryBudget memory(memory_bytes_);
    const auto summary = RunUpdate(store_.get(), text, FileIri(directory_.path() + "/"), {&cancellation_, &memory});
    EXPECT_EQ(memory.used(), 0U);
    return summary;
  }
  CommitSummary Run(absl::string_view text) {
    const auto summary = Try(text);
    EXPECT_TRUE(summary.ok()) << RenderError(summary.status());
    return summary.value_or(CommitSummary());
  }
  std::string ErrorOf(absl::string_view text) {
    const auto summary = Try(text);
    EXPECT_FALSE(summary.ok());
    return RenderError(summary.status());
  }
  std::set<Quad> Quads() const { return Contents(*store_->GetSnapshot()); }

  void TearDown() override { ExpectValid(*store_); }

  void WriteFile(absl::string_view name, absl::string_view text) const {
    std::ofstream(directory_.Child(name)) << text;
  }

  TempDirectory directory_;
  std::unique_ptr<Store> store_ = NewMemoryStore();
  Cancellation cancellation_;
  size_t memory_bytes_ = size_t{64} << 20;
};

TEST_F(SparqlUpdateTest, SaysWhatTheRequestAddedAndRemovedInOneCommit) {
  Run("INSERT DATA { <urn:a> <urn:p> <urn:b>, <urn:c> }");
  const CommitSummary summary = Run(R"(
      DELETE DATA { <urn:a> <urn:p> <urn:b> } ;
      INSERT DATA { <urn:a> <urn:p> <urn:c> . <urn:a> <urn:q> <urn:d> } ;
      INSERT { ?o <urn:of> ?s } WHERE { ?s <urn:q> ?o })");
  EXPECT_EQ(summary.commit, 2U);
  EXPECT_EQ(summary.added, 2U);
  EXPECT_EQ(summary.removed, 1U);
  EXPECT_THAT(Quads(), UnorderedElementsAre(Fact("a", "p", "c"), Fact("a", "q", "d"), Fact("d", "of", "a")));
}

TEST_F(SparqlUpdateTest, MakesNoCommitOfARequestThatChangesNothing) {
  Run("INSERT DATA { <urn:a> <urn:p> <urn:b> }");
  const CommitSummary summary =
      Run("INSERT DATA { <urn:x> <urn:p> <urn:y> } ; DELETE DATA { <urn:x> <urn:p> <urn:y> }");
  EXPECT_EQ(summary.commit, 1U);
  EXPECT_EQ(summary.added + summary.removed, 0U);
  EXPECT_EQ(Run("# nothing at all").commit, 1U);
}

TEST_F(SparqlUpdateTest, ChangesNothingWhenALaterOperationFails) {
  Run("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> <urn:b> } }");
  EXPECT_THAT(ErrorOf("CLEAR ALL ;\nCREATE GRAPH <urn:h> ;\nCOPY <urn:missing> TO <urn:g>"),
              HasSubstr("line 3, column 1: there is no graph <urn:missing>"));
  EXPECT_THAT(ErrorOf("CREATE GRAPH <urn:g>"), HasSubstr("there is a graph <urn:g> already"));
  EXPECT_THAT(Quads(), SizeIs(1));
  EXPECT_EQ(Run("CREATE SILENT GRAPH <urn:g> ; COPY SILENT <urn:missing> TO <urn:g>").commit, 1U);
}

TEST_F(SparqlUpdateTest, WritesAndRetractsClaimsAboutClaims) {
  Run(R"(PREFIX : <urn:>
      INSERT DATA { :kim :accompanied :jo ~ :c {| :when "2023-09-12" ; :by :kcna |} .
                    << :kim :met :putin ~ :d >> :by :tass . })");
  EXPECT_THAT(Quads(), SizeIs(6));
  EXPECT_TRUE(Quads().count(Claim("c", "kim", "accompanied", "jo")) == 1);
  EXPECT_TRUE(Quads().count(Claim("d", "kim", "met", "putin")) == 1);
  EXPECT_TRUE(Quads().count(Fact("kim", "met", "putin")) == 0) << "stated by a reifier only";

  // The claims of one speaker, with all that is said about them.
  const CommitSummary summary = Run("PREFIX : <urn:> DELETE WHERE { << ?s ?p ?o ~ ?r >> :by :kcna ; ?a ?b }");
  EXPECT_EQ(summary.removed, 3U);
  EXPECT_THAT(Quads(), UnorderedElementsAre(Fact("kim", "accompanied", "jo"), Claim("d", "kim", "met", "putin"),
                                            Fact("d", "by", "tass")));
}

TEST_F(SparqlUpdateTest, MakesAClaimOfEachSolution) {
  Run("INSERT DATA { <urn:a> <urn:p> <urn:b> . <urn:c> <urn:p> <urn:d> }");
  Run(R"(PREFIX : <urn:>
      INSERT { ?s ?p ?o {| :by :kcna |} } WHERE { ?s ?p ?o })");
  std::set<std::string> reifiers;
  for (const Quad& quad : Quads()) {
    if (quad.predicate.value() == rdf::kReifies) reifiers.insert(quad.subject.ToString());
  }
  EXPECT_THAT(reifiers, SizeIs(2));
  EXPECT_THAT(Quads(), SizeIs(6));
}

TEST_F(SparqlUpdateTest, MakesNewBlankNodesForEachOperationAndEachSolution) {
  Run("INSERT DATA { _:x <urn:p> _:x , _:y }");
  Run("INSERT DATA { _:x <urn:p> _:x }");
  std::set<std::string> subjects;
  for (const Quad& quad : Quads()) subjects.insert(quad.subject.ToString());
  EXPECT_THAT(subjects, SizeIs(2));
  EXPECT_EQ(Run("INSERT { _:n <urn:of> ?s ; <urn:again> _:n } WHERE { ?s <urn:p> ?o }").added, 6U);
}

TEST_F(SparqlUpdateTest, LeavesOutWhatRdfAllowsNot) {
  Run(R"(INSERT DATA { <urn:a> <urn:p> "text", <urn:b> })");
  EXPECT_EQ(Run("INSERT { ?o <urn:of> ?s . ?s ?o ?s . ?s <urn:q> ?unbound . GRAPH ?o { ?s <urn:q> ?o } } "
                "WHERE { ?s <urn:p> ?o }")
                .added,
            3U);
}

TEST_F(SparqlUpdateTest, LoadsFilesOfEveryKind) {
  WriteFile("plain.ttl", "<a> <urn:p> _:x . _:x <urn:p> 1 .");
  WriteFile("named.trig", "<urn:a> <urn:p> <urn:b> . GRAPH <urn:own> { <urn:c> <urn:p> <urn:d> }");
  EXPECT_EQ(Run("LOAD <plain.ttl>").added, 2U);
  EXPECT_EQ(Run("LOAD <plain.ttl>").added, 0U) << "the same file has the same blank nodes";
  EXPECT_EQ(Run("LOAD <plain.ttl> INTO GRAPH <urn:g>").added, 2U);
  EXPECT_EQ(Run(absl::StrCat("LOAD <", FileIri(directory_.Child("named.trig")), "> INTO GRAPH <urn:h>")).added, 2U);
  EXPECT_EQ(Quads().count(Fact("a", "p", "b", "h")), 1U);
  EXPECT_EQ(Quads().count(Fact("c", "p", "d", "own")), 1U);
}

TEST_F(SparqlUpdateTest, LoadsCompressedFilesAndThoseWithBlanksInTheirNames) {
  {
    auto output = CreateOutputFile(directory_.Child("two words.nt.gz"));
    ASSERT_TRUE(output.ok()) << output.status();
    ASSERT_TRUE((*output)->Write("<urn:a> <urn:p> <urn:b> .\n").ok());
    ASSERT_TRUE((*output)->Finish().ok());
  }
  EXPECT_EQ(Run("LOAD <two%20words.nt.gz>").added, 1U);
}

TEST_F(SparqlUpdateTest, SeesInLaterOperationsWhatItLoaded) {
  WriteFile("facts.nt", "<urn:a> <urn:p> <urn:b> .\n");
  Run("LOAD <facts.nt> ; DELETE { ?s ?p ?o } INSERT { ?o ?p ?s } WHERE { ?s ?p ?o }");
  EXPECT_THAT(Quads(), ElementsAre(Fact("b", "p", "a")));
}

TEST_F(SparqlUpdateTest, CountsInLaterOperationsWhatIsThereThen) {
  Run("INSERT DATA { <urn:a> <urn:p> <urn:b> , <urn:c> . <urn:a> <urn:q> <urn:b> }");
  Run(R"(PREFIX : <urn:>
      DELETE DATA { :a :q :b } ;
      INSERT DATA { :x :p :y ~ :claim . GRAPH :g { :a :p :b } } ;
      INSERT { :all :count ?n } WHERE { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } ;
      INSERT { :p :count ?n } WHERE { SELECT (COUNT(*) AS ?n) { ?s :p ?o } } ;
      INSERT { :predicate :is ?p } WHERE { SELECT DISTINCT ?p { ?s ?p ?o } })");
  EXPECT_EQ(Quads().count(Fact(Node("all"), Node("count"), Number(4))), 1U);
  EXPECT_EQ(Quads().count(Fact(Node("p"), Node("count"), Number(3))), 1U);
  EXPECT_EQ(Quads().count(Fact("predicate", "is", "p")), 1U);
  EXPECT_EQ(Quads().count(Fact("predicate", "is", "q")), 0U) << "the last of them is gone";
}

TEST_F(SparqlUpdateTest, SaysWhyAFileCannotBeLoaded) {
  WriteFile("broken.ttl", "<urn:a> <urn:p> <urn:b> .\n<urn:c> <urn:p> .\n");
  WriteFile("picture.png", "");
  EXPECT_THAT(ErrorOf("LOAD <missing.ttl>"), HasSubstr("missing.ttl"));
  EXPECT_THAT(ErrorOf("CLEAR ALL ;\nLOAD <http://example.org/x.ttl>"),
              HasSubstr("line 2, column 1: LOAD reads files only, and <http://example.org/x.ttl> names none"));
  EXPECT_THAT(ErrorOf("LOAD <file://elsewhere/x.ttl>"), HasSubstr("another host"));
  EXPECT_THAT(ErrorOf("LOAD <picture.png>"), HasSubstr("the format of"));
  EXPECT_THAT(ErrorOf("LOAD <broken.ttl>"), HasSubstr("broken.ttl:2:"));
  EXPECT_THAT(Quads(), IsEmpty());
  EXPECT_EQ(Run("LOAD SILENT <broken.ttl> ; LOAD SILENT <missing.ttl> ; LOAD SILENT <http://example.org/x> ; "
                "INSERT DATA { <urn:a> <urn:p> <urn:b> }")
                .added,
            1U);
}

TEST_F(SparqlUpdateTest, LoadsALargeFileAsALoadDoes) {
  std::string text;
  const std::string words(1'000, 'x');
  for (int i = 0; i < 9'000; ++i) absl::StrAppend(&text, "<urn:a> <urn:p> \"", i, words, "\" .\n");
  WriteFile("large.nt", text);
  memory_bytes_ = size_t{16} << 20;  // Too little to hold it all.
  EXPECT_THAT(ErrorOf("LOAD <large.nt> ; LOAD <large.nt>"), HasSubstr("more memory than the limit of 16 MiB"));
  EXPECT_EQ(Run("LOAD <large.nt> INTO GRAPH <urn:g>").added, 9'000U);
  WriteFile("large_broken.nt", text + "nonsense\n");
  EXPECT_THAT(ErrorOf("LOAD <large_broken.nt>"), HasSubstr("large_broken.nt:9001:"));
  EXPECT_EQ(Run("LOAD SILENT <large_broken.nt>").added, 0U);
}

TEST_F(SparqlUpdateTest, EndsWithAnErrorWhereTheMemoryDoesAndServesTheNext) {
  std::string data = "INSERT DATA { ";
  for (int i = 0; i < 300; ++i) absl::StrAppend(&data, "<urn:s", i, "> <urn:p> <urn:o", i, "> . ");
  Run(data + "}");
  memory_bytes_ = size_t{4} << 20;
  const std::string error = ErrorOf("INSERT { ?a <urn:q> ?d } WHERE { ?a <urn:p> ?b . ?c <urn:p> ?d }");
  EXPECT_THAT(error, HasSubstr("the update needs more memory than the limit of 4 MiB allows"));
  EXPECT_THAT(error, HasSubstr("line 1, column 1:"));
  EXPECT_EQ(Run("DELETE WHERE { <urn:s1> ?p ?o }").removed, 1U);
}

TEST_F(SparqlUpdateTest, HoldsATemplateWithoutVariablesOnce) {
  std::string data = "INSERT DATA { ";
  for (int i = 0; i < 400; ++i) absl::StrAppend(&data, "<urn:s", i, "> <urn:p> <urn:o", i, "> . ");
  Run(data + "}");
  memory_bytes_ = size_t{4} << 20;
  EXPECT_EQ(Run("INSERT { <urn:a> <urn:q> <urn:b> } WHERE { ?a <urn:p> ?b . ?c <urn:p> ?d }").added, 1U);
}

TEST_F(SparqlUpdateTest, StopsWhenItIsCancelledOrOutOfTime) {
  std::string data = "INSERT DATA { ";
  for (int i = 0; i < 1'000; ++i) absl::StrAppend(&data, "<urn:s", i, "> <urn:p> <urn:o", i, "> . ");
  Run(data + "}");
  const std::string endless =
      "INSERT { ?a ?d ?e } WHERE { ?a <urn:p> ?b . ?c <urn:p> ?d . ?e <urn:p> ?f "
      "FILTER(STRLEN(CONCAT(STR(?b), STR(?d), STR(?f))) = 1) }";
  cancellation_.SetTimeout(absl::Milliseconds(50));
  const absl::Time begin = absl::Now();
  EXPECT_EQ(Try(endless).status().code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_LT(absl::Now() - begin, absl::Seconds(10));
  cancellation_.SetTimeout(absl::InfiniteDuration());
  cancellation_.Cancel();
  EXPECT_EQ(Try(endless).status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(Try("LOAD SILENT <missing.ttl> ; CLEAR ALL").status().code(), absl::StatusCode::kCancelled);
  cancellation_.Reset();
}

TEST_F(SparqlUpdateTest, PointsAtWhatIsWrong) {
  EXPECT_THAT(ErrorOf("INSERT DATA { <urn:a> <urn:p> }"), HasSubstr("line 1, column 31:"));
  EXPECT_THAT(ErrorOf("INSERT { ?s <urn:p> ?o } WHERE { SERVICE <urn:x> { ?s ?p ?o } }"),
              HasSubstr("line 1, column 34:"));
}

TEST(SessionUpdate, LosesNoStepOfACounterThatSeveralSessionsCountUp) {
  const std::unique_ptr<Database> database = Database::InMemory();
  ASSERT_TRUE(Session(database.get()).Update("INSERT DATA { <urn:counter> <urn:is> 0 }").ok());
  constexpr int kSessions = 4;
  constexpr int kSteps = 15;
  std::vector<std::thread> threads;
  for (int t = 0; t < kSessions; ++t) {
    threads.emplace_back([&database] {
      Session session(database.get());
      for (int i = 0; i < kSteps; ++i) {
        const auto summary = session.Update(
            "DELETE { ?c <urn:is> ?n } INSERT { ?c <urn:is> ?m } WHERE { ?c <urn:is> ?n BIND(?n + 1 AS ?m) }");
        EXPECT_TRUE(summary.ok()) << summary.status();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(Contents(*database->GetSnapshot()),
              ElementsAre(Fact(Node("counter"), Node("is"), Number(kSessions * kSteps))));
}

TEST(SessionUpdate, KeepsTheDataOfSeveralSessionsThatWriteAtOnce) {
  const TempDirectory directory;
  const auto database = Database::Open(directory.Child("store"), {});
  ASSERT_TRUE(database.ok()) << database.status();
  std::vector<std::thread> threads;
  for (int t = 0; t < 6; ++t) {
    threads.emplace_back([&database, t] {
      Session session(database->get());
      for (int i = 0; i < 6; ++i) {
        const auto summary = session.Update(absl::StrCat("DELETE DATA { <urn:t", t, "> <urn:at> ", i - 1,
                                                         " } ; INSERT DATA { <urn:t", t, "> <urn:at> ", i, " }"));
        EXPECT_TRUE(summary.ok()) << summary.status();
        EXPECT_EQ(summary->added, 1U);
        EXPECT_EQ(summary->removed, i == 0 ? 0U : 1U);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<Quad> expected;
  for (int t = 0; t < 6; ++t) expected.insert(Fact(Node(absl::StrCat("t", t)), Node("at"), Number(5)));
  EXPECT_EQ(Contents(*(*database)->GetSnapshot()), expected);
}

TEST(SessionUpdate, RefusesToChangeADatabaseThatIsOpenForReadingOnly) {
  const std::unique_ptr<Database> database = Database::Nothing();
  const auto summary = Session(database.get()).Update("INSERT DATA { <urn:a> <urn:p> <urn:b> }");
  EXPECT_EQ(summary.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(summary.status().message()), HasSubstr("open for reading only"));
}

TEST(PathOfFileIri, TurnsAFileIriIntoAPath) {
  EXPECT_EQ(*PathOfFileIri("file:///tmp/a%20b%C3%A9.ttl"), "/tmp/a b\xC3\xA9.ttl");
  EXPECT_EQ(*PathOfFileIri("file://localhost/tmp/100%"), "/tmp/100%");
  EXPECT_FALSE(PathOfFileIri("urn:x").ok());
  EXPECT_FALSE(PathOfFileIri("file://host/x").ok());
}

}  // namespace
}  // namespace dossier

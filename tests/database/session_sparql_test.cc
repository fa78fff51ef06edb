// SPARQL through a session: which language a statement is of, results in their formats, limits.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/diagnostic.h"
#include "database/database.h"
#include "database/session.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "query/result/solution_reader.h"
#include "tests/database/temporary_folder.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char kData[] = R"(
@prefix : <urn:test:> .
@prefix dossier: <urn:dossier:vocabulary:> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Ada rdfs:label "Ada Stone" .
:Bob rdfs:label "Bob Field"@en .
:teach a dossier:Relation ; rdfs:label "teach" ;
    dossier:verb [ dossier:base "teach" ; dossier:past "taught" ; dossier:participle "taught" ] .
:Ada :teach :Bob ~ :claim {| dossier:certainty dossier:confirmed |} .
:Ada :age 36 .
)";

class SessionSparqlTest : public ::testing::Test {
 protected:
  SessionSparqlTest() : database_(Database::InMemory()), session_(database_.get()) {
    EXPECT_TRUE(database_->Load({folder_.Write("data.ttl", kData)}, {}).ok());
  }

  // What the query gives in the formats; its error, as a person sees it.
  std::string Query(absl::string_view text, SolutionFormat rows = SolutionFormat::kTsv,
                    RdfFormat graph = RdfFormat::kNTriples) {
    SparqlOutput output;
    output.solutions = rows;
    output.graph = graph;
    std::string result;
    const auto sink = [&](absl::string_view piece) {
      absl::StrAppend(&result, piece);
      return absl::OkStatus();
    };
    report_ = session_.Query(text, output, sink);
    return report_.ok() ? result : RenderError(report_.status());
  }

  // The text of a statement's result; its error.
  std::string Run(absl::string_view statement) {
    const absl::StatusOr<StatementResult> result = session_.Run(statement);
    if (!result.ok()) return RenderError(result.status());
    switch (result->kind) {
      case StatementResult::Kind::kText: return result->text;
      case StatementResult::Kind::kAnswer: return absl::StrCat("answer: ", result->answer.rows.size(), " rows");
      case StatementResult::Kind::kChange:
        return absl::StrCat("change: +", result->change.added, " -", result->change.removed);
      default: return "something else";
    }
  }

  TemporaryFolder folder_;
  std::unique_ptr<Database> database_;
  Session session_;
  absl::StatusOr<SparqlReport> report_ = SparqlReport();
};

TEST_F(SessionSparqlTest, CompletesTheLanguageThatAStatementIsOf) {
  session_.settings().assume_common_prefixes = true;
  const auto complete = [this](absl::string_view text) {
    std::vector<std::string> words;
    const auto completions = session_.Complete(text, text.size());
    EXPECT_TRUE(completions.ok()) << completions.status();
    for (const Completion& completion : *completions) words.push_back(completion.text);
    return words;
  };
  EXPECT_THAT(complete("sel"), ElementsAre("SELECT"));
  EXPECT_THAT(complete("SELECT * { ?x dossier:cert"), ElementsAre("dossier:certainty"));
  EXPECT_THAT(complete("PREFIX t: <urn:test:> ASK { ?x t:te"), ElementsAre("t:teach"));
  EXPECT_THAT(complete("who taught Bo"), ElementsAre("Bob Field"));
}

TEST_F(SessionSparqlTest, AnswersEachFormOfQuery) {
  EXPECT_EQ(Query("SELECT ?who ?age { ?who <urn:test:age> ?age }"), "?who\t?age\n<urn:test:Ada>\t36\n");
  EXPECT_EQ(report_->kind, SparqlReport::Kind::kSolutions);
  EXPECT_EQ(report_->count, 1);
  EXPECT_EQ(Query("ASK { ?who <urn:test:age> 36 }"), "true\n");
  EXPECT_EQ(report_->kind, SparqlReport::Kind::kBoolean);
  EXPECT_EQ(Query("CONSTRUCT { ?who <urn:x> ?age } WHERE { ?who <urn:test:age> ?age }"),
            "<urn:test:Ada> <urn:x> \"36\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n");
  EXPECT_EQ(report_->kind, SparqlReport::Kind::kTriples);
  EXPECT_THAT(Query("DESCRIBE <urn:test:Bob>"),
              HasSubstr("<urn:test:Bob> <http://www.w3.org/2000/01/rdf-schema#label> \"Bob Field\"@en .\n"));
}

TEST_F(SessionSparqlTest, WritesEveryFormat) {
  const std::string query =
      "PREFIX t: <urn:test:> SELECT ?c ?who { ?c <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> "
      "<<( ?who t:teach t:Bob )>> }";
  for (const auto format : {SolutionFormat::kJson, SolutionFormat::kXml, SolutionFormat::kTsv}) {
    const auto table = ReadSolutions(Query(query, format), format);
    ASSERT_TRUE(table.ok()) << table.status();
    EXPECT_THAT(table->columns, ElementsAre("c", "who"));
    ASSERT_EQ(table->rows.size(), 1);
    EXPECT_THAT(table->rows[0], ElementsAre(Term::Iri("urn:test:claim"), Term::Iri("urn:test:Ada")));
  }
  EXPECT_EQ(Query(query, SolutionFormat::kTable), "?c       ?who\nt:claim  t:Ada\n1 row\n");
  const std::string construct = "PREFIX t: <urn:test:> CONSTRUCT WHERE { ?who t:age ?age }";
  EXPECT_EQ(Query(construct, SolutionFormat::kTsv, RdfFormat::kTurtle), "PREFIX t: <urn:test:>\n\nt:Ada t:age 36 .\n");
}

TEST_F(SessionSparqlTest, RefusesFormatsThatDoNotHoldTheResult) {
  const auto sink = [](absl::string_view) { return absl::OkStatus(); };
  SparqlOutput rows_only;
  rows_only.graph = std::nullopt;
  EXPECT_THAT(session_.Query("CONSTRUCT WHERE { ?s ?p ?o }", rows_only, sink).status().message(),
              HasSubstr("CONSTRUCT and DESCRIBE give triples"));
  SparqlOutput triples_only;
  triples_only.solutions = std::nullopt;
  EXPECT_THAT(session_.Query("ASK { ?s ?p ?o }", triples_only, sink).status().message(),
              HasSubstr("SELECT and ASK give rows"));
}

TEST_F(SessionSparqlTest, ExplainsQueriesOfAnyForm) {
  EXPECT_THAT(Query("EXPLAIN SELECT * { ?s <urn:test:age> ?o }"), HasSubstr("scan"));
  EXPECT_EQ(report_->kind, SparqlReport::Kind::kPlan);
  EXPECT_THAT(Query("explain analyze\nPREFIX t: <urn:test:> ASK { ?s t:age ?o }"), HasSubstr("actual"));
  EXPECT_THAT(Query("explain analyze ASK { ?s ?p ?o }"), HasSubstr("read 0 blocks from disk"));
}

TEST_F(SessionSparqlTest, RunsStatementsOfBothLanguages) {
  EXPECT_EQ(Run("who taught Bob Field"), "answer: 1 rows");
  EXPECT_EQ(Run("SELECT ?who { ?who <urn:test:age> ?age }"), "?who\n<urn:test:Ada>\n1 row\n");
  EXPECT_EQ(Run("ASK { }"), "yes\n");
  EXPECT_EQ(Run("describe Ada Stone").substr(0, 7), "answer:");
  EXPECT_THAT(Run("DESCRIBE <urn:test:Ada>"), HasSubstr("rdfs:label \"Ada Stone\""));
  EXPECT_THAT(Run("explain who taught Bob Field"), HasSubstr("scan"));
  EXPECT_THAT(Run("explain select * { ?s ?p ?o }"), HasSubstr("scan"));
}

TEST_F(SessionSparqlTest, CarriesOutUpdates) {
  EXPECT_EQ(
      Run("INSERT DATA { <urn:test:Ada> <urn:test:knows> <urn:test:Cleo> } ; DELETE WHERE { ?s <urn:test:age> ?o }"),
      "change: +1 -1");
  EXPECT_EQ(Query("ASK { <urn:test:Ada> <urn:test:knows> ?x }"), "true\n");
  EXPECT_EQ(Query("ASK { <urn:test:Ada> <urn:test:age> ?x }"), "false\n");
}

TEST_F(SessionSparqlTest, KeepsDeclarationsForWhatFollows) {
  EXPECT_THAT(Query("ASK { t:Ada t:age ?age }"), HasSubstr("t"));
  EXPECT_FALSE(report_.ok());
  EXPECT_EQ(Run("PREFIX t: <urn:test:>"), "");
  EXPECT_EQ(Query("ASK { t:Ada t:age ?age }"), "true\n");
  EXPECT_THAT(Query("EXPLAIN ANALYZE ASK { t:Ada t:age ?age }"), HasSubstr("actual"));
  EXPECT_EQ(Run("INSERT DATA { t:Ada t:knows t:Bob }"), "change: +1 -0");
  EXPECT_EQ(Run("BASE <urn:test:>"), "");
  EXPECT_EQ(Query("PREFIX t: <urn:other:> ASK { t:Ada ?p ?age }"), "false\n");
  EXPECT_THAT(Run("describe t:Ada"), HasSubstr("t:age 36"));
  EXPECT_THAT(Run("PREFIX t: <urn test:>"), HasSubstr("^"));
}

TEST_F(SessionSparqlTest, TakesCommonPrefixesAsDeclaredOnlyWhereThatIsWanted) {
  const std::string query = "SELECT ?l { <urn:test:Ada> rdfs:label ?l }";
  Query(query);
  EXPECT_TRUE(absl::IsInvalidArgument(report_.status()));
  session_.settings().assume_common_prefixes = true;
  EXPECT_EQ(Query(query), "?l\n\"Ada Stone\"\n");
  EXPECT_THAT(report_->notes, ElementsAre("took as declared: PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"));
  EXPECT_EQ(Query("PREFIX rdfs: <urn:test:> SELECT ?l { <urn:test:Ada> rdfs:age ?l }"), "?l\n36\n");
  EXPECT_TRUE(report_->notes.empty());
  EXPECT_TRUE(absl::IsInvalidArgument(session_.Update("INSERT DATA { <urn:a> rdfs:label 1 }").status()));
}

TEST_F(SessionSparqlTest, PointsAtWhatIsWrongInTheTextAsItWasTyped) {
  EXPECT_EQ(Run("PREFIX t: <urn:test:>"), "");
  Query("SELECT *\n{ ?s ?p }");
  std::optional<Diagnostic> diagnostic = GetDiagnostic(report_.status());
  ASSERT_TRUE(diagnostic.has_value()) << report_.status();
  EXPECT_EQ(diagnostic->line, 2);
  EXPECT_EQ(diagnostic->column, 9);
  EXPECT_EQ(diagnostic->line_text, "{ ?s ?p }");
  Query("explain SELECT * { ?s ?p }");
  diagnostic = GetDiagnostic(report_.status());
  ASSERT_TRUE(diagnostic.has_value()) << report_.status();
  EXPECT_EQ(diagnostic->line, 1);
  EXPECT_EQ(diagnostic->column, 26);
  EXPECT_EQ(diagnostic->line_text, "explain SELECT * { ?s ?p }");
  diagnostic = GetDiagnostic(session_.Update("INSERT DATA { <urn:a> <urn:b> }").status());
  ASSERT_TRUE(diagnostic.has_value());
  EXPECT_EQ(diagnostic->line, 1);
  EXPECT_EQ(diagnostic->line_text, "INSERT DATA { <urn:a> <urn:b> }");
}

// A thousand things, so that three patterns that share no variable make a thousand million rows.
class SparqlLimitsTest : public SessionSparqlTest {
 protected:
  SparqlLimitsTest() {
    std::string triples;
    for (int i = 0; i < 1000; ++i) absl::StrAppend(&triples, "<urn:n:", i, "> <urn:p> ", i, " .\n");
    EXPECT_TRUE(session_.Update(absl::StrCat("INSERT DATA {\n", triples, "}")).ok());
  }

  absl::StatusCode CodeOf(absl::string_view query) {
    const auto sink = [](absl::string_view) { return absl::OkStatus(); };
    return session_.Query(query, SparqlOutput(), sink).status().code();
  }

  // Whatever happened before, the next question is answered.
  void ExpectToGoOn() {
    session_.settings().timeout = absl::InfiniteDuration();
    EXPECT_EQ(Query("ASK { <urn:n:7> <urn:p> 7 }"), "true\n");
  }

  static constexpr char kCross[] = "{ ?a <urn:p> ?b . ?c <urn:p> ?d . ?e <urn:p> ?f }";
};

TEST_F(SparqlLimitsTest, EndAQueryAtItsTimeLimit) {
  for (const std::string& query :
       {absl::StrCat("SELECT * ", kCross), absl::StrCat("CONSTRUCT { ?a <urn:q> <urn:r> } WHERE ", kCross),
        absl::StrCat("SELECT (COUNT(?b + ?f) AS ?n) ", kCross),
        absl::StrCat("SELECT ?b (SUM(?f) AS ?n) ", kCross, " GROUP BY ?b"),
        absl::StrCat("ASK { ", kCross, " FILTER(?b + ?d + ?f < 0) }"),
        absl::StrCat("SELECT * ", kCross, " ORDER BY ?b LIMIT 10")}) {
    session_.settings().timeout = absl::Milliseconds(300);
    EXPECT_EQ(CodeOf(query), absl::StatusCode::kDeadlineExceeded) << query;
    ExpectToGoOn();
  }
}

TEST_F(SparqlLimitsTest, EndAQueryAtItsMemoryLimit) {
  session_.settings().memory_bytes = size_t{3} << 20;
  session_.settings().timeout = absl::Seconds(60);
  for (const std::string& query :
       {absl::StrCat("SELECT * ", kCross, " ORDER BY ?b"), absl::StrCat("SELECT DISTINCT ?a ?c ?e ", kCross),
        absl::StrCat("SELECT ?a ?c ?e (COUNT(*) AS ?n) ", kCross, " GROUP BY ?a ?c ?e"),
        absl::StrCat("SELECT (GROUP_CONCAT(STR(?a)) AS ?all) ", kCross)}) {
    EXPECT_EQ(CodeOf(query), absl::StatusCode::kResourceExhausted) << query;
  }
  SparqlOutput turtle;  // Which groups its triples, and so has to hold them.
  const auto sink = [](absl::string_view) { return absl::OkStatus(); };
  const std::string construct =
      absl::StrCat("CONSTRUCT { ?a ?c ?e } WHERE { ?a <urn:p> ?b . ?c <urn:p> ?d . ?e <urn:p> ?f }");
  EXPECT_TRUE(absl::IsResourceExhausted(session_.Query(construct, turtle, sink).status()));
  ExpectToGoOn();
}

TEST_F(SparqlLimitsTest, EndAQueryThatIsCancelled) {
  session_.Cancel();
  EXPECT_EQ(CodeOf(absl::StrCat("SELECT * ", kCross)), absl::StatusCode::kCancelled);
  session_.cancellation().Reset();
  ExpectToGoOn();
}

TEST_F(SparqlLimitsTest, EndAQueryWhoseReaderHasEnough) {
  size_t bytes = 0;
  const auto sink = [&bytes](absl::string_view piece) {
    bytes += piece.size();
    return bytes > 100000 ? absl::AbortedError("enough") : absl::OkStatus();
  };
  SparqlOutput output;
  output.solutions = SolutionFormat::kTsv;
  EXPECT_TRUE(absl::IsAborted(session_.Query(absl::StrCat("SELECT * ", kCross), output, sink).status()));
  EXPECT_LT(bytes, 1000000);
  ExpectToGoOn();
}

}  // namespace
}  // namespace dossier

// How answers look: to people, to spreadsheets, to programs.
#include "query/result/answer_writer.h"

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "base/diagnostic.h"
#include "base/utf8.h"

namespace dossier {
namespace {

AnswerCell Entity(const char* label) { return {Term::Iri("urn:example:x"), label, "Person"}; }

AnswerClaim Claim() {
  AnswerClaim claim;
  claim.id = "urn:example:claim1";
  claim.subject = Entity("Ann");
  claim.relation = Entity("meet");
  claim.object = Entity("Bo");
  claim.when = "2023-09";
  claim.where = "Oslo";
  claim.certainty = "likely";
  claim.polarity = "affirmed";
  claim.speaker = "the Gazette";
  claim.article = "002";
  claim.paragraph = 3;
  claim.sentence = 1;
  claim.text = "Ann will probably meet Bo.";
  return claim;
}

Answer WhoMetBo() {
  Answer answer;
  answer.question = "who met Bo";
  answer.reading = "Bo = Bo Berg; also Bo Dahl";
  answer.columns = {"who"};
  AnswerRow row;
  row.cells = {Entity("Ann")};
  row.claims = {Claim()};
  row.when = "2023-09";
  row.certainty = "likely";
  row.sources = 1;
  answer.rows = {row};
  return answer;
}

TEST(TableOfAnAnswer, HasReadingColumnsAndTheClaimsThatItStandsOn) {
  EXPECT_EQ(AnswerToTable(WhoMetBo(), {.width = 0}),
            "Bo = Bo Berg; also Bo Dahl\n"
            "who  when     certainty  sources\n"
            "Ann  2023-09  likely     1\n"
            "    002 3.1: Ann – meet – Bo, 2023-09, in Oslo, likely, according to the Gazette\n"
            "        “Ann will probably meet Bo.”\n"
            "1 answer\n");
}

TEST(TableOfAnAnswer, SetsPossibleAnswersApart) {
  Answer answer = WhoMetBo();
  answer.rows.push_back(answer.rows[0]);
  answer.rows[0].possible = true;
  answer.rows[1].cells = {Entity("Cem")};
  const std::string table = AnswerToTable(answer, {.width = 0, .claims = false});
  const size_t certain = table.find("\n2  Cem");
  const size_t heading = table.find("possibly");
  const size_t possible = table.find("\n1  Ann");
  EXPECT_LT(certain, heading);
  EXPECT_LT(heading, possible);
}

TEST(TableOfAnAnswer, FitsItsWidthAlsoWithWideCharacters) {
  Answer answer = WhoMetBo();
  answer.rows[0].cells = {Entity("北朝鮮の装甲列車についてのとても長い名前の記事")};
  answer.rows[0].claims[0].text =
      "A sentence that is far longer than the sixty columns which this terminal has for it.";
  for (const absl::string_view line : absl::StrSplit(AnswerToTable(answer, {.width = 60}), '\n')) {
    EXPECT_LE(DisplayWidth(line), 60U) << line;
  }
}

TEST(TableOfAnAnswer, CountsTheClaimsThatItDoesNotShow) {
  Answer answer = WhoMetBo();
  answer.rows[0].claims.assign(5, Claim());
  EXPECT_TRUE(absl::StrContains(AnswerToTable(answer, {.width = 0, .maximum_claims = 2}), "and 3 more (why 1)"));
}

TEST(TableOfAnAnswer, NumbersItsRowsWhenThereAreSeveral) {
  Answer answer = WhoMetBo();
  EXPECT_FALSE(absl::StrContains(AnswerToTable(answer, {.claims = false}), "1  Ann"));
  answer.rows.push_back(answer.rows[0]);
  EXPECT_TRUE(absl::StrContains(AnswerToTable(answer, {.claims = false}), "\n2  Ann  2023-09"));
}

TEST(TableOfAnAnswer, BreaksLongClaimsIntoLinesAndLeavesNothingOut) {
  Answer answer = WhoMetBo();
  answer.rows[0].claims[0].text = "A sentence that is longer than the forty columns of it, up to its very end.";
  const std::string table = AnswerToTable(answer, {.width = 40});
  EXPECT_TRUE(absl::StrContains(table, "\n          its very end.”\n")) << table;
}

TEST(TableOfAnAnswer, UsesNoEscapesWithoutColor) {
  EXPECT_FALSE(absl::StrContains(AnswerToTable(WhoMetBo(), {.color = false}), "\x1b"));
  EXPECT_TRUE(absl::StrContains(AnswerToTable(WhoMetBo(), {.color = true}), "\x1b["));
}

TEST(TableOfAnAnswer, BeginsWithTheVerdictOfAYesNoQuestion) {
  Answer answer = WhoMetBo();
  answer.kind = Answer::Kind::kAsk;
  answer.verdict = Answer::Verdict::kNotStated;
  answer.reading.clear();
  answer.columns.clear();
  answer.rows.clear();
  EXPECT_EQ(AnswerToTable(answer, {}), "not stated\n");
}

TEST(CsvOfAnAnswer, QuotesWhatNeedsQuotes) {
  Answer answer = WhoMetBo();
  answer.rows[0].cells = {Entity("Ann \"the\" Lee, Dr")};
  EXPECT_EQ(AnswerToCsv(answer),
            "who,possible,when,certainty,sources,articles\r\n"
            "\"Ann \"\"the\"\" Lee, Dr\",false,2023-09,likely,1,002\r\n");
}

TEST(TsvOfAnAnswer, EscapesTabsAndLineEnds) {
  Answer answer = WhoMetBo();
  answer.rows[0].cells = {Entity("a\tb\nc\\d")};
  EXPECT_EQ(AnswerToTsv(answer),
            "who\tpossible\twhen\tcertainty\tsources\tarticles\n"
            "a\\tb\\nc\\\\d\tfalse\t2023-09\tlikely\t1\t002\n");
}

TEST(JsonOfAnAnswer, HasTheDocumentedForm) {
  rapidjson::Document json;
  json.Parse(AnswerToJson(WhoMetBo()).c_str());
  ASSERT_FALSE(json.HasParseError());
  EXPECT_STREQ(json["question"].GetString(), "who met Bo");
  EXPECT_STREQ(json["kind"].GetString(), "select");
  EXPECT_TRUE(json["verdict"].IsNull());
  EXPECT_STREQ(json["columns"][0].GetString(), "who");
  const auto& row = json["rows"][0];
  EXPECT_STREQ(row["cells"]["who"]["label"].GetString(), "Ann");
  EXPECT_STREQ(row["cells"]["who"]["value"].GetString(), "urn:example:x");
  EXPECT_FALSE(row["possible"].GetBool());
  const auto& claim = row["claims"][0];
  EXPECT_STREQ(claim["speaker"].GetString(), "the Gazette");
  EXPECT_EQ(claim["paragraph"].GetInt(), 3);
  EXPECT_STREQ(claim["text"].GetString(), "Ann will probably meet Bo.");
}

TEST(JsonOfAnAnswer, LeavesOutCellsThatARowDoesNotHave) {
  Answer answer = WhoMetBo();
  answer.columns = {"who", "where"};
  answer.rows[0].cells.emplace_back();
  rapidjson::Document json;
  json.Parse(AnswerToJson(answer).c_str());
  EXPECT_FALSE(json["rows"][0]["cells"].HasMember("where"));
}

TEST(JsonLinesOfAnAnswer, AreItsRows) {
  Answer answer = WhoMetBo();
  answer.rows.push_back(answer.rows[0]);
  const std::vector<std::string> lines = absl::StrSplit(AnswerToJsonLines(answer), '\n');
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[2], "");
  rapidjson::Document json;
  json.Parse(lines[1].c_str());
  ASSERT_FALSE(json.HasParseError());
  EXPECT_STREQ(json["cells"]["who"]["label"].GetString(), "Ann");
  EXPECT_STREQ(json["claims"][0]["article"].GetString(), "002");
}

TEST(JsonLinesOfAnAnswer, OfAYesNoQuestionAreOneWithTheVerdict) {
  Answer answer = WhoMetBo();
  answer.verdict = Answer::Verdict::kDenied;
  rapidjson::Document json;
  json.Parse(AnswerToJsonLines(answer).c_str());
  ASSERT_FALSE(json.HasParseError());
  EXPECT_STREQ(json["verdict"].GetString(), "denied");
  EXPECT_EQ(json["claims"].Size(), 1U);
}

TEST(MarkdownOfAnAnswer, IsATableAndAListOfClaims) {
  Answer answer = WhoMetBo();
  answer.rows[0].cells = {Entity("Ann | *Lee*")};
  EXPECT_EQ(AnswerToMarkdown(answer),
            "## who met Bo\n\n"
            "*Bo = Bo Berg; also Bo Dahl*\n\n"
            "|  | who | when | certainty | sources |\n"
            "| --- | --- | --- | --- | --- |\n"
            "| 1 | Ann \\| \\*Lee\\* | 2023-09 | likely | 1 |\n\n"
            "1. Ann \\| \\*Lee\\*\n"
            "   - 002 3.1: Ann – meet – Bo, 2023-09, in Oslo, likely, according to the Gazette\n"
            "     > Ann will probably meet Bo.\n\n");
}

TEST(TurtleOfAnAnswer, IsItsStatementsWithTheQuestionAsAComment) {
  Answer answer = WhoMetBo();
  answer.question = "who met\nBo";
  answer.statements.push_back({Term::Iri("urn:a"), Term::Iri("urn:b"), Term::String("c"), Term::Iri("urn:graph")});
  const absl::StatusOr<std::string> turtle = AnswerToTurtle(answer);
  ASSERT_TRUE(turtle.ok()) << turtle.status();
  EXPECT_TRUE(absl::StartsWith(*turtle, "# who met Bo\n"));
  EXPECT_TRUE(absl::StrContains(*turtle, "<urn:a> <urn:b> \"c\" ."));
  EXPECT_FALSE(absl::StrContains(*turtle, "graph"));
}

TEST(JsonOfAnError, HasPositionAndSuggestions) {
  const absl::Status error = DiagnosticError(MakeDiagnostic("unknown name \"Bu\"", "who met Bu", {8, 10}, {"Bo Berg"}));
  rapidjson::Document json;
  json.Parse(ErrorToJson(error).c_str());
  EXPECT_STREQ(json["error"]["message"].GetString(), "unknown name \"Bu\"");
  EXPECT_EQ(json["error"]["column"].GetInt(), 9);
  EXPECT_STREQ(json["error"]["suggestions"][0].GetString(), "Bo Berg");
}

TEST(JsonOfAnError, NamesTheFileThatIsWrong) {
  Diagnostic diagnostic;
  diagnostic.message = "expected an object";
  diagnostic.source = "bridges/claims.ttl";
  diagnostic.line = 31;
  diagnostic.column = 65;
  rapidjson::Document json;
  json.Parse(ErrorToJson(DiagnosticError(diagnostic)).c_str());
  EXPECT_STREQ(json["error"]["file"].GetString(), "bridges/claims.ttl");
  EXPECT_EQ(json["error"]["line"].GetInt(), 31);
}

TEST(JsonOfAnError, ShowsAnErrorWithoutPositionToo) {
  rapidjson::Document json;
  json.Parse(ErrorToJson(absl::DataLossError("the store is damaged")).c_str());
  EXPECT_STREQ(json["error"]["message"].GetString(), "the store is damaged");
  EXPECT_TRUE(json["error"]["line"].IsNull());
}

}  // namespace
}  // namespace dossier

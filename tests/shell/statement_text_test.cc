#include "shell/statement_text.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Statements(const std::vector<std::string>& lines,
                                    StatementReader::Source source = StatementReader::Source::kPrompt) {
  StatementReader reader(source);
  std::vector<std::string> statements;
  for (const std::string& line : lines) {
    reader.AddLine(line);
    while (reader.HasStatement()) statements.push_back(reader.TakeStatement());
  }
  const bool may_end = reader.MayEnd();
  if (reader.IsUnfinished()) statements.push_back((may_end ? "" : "unfinished: ") + reader.TakeStatement());
  return statements;
}

TEST(StatementReader, TakesEachLineAsAStatement) {
  EXPECT_THAT(Statements({"who met Ada", "", "  ", "describe Ada\r"}), ElementsAre("who met Ada", "describe Ada"));
}

TEST(StatementReader, LeavesCommentsOut) {
  EXPECT_THAT(Statements({"# all of it", "who met Ada # the rest", "describe <urn:a#b>"}),
              ElementsAre("who met Ada", "describe <urn:a#b>"));
}

TEST(StatementReader, GoesOnAfterABackslash) {
  EXPECT_THAT(Statements({"who met \\", "Ada \\", "in 1840", "next"}), ElementsAre("who met \nAda \nin 1840", "next"));
  EXPECT_THAT(Statements({"\\", "who"}), ElementsAre("who"));
}

TEST(StatementReader, GoesOnWhileAQuoteOrAParenthesisIsOpen) {
  EXPECT_THAT(Statements({"describe \"Ada", "# Byron\"", "x"}), ElementsAre("describe \"Ada # Byron\"", "x"));
  EXPECT_THAT(Statements({"find ?x where (?x met Ada", "or ?x met Bob)"}),
              ElementsAre("find ?x where (?x met Ada\nor ?x met Bob)"));
  EXPECT_THAT(Statements({R"(describe "a \" quote")"}), ElementsAre(R"(describe "a \" quote")"));
}

TEST(StatementReader, DoesNotTakeApostrophesForQuotes) {
  EXPECT_THAT(Statements({"who is Ada's father", "next"}), ElementsAre("who is Ada's father", "next"));
}

TEST(StatementReader, GivesWhatIsUnfinishedAtTheEnd) {
  EXPECT_THAT(Statements({"describe \"Ada", "more"}), ElementsAre("unfinished: describe \"Ada more"));
}

TEST(StatementReader, KnowsTheLineInWhichAStatementBegan) {
  StatementReader reader;
  EXPECT_FALSE(reader.AddLine("# first"));
  EXPECT_FALSE(reader.AddLine("who met \\"));
  EXPECT_TRUE(reader.AddLine("Ada"));
  EXPECT_EQ(reader.first_line(), 2U);
  reader.TakeStatement();
  EXPECT_TRUE(reader.AddLine("next"));
  EXPECT_EQ(reader.first_line(), 4U);
}

std::vector<std::string> InScript(const std::vector<std::string>& lines) {
  std::vector<std::string> statements = Statements(lines, StatementReader::Source::kScript);
  // The end of a script ends its last statement.
  for (std::string& statement : statements) {
    if (statement.rfind("unfinished: ", 0) == 0) statement.erase(0, 12);
  }
  return statements;
}

TEST(StatementReader, EndsAStatementAtASemicolon) {
  EXPECT_THAT(Statements({"who met Ada;", "who met Bob ; who met Cleo"}),
              ElementsAre("who met Ada", "who met Bob", "who met Cleo"));
  EXPECT_THAT(Statements({"describe \"Ada; Bob\"", "describe <urn:a;b>"}),
              ElementsAre("describe \"Ada; Bob\"", "describe <urn:a;b>"));
  EXPECT_THAT(Statements({".output a;b", ";", "who met Ada ; # last"}), ElementsAre(".output a;b", "who met Ada"));
}

TEST(StatementReader, GoesOnInAScriptUntilASemicolonOrAnEmptyLine) {
  EXPECT_THAT(InScript({"who accompanied", "Ada", "in 1840", "", "Bob"}),
              ElementsAre("who accompanied\nAda\nin 1840", "Bob"));
  EXPECT_THAT(InScript({"assert Ada", "met Bob", "according to Cleo; describe", "Ada"}),
              ElementsAre("assert Ada\nmet Bob\naccording to Cleo", "describe\nAda"));
  EXPECT_THAT(InScript({"find ?x, ?y", "where ?x met ?y", "and ?y met Ada"}),
              ElementsAre("find ?x, ?y\nwhere ?x met ?y\nand ?y met Ada"));
  EXPECT_THAT(InScript({"describe \"Ada", "", "who met Bob"}), ElementsAre("describe \"Ada", "who met Bob"));
}

TEST(StatementReader, TakesEachLineOfAScriptThatBeginsAStatementAsOne) {
  EXPECT_THAT(InScript({"who met Ada", "# and", "Which cities did Bob visit", "didn't Ada meet Bob", "in which year",
                        "since when", "according to whom", "timeline of Ada", "the path from Ada to Bob", ".mode csv",
                        "stats", "assert Ada met Bob", "SELECT * { ?s ?p ?o }"}),
              ElementsAre("who met Ada", "Which cities did Bob visit", "didn't Ada meet Bob", "in which year",
                          "since when", "according to whom", "timeline of Ada", "the path from Ada to Bob", ".mode csv",
                          "stats", "assert Ada met Bob", "SELECT * { ?s ?p ?o }"));
}

TEST(StatementReader, KnowsWhatOnlyGoesOn) {
  for (const std::string line :
       {"and met Bob", "in 1840", "May 1840", "since 1840", "according to Cleo", "order by when", "limit 3", "Bob",
        "(in 1840)", "path", "at least likely", "  who met Bob"}) {
    EXPECT_THAT(InScript({"who met Ada", line}), ElementsAre("who met Ada\n" + line)) << line;
  }
  EXPECT_THAT(InScript({"  who met Ada", "  who met Bob"}), ElementsAre("who met Ada", "who met Bob"));
}

TEST(StatementReader, KnowsWhereAStatementBegins) {
  StatementReader reader(StatementReader::Source::kScript);
  EXPECT_FALSE(reader.AddLine("  who met Ada"));
  EXPECT_FALSE(reader.AddLine("  # a remark"));
  EXPECT_TRUE(reader.AddLine("  in 1840; who é; who met Bob"));
  EXPECT_EQ(reader.TakeStatement(), "who met Ada\n\n  in 1840");
  EXPECT_EQ(reader.first_line(), 1U);
  EXPECT_EQ(reader.first_column(), 3U);
  EXPECT_EQ(reader.TakeStatement(), "who é");
  EXPECT_EQ(reader.first_line(), 3U);
  EXPECT_EQ(reader.first_column(), 12U);
  EXPECT_EQ(reader.TakeStatement(), "who met Bob");
  EXPECT_EQ(reader.first_line(), 3U);
  EXPECT_EQ(reader.first_column(), 19U);
}

TEST(StatementReader, GoesOnUntilAQueryIsWhole) {
  EXPECT_THAT(
      Statements({"SELECT ?x", "WHERE {", "  ?x ?y \"}\" # not this }", "", "}", "ORDER BY ?x", "", "who met Ada"}),
      ElementsAre("SELECT ?x\nWHERE {\n  ?x ?y \"}\" # not this }\n\n}\nORDER BY ?x", "who met Ada"));
  EXPECT_THAT(Statements({"ASK {", "  ?x ?y ?z"}), ElementsAre("unfinished: ASK {\n  ?x ?y ?z"));
}

TEST(StatementReader, LooksAtTheNextLineToSeeThatAQueryHasEnded) {
  EXPECT_THAT(Statements({"SELECT * { ?s ?p ?o }", "LIMIT 5", "ASK { }", "who met Ada", "describe <urn:a#b>"}),
              ElementsAre("SELECT * { ?s ?p ?o }\nLIMIT 5", "ASK { }", "who met Ada", "describe <urn:a#b>"));
}

TEST(StatementReader, EndsAQueryAtASemicolonAndLeavesThatOut) {
  EXPECT_THAT(Statements({"SELECT * { ?s ?p ?o } ;", "LIMIT of it"}),
              ElementsAre("SELECT * { ?s ?p ?o }", "LIMIT of it"));
}

TEST(StatementReader, TakesOperationsOfAnUpdateTogether) {
  EXPECT_THAT(
      Statements({"INSERT DATA { <urn:a> <urn:b> 1 } ;", "DELETE DATA {", "  <urn:a> <urn:b> 2 }", "who met Ada"}),
      ElementsAre("INSERT DATA { <urn:a> <urn:b> 1 } ;\nDELETE DATA {\n  <urn:a> <urn:b> 2 }", "who met Ada"));
  EXPECT_THAT(Statements({"CLEAR ALL ;", "", "who met Ada"}), ElementsAre("CLEAR ALL ;", "who met Ada"));
}

TEST(StatementReader, TakesDeclarationsAsAStatement) {
  EXPECT_THAT(Statements({"PREFIX ex: <urn:e#>", "SELECT * {", "?s ?p ex:a }"}),
              ElementsAre("PREFIX ex: <urn:e#>", "SELECT * {\n?s ?p ex:a }"));
}

TEST(StatementReader, KnowsTheLineOfAStatementThatTheNextOneEnded) {
  StatementReader reader;
  EXPECT_FALSE(reader.AddLine("ASK {"));
  EXPECT_FALSE(reader.AddLine("}"));
  EXPECT_TRUE(reader.AddLine("who met Ada"));
  EXPECT_EQ(reader.TakeStatement(), "ASK {\n}");
  EXPECT_EQ(reader.first_line(), 1U);
  ASSERT_TRUE(reader.HasStatement());
  EXPECT_EQ(reader.TakeStatement(), "who met Ada");
  EXPECT_EQ(reader.first_line(), 3U);
}

}  // namespace
}  // namespace dossier

#include "shell/statement_text.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Statements(const std::vector<std::string>& lines) {
  StatementReader reader;
  std::vector<std::string> statements;
  for (const std::string& line : lines) {
    if (reader.AddLine(line)) statements.push_back(reader.TakeStatement());
  }
  if (reader.IsUnfinished()) statements.push_back("unfinished: " + reader.TakeStatement());
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

}  // namespace
}  // namespace dossier

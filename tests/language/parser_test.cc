#include "query/ask/parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dossier::ask {
namespace {

using testing::HasSubstr;

Statement Parsed(absl::string_view text) {
  absl::StatusOr<Statement> statement = ParseStatement(text);
  EXPECT_TRUE(statement.ok()) << statement.status().ToString();
  return statement.ok() ? *std::move(statement) : Statement();
}

TEST(AskParser, LeavesWordsAsTheyAre) {
  const Statement statement = Parsed("who met Zoë?");
  ASSERT_EQ(statement.question.elements.size(), 3U);
  EXPECT_EQ(statement.question.elements[2].text, "Zoë");
  EXPECT_EQ(statement.question.elements[2].span, (SourceSpan{8, 12}));
}

TEST(AskParser, FindsTimePhrases) {
  const Statement statement = Parsed("who met Kim on Monday, 11 September 2023");
  const Element& time = statement.question.elements.back();
  ASSERT_EQ(time.kind, Element::Kind::kTime);
  EXPECT_EQ(time.time.first.year, 2023);
  EXPECT_EQ(time.time.first.month, 9);
  EXPECT_EQ(time.time.first.day, 11);
}

TEST(AskParser, LeavesNumbersAndMonthsInNames) {
  for (const Element& element : Parsed("describe the explosion of 2004").question.elements) {
    EXPECT_EQ(element.kind, Element::Kind::kWord);
  }
  for (const Element& element : Parsed("what may North Korea have").question.elements) {
    EXPECT_EQ(element.kind, Element::Kind::kWord);
  }
}

TEST(AskParser, FindsQualifiersAndTails) {
  const Statement statement =
      Parsed("who met Kim according to Voice of Korea at least likely as of 2023-09-11 order by when desc limit 5");
  const std::vector<Element>& elements = statement.question.elements;
  ASSERT_EQ(elements.size(), 6U);
  EXPECT_EQ(elements[3].kind, Element::Kind::kSpeaker);
  EXPECT_EQ(elements[3].text, "Voice of Korea");
  EXPECT_EQ(elements[4].kind, Element::Kind::kCertainty);
  EXPECT_EQ(elements[4].text, "likely");
  EXPECT_EQ(elements[5].kind, Element::Kind::kReported);
  ASSERT_EQ(statement.question.tails.size(), 2U);
  EXPECT_TRUE(statement.question.tails[0].descending);
  EXPECT_EQ(statement.question.tails[1].number, 5);
}

TEST(AskParser, TakesTheVariablesOfFind) {
  const Statement statement = Parsed("find ?x, ?y where ?x met ?y");
  EXPECT_EQ(statement.question.head, Question::Head::kFind);
  ASSERT_EQ(statement.question.variables.size(), 2U);
  EXPECT_EQ(statement.question.variables[1].text, "y");
}

TEST(AskParser, KeepsTheRestOfCommandsAsWritten) {
  EXPECT_EQ(Parsed("load \"My Folder/a.ttl\";").argument, "My Folder/a.ttl");
  EXPECT_EQ(Parsed("search Armoured train").argument, "Armoured train");
  EXPECT_TRUE(Parsed("explain analyze who met Kim").analyze);
}

TEST(AskParser, PointsAtWhatItDidNotExpect) {
  const absl::Status status = ParseStatement("who met \"Kim").status();
  ASSERT_FALSE(status.ok());
  const std::optional<Diagnostic> diagnostic = GetDiagnostic(status);
  ASSERT_TRUE(diagnostic.has_value());
  EXPECT_EQ(diagnostic->column, 9U);
}

TEST(AskParser, RefusesWhatIsNoText) {
  EXPECT_FALSE(ParseStatement("").ok());
  EXPECT_FALSE(ParseStatement("who \xff met").ok());
  EXPECT_THAT(std::string(ParseStatement(std::string(20'000, 'a')).status().message()), HasSubstr("too long"));
}

}  // namespace
}  // namespace dossier::ask

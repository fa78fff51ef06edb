#include "database/sentences.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Sentences, EndAtDotsQuestionMarksAndExclamationMarksBeforeABlank) {
  EXPECT_THAT(SplitSentences("The bridge opened. Who built it? Nobody knows! It stands."),
              ElementsAre("The bridge opened.", "Who built it?", "Nobody knows!", "It stands."));
}

TEST(Sentences, NeedNoMarkAtTheEndOfTheLine) {
  EXPECT_THAT(SplitSentences("A headline without a dot"), ElementsAre("A headline without a dot"));
  EXPECT_THAT(SplitSentences("One. (AB)"), ElementsAre("One.", "(AB)"));
  EXPECT_THAT(SplitSentences(" \t\u00a0 "), IsEmpty());
}

TEST(Sentences, BeginWithLowerCaseLettersToo) {
  EXPECT_THAT(SplitSentences("They closed the bridge. at noon it opened again."),
              ElementsAre("They closed the bridge.", "at noon it opened again."));
}

TEST(Sentences, DoNotEndAtDotsInsideNumbersOrWords) {
  EXPECT_THAT(SplitSentences("It carries 1.200 cars at 3.5 km and \"ends.\"says the builder."),
              ElementsAre("It carries 1.200 cars at 3.5 km and \"ends.\"says the builder."));
}

TEST(Sentences, TakeClosingQuotesAndBracketsAlong) {
  EXPECT_THAT(SplitSentences("He “will go (…) soon.” The mayor agreed. (So did she.) All left."),
              ElementsAre("He “will go (…) soon.”", "The mayor agreed.", "(So did she.)", "All left."));
}

TEST(Sentences, GoOnAfterAQuoteWithALowerCaseWord) {
  EXPECT_THAT(SplitSentences("\"Will it hold?\" the mayor asked. \"Yes.\" she heard."),
              ElementsAre("\"Will it hold?\" the mayor asked.", "\"Yes.\" she heard."));
}

TEST(Sentences, DoNotEndAtTitlesAndInitials) {
  EXPECT_THAT(SplitSentences("Mr. Stone met Dr. J. A. Field and Gen. Hill. They talked."),
              ElementsAre("Mr. Stone met Dr. J. A. Field and Gen. Hill.", "They talked."));
}

TEST(Sentences, SeeNoBreakSpacesAsBlanks) {
  EXPECT_THAT(SplitSentences("It\u00a0met\u00a0Dr.\u00a0Field.\u00a0The end."),
              ElementsAre("It\u00a0met\u00a0Dr.\u00a0Field.", "The end."));
}

TEST(Sentences, EndAtAcronymsOnlyBeforeAWordThatBeginsSentences) {
  EXPECT_THAT(SplitSentences("The U.S. President left the U.S. The talks with U.S. officials failed."),
              ElementsAre("The U.S. President left the U.S.", "The talks with U.S. officials failed."));
  EXPECT_THAT(SplitSentences("They met at 5 p.m. Monday, left at 6 p.m. However, nobody saw it."),
              ElementsAre("They met at 5 p.m. Monday, left at 6 p.m.", "However, nobody saw it."));
}

TEST(Sentences, DoNotEndAtShortMonthsBeforeADay) {
  EXPECT_THAT(
      SplitSentences("From Feb. 26-28 it was shut. It reopened in Sept. Work began in No. 5 and ended in No. 6."),
      ElementsAre("From Feb. 26-28 it was shut.", "It reopened in Sept.", "Work began in No. 5 and ended in No. 6."));
}

TEST(Sentences, DoNotEndAtTheNumberOfAnItemOrAtDotsThatStandForWords) {
  EXPECT_THAT(SplitSentences("1. The first arch. 2 more follow."), ElementsAre("1. The first arch.", "2 more follow."));
  EXPECT_THAT(SplitSentences("It waited ... and fell. It was 1931. It held (...) on."),
              ElementsAre("It waited ... and fell.", "It was 1931.", "It held (...) on."));
}

TEST(Sentences, EndAtTheFullStopsOfOtherScripts) {
  EXPECT_THAT(SplitSentences("橋は開いた。誰が建てた？"), ElementsAre("橋は開いた。", "誰が建てた？"));
  EXPECT_THAT(SplitSentences("पुल खुला। सब गए।"), ElementsAre("पुल खुला।", "सब गए।"));
}

TEST(Paragraphs, AreTheNonBlankLinesCountedWithTheirFileLine) {
  const std::vector<Paragraph> paragraphs = SplitParagraphs("Title\n\n \nFirst. Second.\r\nThird.");
  ASSERT_EQ(paragraphs.size(), 3U);
  EXPECT_EQ(paragraphs[0].line, 1U);
  EXPECT_EQ(paragraphs[1].line, 4U);
  EXPECT_THAT(paragraphs[1].sentences, ElementsAre("First.", "Second."));
  EXPECT_EQ(paragraphs[2].line, 5U);
  EXPECT_THAT(paragraphs[2].sentences, ElementsAre("Third."));
}

std::string ReadAll(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// "002 30.1 line 55": where a sentence stands, and "Photos of ...": how it begins.
using Numbering = std::map<std::string, std::string>;

Numbering ReadInventory(const std::filesystem::path& path) {
  Numbering numbering;
  const std::string inventory = ReadAll(path);
  bool inside = false;
  for (absl::string_view line : absl::StrSplit(inventory, '\n')) {
    if (absl::StartsWith(line, "## ")) inside = absl::StartsWith(line, "## 14.");
    const std::vector<absl::string_view> cells = absl::StrSplit(line, '|');
    int64_t file_line = 0;
    if (!inside || cells.size() < 5 || !absl::SimpleAtoi(cells[2], &file_line)) continue;
    const std::string key = absl::StrCat(absl::StripAsciiWhitespace(cells[1]), " line ", file_line);
    numbering[key] = std::string(absl::StripSuffix(absl::StripAsciiWhitespace(cells[3]), " ..."));
  }
  return numbering;
}

Numbering NumberArticles(const std::filesystem::path& folder) {
  Numbering numbering;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string text = ReadAll(entry.path());
    size_t paragraph = 0;
    for (const Paragraph& lines : SplitParagraphs(text)) {
      ++paragraph;
      for (size_t s = 0; s < lines.sentences.size(); ++s) {
        const std::string sentence = absl::StrReplaceAll(lines.sentences[s], {{"\u00a0", " "}});
        const std::vector<absl::string_view> words =
            absl::StrSplit(sentence, absl::ByAnyChar(" \t"), absl::SkipEmpty());
        numbering[absl::StrCat(entry.path().filename().string().substr(0, 3), " ", paragraph, ".", s + 1, " line ",
                               lines.line)] = absl::StrJoin(words, " ");
      }
    }
  }
  return numbering;
}

// The numbering that a person gave to the sentences of five real articles. The articles are not part of the project.
TEST(Sentences, AreNumberedAsAPersonNumberedThem) {
  const char* folder = std::getenv("DOSSIER_ARTICLES");
  const std::filesystem::path articles = folder != nullptr ? folder : DOSSIER_SOURCE_DIR "/../shared/articles";
  const std::filesystem::path inventory = articles / ".." / "facts" / "INVENTORY.md";
  if (!std::filesystem::exists(inventory)) GTEST_SKIP() << "no articles with an inventory in " << articles;
  const Numbering expected = ReadInventory(inventory);
  const Numbering found = NumberArticles(articles);
  ASSERT_GT(expected.size(), 100U);
  for (const auto& [place, begin] : expected) {
    const auto it = found.find(place);
    ASSERT_NE(it, found.end()) << "no sentence at " << place;
    EXPECT_TRUE(absl::StartsWith(it->second, begin)) << place << " begins: " << it->second.substr(0, 60);
  }
  for (const auto& [place, sentence] : found) EXPECT_TRUE(expected.contains(place)) << place << ": " << sentence;
}

}  // namespace
}  // namespace dossier

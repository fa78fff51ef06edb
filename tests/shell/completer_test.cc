#include "shell/completer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_split.h"
#include "base/utf8.h"
#include "tests/database/temporary_folder.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<Completion> Words(const std::vector<std::string>& texts, size_t begin) {
  std::vector<Completion> completions;
  for (const std::string& text : texts) completions.push_back({text, begin, Completion::Kind::kName});
  return completions;
}

class CompleterTest : public testing::Test {
 protected:
  std::vector<std::string> Offered(const std::string& text) {
    std::vector<std::string> texts;
    for (const Completion& completion : completer_.Complete(text, text.size())) texts.push_back(completion.text);
    return texts;
  }

  TemporaryFolder folder_;
  StoreAccess store_{folder_.Path("no-store"), SessionSettings()};
  Completer completer_{&store_};
};

TEST_F(CompleterTest, KnowsTheShellsOwnWordsWithoutAStore) {
  EXPECT_THAT(Offered(".ti"), ElementsAre(".timeout", ".timer"));
  EXPECT_THAT(Offered(".mode j"), ElementsAre("json", "jsonl"));
  EXPECT_THAT(Offered("set explain "), ElementsAre("on", "off", "analyze"));
  EXPECT_THAT(Offered("set exp"), ElementsAre("explain"));
  EXPECT_THAT(Offered("help ti"), ElementsAre("times", "timeline"));
  EXPECT_THAT(Offered("qui"), ElementsAre("quit"));
  EXPECT_THAT(Offered(".timer on "), IsEmpty());
}

TEST_F(CompleterTest, OffersFilesWhereFilesStand) {
  folder_.Write("data/one.ttl", "");
  folder_.Write("data/two.ttl", "");
  EXPECT_THAT(Offered("load " + folder_.Path("da")), ElementsAre(folder_.Path("data/")));
  EXPECT_THAT(Offered(".read " + folder_.Path("data/")),
              ElementsAre(folder_.Path("data/one.ttl"), folder_.Path("data/two.ttl")));
}

TEST(CommonInsertion, IsWhatAllHaveInCommon) {
  const Insertion common = CommonInsertion("who met ki", Words({"Kim Jong-un", "Kim Jong-il"}, 8));
  EXPECT_EQ(common.begin, 8U);
  EXPECT_EQ(common.text, "Kim Jong-");
  EXPECT_EQ(CommonInsertion("who met ki", Words({"Kim Jong-un", "Kiev"}, 8)).text, "");
  EXPECT_EQ(CommonInsertion("who met x", {}).text, "");
}

TEST(CommonInsertion, OfOneIsAllOfItAndABlank) {
  EXPECT_EQ(CommonInsertion("who met tru", Words({"Donald Trump"}, 8)).text, "Donald Trump ");
  EXPECT_EQ(CommonInsertion("load da", Words({"data/"}, 5)).text, "data/");
}

TEST(CommonInsertion, TakesCompletionsThatBeginAtDifferentWords) {
  std::vector<Completion> completions = Words({"Kim Jong-un"}, 8);
  completions.push_back({"in", 12, Completion::Kind::kKeyword});
  EXPECT_EQ(CommonInsertion("who met Kim ", completions).text, "");
}

TEST(CompletionList, FitsTheScreenAndSaysWhatIsLeftOut) {
  const std::vector<Completion> names = Words(
      std::vector<std::string>(100, "北朝鮮の装甲列車 and a very long name that no column is wide enough for"), 0);
  const std::vector<std::string> lines = absl::StrSplit(CompletionList(names, 60, 5), '\n', absl::SkipEmpty());
  ASSERT_EQ(lines.size(), 5U);
  for (const std::string& line : lines) EXPECT_LE(DisplayWidth(line), 60U) << line;
  EXPECT_EQ(lines.back(), "... and 96 more");
  EXPECT_EQ(CompletionList(Words({"a", "b", "c"}, 0), 60, 5), "a  b  c\n");
}

}  // namespace
}  // namespace dossier

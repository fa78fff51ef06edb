#include "base/copy_on_write_vector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>

namespace dossier {
namespace {

using ::testing::ElementsAre;

CopyOnWriteVector<std::string> Words() {
  CopyOnWriteVector<std::string> words;
  words.push_back("harbour");
  words.push_back("pilot");
  words.emplace_back() = "tug";
  return words;
}

TEST(CopyOnWriteVectorTest, ACopySharesItsElementsUntilOneIsChanged) {
  const CopyOnWriteVector<std::string> words = Words();
  CopyOnWriteVector<std::string> copy = words;
  EXPECT_EQ(&std::as_const(copy)[0], &words[0]);
  copy[0] = "quay";
  EXPECT_THAT(copy, ElementsAre("quay", "pilot", "tug"));
  EXPECT_THAT(words, ElementsAre("harbour", "pilot", "tug"));
  EXPECT_EQ(&std::as_const(copy)[1], &words[1]);
}

TEST(CopyOnWriteVectorTest, AnElementOfItsOwnIsChangedWhereItIs) {
  CopyOnWriteVector<std::string> words = Words();
  const std::string* const before = &std::as_const(words)[1];
  words[1] += "s";
  EXPECT_EQ(&std::as_const(words)[1], before);
  EXPECT_EQ(words[1], "pilots");
}

TEST(CopyOnWriteVectorTest, ALoopThatChangesElementsChangesNoCopy) {
  CopyOnWriteVector<std::string> words = Words();
  const CopyOnWriteVector<std::string> copy = words;
  for (std::string& word : words) word += "!";
  EXPECT_THAT(words, ElementsAre("harbour!", "pilot!", "tug!"));
  EXPECT_THAT(copy, ElementsAre("harbour", "pilot", "tug"));
}

TEST(CopyOnWriteVectorTest, ElementsComeAndGoWithoutACopy) {
  CopyOnWriteVector<std::string> words = Words();
  const CopyOnWriteVector<std::string> copy = words;
  words.erase(1);
  words.pop_back();
  words.append(copy);
  EXPECT_THAT(words, ElementsAre("harbour", "harbour", "pilot", "tug"));
  EXPECT_EQ(&std::as_const(words)[3], &copy[2]);
  words.back() = "barge";
  EXPECT_EQ(copy.back(), "tug");
  words.clear();
  EXPECT_TRUE(words.empty());
  EXPECT_EQ(copy.size(), 3U);
}

TEST(CopyOnWriteVectorTest, IsSearchedFromBothEnds) {
  const CopyOnWriteVector<std::string> words = Words();
  EXPECT_EQ(std::find(words.begin(), words.end(), "pilot") - words.begin(), 1);
  const auto short_one = [](const std::string& word) { return word.size() <= 5; };
  EXPECT_EQ(*std::find_if(words.rbegin(), words.rend(), short_one), "tug");
}

}  // namespace
}  // namespace dossier

// How names are compared, and how far two spellings are apart.
#include "base/text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace dossier {
namespace {

TEST(FoldName, IgnoresCaseMarksHyphensAndApostrophes) {
  EXPECT_EQ(FoldName("Kim Jong-Un"), "kim jong un");
  EXPECT_EQ(FoldName("  kim\tjong  un "), "kim jong un");
  EXPECT_EQ(FoldName("Müller’s"), "mullers");
  EXPECT_EQ(FoldName("ÉCOLE"), "ecole");
  EXPECT_EQ(FoldName("Straße"), FoldName("STRASSE"));
}

TEST(FoldName, KeepsOtherScripts) {
  EXPECT_EQ(FoldName("ГАГАРИН"), "гагарин");
  EXPECT_EQ(FoldName("北朝鮮"), "北朝鮮");
}

TEST(FoldName, KeepsBytesThatAreNoText) { EXPECT_EQ(FoldName("a\xff"), "a\xff"); }

TEST(EditDistance, IsTheSameWhateverLimitItStaysBelow) {
  const std::vector<std::string> words = {"kim jong-un", "kim jong un", "mik jong-nu", "hwasong-18", "hwasong-17",
                                          "seoul",       "séoul",       "lousel",      "",           "a",
                                          "aaaaaaaaaa",  "pqrstuvw"};
  for (const std::string& a : words) {
    for (const std::string& b : words) {
      const size_t distance = EditDistance(a, b, 100);
      for (size_t limit = 0; limit < 12; ++limit) {
        EXPECT_EQ(EditDistance(a, b, limit), std::min(distance, limit + 1)) << a << " " << b << " " << limit;
      }
    }
  }
}

TEST(EditDistance, CountsInsertionsDeletionsSubstitutionsAndSwaps) {
  EXPECT_EQ(EditDistance("kim", "kim", 3), 0U);
  EXPECT_EQ(EditDistance("kym", "kim", 3), 1U);
  EXPECT_EQ(EditDistance("pak", "park", 3), 1U);
  EXPECT_EQ(EditDistance("choigu", "shoigu", 3), 1U);
  EXPECT_EQ(EditDistance("shioguu", "shoigu", 3), 2U);
  EXPECT_EQ(EditDistance("", "abc", 3), 3U);
}

// Letters beyond ASCII are compared in another way; the same one before both texts changes nothing.
TEST(EditDistance, IsTheSameForTextsOfAnyLetters) {
  std::mt19937 random(7);
  const auto word = [&random] {
    std::string letters(random() % 70, ' ');
    for (char& letter : letters) letter = static_cast<char>('a' + random() % 3);
    return letters;
  };
  for (int i = 0; i < 2000; ++i) {
    const std::string a = word();
    const std::string b = word();
    EXPECT_EQ(EditDistance(a, b, 100), EditDistance("é" + a, "é" + b, 100)) << a << " " << b;
  }
}

TEST(EditDistance, CountsCodePointsNotBytes) { EXPECT_EQ(EditDistance("über", "uber", 3), 1U); }

TEST(EditDistance, StopsBeyondItsLimit) { EXPECT_EQ(EditDistance("abcdefgh", "zyxwvuts", 2), 3U); }

}  // namespace
}  // namespace dossier

// UTF-8: what is well-formed, how long it is, how wide it stands.
#include "base/utf8.h"

#include <gtest/gtest.h>

namespace dossier {
namespace {

TEST(Utf8, FindsTheFirstMalformedByte) {
  EXPECT_EQ(FindInvalidUtf8("Grüße 北"), absl::string_view::npos);
  EXPECT_EQ(FindInvalidUtf8("ab\xff"), 2U);
  EXPECT_EQ(FindInvalidUtf8("\xC0\xAF"), 0U);          // Overlong.
  EXPECT_EQ(FindInvalidUtf8("a\xED\xA0\x80"), 1U);     // A surrogate.
  EXPECT_EQ(FindInvalidUtf8("\xF4\x90\x80\x80"), 0U);  // Beyond U+10FFFF.
  EXPECT_EQ(FindInvalidUtf8("\xE5\x8C"), 0U);          // Cut off.
}

TEST(Utf8, CountsAndCutsByCodePoints) {
  EXPECT_EQ(CountCodePoints("Grüße"), 5U);
  EXPECT_EQ(CodePointPrefix("Grüße", 3), "Grü");
  EXPECT_EQ(CodePointPrefix("ab", 9), "ab");
}

TEST(Utf8, TakesAndAppendsTheSameCodePoint) {
  absl::string_view text = "北x";
  std::string copy;
  AppendUtf8(TakeCodePoint(&text), &copy);
  EXPECT_EQ(copy, "北");
  EXPECT_EQ(text, "x");
}

TEST(Utf8, KnowsHowWideCharactersStandOnATerminal) {
  EXPECT_EQ(DisplayWidth("abc"), 3U);
  EXPECT_EQ(DisplayWidth("北朝鮮"), 6U);
  EXPECT_EQ(DisplayWidth("e\u0301"), 1U);
  EXPECT_EQ(DisplayWidth("\u1112\u1161\u11ab"), 2U);  // Hangul, decomposed.
  EXPECT_EQ(DisplayWidth("\U0001F680"), 2U);
}

TEST(Utf8, TakesEmojiOfSeveralPartsAsOneCharacter) {
  const std::string family = "\U0001F468\u200D\U0001F469\u200D\U0001F467";
  EXPECT_EQ(DisplayWidth(family), 2U);
  EXPECT_EQ(FirstCharacter(family + "x"), family);
  EXPECT_EQ(DisplayWidth("\u2764\uFE0F"), 2U);          // A heart, as an emoji.
  EXPECT_EQ(DisplayWidth("\U0001F1F0\U0001F1F5"), 2U);  // A flag.
  EXPECT_EQ(FirstCharacter("e\u0301a"), "e\u0301");
  EXPECT_EQ(FirstCharacter("ab"), "a");
}

}  // namespace
}  // namespace dossier

#include "rdf/language_tag.h"

#include <gtest/gtest.h>

namespace dossier {
namespace {

TEST(LanguageTag, HasPartsOfLettersAndDigits) {
  for (const char* tag : {"en", "zh-Hant", "de-1996", "abcdefgh-12345678"}) EXPECT_TRUE(IsLanguageTag(tag)) << tag;
  for (const char* tag : {"", "-", "en-", "en--gb", "-en", "1en", "en_US", "en-\xC3\xA4", "abcdefghi", "en--ltr"}) {
    EXPECT_FALSE(IsLanguageTag(tag)) << tag;
  }
}

TEST(LanguageTag, IsReadInLowerCaseWithItsDirection) {
  EXPECT_EQ(TermWithLanguageTag("a", "EN-gb").value(), Term::LanguageTagged("a", "en-gb"));
  EXPECT_EQ(TermWithLanguageTag("a", "ar--rtl").value(), Term::LanguageTagged("a", "ar", BaseDirection::kRightToLeft));
  EXPECT_EQ(TermWithLanguageTag("a", "en--ltr").value(), Term::LanguageTagged("a", "en", BaseDirection::kLeftToRight));
}

TEST(LanguageTag, HasADirectionInLowerCaseOnly) {
  for (const char* tag : {"en--rTl", "en--LTR", "en--up", "en--"}) {
    EXPECT_EQ(TermWithLanguageTag("a", tag).status().message(), "the direction of a language tag is `ltr` or `rtl`")
        << tag;
  }
}

TEST(LanguageTag, HasPartsOfAtMostEightCharacters) {
  EXPECT_TRUE(TermWithLanguageTag("a", "abcdefgh-12345678").ok());
  EXPECT_FALSE(TermWithLanguageTag("a", "abcdefghi").ok());
  EXPECT_FALSE(TermWithLanguageTag("a", "en-123456789--ltr").ok());
}

}  // namespace
}  // namespace dossier

// Regular expressions with characters that the lines of a file cannot hold.
#include "query/expr/regex.h"

#include <gtest/gtest.h>

#include "query/expr/regex_cache.h"

namespace dossier {
namespace {

bool Matches(absl::string_view text, absl::string_view pattern, absl::string_view flags) {
  const auto regex = Regex::Compile(pattern, flags);
  EXPECT_TRUE(regex.ok()) << regex.status();
  return regex.ok() && (*regex)->Matches(text);
}

TEST(Regex, ADotMatchesTheEndOfALineOnlyWithFlagS) {
  EXPECT_FALSE(Matches("a\nb", "a.b", ""));
  EXPECT_FALSE(Matches("a\rb", "a.b", ""));
  EXPECT_TRUE(Matches("a\nb", "a.b", "s"));
}

TEST(Regex, AnchorsMatchAtLinesOnlyWithFlagM) {
  EXPECT_FALSE(Matches("a\nb", "^b$", ""));
  EXPECT_TRUE(Matches("a\nb", "^b$", "m"));
}

TEST(Regex, PatternsAreCompiledOnceEvenIfTheyAreWrong) {
  RegexCache cache;
  const auto first = cache.Get("a+", "");
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(*first, *cache.Get("a+", ""));
  EXPECT_FALSE(cache.Get("a(", "").ok());
  EXPECT_EQ(cache.Get("a(", "").status(), cache.Get("a(", "").status());
}

TEST(Regex, ManyPatternsDoNotPileUp) {
  RegexCache cache;
  for (int i = 0; i < 1000; ++i) {
    const auto regex = cache.Get(std::string(1, static_cast<char>('a' + i % 26)) + std::to_string(i), "");
    ASSERT_TRUE(regex.ok());
  }
  EXPECT_TRUE((*cache.Get("a0", ""))->Matches("a0"));
}

}  // namespace
}  // namespace dossier

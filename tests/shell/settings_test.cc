#include "shell/settings.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rdf/time_range.h"
#include "shell/dot_commands.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(ParseTimeout, ReadsLengthsOfTime) {
  EXPECT_EQ(*ParseTimeout("500ms"), absl::Milliseconds(500));
  EXPECT_EQ(*ParseTimeout("10s"), absl::Seconds(10));
  EXPECT_EQ(*ParseTimeout("10"), absl::Seconds(10));
  EXPECT_EQ(*ParseTimeout("2 min"), absl::Minutes(2));
  EXPECT_EQ(*ParseTimeout("1h"), absl::Hours(1));
  EXPECT_EQ(*ParseTimeout("off"), absl::InfiniteDuration());
  for (const char* wrong : {"", "s", "0s", "-1s", "10 days", "soon"}) {
    EXPECT_FALSE(ParseTimeout(wrong).ok()) << wrong;
  }
}

TEST(ParseMemory, ReadsAmountsInPowersOfTwo) {
  EXPECT_EQ(*ParseMemory("64K"), size_t{64} << 10);
  EXPECT_EQ(*ParseMemory("512M"), size_t{512} << 20);
  EXPECT_EQ(*ParseMemory("2 GiB"), size_t{2} << 30);
  EXPECT_EQ(*ParseMemory("1000000"), 1'000'000U);
  for (const char* wrong : {"", "G", "0", "-1M", "5 apples", "99999999999G"}) {
    EXPECT_FALSE(ParseMemory(wrong).ok()) << wrong;
  }
}

TEST(ChangeSetting, SetsWhatIsAskedFor) {
  SessionSettings session;
  PrintOptions print;
  ASSERT_TRUE(ChangeSetting("format", "json", &session, &print).ok());
  ASSERT_TRUE(ChangeSetting("claims", "7", &session, &print).ok());
  ASSERT_TRUE(ChangeSetting("timeout", "3s", &session, &print).ok());
  ASSERT_TRUE(ChangeSetting("memory", "1M", &session, &print).ok());
  ASSERT_TRUE(ChangeSetting("today", "2023-09-12", &session, &print).ok());
  EXPECT_EQ(print.format, AnswerFormat::kJson);
  EXPECT_EQ(print.maximum_claims, 7U);
  EXPECT_EQ(session.timeout, absl::Seconds(3));
  EXPECT_EQ(session.memory_bytes, size_t{1} << 20);
  EXPECT_EQ(session.today, DayRange(2023, 9, 12));
  ASSERT_TRUE(ChangeSetting("today", "off", &session, &print).ok());
  EXPECT_FALSE(session.today.has_value());
  ASSERT_TRUE(ChangeSetting("claims", "off", &session, &print).ok());
  EXPECT_FALSE(print.claims);
}

TEST(ChangeSetting, SaysWhatWouldBeRight) {
  SessionSettings session;
  PrintOptions print;
  EXPECT_THAT(ChangeSetting("format", "xml", &session, &print).message(),
              HasSubstr("table, csv, tsv, json, jsonl, markdown, turtle"));
  EXPECT_THAT(ChangeSetting("colour", "red", &session, &print).message(), HasSubstr("there are mode, claims"));
  EXPECT_THAT(ChangeSetting("today", "2023-02-30", &session, &print).message(), HasSubstr("2023-09-12"));
}

TEST(ChangeSetting, TakesWhatSettingValueGives) {
  SessionSettings session;
  PrintOptions print;
  for (const auto& [name, value] :
       {std::pair("mode", "markdown"), std::pair("claims", "off"), std::pair("limit", "20"), std::pair("width", "72"),
        std::pair("timer", "on"), std::pair("explain", "analyze"), std::pair("pager", "off"),
        std::pair("timeout", "1m30s"), std::pair("memory", "3M"), std::pair("today", "2023-09-12")}) {
    ASSERT_TRUE(ChangeSetting(name, value, &session, &print).ok()) << name;
    EXPECT_EQ(SettingValue(name, session, print), value);
  }
  EXPECT_EQ(AllSettings().size(), 10U);
}

TEST(ShowSettings, NamesEverySettingWithItsValue) {
  const std::string shown = ShowSettings({}, {});
  for (const SettingInfo& setting : AllSettings()) EXPECT_THAT(shown, HasSubstr(std::string(setting.name)));
  EXPECT_THAT(shown, HasSubstr("mode     table      how answers are written"));
  EXPECT_THAT(shown, HasSubstr("memory   1G "));
}

TEST(DotCommands, AreFoundByNearSpellings) {
  EXPECT_THAT(DotCommandsNear("tmier"), ElementsAre(".timer"));
  EXPECT_THAT(DotCommandsNear("o"), ElementsAre(".open", ".output"));
  EXPECT_THAT(DotCommandsNear("zebedee"), IsEmpty());
  for (const DotCommand& command : OwnDotCommands()) {
    EXPECT_THAT(DotHelp(), HasSubstr(absl::StrCat(".", command.name)));
  }
}

}  // namespace
}  // namespace dossier

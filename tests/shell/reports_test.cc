#include "shell/reports.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "shell/help.h"
#include "shell/progress_line.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Reports, WriteNumbersForPeople) {
  EXPECT_EQ(WithSeparators(0), "0");
  EXPECT_EQ(WithSeparators(999), "999");
  EXPECT_EQ(WithSeparators(1'000), "1,000");
  EXPECT_EQ(WithSeparators(12'345'678), "12,345,678");
  EXPECT_EQ(ShortDuration(absl::Microseconds(340)), "340 µs");
  EXPECT_EQ(ShortDuration(absl::Milliseconds(12)), "12 ms");
  EXPECT_EQ(ShortDuration(absl::Seconds(3.4)), "3.4 s");
  EXPECT_EQ(ShortDuration(absl::Seconds(125)), "2 min 5 s");
  EXPECT_EQ(ShortSize(1023), "1023 bytes");
  EXPECT_EQ(ShortSize(1536), "1.5 KiB");
  EXPECT_EQ(ShortSize(uint64_t{5} << 30), "5.0 GiB");
}

LoadReport MakeReport() {
  LoadReport report;
  report.files = 2;
  report.statements = 1'200'000;
  report.added = 1'000'000;
  report.commit = 7;
  report.elapsed = absl::Seconds(4);
  return report;
}

TEST(Reports, TellHowALoadWent) {
  EXPECT_EQ(LoadReportText(MakeReport()),
            "read 1,200,000 statements from 2 files in 4.0 s (300,000 a second): 1,000,000 new, commit 7\n");
  LoadReport again = MakeReport();
  again.added = 0;
  EXPECT_THAT(LoadReportText(again), HasSubstr("nothing new"));
}

TEST(Reports, NameTheRejectedLines) {
  LoadReport report = MakeReport();
  report.rejected = 12;
  report.rejects_path = "a.nt.rejects.tsv";
  report.first_rejects = {{"a.nt", 3, 5, "no dot", "x"}, {"b.txt", 0, 0, "no article", ""}};
  EXPECT_THAT(LoadReportText(report), HasSubstr("rejected 12 lines, all of them in a.nt.rejects.tsv\n"
                                                "  a.nt:3:5: no dot\n"
                                                "  b.txt: no article\n"
                                                "  ...\n"));
  EXPECT_THAT(LoadReportJson(report), HasSubstr(R"("rejected":12,"rejects_file":"a.nt.rejects.tsv")"));
}

TEST(Reports, BreakTheSentencesOfASearchToFit) {
  SearchHit hit;
  hit.article = "urn:a";
  hit.identifier = "001";
  hit.title = "Title";
  hit.published = "2023-09-12";
  hit.sentences = {{3, 2, "one two three four five"}};
  EXPECT_EQ(SearchText({hit}, 20, false),
            "001  2023-09-12  Title\n"
            "    3.2 one two\n"
            "    three four five\n");
  EXPECT_THAT(SearchText({hit}, 0, false), HasSubstr("    3.2 one two three four five\n"));
  EXPECT_THAT(SearchText({hit}, 0, true), HasSubstr("\x1b[1m001\x1b[0m"));
  EXPECT_EQ(SearchText({}, 0, false), "no article matches\n");
  EXPECT_THAT(SearchJson({hit}), HasSubstr(R"("sentences":[{"paragraph":3,"sentence":2,"text":"one two three)"));
}

TEST(Progress, TellsRateErrorsAndTimeLeft) {
  Progress progress;
  progress.stage = "reading";
  progress.bytes_done = 250;
  progress.bytes_total = 1000;
  progress.items = 50'000;
  EXPECT_EQ(ProgressLine::Text(progress, absl::Seconds(10), absl::Seconds(10)),
            "reading 25 %, 50,000 statements, 5,000 a second, 30.0 s left");
  progress.errors = 3;
  EXPECT_THAT(ProgressLine::Text(progress, absl::Seconds(10), absl::Seconds(10)), HasSubstr("3 rejected"));
  // A stage that has just begun does not tell how long it takes.
  EXPECT_THAT(ProgressLine::Text(progress, absl::Seconds(10), absl::Milliseconds(5)), Not(HasSubstr("left")));
  progress.bytes_total = 0;
  EXPECT_THAT(ProgressLine::Text(progress, absl::Seconds(10), absl::Seconds(10)), Not(HasSubstr("left")));
}

TEST(ProgressLine, ReckonsTheTimeLeftByTheStageThatRuns) {
  Progress progress;
  progress.stage = "writing";
  progress.items = 600'000;
  progress.bytes_done = 3;
  progress.bytes_total = 4;
  EXPECT_EQ(ProgressLine::Text(progress, absl::Seconds(60), absl::Seconds(9)),
            "writing 75 %, 600,000 statements, 10,000 a second, 3.0 s left");
}

TEST(Help, HasATextForEveryTopicThatItNames) {
  for (const HelpTopic& topic : AllHelpTopics()) {
    EXPECT_THAT(HelpText(""), HasSubstr(absl::StrCat("    ", topic.name, " ")));
    EXPECT_FALSE(HelpText(topic.name).empty()) << topic.name;
    EXPECT_EQ(HelpText(topic.name.substr(0, topic.name.size() - 1)).empty(), !absl::EndsWith(topic.name, "s"));
  }
  EXPECT_EQ(HelpText("zebedee"), "");
  EXPECT_EQ(HelpTopicsNear("setings"), std::vector<std::string>{"settings"});
}

TEST(HelpText, FitsATerminalOf80Columns) {
  std::vector<std::string> topics = absl::StrSplit(HelpTopics(), ' ');
  topics.push_back("");
  for (const std::string& topic : topics) {
    const std::string text = HelpText(topic);
    for (absl::string_view line : absl::StrSplit(text, '\n')) EXPECT_LE(line.size(), 79U) << line;
  }
}

}  // namespace
}  // namespace dossier

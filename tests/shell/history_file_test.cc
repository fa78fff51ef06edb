#include "shell/history_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/database/temporary_folder.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(HistoryFile, KeepsOfWhatIsThereTwiceTheLast) {
  const TemporaryFolder folder;
  const std::string path = folder.Path("state/dossier/history");
  for (const char* line : {"one", "two", "one", "drei Grüße"}) AppendHistory(path, line);
  EXPECT_THAT(ReadHistory(path), ElementsAre("two", "one", "drei Grüße"));
}

TEST(HistoryFile, IsWrittenAnewWhenItHasGrownFarTooLong) {
  const TemporaryFolder folder;
  std::string text;
  for (size_t i = 0; i < 3 * kMaximumHistory; ++i) absl::StrAppend(&text, "statement ", i, "\n");
  const std::string path = folder.Write("history", text);
  EXPECT_THAT(ReadHistory(path), SizeIs(kMaximumHistory));
  EXPECT_LT(folder.Read("history").size(), text.size() / 2);
  EXPECT_EQ(ReadHistory(path).back(), absl::StrCat("statement ", 3 * kMaximumHistory - 1));
}

TEST(HistoryFile, IsPassedOverWhereItCannotBe) {
  const TemporaryFolder folder;
  const std::string path = folder.Write("file", "") + "/history";
  EXPECT_THAT(ReadHistory(path), IsEmpty());
  AppendHistory(path, "one");
  AppendHistory("", "one");
}

}  // namespace
}  // namespace dossier

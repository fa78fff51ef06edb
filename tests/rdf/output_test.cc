#include "rdf/output.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "absl/strings/str_cat.h"
#include "rdf/input.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class OutputFileTest : public ::testing::TestWithParam<const char*> {
 protected:
  OutputFileTest() : folder_(std::filesystem::temp_directory_path() / absl::StrCat("dossier_output_test_", getpid())) {
    std::filesystem::create_directories(folder_);
  }
  ~OutputFileTest() override { std::filesystem::remove_all(folder_); }

  std::string Path() const { return (folder_ / absl::StrCat("a.nt", GetParam())).string(); }
  std::string PartialPath() const { return absl::StrCat(Path(), ".partial"); }

  static absl::Status WriteWhole(const std::string& path, absl::string_view text, size_t piece_size) {
    absl::StatusOr<std::unique_ptr<OutputFile>> file = CreateOutputFile(path);
    if (!file.ok()) return file.status();
    for (size_t i = 0; i < text.size(); i += piece_size) {
      if (absl::Status status = (*file)->Write(text.substr(i, piece_size)); !status.ok()) return status;
    }
    return (*file)->Finish();
  }

  static std::string ReadWhole(const std::string& path) {
    const auto input = OpenInput(path);
    EXPECT_TRUE(input.ok()) << input.status();
    std::string text;
    std::vector<char> buffer(10000);
    while (input.ok()) {
      const absl::StatusOr<size_t> count = (*input)->Read(absl::MakeSpan(buffer));
      EXPECT_TRUE(count.ok()) << count.status();
      if (count.value_or(0) == 0) break;
      text.append(buffer.data(), *count);
    }
    return text;
  }

  static std::string StoredBytes(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  // Several chunks of 64 KiB, also when it is compressed.
  static std::string LongText() {
    std::string text;
    for (uint64_t i = 0; i < 60000; ++i) absl::StrAppend(&text, i * 0x9E3779B97F4A7C15U, "\n");
    return text;
  }

  const std::filesystem::path folder_;
};

TEST_P(OutputFileTest, IsReadBackAsItWasWritten) {
  const std::string text = LongText();
  for (const size_t piece_size : {size_t{777}, size_t{65536}, text.size()}) {
    ASSERT_TRUE(WriteWhole(Path(), text, piece_size).ok());
    EXPECT_EQ(ReadWhole(Path()), text) << piece_size;
    EXPECT_FALSE(std::filesystem::exists(PartialPath()));
  }
  ASSERT_TRUE(WriteWhole(Path(), "", 1).ok());
  EXPECT_EQ(ReadWhole(Path()), "");
}

TEST_P(OutputFileTest, AppearsOnlyWhenItIsWhole) {
  ASSERT_TRUE(WriteWhole(Path(), "older", 100).ok());
  {
    const auto file = CreateOutputFile(Path());
    ASSERT_TRUE(file.ok());
    ASSERT_TRUE((*file)->Write(LongText()).ok());
    EXPECT_TRUE(std::filesystem::exists(PartialPath()));
  }
  EXPECT_FALSE(std::filesystem::exists(PartialPath()));
  EXPECT_EQ(ReadWhole(Path()), "older");
}

TEST_P(OutputFileTest, TellsOfAFullDisk) {
  for (const std::string& text : {std::string("held back until the end"), LongText()}) {
    std::filesystem::create_symlink("/dev/full", PartialPath());
    const absl::Status status = WriteWhole(Path(), text, 65536);
    EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
    EXPECT_THAT(status.message(), HasSubstr(absl::StrCat("cannot write ", Path(), ": No space left on device")));
    EXPECT_FALSE(std::filesystem::exists(Path()));
    EXPECT_FALSE(std::filesystem::is_symlink(PartialPath()));
  }
}

TEST_P(OutputFileTest, NamesThePathThatCannotBeMade) {
  const std::string path = absl::StrCat((folder_ / "no" / "such").string(), GetParam());
  const absl::Status status = CreateOutputFile(path).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(status.message(), HasSubstr(path));
}

INSTANTIATE_TEST_SUITE_P(Endings, OutputFileTest, ::testing::Values("", ".gz", ".zst", ".GZ"));

using CompressedFileTest = OutputFileTest;

TEST_P(CompressedFileTest, BeginsAsItsFormatDoesAndIsSmaller) {
  ASSERT_TRUE(WriteWhole(Path(), LongText(), 1000).ok());
  const std::string bytes = StoredBytes(Path());
  EXPECT_THAT(bytes, StartsWith(absl::string_view(GetParam()) == ".gz" ? "\x1F\x8B" : "\x28\xB5\x2F\xFD"));
  EXPECT_LT(bytes.size(), LongText().size() * 2 / 3);
}

INSTANTIATE_TEST_SUITE_P(Endings, CompressedFileTest, ::testing::Values(".gz", ".zst"));

}  // namespace
}  // namespace dossier

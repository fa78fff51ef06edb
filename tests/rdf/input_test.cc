#include "rdf/input.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <filesystem>
#include <fstream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "rdf/line_chunks.h"
#include "tests/rdf/reading.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

class InputTest : public ::testing::Test {
 protected:
  InputTest() : folder_(std::filesystem::temp_directory_path() / absl::StrCat("dossier_input_test_", getpid())) {
    std::filesystem::create_directories(folder_);
  }
  ~InputTest() override { std::filesystem::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& bytes) {
    const std::string path = (folder_ / name).string();
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  static absl::StatusOr<std::string> ReadWhole(const std::string& path, size_t buffer_size = 1000) {
    auto input = OpenInput(path);
    if (!input.ok()) return input.status();
    std::string text;
    std::vector<char> buffer(buffer_size);
    while (true) {
      const absl::StatusOr<size_t> count = (*input)->Read(absl::MakeSpan(buffer));
      if (!count.ok()) return count.status();
      if (*count == 0) break;
      text.append(buffer.data(), *count);
    }
    EXPECT_EQ((*input)->bytes_read(), (*input)->bytes_total());
    return text;
  }

  static std::string Gzipped(const std::string& text) {
    z_stream stream{};
    deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string bytes(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_out = static_cast<uInt>(bytes.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    bytes.resize(stream.total_out);
    deflateEnd(&stream);
    return bytes;
  }

  static std::string Zstandard(const std::string& text) {
    std::string bytes(ZSTD_compressBound(text.size()), '\0');
    bytes.resize(ZSTD_compress(bytes.data(), bytes.size(), text.data(), text.size(), 3));
    return bytes;
  }

  // Long enough for several buffers.
  static std::string LongText() {
    std::string text;
    for (int i = 0; i < 50000; ++i) absl::StrAppend(&text, i * 7919 % 104729, "\n");
    return text;
  }

  const std::filesystem::path folder_;
};

TEST_F(InputTest, ReadsPlainFiles) {
  EXPECT_EQ(*ReadWhole(Write("plain.nt", "abc")), "abc");
  EXPECT_EQ(*ReadWhole(Write("empty.nt", "")), "");
}

TEST_F(InputTest, DecompressesByTheExtension) {
  const std::string text = LongText();
  EXPECT_EQ(*ReadWhole(Write("a.nt.gz", Gzipped(text))), text);
  EXPECT_EQ(*ReadWhole(Write("a.nt.zst", Zstandard(text))), text);
  EXPECT_EQ(*ReadWhole(Write("b.nt.zst", Zstandard(text)), 1 << 20), text);
  EXPECT_EQ(*ReadWhole(Write("c.nt.gz", Gzipped(""))), "");
  EXPECT_EQ(*ReadWhole(Write("c.nt.zst", Zstandard(""))), "");
}

TEST_F(InputTest, ReadsSeveralMembersInOneFile) {
  EXPECT_EQ(*ReadWhole(Write("a.gz", Gzipped("one ") + Gzipped("two"))), "one two");
  EXPECT_EQ(*ReadWhole(Write("a.zst", Zstandard("one ") + Zstandard("two"))), "one two");
}

TEST_F(InputTest, TellsOfBrokenCompression) {
  const std::string gzipped = Gzipped(LongText());
  const std::string zstandard = Zstandard(LongText());
  for (const std::string& path : {Write("cut.gz", gzipped.substr(0, gzipped.size() / 2)),
                                  Write("cut.zst", zstandard.substr(0, zstandard.size() / 2)),
                                  Write("not.gz", "this is no gzip"), Write("not.zst", "this is no zstd")}) {
    const auto text = ReadWhole(path);
    EXPECT_EQ(text.status().code(), absl::StatusCode::kInvalidArgument) << path;
    EXPECT_THAT(text.status().message(), HasSubstr(path));
  }
}

TEST_F(InputTest, NamesThePathThatCannotBeOpened) {
  EXPECT_EQ(OpenInput("/nowhere/at/all.nt").status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(OpenInput("/nowhere/at/all.nt").status().message(), HasSubstr("/nowhere/at/all.nt"));
  EXPECT_THAT(OpenInput(folder_.string()).status().message(), HasSubstr("folder"));
}

TEST_F(InputTest, BreaksOffReadersWithItsError) {
  const std::string gzipped = Gzipped(LongText());
  const std::string path = Write("cut.ttl.gz", gzipped.substr(0, gzipped.size() / 2));
  const absl::Status status = ReadRdfFile(path, {}, [](Quad&&) { return absl::OkStatus(); });
  EXPECT_THAT(status.ToString(), HasSubstr("cut.ttl.gz"));
}

std::vector<std::string> Chunks(Input* input, size_t size) {
  LineChunks chunks(input, size);
  std::vector<std::string> all;
  std::string chunk;
  while (true) {
    const absl::StatusOr<bool> more = chunks.Next(&chunk);
    EXPECT_TRUE(more.ok()) << more.status();
    if (!more.value_or(false)) return all;
    all.push_back(chunk);
  }
}

TEST(LineChunks, AreWholeLinesWhateverTheSize) {
  const std::string text = "a\nbb\n\nccc\r\ndddddddddddddd\ne";
  for (size_t size = 1; size < 40; ++size) {
    const std::unique_ptr<Input> input = TextInput(text);
    std::string joined;
    const std::vector<std::string> chunks = Chunks(input.get(), size);
    for (size_t i = 0; i < chunks.size(); ++i) {
      joined += chunks[i];
      EXPECT_EQ(chunks[i].back(), i + 1 < chunks.size() ? '\n' : 'e') << size;
    }
    EXPECT_EQ(joined, text) << size;
  }
}

TEST(LineChunks, CutAtCarriageReturnsWhenThereIsNothingElse) {
  DrippingInput input("a\rbb\rccc\r\r");
  std::string joined;
  for (const std::string& chunk : Chunks(&input, 2)) joined += chunk;
  EXPECT_EQ(joined, "a\rbb\rccc\r\r");
}

}  // namespace
}  // namespace dossier

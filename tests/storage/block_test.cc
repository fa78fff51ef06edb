#include "storage/block.h"

#include <algorithm>
#include <array>
#include <optional>
#include <random>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/bit_packing.h"

namespace dossier::storage {
namespace {

using Columns = std::vector<std::vector<TermId>>;

std::string Encode(const Columns& columns) {
  std::vector<absl::Span<const TermId>> spans(columns.begin(), columns.end());
  std::string block;
  EncodeBlock(spans, &block);
  return block;
}

void ExpectRoundTrip(const Columns& columns) {
  const std::string block = Encode(columns);
  EXPECT_EQ(BlockRows(block).value(), columns[0].size());
  DecodedBlock decoded;
  ASSERT_TRUE(decoded.Decode(block, columns.size()).ok());
  ASSERT_EQ(decoded.rows(), columns[0].size());
  for (size_t i = 0; i < columns.size(); ++i) {
    EXPECT_TRUE(std::equal(columns[i].begin(), columns[i].end(), decoded.column(i))) << "column " << i;
  }
}

// `count` values that keep a coder busy: by `kind` constant, ascending, few distinct, of several tags, any bits, mostly
// small with wild exceptions.
std::vector<TermId> MakeColumn(int kind, size_t count, std::mt19937_64* random) {
  std::vector<TermId> column;
  uint64_t last = (*random)() >> 8U;
  for (size_t i = 0; i < count; ++i) {
    const uint64_t r = (*random)();
    switch (kind) {
      case 0: column.push_back(TermId::FromBits(last)); break;
      case 1: column.push_back(TermId::FromBits(last += r % 4)); break;
      case 2: column.push_back(TermId(TermTag::kIri, r % 200)); break;
      case 3: column.push_back(TermId(static_cast<TermTag>(1 + r % 4), (r >> 8U) % 1000000)); break;
      case 4: column.push_back(TermId::FromBits(r)); break;
      default: column.push_back(TermId::FromBits(r % 50 == 0 ? r : r % 16)); break;
    }
  }
  return column;
}

TEST(Block, GivesBackColumnsOfEveryKindAndLength) {
  std::mt19937_64 random(1);
  for (const size_t rows : {1, 2, 3, 127, 128, 129, 500, 1023, 1024}) {
    for (int kind = 0; kind < 6; ++kind) {
      SCOPED_TRACE(testing::Message() << rows << " rows of kind " << kind);
      ExpectRoundTrip({MakeColumn(kind, rows, &random), MakeColumn((kind + 1) % 6, rows, &random)});
    }
  }
}

TEST(Block, GivesBackTheExtremeValues) {
  const TermId least = TermId::FromBits(0);
  const TermId greatest = TermId::FromBits(~uint64_t{0});
  ExpectRoundTrip({{least, greatest, least, greatest}, {greatest, greatest, least, least}});
  ExpectRoundTrip({{least}, {greatest}, {least}, {greatest}, {least}});
}

TEST(Block, DecodesTheRowsNearAKeyAlone) {
  std::mt19937_64 random(2);
  for (const size_t rows : {1, 2, 127, 128, 129, 130, 257, 1024}) {
    for (int kind = 0; kind < 6; ++kind) {
      SCOPED_TRACE(testing::Message() << rows << " rows, the last column of kind " << kind);
      const Columns columns = {MakeColumn(0, rows, &random), MakeColumn(1, rows, &random),
                               MakeColumn(kind, rows, &random)};
      const std::string block = Encode(columns);
      const BlockGroups groups = BlockGroups::Of(block, 3).value();
      for (int i = 0; i < 20; ++i) {
        const uint64_t near = columns[1][random() % rows].bits() + random() % 3 - 1;
        const std::array<TermId, 2> key = {columns[0][0], TermId::FromBits(near)};
        const auto& sorted = columns[1];
        const size_t lower = std::lower_bound(sorted.begin(), sorted.end(), key[1]) - sorted.begin();
        const size_t upper = std::upper_bound(sorted.begin(), sorted.end(), key[1]) - sorted.begin();
        DecodedBlock decoded;
        const std::optional<RowWindow> window = decoded.DecodePart(block, groups, 3, 0b111, key).value();
        // A column of one value only has no parts.
        if (sorted.front() == sorted.back() || lower == rows) {
          EXPECT_FALSE(window.has_value());
          continue;
        }
        ASSERT_TRUE(window.has_value());
        EXPECT_EQ(window->begin, lower);
        EXPECT_GE(window->end, upper);
        EXPECT_TRUE(window->end > upper || window->end == rows) << "the end is not seen";
        EXPECT_LE(window->end, upper + 128) << "more than the group of the key";
        for (size_t c = 1; c < 3; ++c) {
          EXPECT_TRUE(std::equal(columns[c].begin() + window->begin, columns[c].begin() + window->end,
                                 decoded.column(c) + window->begin))
              << "column " << c;
        }
        const std::array<TermId, 2> other = {TermId::FromBits(columns[0][0].bits() + 1), key[1]};
        EXPECT_FALSE(decoded.DecodePart(block, groups, 3, 0b111, other).value().has_value()) << "rows begin otherwise";
      }
    }
  }
}

TEST(Block, IsSmallWhenRowsAreSorted) {
  Columns columns(4);
  for (size_t i = 0; i < kMaxBlockRows; ++i) {
    columns[0].push_back(TermId(TermTag::kIri, 7));
    columns[1].push_back(TermId(TermTag::kIri, 1000 + i / 3));
    columns[2].push_back(TermId(TermTag::kLiteral, i * 37 % 1024));
    columns[3].push_back(TermId());
  }
  EXPECT_LT(Encode(columns).size(), 2 * kMaxBlockRows);
}

TEST(Block, LeavesOutTheColumnsThatNobodyWants) {
  std::mt19937_64 random(2);
  const Columns columns = {MakeColumn(1, 1024, &random), MakeColumn(2, 1024, &random), MakeColumn(3, 1024, &random)};
  const std::string block = Encode(columns);
  DecodedBlock decoded;
  ASSERT_TRUE(decoded.Decode(block, 3, 0b100).ok());
  EXPECT_TRUE(std::equal(columns[2].begin(), columns[2].end(), decoded.column(2)));
}

TEST(Block, NoticesEveryFlippedBit) {
  std::mt19937_64 random(3);
  const std::string block = Encode({MakeColumn(1, 50, &random), MakeColumn(3, 50, &random)});
  DecodedBlock decoded;
  for (size_t bit = 0; bit < block.size() * 8; ++bit) {
    std::string damaged = block;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_EQ(decoded.Decode(damaged, 2).code(), absl::StatusCode::kDataLoss) << "bit " << bit;
  }
}

TEST(Block, NoticesMissingBytes) {
  std::mt19937_64 random(4);
  const std::string block = Encode({MakeColumn(4, 200, &random)});
  DecodedBlock decoded;
  for (size_t size = 0; size < block.size(); ++size) {
    EXPECT_EQ(decoded.Decode(absl::string_view(block).substr(0, size), 1).code(), absl::StatusCode::kDataLoss);
  }
}

TEST(Block, RefusesAnotherWidth) {
  const std::string block = Encode({{TermId()}, {TermId()}});
  DecodedBlock decoded;
  EXPECT_EQ(decoded.Decode(block, 3).code(), absl::StatusCode::kDataLoss);
}

TEST(BitPacking, PatchesTheFewNumbersThatAreWide) {
  std::vector<uint64_t> numbers(128, 3);
  numbers[5] = uint64_t{1} << 40U;
  std::string bytes;
  const NumberPacker packer(numbers);
  packer.AppendTo(&bytes);
  EXPECT_EQ(bytes.size(), packer.bytes());
  EXPECT_LT(bytes.size(), 2U + 32U + 16U);
  bytes.append(kPackingSlack, '\0');
  absl::string_view rest(bytes.data(), bytes.size() - kPackingSlack);
  std::vector<uint64_t> unpacked(numbers.size());
  ASSERT_TRUE(UnpackNumbers(&rest, numbers.size(), unpacked.data()));
  EXPECT_EQ(unpacked, numbers);
  EXPECT_TRUE(rest.empty());
}

TEST(BitPacking, PacksNumbersOfEveryWidth) {
  std::mt19937_64 random(5);
  for (unsigned width = 0; width <= 64; ++width) {
    std::vector<uint64_t> numbers(300);
    for (uint64_t& number : numbers) number = width == 0 ? 0 : random() >> (64U - width);
    std::string bytes;
    const NumberPacker packer(numbers);
    packer.AppendTo(&bytes);
    EXPECT_EQ(bytes.size(), packer.bytes());
    bytes.append(kPackingSlack, '\0');
    absl::string_view rest(bytes.data(), bytes.size() - kPackingSlack);
    std::vector<uint64_t> unpacked(numbers.size());
    ASSERT_TRUE(UnpackNumbers(&rest, numbers.size(), unpacked.data()));
    EXPECT_EQ(unpacked, numbers) << "width " << width;
  }
}

}  // namespace
}  // namespace dossier::storage

#include "storage/bulk/row_packer.h"

#include <algorithm>
#include <array>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace dossier::storage {
namespace {

using Row = std::array<TermId, 4>;

std::vector<ColumnRange> RangesOf(const std::vector<Row>& rows) {
  std::vector<ColumnRange> ranges(4);
  for (const Row& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) ranges[i].Add(row[i]);
  }
  return ranges;
}

// Ids of several tags, with undefined ones.
std::vector<Row> RandomRows(size_t count, uint64_t values) {
  std::mt19937_64 random(count);
  std::vector<Row> rows;
  for (size_t i = 0; i < count; ++i) {
    const TermId object = random() % 3 == 0   ? TermId(TermTag::kShortString, (uint64_t{1} << 55U) + random() % values)
                          : random() % 2 == 0 ? TermId(TermTag::kLiteral, random() % values)
                                              : TermId(TermTag::kIri, random() % values);
    rows.push_back({TermId(random() % 4 == 0 ? TermTag::kBlankNode : TermTag::kIri, random() % values),
                    TermId(TermTag::kIri, 1'000 + random() % 20), object,
                    random() % 2 == 0 ? TermId() : TermId(TermTag::kIri, random() % 9)});
  }
  return rows;
}

TEST(RowPacker, GivesRowsBackAndKeepsTheirOrder) {
  const std::vector<Row> rows = RandomRows(3'000, 5'000);
  const auto packer = RowPacker::ForRanges(RangesOf(rows));
  ASSERT_TRUE(packer.has_value());
  EXPECT_LT(packer->bits(), 64U);
  for (size_t i = 0; i < rows.size(); ++i) {
    const PackedRow packed = packer->Pack(rows[i].data());
    Row unpacked;
    packer->Unpack(packed, unpacked.data());
    ASSERT_EQ(unpacked, rows[i]);
    ASSERT_EQ(packed < packer->Pack(rows[0].data()), rows[i] < rows[0]);
  }
}

TEST(RowPacker, TakesOneValueInNoBits) {
  const std::vector<Row> rows(2, Row{TermId(TermTag::kIri, 7), TermId(TermTag::kIri, 8), TermId(TermTag::kIri, 9), {}});
  const auto packer = RowPacker::ForRanges(RangesOf(rows));
  ASSERT_TRUE(packer.has_value());
  EXPECT_EQ(packer->bits(), 0U);
  Row unpacked;
  packer->Unpack(packer->Pack(rows[0].data()), unpacked.data());
  EXPECT_EQ(unpacked, rows[0]);
}

TEST(RowPacker, RefusesRangesThatAreTooWide) {
  std::vector<Row> rows(2);
  for (size_t i = 0; i < 3; ++i) {
    rows[0][i] = TermId(TermTag::kDouble, 0);
    rows[1][i] = TermId(TermTag::kDouble, TermId::kMaxPayload);
  }
  EXPECT_FALSE(RowPacker::ForRanges(RangesOf(rows)).has_value());
}

TEST(RowPacker, SortsAsComparingDoes) {
  for (const size_t count : {0, 1, 100, 193, 5'000, 60'000}) {
    for (const uint64_t values : {2, 300, 1'000'000}) {
      const std::vector<Row> rows = RandomRows(count, values);
      const auto packer = RowPacker::ForRanges(RangesOf(rows));
      ASSERT_TRUE(packer.has_value());
      std::vector<PackedRow> packed;
      for (const Row& row : rows) packed.push_back(packer->Pack(row.data()));
      std::vector<PackedRow> expected = packed;
      std::sort(expected.begin(), expected.end());
      std::vector<PackedRow> scratch(packed.size());
      SortPacked(absl::MakeSpan(packed), absl::MakeSpan(scratch));
      EXPECT_TRUE(packed == expected) << count << " rows of " << values << " values";
    }
  }
}

}  // namespace
}  // namespace dossier::storage

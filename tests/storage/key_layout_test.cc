#include "storage/key_layout.h"

#include <algorithm>
#include <random>
#include <set>
#include <vector>

#include "gtest/gtest.h"

namespace dossier::storage {
namespace {

TEST(KeyLayout, OrdersKeysAsRowsAreOrdered) {
  const Table table = TableOf(Permutation::kPos);
  std::mt19937_64 random(1);
  std::vector<std::vector<TermId>> rows;
  for (int i = 0; i < 300; ++i) {
    std::vector<TermId> row;
    for (int column = 0; column < 4; ++column) row.push_back(TermId::FromBits(random() >> (random() % 64)));
    rows.push_back(row);
  }
  std::sort(rows.begin(), rows.end());
  for (size_t i = 1; i < rows.size(); ++i) {
    EXPECT_LE(RowKey(table, rows[i - 1]), RowKey(table, rows[i]));
    EXPECT_LE(RowKey(table, {rows[i].data(), 2}), RowKey(table, rows[i])) << "a prefix sorts first";
  }
}

TEST(KeyLayout, ReadsBackARowKey) {
  const Table table = TableOf(Permutation::kClaimSpo);
  const std::vector<TermId> row = {TermId(TermTag::kIri, 1), TermId(TermTag::kIri, 0xFFFFFFFFFF),
                                   TermId(TermTag::kInteger, 5), TermId(TermTag::kBlankNode, 0), TermId()};
  std::array<TermId, kMaxColumns> parsed;
  ASSERT_TRUE(ParseRowKey(table, RowKey(table, row), &parsed));
  EXPECT_TRUE(std::equal(row.begin(), row.end(), parsed.begin()));
  EXPECT_FALSE(ParseRowKey(table, RowKey(table, {row.data(), 3}), &parsed));
  EXPECT_FALSE(ParseRowKey(TableOf(Permutation::kClaimPso), RowKey(table, row), &parsed));
}

TEST(KeyLayout, KeepsTablesApart) {
  std::set<uint8_t> prefixes = {kTermIndexTable.prefix};
  for (const PermutationInfo& info : AllPermutations()) {
    const Table table = TableOf(info.permutation);
    EXPECT_TRUE(prefixes.insert(table.prefix).second) << info.name;
    const std::vector<TermId> last(table.width, TermId::FromBits(~uint64_t{0}));
    EXPECT_LT(TableBegin(table), RowKey(table, last));
    EXPECT_LT(RowKey(table, last), TableEnd(table));
  }
}

TEST(KeyLayout, ReadsBackATermBlockKey) {
  TermTag tag{};
  uint64_t number = 0;
  ASSERT_TRUE(ParseTermBlockKey(TermBlockKey(TermTag::kLiteral, 0x123456789A), &tag, &number));
  EXPECT_EQ(tag, TermTag::kLiteral);
  EXPECT_EQ(number, 0x123456789AU);
  EXPECT_FALSE(ParseTermBlockKey("", &tag, &number));
  EXPECT_FALSE(ParseTermBlockKey(TermBlockKey(TermTag::kInteger, 1), &tag, &number));
}

TEST(KeyLayout, KeepsTheKindsOfMetadataApart) {
  const std::vector<std::string> prefixes = StatisticsPrefixes();
  EXPECT_TRUE(std::is_sorted(prefixes.begin(), prefixes.end()));
  std::vector<TermId> many(100, TermId(TermTag::kIri, 9));
  const std::set<std::string> keys = {std::string(kStateKey),
                                      SettingKey("state"),
                                      RelationStatisticsKey(CountedRelation::kQuads),
                                      RelationStatisticsKey(CountedRelation::kReifications),
                                      PredicateStatisticsKey(CountedRelation::kQuads, TermId(TermTag::kIri, 1)),
                                      PredicateStatisticsKey(CountedRelation::kReifications, TermId(TermTag::kIri, 1)),
                                      CharacteristicSetKey({TermId(TermTag::kIri, 1)}),
                                      CharacteristicSetKey(many)};
  EXPECT_EQ(keys.size(), 8U);
  TermId predicate;
  EXPECT_TRUE(ParsePredicateStatisticsKey(PredicateStatisticsKey(CountedRelation::kQuads, TermId(TermTag::kIri, 77)),
                                          &predicate));
  EXPECT_EQ(predicate, TermId(TermTag::kIri, 77));
}

}  // namespace
}  // namespace dossier::storage

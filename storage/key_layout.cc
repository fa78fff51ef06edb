#include "storage/key_layout.h"

#include <cassert>

#include "absl/strings/str_cat.h"
#include "storage/big_endian.h"
#include "storage/hash.h"

namespace dossier::storage {
namespace {

// First characters of the keys of the metadata family.
constexpr char kSettingPrefix = 'x';
constexpr char kRelationPrefix = 'r';
constexpr char kPredicatePrefix = 'p';
constexpr char kCharacteristicSetPrefix = 'c';

}  // namespace

Table TableOf(Permutation permutation) {
  const PermutationInfo& info = GetPermutationInfo(permutation);
  return {Family::kRows, static_cast<uint8_t>(static_cast<uint8_t>(permutation) + 1), info.width};
}

std::string RowKey(const Table& table, absl::Span<const TermId> row) {
  assert(row.size() <= table.width);
  std::string key;
  key.reserve(1 + row.size() * kWordBytes);
  key.push_back(static_cast<char>(table.prefix));
  for (const TermId id : row) AppendBigEndian(id.bits(), &key);
  return key;
}

bool ParseRowKey(const Table& table, absl::string_view key, std::array<TermId, kMaxColumns>* row) {
  if (key.size() != 1 + table.width * kWordBytes || static_cast<uint8_t>(key[0]) != table.prefix) return false;
  row->fill(TermId());
  for (size_t i = 0; i < table.width; ++i) (*row)[i] = TermId::FromBits(ReadBigEndian(key.substr(1 + i * kWordBytes)));
  return true;
}

std::string TableBegin(const Table& table) { return std::string(1, static_cast<char>(table.prefix)); }
std::string TableEnd(const Table& table) { return std::string(1, static_cast<char>(table.prefix + 1)); }

std::string TermBlockKey(TermTag tag, uint64_t block_number) {
  std::string key(1, static_cast<char>(tag));
  AppendBigEndian(block_number, &key);
  return key;
}

bool ParseTermBlockKey(absl::string_view key, TermTag* tag, uint64_t* block_number) {
  if (key.size() != 1 + kWordBytes) return false;
  *tag = static_cast<TermTag>(key[0]);
  *block_number = ReadBigEndian(key.substr(1));
  return TermId(*tag, 0).is_dictionary();
}

std::string SettingKey(absl::string_view name) { return absl::StrCat(std::string(1, kSettingPrefix), name); }

std::string RelationStatisticsKey(CountedRelation relation) { return {kRelationPrefix, static_cast<char>(relation)}; }

std::string PredicateStatisticsPrefix(CountedRelation relation) {
  return {kPredicatePrefix, static_cast<char>(relation)};
}

std::string PredicateStatisticsKey(CountedRelation relation, TermId predicate) {
  std::string key = PredicateStatisticsPrefix(relation);
  AppendBigEndian(predicate.bits(), &key);
  return key;
}

bool ParsePredicateStatisticsKey(absl::string_view key, TermId* predicate) {
  if (key.size() != 2 + kWordBytes || key[0] != kPredicatePrefix) return false;
  *predicate = TermId::FromBits(ReadBigEndian(key.substr(2)));
  return true;
}

std::vector<std::string> StatisticsPrefixes() {
  return {CharacteristicSetPrefix(), PredicateStatisticsPrefix(CountedRelation::kQuads),
          PredicateStatisticsPrefix(CountedRelation::kReifications), RelationStatisticsKey(CountedRelation::kQuads),
          RelationStatisticsKey(CountedRelation::kReifications)};
}

std::string CharacteristicSetPrefix() { return std::string(1, kCharacteristicSetPrefix); }

std::string CharacteristicSetKey(absl::Span<const TermId> predicates) {
  std::string bytes;
  for (const TermId predicate : predicates) AppendBigEndian(predicate.bits(), &bytes);
  std::string key = CharacteristicSetPrefix();
  if (bytes.size() <= 128) return key + bytes;
  // Long sets by two hashes of 64 bits, so that keys stay short; sets of the same key do not happen.
  AppendBigEndian(Hash64(bytes), &key);
  bytes.push_back('+');
  AppendBigEndian(Hash64(bytes), &key);
  AppendBigEndian(~uint64_t{0}, &key);  // No term: such a key is not one of a short set.
  return key;
}

}  // namespace dossier::storage

// Owner of every key: how the keys of each family are made and taken apart. docs/storage-format.md is the same as a
// grammar. All numbers here are part of the storage format.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "rdf/term_id.h"
#include "storage/key_value_store.h"
#include "storage/permutation.h"

namespace dossier::storage {

inline constexpr uint32_t kFormatVersion = 3;

// A sorted set of rows, stored as blocks: key = prefix byte, then the first row of the block, each column as eight
// big-endian bytes; value = the block (storage/block.h).
struct Table {
  Family family = Family::kRows;
  uint8_t prefix = 0;
  uint8_t width = 0;
};

// The prefix is the number of the permutation plus one.
Table TableOf(Permutation permutation);

// Rows (hash of a term, id of the term), both as TermId bits; see storage/dictionary.h.
inline constexpr Table kTermIndexTable{Family::kTermIndex, 0xE0, 2};
// How terms are called, as TermId bits; see storage/name_scan.h.
inline constexpr Table kNameTable{Family::kTermIndex, 0xE1, 2};
inline constexpr Table kNameWordTable{Family::kTermIndex, 0xE2, 3};

// The key of a block whose first row is `row`. A shorter `row` gives a key that sorts before every row it begins.
std::string RowKey(const Table& table, absl::Span<const TermId> row);
// False when `key` is not a whole row key of the table.
bool ParseRowKey(const Table& table, absl::string_view key, std::array<TermId, kMaxColumns>* row);
// All keys of the table are in [TableBegin, TableEnd).
std::string TableBegin(const Table& table);
std::string TableEnd(const Table& table);

// Terms: tag byte, then the number of the block as eight big-endian bytes. The block holds the terms whose payloads
// are number * kTermsPerBlock and the ones after.
inline constexpr uint64_t kTermsPerBlock = 32;
std::string TermBlockKey(TermTag tag, uint64_t block_number);
bool ParseTermBlockKey(absl::string_view key, TermTag* tag, uint64_t* block_number);

// Metadata.
enum class CountedRelation : uint8_t { kQuads = 1, kReifications = 2 };

inline constexpr absl::string_view kStateKey = "state";  // Commit number and next ids.
std::string SettingKey(absl::string_view name);
std::string RelationStatisticsKey(CountedRelation relation);
std::string PredicateStatisticsKey(CountedRelation relation, TermId predicate);
std::string PredicateStatisticsPrefix(CountedRelation relation);
std::string CharacteristicSetKey(absl::Span<const TermId> predicates);
std::string CharacteristicSetPrefix();
bool ParsePredicateStatisticsKey(absl::string_view key, TermId* predicate);
// The prefixes of all keys of statistics, in ascending order.
std::vector<std::string> StatisticsPrefixes();

}  // namespace dossier::storage

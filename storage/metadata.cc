#include "storage/metadata.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "base/status_macros.h"
#include "storage/key_layout.h"
#include "storage/varint.h"

namespace dossier::storage {
namespace {

absl::Status Damaged(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("damaged store: ", what, " cannot be read"));
}

// All entries of the metadata whose keys begin with `prefix`.
absl::StatusOr<std::vector<std::pair<std::string, std::string>>> ReadPrefix(const KeyValueSnapshot& snapshot,
                                                                            const std::string& prefix) {
  std::vector<std::pair<std::string, std::string>> entries;
  const std::unique_ptr<KeyValueIterator> iterator = snapshot.NewIterator(Family::kMeta);
  for (iterator->Seek(prefix); iterator->valid() && absl::StartsWith(iterator->key(), prefix); iterator->Next()) {
    entries.emplace_back(iterator->key(), iterator->value());
  }
  if (!iterator->valid()) DOSSIER_RETURN_IF_ERROR(iterator->status());
  return entries;
}

absl::Status ReadRelation(const KeyValueSnapshot& snapshot, CountedRelation relation, RelationStatistics* result) {
  std::string value;
  DOSSIER_ASSIGN_OR_RETURN(const bool found, snapshot.Get(Family::kMeta, RelationStatisticsKey(relation), &value));
  if (!found) return absl::OkStatus();
  DOSSIER_ASSIGN_OR_RETURN(const PredicateStatistics totals, DecodeCounts(value));
  result->rows = totals.rows;
  result->distinct_subjects = totals.distinct_subjects;
  result->distinct_objects = totals.distinct_objects;
  DOSSIER_ASSIGN_OR_RETURN(const auto entries, ReadPrefix(snapshot, PredicateStatisticsPrefix(relation)));
  result->predicates.reserve(entries.size());
  for (const auto& [key, counts] : entries) {
    TermId predicate;
    if (!ParsePredicateStatisticsKey(key, &predicate)) return Damaged("a statistics key");
    DOSSIER_ASSIGN_OR_RETURN(result->predicates[predicate], DecodeCounts(counts));
  }
  return absl::OkStatus();
}

void AddRelation(CountedRelation relation, const RelationStatistics& statistics,
                 std::map<std::string, std::string>* records) {
  (*records)[RelationStatisticsKey(relation)] =
      EncodeCounts({statistics.rows, statistics.distinct_subjects, statistics.distinct_objects});
  for (const auto& [predicate, counts] : statistics.predicates) {
    (*records)[PredicateStatisticsKey(relation, predicate)] = EncodeCounts(counts);
  }
}

bool ComesBefore(const CharacteristicSet& a, const CharacteristicSet& b) {
  return a.subjects != b.subjects ? a.subjects > b.subjects : a.predicates < b.predicates;
}

}  // namespace

std::string EncodeState(const StoreState& state) {
  std::string bytes;
  AppendVarint(state.commit, &bytes);
  for (const uint64_t next : state.next_payload) AppendVarint(next, &bytes);
  return bytes;
}

absl::StatusOr<StoreState> ReadState(const KeyValueSnapshot& snapshot) {
  StoreState state;
  std::string value;
  DOSSIER_ASSIGN_OR_RETURN(const bool found, snapshot.Get(Family::kMeta, kStateKey, &value));
  if (!found) return state;
  absl::string_view bytes = value;
  bool whole = TakeVarint(&bytes, &state.commit);
  for (uint64_t& next : state.next_payload) whole = whole && TakeVarint(&bytes, &next);
  if (!whole || !bytes.empty()) return Damaged("the state");
  return state;
}

std::string EncodeCounts(const PredicateStatistics& counts) {
  std::string bytes;
  AppendVarint(counts.rows, &bytes);
  AppendVarint(counts.distinct_subjects, &bytes);
  AppendVarint(counts.distinct_objects, &bytes);
  return bytes;
}

absl::StatusOr<PredicateStatistics> DecodeCounts(absl::string_view bytes) {
  PredicateStatistics counts;
  if (!TakeVarint(&bytes, &counts.rows) || !TakeVarint(&bytes, &counts.distinct_subjects) ||
      !TakeVarint(&bytes, &counts.distinct_objects) || !bytes.empty()) {
    return Damaged("a statistics record");
  }
  return counts;
}

std::string EncodeCharacteristicSet(const CharacteristicSet& set) {
  std::string bytes;
  AppendVarint(set.subjects, &bytes);
  AppendVarint(set.predicates.size(), &bytes);
  for (size_t i = 0; i < set.predicates.size(); ++i) {
    AppendVarint(set.predicates[i].bits(), &bytes);
    AppendVarint(set.rows[i], &bytes);
  }
  return bytes;
}

absl::StatusOr<CharacteristicSet> DecodeCharacteristicSet(absl::string_view bytes) {
  CharacteristicSet set;
  uint64_t size = 0;
  bool whole = TakeVarint(&bytes, &set.subjects) && TakeVarint(&bytes, &size);
  for (uint64_t i = 0; whole && i < size; ++i) {
    uint64_t predicate = 0;
    uint64_t rows = 0;
    whole = TakeVarint(&bytes, &predicate) && TakeVarint(&bytes, &rows);
    set.predicates.push_back(TermId::FromBits(predicate));
    set.rows.push_back(rows);
  }
  if (!whole || !bytes.empty()) return Damaged("a characteristic set");
  return set;
}

absl::StatusOr<Statistics> ReadStatistics(const KeyValueSnapshot& snapshot, size_t max_sets) {
  Statistics statistics;
  DOSSIER_RETURN_IF_ERROR(ReadRelation(snapshot, CountedRelation::kQuads, &statistics.quads));
  DOSSIER_RETURN_IF_ERROR(ReadRelation(snapshot, CountedRelation::kReifications, &statistics.reifications));
  DOSSIER_ASSIGN_OR_RETURN(const auto entries, ReadPrefix(snapshot, CharacteristicSetPrefix()));
  std::vector<CharacteristicSet>& sets = statistics.characteristic_sets;
  sets.reserve(entries.size());
  for (const auto& [key, value] : entries) {
    DOSSIER_ASSIGN_OR_RETURN(CharacteristicSet set, DecodeCharacteristicSet(value));
    sets.push_back(std::move(set));
  }
  SortCharacteristicSets(&sets);
  if (sets.size() > max_sets) sets.resize(max_sets);
  return statistics;
}

absl::StatusOr<Statistics> UpdatedStatistics(const KeyValueSnapshot& snapshot, size_t max_sets,
                                             const Statistics& before, const WriteBatch& batch) {
  constexpr size_t kMostChanges = 64;  // Each is looked for among all sets.
  const std::string prefix = CharacteristicSetPrefix();
  std::vector<const WriteBatch::Entry*> changes;
  for (const WriteBatch::Entry& entry : batch.entries()) {
    if (entry.family == Family::kMeta && absl::StartsWith(entry.key, prefix)) changes.push_back(&entry);
  }
  if (changes.size() > kMostChanges) return absl::FailedPreconditionError("many sets have changed");
  Statistics statistics;
  DOSSIER_RETURN_IF_ERROR(ReadRelation(snapshot, CountedRelation::kQuads, &statistics.quads));
  DOSSIER_RETURN_IF_ERROR(ReadRelation(snapshot, CountedRelation::kReifications, &statistics.reifications));
  std::vector<CharacteristicSet>& sets = statistics.characteristic_sets;
  // Of more than there is room for, one that goes would leave a place for another that is not known here.
  const bool all_known = before.characteristic_sets.size() < max_sets;
  sets = before.characteristic_sets;
  for (const WriteBatch::Entry* change : changes) {
    std::erase_if(sets, [&](const CharacteristicSet& set) {
      const bool may_be =
          change->key.size() >= prefix.size() + sizeof(TermId) &&
          (set.predicates.size() > 16 || change->key.size() == prefix.size() + set.predicates.size() * sizeof(TermId));
      return may_be && CharacteristicSetKey(set.predicates) == change->key;
    });
    if (!change->value.has_value()) continue;
    DOSSIER_ASSIGN_OR_RETURN(CharacteristicSet set, DecodeCharacteristicSet(*change->value));
    const auto place = std::lower_bound(sets.begin(), sets.end(), set, ComesBefore);
    sets.insert(place, std::move(set));
  }
  if (!all_known && sets.size() < max_sets) return absl::FailedPreconditionError("the next frequent set is not known");
  if (sets.size() > max_sets) sets.resize(max_sets);
  return statistics;
}

void SortCharacteristicSets(std::vector<CharacteristicSet>* sets) {
  std::sort(sets->begin(), sets->end(), ComesBefore);
}

absl::Status ReplaceStatistics(const KeyValueSnapshot& before, const Statistics& statistics,
                               std::vector<WriteBatch::Entry>* entries) {
  std::map<std::string, std::string> records;
  AddRelation(CountedRelation::kQuads, statistics.quads, &records);
  AddRelation(CountedRelation::kReifications, statistics.reifications, &records);
  for (const CharacteristicSet& set : statistics.characteristic_sets) {
    records[CharacteristicSetKey(set.predicates)] = EncodeCharacteristicSet(set);
  }
  std::map<std::string, std::optional<std::string>> changes;
  for (const std::string& prefix : StatisticsPrefixes()) {
    DOSSIER_ASSIGN_OR_RETURN(const auto old_entries, ReadPrefix(before, prefix));
    for (const auto& [key, value] : old_entries) changes[key] = std::nullopt;
  }
  for (auto& [key, value] : records) changes[key] = std::move(value);
  for (auto& [key, value] : changes) entries->push_back({Family::kMeta, key, std::move(value)});
  return absl::OkStatus();
}

}  // namespace dossier::storage

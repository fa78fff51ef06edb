// The records of the metadata family and their bytes: the state of the store, and the statistics.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "rdf/term_id.h"
#include "storage/key_value_store.h"
#include "storage/statistics.h"

namespace dossier::storage {

// Written by every commit.
struct StoreState {
  uint64_t commit = 0;
  // By tag (kIri to kTripleTerm; index = tag - 1): the payload that the next new term gets, that is, how many there
  // are.
  std::array<uint64_t, 4> next_payload{};

  uint64_t& next(TermTag tag) { return next_payload[static_cast<size_t>(tag) - 1]; }
  uint64_t next(TermTag tag) const { return next_payload[static_cast<size_t>(tag) - 1]; }
};

std::string EncodeState(const StoreState& state);
// The state of an empty store when there is none.
absl::StatusOr<StoreState> ReadState(const KeyValueSnapshot& snapshot);

// RelationStatistics without its predicates, and PredicateStatistics: rows, distinct subjects, distinct objects.
std::string EncodeCounts(const PredicateStatistics& counts);
absl::StatusOr<PredicateStatistics> DecodeCounts(absl::string_view bytes);

std::string EncodeCharacteristicSet(const CharacteristicSet& set);
absl::StatusOr<CharacteristicSet> DecodeCharacteristicSet(absl::string_view bytes);

// Everything, from the records. At most `max_sets` characteristic sets, the most frequent ones.
absl::StatusOr<Statistics> ReadStatistics(const KeyValueSnapshot& snapshot, size_t max_sets);

// The same from the statistics before a commit, whose changes are `batch`: only what it changed is read. `max_sets` is
// that which `before` was read with. FailedPrecondition when it changed so much that reading all is no more work.
absl::StatusOr<Statistics> UpdatedStatistics(const KeyValueSnapshot& snapshot, size_t max_sets,
                                             const Statistics& before, const WriteBatch& batch);

// The most frequent first; equals by their predicates.
void SortCharacteristicSets(std::vector<CharacteristicSet>* sets);

// Puts the records of `statistics` in place of all that are there (a bulk load counts anew).
// Entries come in ascending order of keys, so that they can go into a sorted run.
absl::Status ReplaceStatistics(const KeyValueSnapshot& before, const Statistics& statistics,
                               std::vector<WriteBatch::Entry>* entries);

}  // namespace dossier::storage

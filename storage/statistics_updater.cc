#include "storage/statistics_updater.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "base/status_macros.h"
#include "storage/metadata.h"
#include "storage/permutation_cursor.h"
#include "storage/row_permuter.h"

namespace dossier::storage {
namespace {

// What a commit adds to a count; wraps around for less than zero, and back when it is added.
struct CountsDelta {
  uint64_t rows = 0;
  uint64_t distinct_subjects = 0;
  uint64_t distinct_objects = 0;

  bool empty() const { return rows == 0 && distinct_subjects == 0 && distinct_objects == 0; }
};

// Rows of the table that begin with the same `size` ids, and what the commit does to them.
struct Group {
  std::array<TermId, 2> key;
  uint64_t inserted = 0;
  uint64_t deleted = 0;
};

struct Orders {
  Permutation spo, osp, pso, pos;
};

Orders OrdersOf(CountedRelation relation) {
  if (relation == CountedRelation::kQuads) {
    return {Permutation::kSpo, Permutation::kOsp, Permutation::kPso, Permutation::kPos};
  }
  return {Permutation::kClaimSpo, Permutation::kClaimOsp, Permutation::kClaimPso, Permutation::kClaimPos};
}

class Updater {
 public:
  Updater(CountedRelation relation, absl::Span<const RowChange> changes, const KeyValueSnapshot& before)
      : relation_(relation), orders_(OrdersOf(relation)), changes_(changes), before_(before) {}

  absl::Status Run(WriteBatch* batch) {
    for (const RowChange& change : changes_) {
      const uint64_t one = change.insert ? 1 : ~uint64_t{0};
      total_.rows += one;
      predicates_[change.row[1]].rows += one;
    }
    DOSSIER_RETURN_IF_ERROR(
        CountGroups(orders_.spo, 1, [this](const Group&, uint64_t change) { total_.distinct_subjects += change; }));
    DOSSIER_RETURN_IF_ERROR(
        CountGroups(orders_.osp, 1, [this](const Group&, uint64_t change) { total_.distinct_objects += change; }));
    DOSSIER_RETURN_IF_ERROR(CountGroups(orders_.pso, 2, [this](const Group& group, uint64_t change) {
      predicates_[group.key[0]].distinct_subjects += change;
    }));
    DOSSIER_RETURN_IF_ERROR(CountGroups(orders_.pos, 2, [this](const Group& group, uint64_t change) {
      predicates_[group.key[0]].distinct_objects += change;
    }));
    DOSSIER_RETURN_IF_ERROR(WriteCounts(RelationStatisticsKey(relation_), total_, batch));
    for (const auto& [predicate, delta] : predicates_) {
      DOSSIER_RETURN_IF_ERROR(WriteCounts(PredicateStatisticsKey(relation_, predicate), delta, batch));
    }
    return relation_ == CountedRelation::kQuads ? UpdateCharacteristicSets(batch) : absl::OkStatus();
  }

 private:
  // Calls `tell` with each group that appears (1) or disappears (-1).
  template <typename Tell>
  absl::Status CountGroups(Permutation permutation, size_t width, Tell tell) {
    const std::vector<RowChange> changes = PermuteChanges(changes_, GetPermutationInfo(permutation));
    TableRange range;
    range.table = TableOf(permutation);
    range.wanted_columns = (1U << width) - 1;
    const std::unique_ptr<ScanCursor> cursor = NewTableCursor(&before_, range);
    for (size_t i = 0; i < changes.size();) {
      Group group;
      std::copy_n(changes[i].row.begin(), width, group.key.begin());
      for (; i < changes.size() && std::equal(group.key.begin(), group.key.begin() + width, changes[i].row.begin());
           ++i) {
        ++(changes[i].insert ? group.inserted : group.deleted);
      }
      const absl::Span<const TermId> key(group.key.data(), width);
      DOSSIER_ASSIGN_OR_RETURN(const uint64_t rows, CountUpTo(cursor.get(), key, group.deleted + 1));
      const bool was_there = rows > 0;
      const bool is_there = group.inserted > 0 || rows > group.deleted;
      if (was_there != is_there) tell(group, is_there ? 1 : ~uint64_t{0});
    }
    return absl::OkStatus();
  }

  // The number of rows that begin with `key`, at most `limit`.
  static absl::StatusOr<uint64_t> CountUpTo(ScanCursor* cursor, absl::Span<const TermId> key, uint64_t limit) {
    DOSSIER_RETURN_IF_ERROR(cursor->SeekForward(key));
    uint64_t rows = 0;
    RowBlock block;
    while (rows < limit) {
      DOSSIER_ASSIGN_OR_RETURN(const bool found, cursor->Next(&block));
      if (!found) break;
      for (size_t i = 0; i < block.rows && rows < limit; ++i) {
        for (size_t column = 0; column < key.size(); ++column) {
          if (block.columns[column][i] != key[column]) return rows;
        }
        ++rows;
      }
    }
    return rows;
  }

  absl::Status WriteCounts(std::string key, const CountsDelta& delta, WriteBatch* batch) const {
    if (delta.empty()) return absl::OkStatus();
    PredicateStatistics counts;
    std::string value;
    DOSSIER_ASSIGN_OR_RETURN(const bool found, before_.Get(Family::kMeta, key, &value));
    if (found) {
      DOSSIER_ASSIGN_OR_RETURN(counts, DecodeCounts(value));
    }
    counts.rows += delta.rows;
    counts.distinct_subjects += delta.distinct_subjects;
    counts.distinct_objects += delta.distinct_objects;
    if (counts.rows == 0) {
      batch->Delete(Family::kMeta, std::move(key));
    } else {
      batch->Put(Family::kMeta, std::move(key), EncodeCounts(counts));
    }
    return absl::OkStatus();
  }

  using PredicateRows = std::map<TermId, uint64_t>;

  absl::StatusOr<PredicateRows> ReadSubject(TermId subject) const {
    TableRange range;
    range.table = TableOf(orders_.spo);
    range.prefix = {subject};
    range.wanted_columns = 2;
    const std::unique_ptr<ScanCursor> cursor = NewTableCursor(&before_, range);
    PredicateRows rows;
    RowBlock block;
    while (true) {
      DOSSIER_ASSIGN_OR_RETURN(const bool found, cursor->Next(&block));
      if (!found) return rows;
      for (size_t i = 0; i < block.rows; ++i) ++rows[block.columns[1][i]];
    }
  }

  struct SetDelta {
    uint64_t subjects = 0;
    PredicateRows rows;
  };
  using SetDeltas = std::map<std::vector<TermId>, SetDelta>;

  static void AddToSet(const PredicateRows& subject, bool add, SetDeltas* sets) {
    if (subject.empty()) return;
    std::vector<TermId> predicates;
    for (const auto& [predicate, rows] : subject) predicates.push_back(predicate);
    SetDelta& delta = (*sets)[std::move(predicates)];
    delta.subjects += add ? 1 : ~uint64_t{0};
    for (const auto& [predicate, rows] : subject) delta.rows[predicate] += add ? rows : 0 - rows;
  }

  absl::Status UpdateCharacteristicSets(WriteBatch* batch) const {
    SetDeltas sets;
    for (size_t i = 0; i < changes_.size();) {
      const TermId subject = changes_[i].row[0];
      DOSSIER_ASSIGN_OR_RETURN(PredicateRows rows, ReadSubject(subject));
      AddToSet(rows, false, &sets);
      for (; i < changes_.size() && changes_[i].row[0] == subject; ++i) {
        const auto it = rows.try_emplace(changes_[i].row[1], 0).first;
        it->second += changes_[i].insert ? 1 : ~uint64_t{0};
        if (it->second == 0) rows.erase(it);
      }
      AddToSet(rows, true, &sets);
    }
    for (const auto& [predicates, delta] : sets) DOSSIER_RETURN_IF_ERROR(WriteSet(predicates, delta, batch));
    return absl::OkStatus();
  }

  absl::Status WriteSet(const std::vector<TermId>& predicates, const SetDelta& delta, WriteBatch* batch) const {
    const std::string key = CharacteristicSetKey(predicates);
    CharacteristicSet set;
    set.predicates = predicates;
    set.rows.resize(predicates.size());
    std::string value;
    DOSSIER_ASSIGN_OR_RETURN(const bool found, before_.Get(Family::kMeta, key, &value));
    if (found) {
      DOSSIER_ASSIGN_OR_RETURN(set, DecodeCharacteristicSet(value));
    }
    if (set.predicates != predicates) return absl::DataLossError("damaged store: a characteristic set is misplaced");
    set.subjects += delta.subjects;
    for (size_t i = 0; i < predicates.size(); ++i) set.rows[i] += delta.rows.at(predicates[i]);
    if (set.subjects == 0) {
      batch->Delete(Family::kMeta, key);
    } else {
      batch->Put(Family::kMeta, key, EncodeCharacteristicSet(set));
    }
    return absl::OkStatus();
  }

  const CountedRelation relation_;
  const Orders orders_;
  const absl::Span<const RowChange> changes_;
  const KeyValueSnapshot& before_;
  CountsDelta total_;
  absl::flat_hash_map<TermId, CountsDelta> predicates_;
};

}  // namespace

absl::Status UpdateStatistics(CountedRelation relation, absl::Span<const RowChange> changes,
                              const KeyValueSnapshot& before, WriteBatch* batch) {
  if (changes.empty()) return absl::OkStatus();
  return Updater(relation, changes, before).Run(batch);
}

}  // namespace dossier::storage

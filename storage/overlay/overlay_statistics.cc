#include "storage/overlay/overlay_statistics.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace dossier::storage {
namespace {

// More rows are not looked through for characteristic sets: they only serve to estimate.
constexpr size_t kRowsForSets = 20'000;

// A count of distinct values when rows came or went: not more than there are rows, and not none where there are some.
uint64_t Distinct(uint64_t before, int64_t delta, uint64_t rows) {
  const uint64_t grown = before + (delta > 0 ? static_cast<uint64_t>(delta) : 0);
  return std::min(std::max<uint64_t>(grown, 1), rows);
}

}  // namespace

void OverlayStatistics::Count(Relation relation, TermId predicate, bool added) {
  (relation == Relation::kReifications ? reifications_ : quads_)[predicate] += added ? 1 : -1;
}

void OverlayStatistics::AddDeltas(const RowDeltas& deltas, RelationStatistics* statistics) {
  int64_t total = 0;
  for (const auto& [predicate, delta] : deltas) {
    total += delta;
    PredicateStatistics& counts = statistics->predicates[predicate];
    counts.rows += static_cast<uint64_t>(delta);
    counts.distinct_subjects = Distinct(counts.distinct_subjects, delta, counts.rows);
    counts.distinct_objects = Distinct(counts.distinct_objects, delta, counts.rows);
    if (counts.rows == 0) statistics->predicates.erase(predicate);
  }
  statistics->rows += static_cast<uint64_t>(total);
  statistics->distinct_subjects = Distinct(statistics->distinct_subjects, total, statistics->rows);
  statistics->distinct_objects = Distinct(statistics->distinct_objects, total, statistics->rows);
}

// As if the subjects of added rows had no other rows.
void OverlayStatistics::AddCharacteristicSets(const ChangedRows& quads, Statistics* statistics) {
  std::map<std::vector<TermId>, CharacteristicSet> sets;
  std::map<TermId, uint64_t> predicates;  // Of the subject at hand.
  const auto finish_subject = [&] {
    if (predicates.empty()) return;
    std::vector<TermId> key;
    for (const auto& [predicate, rows] : predicates) key.push_back(predicate);
    CharacteristicSet& set = sets[key];
    set.predicates = std::move(key);
    set.rows.resize(set.predicates.size());
    ++set.subjects;
    size_t i = 0;
    for (const auto& [predicate, rows] : predicates) set.rows[i++] += rows;
    predicates.clear();
  };
  TermId subject;
  for (const auto& [row, added] : quads) {
    if (!added) continue;
    if (row[0] != subject) finish_subject();
    subject = row[0];
    ++predicates[row[1]];
  }
  finish_subject();
  for (auto& [key, set] : sets) statistics->characteristic_sets.push_back(std::move(set));
}

const Statistics& OverlayStatistics::Get(const ChangedRows& quads) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (quads_.empty() && reifications_.empty()) return is_copied_ ? statistics_ : base_->statistics();
  if (!is_copied_) {
    statistics_ = base_->statistics();
    sets_of_base_ = statistics_.characteristic_sets.size();
    statistics_.distinct_is_exact = false;
    is_copied_ = true;
  }
  AddDeltas(quads_, &statistics_.quads);
  AddDeltas(reifications_, &statistics_.reifications);
  if (!quads_.empty() && quads.size() <= kRowsForSets) {
    statistics_.characteristic_sets.resize(sets_of_base_);
    AddCharacteristicSets(quads, &statistics_);
  }
  quads_.clear();
  reifications_.clear();
  return statistics_;
}

}  // namespace dossier::storage

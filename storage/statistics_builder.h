// Counts statistics from sorted rows: the bulk loader feeds it while it writes the permutations, the validator to
// compare. (Small commits change the records in place: storage/statistics_updater.h.)
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "rdf/term_id.h"
#include "storage/statistics.h"

namespace dossier::storage {

// Of one relation. Each Add takes the first columns of every row of that permutation (duplicates through the other
// columns are rows of their own), in the permutation's order; the four passes may come in any order, also at the same
// time from different threads (each touches its own members).
class StatisticsBuilder {
 public:
  // `characteristic_sets`: whether the spo pass should collect them.
  explicit StatisticsBuilder(bool characteristic_sets) : collects_sets_(characteristic_sets) {}

  void AddSpo(TermId subject, TermId predicate);
  void AddOsp(TermId object);
  void AddPso(TermId predicate, TermId subject);
  void AddPos(TermId predicate, TermId object);

  // What a pass has counted, as bytes, and to be taken over from them in place of counting (false: damaged).
  enum class Pass { kSpo, kOsp, kPso, kPos };
  std::string Save(Pass pass) const;
  bool Restore(Pass pass, absl::string_view bytes);

  // Call once, after all rows. `sets` may be null; all characteristic sets, most frequent first.
  RelationStatistics Finish(std::vector<CharacteristicSet>* sets);

 private:
  void EndSubject();

  const bool collects_sets_;

  // The spo pass.
  uint64_t rows_ = 0;
  uint64_t subjects_ = 0;
  TermId subject_;
  std::vector<TermId> subject_predicates_;
  std::vector<uint64_t> subject_rows_;
  absl::flat_hash_map<std::vector<TermId>, CharacteristicSet> sets_;

  // The osp pass.
  uint64_t objects_ = 0;
  TermId object_;

  // The pso and the pos pass.
  struct PairPass {
    TermId predicate;
    TermId other;
    uint64_t rows = 0;
    absl::flat_hash_map<TermId, PredicateStatistics> predicates;  // distinct_subjects counts the other column.
    PredicateStatistics* current = nullptr;

    void Add(TermId new_predicate, TermId new_other);
    std::string Save() const;
    bool Restore(absl::string_view bytes);
  };
  PairPass pso_;
  PairPass pos_;
};

}  // namespace dossier::storage

// Counts the rows of a join without making them. Where a pattern shares one variable with the others, its rows are
// counted for each value of that one before anything is joined (Yan and Larson, "Eager aggregation and lazy
// aggregation", VLDB 1995): a chain or a star is counted in one pass over each of its patterns. What is left when no
// pattern of this kind is (a cycle) is joined value by value, with the numbers as weights (Abo Khamis, Ngo and Rudra,
// "FAQ: questions asked frequently", PODS 2016).
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "query/exec/operator.h"
#include "query/exec/trie_loader.h"
#include "query/exec/value_counts.h"

namespace dossier::exec {

class CountJoin : public Operator {
 public:
  // `node` holds a plan::CountJoin; its columns are some of the key and the results.
  CountJoin(RunContext* context, plan::PlanNode* node);

 protected:
  absl::StatusOr<bool> Produce(RowBatch* batch) override;

 private:
  // Counts the rows of one pattern away.
  absl::Status Take(const plan::CountJoin::Step& step);
  // The weight of each value of the variables of a step that are not kept, where it is not 1.
  struct Weighed;
  absl::StatusOr<uint64_t> AddPart(const Weighed& weighed, const plan::IdRange& range, ValueCounts* kept);
  // Joins the patterns that are not counted away: into the groups, or where they do not have the key, into `*whole`.
  absl::Status JoinOthers(uint64_t* whole);
  bool KeyIsAmongOthers() const;
  absl::Status CollectGroups();
  absl::Status Emit(RowBatch* batch);

  const plan::CountJoin& plan_;
  size_t next_step_ = 0;
  uint64_t factor_ = 1;  // Solutions of the parts that have nothing in common with the rest.
  absl::flat_hash_map<Variable, std::unique_ptr<ValueCounts>> counts_;
  std::vector<std::pair<TermId, uint64_t>> groups_;  // By the key; without one, of an undefined id.
  bool collected_ = false;
  size_t next_group_ = 0;
  MemoryReservation memory_;  // Of the groups and the weights.
};

}  // namespace dossier::exec

// The edges that a path follows, kept in memory once enough of them have been looked up: from then on a step is a
// lookup in an array and not in the index.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "query/exec/run_context.h"
#include "query/exec/trie_loader.h"
#include "query/plan/plan_node.h"

namespace dossier::exec {

// The edges of one predicate in one direction, of a graph whose nodes are all of one kind in the dictionary.
class Adjacency {
 public:
  Adjacency(LoadedTries tries, ValueCodes codes) : tries_(std::move(tries)), codes_(std::move(codes)) {}

  const ValueCodes& codes() const { return codes_; }
  // The nodes that edges lead to from `node`, ascending.
  absl::Span<const uint32_t> From(uint32_t node) const {
    const Trie::Range range = trie().BelowFirst(node);
    return trie().values(1).subspan(range.begin, range.size());
  }
  // Greater than every node.
  uint32_t end() const { return end_; }
  void FindEnd();

 private:
  const Trie& trie() const { return *tries_.tries[0]; }

  LoadedTries tries_;
  ValueCodes codes_;  // Of both ends.
  uint32_t end_ = 0;
};

// Of one graph. Not thread-safe.
class PathEdges {
 public:
  explicit PathEdges(const RunContext* context) : context_(context) {}

  // Forgets all edges: another graph is followed. `graph`, `constant` and `graphs` are as in a ScanPlan.
  void SetGraph(plan::GraphMode mode, std::optional<TermId> named, std::vector<TermId> graphs);

  // The edges of `predicate`, along them or with `forward` false against them; nullptr as long as they are sought in
  // the index, be it because few of them were asked for until now, or because they do not fit in here. Each call
  // counts as asking; `waiting` is how many more are sure to follow.
  absl::StatusOr<const Adjacency*> Find(TermId predicate, bool forward, uint64_t waiting);

 private:
  struct Known {
    uint64_t asked = 0;
    bool tried = false;
    std::unique_ptr<Adjacency> edges;
  };

  absl::StatusOr<std::unique_ptr<Adjacency>> Load(TermId predicate, bool forward) const;

  const RunContext* const context_;
  plan::GraphMode mode_ = plan::GraphMode::kDefaultOnly;
  std::optional<TermId> named_;
  std::vector<TermId> graphs_;
  absl::flat_hash_map<std::pair<TermId, bool>, Known> known_;
};

}  // namespace dossier::exec

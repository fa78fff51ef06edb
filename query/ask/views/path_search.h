// The shortest paths between two entities, through claims: two things are one step apart when a claim speaks of both,
// as its subject, its object or the value of a qualifier (where, from where, by what means), or when a triple that no
// claim states links them. Breadth-first from both ends, a level at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "base/memory_budget.h"
#include "query/ask/views/claim_finder.h"
#include "query/ask/views/claim_judge.h"

namespace dossier::ask {

// What links two things: a claim, or a triple that no claim states.
struct PathLink {
  TermId claim;  // Undefined when there is none.
  TermId subject;
  TermId relation;
  TermId object;

  friend bool operator==(const PathLink&, const PathLink&) = default;
};

struct PathStep {
  TermId from;
  TermId to;
  std::vector<PathLink> links;
  bool certain = false;  // One of them lies in the time asked for.
};
using EntityPath = std::vector<PathStep>;

struct PathLimits {
  size_t maximum_steps = 6;
  size_t maximum_paths = 10;
  absl::flat_hash_set<TermId> relations;  // Only through these; empty: any.
  bool qualifiers = true;                 // False: only from the subject of a claim to its object and back.
  // Articles, which speak of everything, connect everything; true: they may lie between, but not what they mention.
  bool articles = false;
};

class PathSearch {
 public:
  // `finder` and `judge` outlive the search; what it keeps is charged to the finder's query.
  PathSearch(ClaimFinder* finder, ClaimJudge* judge, PathLimits limits);

  // All shortest paths, or the first ones of them. None when the entities are not connected within the limits.
  // ResourceExhausted when there is too much to look through.
  absl::StatusOr<std::vector<EntityPath>> Find(TermId from, TermId to);
  // Whether the last Find() left paths out.
  bool has_more() const { return has_more_; }

 private:
  struct Link {
    TermId nearer;  // To the end that the side began with.
    PathLink link;
    bool certain = false;
  };
  struct Side {
    absl::flat_hash_map<TermId, std::vector<Link>> reached;
    std::vector<TermId> frontier;
  };

  absl::Status ExpandLevel(Side* side);
  absl::Status Expand(TermId node, const Side& side, absl::flat_hash_map<TermId, std::vector<Link>>* level);
  absl::Status CountOneMore();
  // The links that one claim of `node`, or a triple without one, makes.
  absl::Status AddLinks(TermId node, const Side& side, const ClaimOutline& outline,
                        absl::flat_hash_map<TermId, std::vector<Link>>* level);
  absl::StatusOr<bool> MayPassThrough(TermId node);
  // Every way from `node` to where `side` began, nearest step first.
  void WaysBack(const Side& side, TermId node, bool forwards, EntityPath* steps, std::vector<EntityPath>* ways) const;

  ClaimFinder* finder_;
  ClaimJudge* judge_;
  const PathLimits limits_;
  MemoryReservation memory_;
  Side one_;
  Side other_;
  TermId from_;
  TermId to_;
  size_t looked_at_ = 0;  // Claims and triples.
  size_t links_ = 0;
  bool has_more_ = false;
  absl::flat_hash_map<TermId, bool> passable_;
};

}  // namespace dossier::ask

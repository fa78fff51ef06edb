// Whether a claim keeps to the limits of a view: its time, what was published by a day, its place, its certainty, its
// speaker and article. Both clocks are looked at for each claim by itself, so that every step of a path and every row
// of a view keeps to them.
#pragma once

#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "query/ask/meaning.h"
#include "query/ask/views/claim_finder.h"

namespace dossier::ask {

class ClaimJudge {
 public:
  enum class Verdict : uint8_t {
    kOut,
    kPossible,  // Its time only overlaps the time asked for.
    kIn,
  };

  // REQUIRES: the known participants of `meaning` have been chosen. `meaning` and `finder` outlive the judge.
  static absl::StatusOr<ClaimJudge> Make(const Meaning& meaning, ClaimFinder* finder);

  absl::StatusOr<Verdict> Judge(const ClaimOutline& claim);
  absl::StatusOr<bool> IsDenied(const ClaimOutline& claim);
  // The most precise time of the claim, or of its object where that is a time.
  absl::StatusOr<std::optional<TimeRange>> TimeOf(const ClaimOutline& claim);

  const std::optional<TimeLimit>& time() const { return time_; }

 private:
  struct PlaceLimit {
    absl::flat_hash_set<TermId> properties;
    absl::flat_hash_set<TermId> values;  // The place, and those in it.
  };

  explicit ClaimJudge(ClaimFinder* finder) : finder_(finder) {}

  absl::StatusOr<Verdict> JudgeTime(const ClaimOutline& claim);
  absl::StatusOr<bool> IsPublishedInTime(TermId article);
  bool IsThere(const ClaimOutline& claim, const PlaceLimit& place) const;
  // Of each of `wanted` one of the ids.
  bool HasAll(const ClaimOutline& claim, TermId property, const std::vector<std::vector<TermId>>& wanted) const;
  bool IsSaidBy(const ClaimOutline& claim) const;
  bool IsTimeRelation(TermId relation) const;

  ClaimFinder* finder_;
  std::optional<TimeLimit> time_;
  std::optional<TimeRange> published_by_;
  std::vector<PlaceLimit> places_;
  std::vector<std::vector<TermId>> speakers_;
  std::vector<std::vector<TermId>> articles_;
  std::optional<int64_t> minimum_rank_;
  absl::flat_hash_map<TermId, int64_t> ranks_;
  absl::flat_hash_set<TermId> settled_;  // Levels of what is not ahead any more; none where that does not matter.
  absl::flat_hash_map<TermId, bool> published_;  // Articles.
  TermId when_, speaker_, article_, certainty_, polarity_, denied_;
};

}  // namespace dossier::ask

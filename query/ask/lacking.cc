#include "query/ask/lacking.h"

#include <algorithm>
#include <utility>

#include "base/status_macros.h"
#include "query/ask/time_spans.h"
#include "query/ask/views/claim_finder.h"
#include "query/ask/views/claim_judge.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

bool IsShort(const TimeRange& time) { return LengthOf(time) <= kOneEventSeconds; }

bool AtOneTime(const TimeRange& event, const TimeRange& other) {
  return event.Contains(other) || (other.Contains(event) && IsShort(other)) ||
         (event.Overlaps(other) && IsShort(event) && IsShort(other));
}

class LackJudge {
 public:
  LackJudge(ClaimFinder* finder, ClaimJudge* judge) : finder_(finder), judge_(judge) {}

  // Whether any claim about the event's subject, at its time, tells what it must lack.
  absl::StatusOr<bool> Has(const ClaimRecord& event, const Lack& lack, const Meaning& meaning) {
    if (lack.place != kNobody && places_.empty()) {
      DOSSIER_ASSIGN_OR_RETURN(places_, finder_->PlacesIn(meaning.participants[lack.place].candidates.front()));
    }
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<Told>* all, ToldOf(event.subject));
    for (const Told& told : *all) {
      const bool own = told.outline.id == event.id;
      const bool then = event.time.has_value() && told.time.has_value() && AtOneTime(*event.time, *told.time);
      if (!own && !then) continue;
      DOSSIER_ASSIGN_OR_RETURN(const bool shows, Shows(told.outline, event, lack));
      if (shows) return true;
    }
    return false;
  }

 private:
  struct Told {
    ClaimOutline outline;
    std::optional<TimeRange> time;
  };

  absl::StatusOr<const std::vector<Told>*> ToldOf(TermId subject) {
    const auto [it, is_new] = told_.try_emplace(subject);
    if (!is_new) return &it->second;
    std::vector<TermId> ids;
    DOSSIER_RETURN_IF_ERROR(finder_->ForEachAbout(subject, [&ids](TermId claim) {
      ids.push_back(claim);
      return absl::OkStatus();
    }));
    std::vector<Told>& all = it->second;
    DOSSIER_RETURN_IF_ERROR(finder_->ForEachOutline(std::move(ids), [&](ClaimOutline&& outline) -> absl::Status {
      DOSSIER_ASSIGN_OR_RETURN(const bool denied, judge_->IsDenied(outline));
      if (denied) return absl::OkStatus();
      Told told;
      DOSSIER_ASSIGN_OR_RETURN(told.time, judge_->TimeOf(outline));
      told.outline = std::move(outline);
      all.push_back(std::move(told));
      return absl::OkStatus();
    }));
    return &all;
  }

  absl::StatusOr<bool> Shows(const ClaimOutline& claim, const ClaimRecord& event, const Lack& lack) {
    const auto& catalogue = finder_->catalogue();
    if (lack.place != kNobody) {
      const std::optional<uint32_t> relation = catalogue.FindRelation(claim.relation);
      const bool to_place = relation.has_value() && catalogue.relations()[*relation].role == ObjectRole::kPlace &&
                            claim.relation == event.relation;
      return to_place && places_.contains(claim.object);
    }
    if (std::any_of(lack.relations.begin(), lack.relations.end(),
                    [&](const RelationUse& use) { return catalogue.relations()[use.relation].id == claim.relation; })) {
      return true;
    }
    std::vector<TermId> values = {claim.subject, claim.object};
    for (const auto& [property, value] : claim.annotations) {
      const bool wanted =
          std::any_of(lack.qualifiers.begin(), lack.qualifiers.end(),
                      [&, p = property](uint32_t index) { return catalogue.qualifiers()[index].id == p; });
      if (wanted) return true;
      if (finder_->IsQualifier(property)) values.push_back(value);
    }
    if (lack.kinds.empty()) return false;
    for (const TermId value : values) {
      if (value == event.subject) continue;
      DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> types, finder_->graph().Objects(value, rdf::kType));
      for (const TermId type : types) {
        if (catalogue.IsKindOf(type, lack.kinds)) return true;
      }
    }
    return false;
  }

  ClaimFinder* finder_;
  ClaimJudge* judge_;
  absl::flat_hash_set<TermId> places_;
  absl::flat_hash_map<TermId, std::vector<Told>> told_;
};

}  // namespace

absl::Status DropWhatHas(const Meaning& meaning, const Catalogue& catalogue, const Snapshot& snapshot,
                         const QueryContext& context, std::vector<Solution>* solutions) {
  if (meaning.lacks.empty()) return absl::OkStatus();
  ClaimFinder finder(catalogue, snapshot, context);
  DOSSIER_ASSIGN_OR_RETURN(ClaimJudge judge, ClaimJudge::Make(meaning, &finder));
  for (const Lack& lack : meaning.lacks) {
    LackJudge lacking(&finder, &judge);
    std::vector<Solution> kept;
    for (Solution& solution : *solutions) {
      const ClaimRecord* event = solution.claims[lack.fact];
      if (event == nullptr) continue;
      DOSSIER_ASSIGN_OR_RETURN(const bool has, lacking.Has(*event, lack, meaning));
      if (!has) kept.push_back(std::move(solution));
    }
    *solutions = std::move(kept);
  }
  return absl::OkStatus();
}

}  // namespace dossier::ask

#include "query/ask/views/claim_judge.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

bool IsNarrower(const TimeRange& a, const TimeRange& b) {
  const bool a_bounded = !a.open_begin && !a.open_end;
  const bool b_bounded = !b.open_begin && !b.open_end;
  if (a_bounded != b_bounded) return a_bounded;
  return a_bounded && a.end - a.begin < b.end - b.begin;
}

}  // namespace

absl::StatusOr<ClaimJudge> ClaimJudge::Make(const Meaning& meaning, ClaimFinder* finder) {
  ClaimJudge judge(finder);
  GraphReader& graph = finder->graph();
  DOSSIER_ASSIGN_OR_RETURN(judge.when_, graph.Id(vocab::kWhen));
  DOSSIER_ASSIGN_OR_RETURN(judge.speaker_, graph.Id(prov::kWasAttributedTo));
  DOSSIER_ASSIGN_OR_RETURN(judge.article_, graph.Id(prov::kWasDerivedFrom));
  DOSSIER_ASSIGN_OR_RETURN(judge.certainty_, graph.Id(vocab::kCertainty));
  DOSSIER_ASSIGN_OR_RETURN(judge.polarity_, graph.Id(vocab::kPolarity));
  DOSSIER_ASSIGN_OR_RETURN(judge.denied_, graph.Id(vocab::kDenied));
  for (const auto& [participants, ids] :
       {std::pair(&meaning.speakers, &judge.speakers_), std::pair(&meaning.articles, &judge.articles_)}) {
    for (const int participant : *participants) {
      // Of several articles any one.
      const Participant& source = meaning.participants[participant];
      ids->push_back(source.all_candidates ? source.candidates : std::vector<TermId>{source.candidates.front()});
    }
  }
  judge.minimum_rank_ = meaning.minimum_rank;
  if (meaning.minimum_rank.has_value()) {
    for (const CertaintyLevel& level : finder->catalogue().certainty_levels()) {
      DOSSIER_ASSIGN_OR_RETURN(const TermId id, graph.Id(level.iri.value()));
      judge.ranks_[id] = level.rank;
    }
  }
  if (meaning.kind == Meaning::Kind::kTimeline && meaning.tense == Tense::kFuture) {
    for (const absl::string_view level : {"confirmed", "reported"}) {
      DOSSIER_ASSIGN_OR_RETURN(const TermId id, graph.Id(absl::StrCat(vocab::kPrefix, level)));
      judge.settled_.insert(id);
    }
  }
  judge.published_by_ = meaning.reported_until;
  if (meaning.scope_fact == kNobody) return judge;
  const Fact& scope = meaning.facts[meaning.scope_fact];
  judge.time_ = scope.time;
  for (const QualifierLimit& limit : scope.qualifiers) {
    PlaceLimit place;
    for (const uint32_t qualifier : limit.qualifiers) {
      place.properties.insert(finder->catalogue().qualifiers()[qualifier].id);
    }
    DOSSIER_ASSIGN_OR_RETURN(place.values,
                             finder->PlacesIn(meaning.participants[limit.participant].candidates.front()));
    judge.places_.push_back(std::move(place));
  }
  return judge;
}

bool ClaimJudge::HasAll(const ClaimOutline& claim, TermId property,
                        const std::vector<std::vector<TermId>>& wanted) const {
  return std::all_of(wanted.begin(), wanted.end(), [&](const std::vector<TermId>& values) {
    return std::any_of(values.begin(), values.end(), [&](TermId value) {
      return std::find(claim.annotations.begin(), claim.annotations.end(), std::pair(property, value)) !=
             claim.annotations.end();
    });
  });
}

// Laid on every speaker who was named, or a statement of theirs.
bool ClaimJudge::IsSaidBy(const ClaimOutline& claim) const {
  if (HasAll(claim, speaker_, speakers_)) return true;
  const std::optional<uint32_t> relation = finder_->catalogue().FindRelation(claim.relation);
  return relation.has_value() && finder_->catalogue().relations()[*relation].role == ObjectRole::kStatement &&
         std::all_of(speakers_.begin(), speakers_.end(), [&](const std::vector<TermId>& speaker) {
           return std::find(speaker.begin(), speaker.end(), claim.subject) != speaker.end();
         });
}

bool ClaimJudge::IsThere(const ClaimOutline& claim, const PlaceLimit& place) const {
  const std::optional<uint32_t> relation = finder_->catalogue().FindRelation(claim.relation);
  if (relation.has_value() && finder_->catalogue().relations()[*relation].role == ObjectRole::kPlace &&
      place.values.contains(claim.object)) {
    return true;
  }
  return std::any_of(claim.annotations.begin(), claim.annotations.end(), [&](const auto& annotation) {
    return place.properties.contains(annotation.first) && place.values.contains(annotation.second);
  });
}

bool ClaimJudge::IsTimeRelation(TermId relation) const {
  const std::optional<uint32_t> known = finder_->catalogue().FindRelation(relation);
  return known.has_value() && finder_->catalogue().relations()[*known].role == ObjectRole::kTime;
}

absl::StatusOr<std::optional<TimeRange>> ClaimJudge::TimeOf(const ClaimOutline& claim) {
  std::optional<TimeRange> best;
  if (IsTimeRelation(claim.relation)) {
    DOSSIER_ASSIGN_OR_RETURN(best, finder_->TimeOf(claim.object));
    if (best.has_value()) return best;
  }
  for (const auto& [property, value] : claim.annotations) {
    if (property != when_) continue;
    DOSSIER_ASSIGN_OR_RETURN(const std::optional<TimeRange> time, finder_->TimeOf(value));
    if (time.has_value() && (!best.has_value() || IsNarrower(*time, *best))) best = time;
  }
  return best;
}

absl::StatusOr<ClaimJudge::Verdict> ClaimJudge::JudgeTime(const ClaimOutline& claim) {
  if (!time_.has_value()) return Verdict::kIn;
  DOSSIER_ASSIGN_OR_RETURN(const std::optional<TimeRange> time, TimeOf(claim));
  if (!time.has_value() || !time->Overlaps(time_->range)) return Verdict::kOut;
  if (time_->range.Contains(*time)) return Verdict::kIn;
  return time_->within ? Verdict::kOut : Verdict::kPossible;
}

absl::StatusOr<bool> ClaimJudge::IsPublishedInTime(TermId article) {
  const auto it = published_.find(article);
  if (it != published_.end()) return it->second;
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> dates, finder_->graph().Objects(article, schema::kDatePublished));
  bool in_time = false;
  for (const TermId date : dates) {
    DOSSIER_ASSIGN_OR_RETURN(const std::optional<TimeRange> time, finder_->TimeOf(date));
    in_time |= time.has_value() && time->end <= published_by_->end;
  }
  published_[article] = in_time;
  return in_time;
}

absl::StatusOr<bool> ClaimJudge::IsDenied(const ClaimOutline& claim) { return HasAll(claim, polarity_, {{denied_}}); }

absl::StatusOr<ClaimJudge::Verdict> ClaimJudge::Judge(const ClaimOutline& claim) {
  if (!IsSaidBy(claim) || !HasAll(claim, article_, articles_)) return Verdict::kOut;
  if (minimum_rank_.has_value() &&
      std::none_of(claim.annotations.begin(), claim.annotations.end(), [&](const auto& annotation) {
        const auto rank = ranks_.find(annotation.second);
        return annotation.first == certainty_ && rank != ranks_.end() && rank->second >= *minimum_rank_;
      })) {
    return Verdict::kOut;
  }
  if (!settled_.empty() &&
      std::none_of(claim.annotations.begin(), claim.annotations.end(), [&](const auto& annotation) {
        return annotation.first == certainty_ && !settled_.contains(annotation.second);
      })) {
    return Verdict::kOut;
  }
  for (const PlaceLimit& place : places_) {
    if (!IsThere(claim, place)) return Verdict::kOut;
  }
  if (published_by_.has_value()) {
    bool published = false;
    for (const auto& [property, value] : claim.annotations) {
      if (property != article_) continue;
      DOSSIER_ASSIGN_OR_RETURN(const bool in_time, IsPublishedInTime(value));
      published |= in_time;
    }
    if (!published) return Verdict::kOut;
  }
  return JudgeTime(claim);
}

}  // namespace dossier::ask

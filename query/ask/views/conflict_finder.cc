#include "query/ask/views/conflict_finder.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "base/status_macros.h"
#include "query/ask/time_spans.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

constexpr double kAbout = 0.1;   // "About 700" is taken for up to so much less or more.
constexpr double kNearly = 0.2;  // "Almost a day" for up to so much less.
constexpr double kRounding = 1e-6;

using Claims = std::vector<const ViewClaim*>;

// What of no known time may be of any.
bool MayCoincide(const ViewClaim& a, const ViewClaim& b) {
  return !a.time.has_value() || !b.time.has_value() || a.time->Overlaps(*b.time);
}

// The numbers that a quantity may be, in base units.
struct Numbers {
  Term unit;
  double least = 0;
  double most = 0;
};

Numbers NumbersOf(const ClaimRecord& record) {
  const double value = record.quantity.value_or(0);
  const double about = std::abs(value) * (record.bound == "about" ? kAbout : kRounding);
  Numbers numbers{record.base_unit, value - about, value + about};
  if (record.bound == "moreThan" || record.bound == "atLeast") numbers.most = std::numeric_limits<double>::infinity();
  if (record.bound == "lessThan" || record.bound == "atMost") numbers.least = -std::numeric_limits<double>::infinity();
  if (record.bound == "nearly") numbers.least = value - kNearly * std::abs(value);
  return numbers;
}

bool MayBeEqual(const Numbers& a, const Numbers& b) {
  return a.unit == b.unit && a.least <= b.most && b.least <= a.most;
}

class ConflictFinder {
 public:
  ConflictFinder(const ViewContext& view, const std::vector<ViewClaim>& claims)
      : view_(view), claims_(claims), finder_(view.catalogue, *view.snapshot, view.context) {}

  absl::StatusOr<std::vector<Conflict>> Run() {
    DOSSIER_ASSIGN_OR_RETURN(where_, finder_.graph().Id(vocab::kWhere));
    DOSSIER_ASSIGN_OR_RETURN(unit_, finder_.graph().Id(vocab::kUnit));
    DOSSIER_ASSIGN_OR_RETURN(bound_, finder_.graph().Id(vocab::kBound));
    DOSSIER_ASSIGN_OR_RETURN(article_, finder_.graph().Id(prov::kWasDerivedFrom));
    DOSSIER_RETURN_IF_ERROR(FindRivalObjects());
    FindDeniedPresence();
    for (const auto& [thing, same] : ByThing()) {
      DOSSIER_RETURN_IF_ERROR(view_.context.cancellation->Check());
      FindDenials(same);
      DOSSIER_RETURN_IF_ERROR(FindRivalPlaces(same));
      FindRivalDays(same);
    }
    return std::move(conflicts_);
  }

 private:
  const RelationInfo& RelationOf(const ViewClaim& claim) const {
    return view_.catalogue.relations()[*view_.catalogue.FindRelation(claim.outline.relation)];
  }
  std::optional<TermId> ValueOf(const ViewClaim& claim, TermId property) const {
    for (const auto& [each, value] : claim.outline.annotations) {
      if (each == property) return value;
    }
    return std::nullopt;
  }

  // Whether the question names the relation of the claim by a noun.
  bool IsNamed(const ViewClaim& claim) const {
    const Meaning& meaning = view_.question.meaning;
    return std::any_of(meaning.facts.begin(), meaning.facts.end(), [&](const Fact& fact) {
      return fact.restricts && !fact.is_event &&
             std::any_of(fact.relations.begin(), fact.relations.end(), [&](const RelationUse& use) {
               return view_.catalogue.relations()[use.relation].id == claim.outline.relation;
             });
    });
  }

  // A relation of quantities together with those it is a kind of: "journey length" is a distance.
  TermId MeasureOf(const ViewClaim& claim) const {
    const RelationInfo& own = RelationOf(claim);
    const uint32_t index = *view_.catalogue.FindRelation(own.id);
    const RelationInfo* broadest = &own;
    for (const RelationInfo& info : view_.catalogue.relations()) {
      const bool holds = std::find(info.narrower.begin(), info.narrower.end(), index) != info.narrower.end();
      if (holds && info.measure == own.measure && info.narrower.size() > broadest->narrower.size()) broadest = &info;
    }
    return broadest->id;
  }

  absl::Status FindRivalObjects() {
    std::map<std::pair<TermId, TermId>, Claims> by_subject;
    for (const ViewClaim& claim : claims_) {
      const RelationInfo& relation = RelationOf(claim);
      if (claim.denied || !(relation.functional || !relation.measure.empty() || IsNamed(claim))) continue;
      const TermId key = relation.measure.empty() ? relation.id : MeasureOf(claim);
      by_subject[{claim.outline.subject, key}].push_back(&claim);
    }
    for (const auto& [key, same] : by_subject) {
      DOSSIER_RETURN_IF_ERROR(view_.context.cancellation->Check());
      std::map<std::tuple<TermId, TermId, TermId>, Claims> by_value;
      for (const ViewClaim* claim : same) {
        by_value[{claim->outline.object, ValueOf(*claim, unit_).value_or(TermId()),
                  ValueOf(*claim, bound_).value_or(TermId())}]
            .push_back(claim);
      }
      if (RelationOf(*same.front()).measure.empty()) {
        KeepRivals(Conflict::Kind::kObject, by_value, [](const auto& a, const auto& b) { return a.first != b.first; });
        continue;
      }
      // "About 700 km" does not contradict 700 km, nor "more than 1,000" 1,200.
      std::map<std::tuple<TermId, TermId, TermId>, Numbers> numbers;
      for (const auto& [value, side] : by_value) {
        DOSSIER_ASSIGN_OR_RETURN(const ClaimRecord* record, view_.reader->Read(side.front()->outline.id));
        numbers[value] = NumbersOf(*record);
      }
      KeepRivals(Conflict::Kind::kObject, by_value,
                 [&](const auto& a, const auto& b) { return !MayBeEqual(numbers.at(a.first), numbers.at(b.first)); });
    }
    return absl::OkStatus();
  }

  // The sides that contradict another one with which they coincide in time.
  template <typename Sides, typename Contradict>
  void KeepRivals(Conflict::Kind kind, const Sides& sides, Contradict contradict) {
    Conflict conflict;
    conflict.kind = kind;
    for (const auto& entry : sides) {
      const auto& side = entry.second;
      const bool rival = std::any_of(sides.begin(), sides.end(), [&](const auto& other) {
        return contradict(entry, other) && std::any_of(side.begin(), side.end(), [&](const ViewClaim* claim) {
                 return std::any_of(other.second.begin(), other.second.end(),
                                    [&](const ViewClaim* against) { return MayCoincide(*claim, *against); });
               });
      });
      if (rival) conflict.sides.push_back(side);
    }
    if (conflict.sides.size() > 1) conflicts_.push_back(std::move(conflict));
  }

  // Claims of the same triple; the sides of a symmetric relation have no order.
  std::map<std::tuple<TermId, TermId, TermId>, Claims> ByThing() const {
    std::map<std::tuple<TermId, TermId, TermId>, Claims> things;
    for (const ViewClaim& claim : claims_) {
      TermId one = claim.outline.subject;
      TermId other = claim.outline.object;
      if (RelationOf(claim).symmetric && other < one) std::swap(one, other);
      things[{claim.outline.relation, one, other}].push_back(&claim);
    }
    return things;
  }

  void FindDenials(const Claims& same) {
    std::map<bool, Claims> sides;
    for (const ViewClaim* claim : same) sides[claim->denied].push_back(claim);
    KeepRivals(Conflict::Kind::kPolarity, sides, [](const auto& a, const auto& b) { return a.first != b.first; });
  }

  // Whether the relation has its subject come to its object, or be there: "travel to", "arrive in", and not "leave".
  bool LeadsThere(const RelationInfo& relation) const {
    if (relation.role != ObjectRole::kPlace) return false;
    bool there = false;
    for (const VerbUse& use : view_.catalogue.verb_uses()) {
      if (view_.catalogue.relations()[use.relation].id != relation.id) continue;
      if (use.preposition == "from") return false;
      there |= use.preposition == "to" || use.preposition == "in" || use.preposition == "at";
    }
    return there;
  }

  // "Is not going to Vladivostok" against "arrived in Vladivostok", of the same time: perhaps of two journeys.
  void FindDeniedPresence() {
    std::map<std::pair<TermId, TermId>, std::map<bool, Claims>> there;
    for (const ViewClaim& claim : claims_) {
      if (claim.time.has_value() && LengthOf(*claim.time) <= kOneEventSeconds && LeadsThere(RelationOf(claim))) {
        there[{claim.outline.subject, claim.outline.object}][claim.denied].push_back(&claim);
      }
    }
    for (auto& [sides, by_polarity] : there) {
      Claims& stated = by_polarity[false];
      Claims& denied = by_polarity[true];
      // The same relation stated and denied is a conflict of its own.
      const auto rivals = [](const Claims& against) {
        return [&against](const ViewClaim* claim) {
          return std::none_of(against.begin(), against.end(), [&](const ViewClaim* other) {
            return other->outline.relation != claim->outline.relation && MayCoincide(*claim, *other);
          });
        };
      };
      std::erase_if(stated, rivals(denied));
      std::erase_if(denied, rivals(stated));
      if (stated.empty() || denied.empty()) continue;
      Conflict conflict;
      conflict.kind = Conflict::Kind::kPolarity;
      conflict.perhaps_two_events = true;
      conflict.sides = {std::move(stated), std::move(denied)};
      conflicts_.push_back(std::move(conflict));
    }
  }

  absl::StatusOr<const absl::flat_hash_set<TermId>*> PlacesIn(TermId place) {
    auto it = inside_.find(place);
    if (it == inside_.end()) {
      DOSSIER_ASSIGN_OR_RETURN(absl::flat_hash_set<TermId> places, finder_.PlacesIn(place));
      it = inside_.emplace(place, std::move(places)).first;
    }
    return &it->second;
  }

  // Only the narrowest places are rivals: an article that says "in Russia" contradicts none that says where there.
  absl::Status FindRivalPlaces(const Claims& same) {
    std::map<TermId, Claims> sides;
    for (const ViewClaim* claim : same) {
      const std::optional<TermId> place = ValueOf(*claim, where_);
      const bool one_event = claim->time.has_value() && LengthOf(*claim->time) <= kOneEventSeconds;
      if (place.has_value() && one_event && !claim->denied) sides[*place].push_back(claim);
    }
    std::set<TermId> wide;
    for (const auto& [outer, claims] : sides) {
      DOSSIER_ASSIGN_OR_RETURN(const absl::flat_hash_set<TermId>* places, PlacesIn(outer));
      for (const auto& [inner, others] : sides) {
        if (inner != outer && places->contains(inner)) wide.insert(outer);
      }
    }
    for (const TermId place : wide) sides.erase(place);
    KeepRivals(Conflict::Kind::kPlace, sides, [](const auto& a, const auto& b) { return a.first != b.first; });
    return absl::OkStatus();
  }

  // Days of different articles that lie close to each other: rival dates of one event, or two events.
  void FindRivalDays(const Claims& same) {
    std::map<std::pair<int64_t, int64_t>, Claims> days;
    for (const ViewClaim* claim : same) {
      if (claim->denied || !claim->time.has_value() || LengthOf(*claim->time) > kNearSeconds) continue;
      days[{claim->time->begin, claim->time->end}].push_back(claim);
    }
    Conflict conflict;
    conflict.kind = Conflict::Kind::kDay;
    conflict.perhaps_two_events = true;
    for (const auto& entry : days) {
      const auto& day = entry.first;
      const auto& side = entry.second;
      const bool rival = std::any_of(days.begin(), days.end(), [&](const auto& other) {
        const bool before = other.first.second <= day.first;
        const bool after = day.second <= other.first.first;
        const int64_t gap = before ? day.first - other.first.second : other.first.first - day.second;
        return (before || after) && gap <= kNearSeconds && !HaveOneArticle(side, other.second);
      });
      if (rival) conflict.sides.push_back(side);
    }
    if (conflict.sides.size() > 1) conflicts_.push_back(std::move(conflict));
  }

  // An article that gives both days tells of two events.
  bool HaveOneArticle(const Claims& one, const Claims& other) const {
    return std::any_of(one.begin(), one.end(), [&](const ViewClaim* a) {
      return std::any_of(other.begin(), other.end(),
                         [&](const ViewClaim* b) { return ValueOf(*a, article_) == ValueOf(*b, article_); });
    });
  }

  const ViewContext& view_;
  const std::vector<ViewClaim>& claims_;
  ClaimFinder finder_;
  TermId where_, unit_, bound_, article_;
  std::map<TermId, absl::flat_hash_set<TermId>> inside_;
  std::vector<Conflict> conflicts_;
};

}  // namespace

bool MayBeEqual(const ClaimRecord& a, const ClaimRecord& b) { return MayBeEqual(NumbersOf(a), NumbersOf(b)); }

absl::StatusOr<std::vector<Conflict>> FindConflicts(const ViewContext& view, const std::vector<ViewClaim>& claims) {
  return ConflictFinder(view, claims).Run();
}

}  // namespace dossier::ask

#include "query/ask/views/rival_answers.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "base/status_macros.h"
#include "query/ask/time_spans.h"
#include "query/ask/views/conflict_finder.h"

namespace dossier::ask {
namespace {

// One answer of one article.
struct ToldAnswer {
  std::string key;
  AnswerCell cell;
  std::vector<const ClaimRecord*> claims;
  const ClaimRecord* quantity = nullptr;  // The claim that states the number, if it is one.
  std::optional<TimeRange> time;
  TermId thing;
  bool gone = false;
};

class RivalFinder {
 public:
  explicit RivalFinder(const ViewContext& view) : view_(view), finder_(view.catalogue, *view.snapshot, view.context) {}

  absl::StatusOr<std::vector<RivalAnswer>> Run(size_t* articles, std::vector<std::string>* notes) {
    Meaning asked = view_.question.meaning;
    asked.kind = asked.asked;
    DOSSIER_ASSIGN_OR_RETURN(std::vector<Solution> solutions,
                             Solve(view_.question.compiled, view_.snapshot, view_.context, view_.reader));
    SiftByTense(asked, view_.catalogue, view_.question.today, &solutions, notes);
    DOSSIER_RETURN_IF_ERROR(
        DropDatedOutside(asked, *view_.snapshot, *view_.context.cancellation, view_.reader, &solutions, notes));
    single_ = asked.period.has_value() || IsFunctional(asked);
    period_ = asked.period;
    // An article is laid against itself answer by answer.
    const bool itself = asked.articles.size() == 1 && !asked.participants[asked.articles.front()].all_candidates;
    std::map<TermId, std::vector<ToldAnswer>> by_article;
    for (const Solution& solution : solutions) {
      const ClaimRecord* record = MainClaim(asked, solution);
      if (record == nullptr || record->article.is_undefined() || !solution.targets.front().has_value()) continue;
      DOSSIER_RETURN_IF_ERROR(Add(asked, solution, *record, &by_article[record->article]));
    }
    *articles = by_article.size();
    std::vector<std::vector<ToldAnswer>> tellers;
    for (auto& [article, answers] : by_article) {
      DropVaguer(&answers);
      if (!itself) {
        tellers.push_back(std::move(answers));
        continue;
      }
      for (ToldAnswer& answer : answers) tellers.push_back({std::move(answer)});
    }
    return Rivals(tellers);
  }

 private:
  bool IsFunctional(const Meaning& asked) const {
    return std::all_of(asked.facts.begin(), asked.facts.end(), [&](const Fact& fact) {
      return fact.restricts || (!fact.relations.empty() &&
                                std::all_of(fact.relations.begin(), fact.relations.end(), [&](const RelationUse& use) {
                                  return view_.catalogue.relations()[use.relation].functional;
                                }));
    });
  }

  static const ClaimRecord* MainClaim(const Meaning& asked, const Solution& solution) {
    const std::vector<bool> dating = DatingFacts(asked);
    for (size_t i = 0; i < solution.claims.size(); ++i) {
      if (dating[i] && solution.claims[i] != nullptr) return solution.claims[i];
    }
    return nullptr;
  }

  absl::Status Add(const Meaning& asked, const Solution& solution, const ClaimRecord& record,
                   std::vector<ToldAnswer>* answers) {
    const std::string& key = solution.target_keys.front();
    auto same = std::find_if(answers->begin(), answers->end(), [&](const ToldAnswer& told) { return told.key == key; });
    if (same == answers->end()) {
      ToldAnswer told;
      told.key = key;
      told.cell = *solution.targets.front();
      if (record.quantity.has_value() && record.claim.object.label == told.cell.label) told.quantity = &record;
      if (told.quantity == nullptr) told.time = TimeRangeOf(told.cell.value);
      if (told.time.has_value()) told.time = Widened(*told.time);
      if (told.cell.value.kind() == TermKind::kIri) {
        DOSSIER_ASSIGN_OR_RETURN(told.thing, finder_.graph().Id(told.cell.value.value()));
      }
      same = answers->insert(answers->end(), std::move(told));
    }
    const std::vector<bool> dating = DatingFacts(asked);
    for (size_t i = 0; i < solution.claims.size(); ++i) {
      if (dating[i] && solution.claims[i] != nullptr) same->claims.push_back(solution.claims[i]);
    }
    return absl::OkStatus();
  }

  // "The year in which": of a day no more than its year counts.
  TimeRange Widened(const TimeRange& time) const {
    const bool year = period_ == Grouping::By::kYear;
    if ((!year && period_ != Grouping::By::kMonth) || time.open_begin || time.open_end) return time;
    const auto civil = [](int64_t seconds) {
      return absl::ToCivilMonth(absl::FromUnixSeconds(seconds), absl::UTCTimeZone());
    };
    const absl::CivilMonth first = civil(time.begin);
    const absl::CivilMonth last = civil(time.end - 1);
    if (first.year() != last.year() || (!year && first != last)) return time;
    const std::optional<TimeRange> whole = year ? YearRange(first.year()) : MonthRange(first.year(), first.month());
    return whole.value_or(time);
  }

  // An article's date that only says more vaguely what another one of its own says is no answer of its own.
  static void DropVaguer(std::vector<ToldAnswer>* answers) {
    for (ToldAnswer& wide : *answers) {
      for (const ToldAnswer& narrow : *answers) {
        if (!wide.time.has_value() || !narrow.time.has_value() || narrow.gone) continue;
        wide.gone |= wide.time->Contains(*narrow.time) && !narrow.time->Contains(*wide.time);
      }
    }
    std::erase_if(*answers, [](const ToldAnswer& told) { return told.gone; });
  }

  absl::StatusOr<bool> IsInside(TermId inner, TermId outer) {
    auto it = inside_.find(outer);
    if (it == inside_.end()) {
      DOSSIER_ASSIGN_OR_RETURN(absl::flat_hash_set<TermId> places, finder_.PlacesIn(outer));
      it = inside_.emplace(outer, std::move(places)).first;
    }
    return it->second.contains(inner);
  }

  // Whether both can be so.
  absl::StatusOr<bool> Agree(const ToldAnswer& a, const ToldAnswer& b) {
    if (a.key == b.key) return true;
    if (a.quantity != nullptr && b.quantity != nullptr) return MayBeEqual(*a.quantity, *b.quantity);
    if (a.time.has_value() && b.time.has_value()) return a.time->Overlaps(*b.time);
    if (a.thing.is_undefined() || b.thing.is_undefined()) return a.cell.label == b.cell.label;
    DOSSIER_ASSIGN_OR_RETURN(const bool in, IsInside(a.thing, b.thing));
    if (in) return true;
    return IsInside(b.thing, a.thing);
  }

  // What is told of two events, or their dates, do not contradict each other.
  bool MayBeOfOneEvent(const ToldAnswer& a, const ToldAnswer& b) const {
    if (!a.time.has_value() || !b.time.has_value()) {
      return std::any_of(a.claims.begin(), a.claims.end(), [&](const ClaimRecord* one) {
        return std::any_of(b.claims.begin(), b.claims.end(), [&](const ClaimRecord* other) {
          return !one->time.has_value() || !other->time.has_value() || one->time->Overlaps(*other->time);
        });
      });
    }
    if (single_) return true;
    const int64_t gap = a.time->begin < b.time->begin ? b.time->begin - a.time->end : a.time->begin - b.time->end;
    return gap <= kNearSeconds;
  }

  absl::StatusOr<bool> HasAgreeing(const std::vector<ToldAnswer>& answers, const ToldAnswer& with) {
    for (const ToldAnswer& answer : answers) {
      DOSSIER_ASSIGN_OR_RETURN(const bool agree, Agree(answer, with));
      if (agree) return true;
    }
    return false;
  }

  absl::StatusOr<bool> IsRival(const ToldAnswer& answer, const std::vector<ToldAnswer>& own,
                               const std::vector<std::vector<ToldAnswer>>& tellers) {
    for (const std::vector<ToldAnswer>& other : tellers) {
      if (&other == &own) continue;
      DOSSIER_ASSIGN_OR_RETURN(const bool shared, HasAgreeing(other, answer));
      if (shared) continue;
      for (const ToldAnswer& against : other) {
        if (!MayBeOfOneEvent(answer, against)) continue;
        DOSSIER_ASSIGN_OR_RETURN(const bool known, HasAgreeing(own, against));
        if (!known) return true;
      }
    }
    return false;
  }

  absl::StatusOr<std::vector<RivalAnswer>> Rivals(const std::vector<std::vector<ToldAnswer>>& tellers) {
    std::vector<RivalAnswer> rivals;
    std::map<std::string, size_t> by_key;
    for (const std::vector<ToldAnswer>& own : tellers) {
      for (const ToldAnswer& answer : own) {
        DOSSIER_RETURN_IF_ERROR(view_.context.cancellation->Check());
        DOSSIER_ASSIGN_OR_RETURN(const bool rival, IsRival(answer, own, tellers));
        if (!rival) continue;
        const auto [it, is_new] = by_key.emplace(answer.key, rivals.size());
        if (is_new) rivals.push_back({answer.cell, RowGatherer()});
        for (const ClaimRecord* record : answer.claims) rivals[it->second].gatherer.Add(record, true);
      }
    }
    return rivals;
  }

  const ViewContext& view_;
  ClaimFinder finder_;
  bool single_ = false;
  std::optional<Grouping::By> period_;
  std::map<TermId, absl::flat_hash_set<TermId>> inside_;
};

}  // namespace

absl::StatusOr<std::vector<RivalAnswer>> FindRivalAnswers(const ViewContext& view, size_t* articles,
                                                          std::vector<std::string>* notes) {
  return RivalFinder(view).Run(articles, notes);
}

}  // namespace dossier::ask

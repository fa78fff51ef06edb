#include "query/ask/score.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "absl/strings/str_cat.h"
#include "query/ask/occasions.h"
#include "rdf/calendar.h"

namespace dossier::ask {
namespace {

Score CountScore(size_t count) {
  Score score;
  score.any = count > 0;
  score.value = static_cast<double>(count);
  const AnswerCell cell = NumberCell(score.value);
  score.label = cell.label;
  score.term = cell.value;
  return score;
}

// How long a time lasts, in days; 0 when it does not say: "2018-03" is no month-long visit.
int64_t DaysOf(const ClaimRecord& record) {
  if (!record.time.has_value() || record.time->open_begin || record.time->open_end) return 0;
  if (!record.time->is_interval && record.time->precision > TimePrecision::kDay) return 0;
  return std::max<int64_t>(1, (record.time->end - record.time->begin) / kSecondsPerDay);
}

Score BestQuantity(const Degree& degree, absl::Span<const Solution* const> solutions, bool largest) {
  Score best;
  for (const Solution* solution : solutions) {
    const ClaimRecord* record = solution->claims[degree.fact];
    if (record == nullptr || !record->quantity.has_value()) continue;
    if (best.any && (largest ? *record->quantity <= best.value : *record->quantity >= best.value)) continue;
    best.any = true;
    best.value = *record->quantity;
    best.label = record->claim.object.label;
    best.term = record->claim.object.value;
  }
  return best;
}

Score LongestTime(const Degree& degree, absl::Span<const Solution* const> solutions) {
  Score best;
  for (const Solution* solution : solutions) {
    const ClaimRecord* record = solution->claims[degree.fact];
    const int64_t days = record == nullptr ? 0 : DaysOf(*record);
    if (days == 0 || static_cast<double>(days) <= best.value) continue;
    best = CountScore(static_cast<size_t>(days));
    best.label = absl::StrCat(days, days == 1 ? " day" : " days");
  }
  return best;
}

Score TimeScore(const Degree& degree, absl::Span<const Solution* const> solutions, bool latest) {
  Score best;
  for (const Solution* solution : solutions) {
    const ClaimRecord* record = solution->claims[degree.fact];
    // What has no begin was before all that has one.
    if (record == nullptr || !record->time.has_value() || (record->time->open_begin && latest)) continue;
    const bool vague = std::any_of(solutions.begin(), solutions.end(), [&](const Solution* other) {
      const ClaimRecord* finer = other->claims[degree.fact];
      return finer != nullptr && finer->time.has_value() && finer->subject == record->subject &&
             record->time->Contains(*finer->time) && !finer->time->Contains(*record->time);
    });
    if (vague) continue;
    const double begin =
        record->time->open_begin ? std::numeric_limits<double>::lowest() : static_cast<double>(record->time->begin);
    if (best.any && (latest ? begin <= best.value : begin >= best.value)) continue;
    best.any = true;
    best.value = begin;
    best.label = record->claim.when;
    best.term = Term::Typed(record->claim.when, "http://id.loc.gov/datatypes/edtf");
  }
  return best;
}

}  // namespace

Score ScoreOf(const Meaning& meaning, const Degree& degree, const Catalogue& catalogue,
              absl::Span<const Solution* const> solutions, bool largest) {
  switch (degree.of) {
    case Degree::Of::kEvents: return CountScore(OccasionsOf(meaning, catalogue, degree.fact, solutions).size());
    case Degree::Of::kAnswers: {
      std::set<std::string> different;
      for (size_t i = 0; i < meaning.targets.size(); ++i) {
        if (meaning.targets[i].kind != Target::Kind::kParticipant ||
            meaning.targets[i].participant != degree.participant) {
          continue;
        }
        for (const Solution* solution : solutions) different.insert(solution->target_keys[i]);
        break;
      }
      return CountScore(different.size());
    }
    case Degree::Of::kQuantity: return BestQuantity(degree, solutions, largest);
    case Degree::Of::kLasting: return LongestTime(degree, solutions);
    case Degree::Of::kTime: return TimeScore(degree, solutions, largest);
    case Degree::Of::kOpen: break;
  }
  return Score();
}

Within IsWithin(double value, const std::string& bound, const NumberLimit& limit) {
  using Relation = NumberLimit::Relation;
  constexpr double kRounding = 1e-9;
  const bool equal = std::abs(value - limit.value) <= kRounding * std::max(std::abs(value), std::abs(limit.value));
  const bool above = bound == "moreThan" || bound == "atLeast";
  const bool below = bound == "lessThan" || bound == "atMost" || bound == "nearly";
  const auto yes_if = [](bool holds) { return holds ? Within::kYes : Within::kNo; };
  if (!above && !below) {
    switch (limit.relation) {
      case Relation::kEqual: return yes_if(equal);
      case Relation::kMore: return yes_if(value > limit.value && !equal);
      case Relation::kAtLeast: return yes_if(value > limit.value || equal);
      case Relation::kLess: return yes_if(value < limit.value && !equal);
      case Relation::kAtMost: return yes_if(value < limit.value || equal);
    }
  }
  // The number is the end of a range that is open to the other side.
  const bool strict = bound != "atLeast" && bound != "atMost";
  const bool inside = above ? limit.value > value || (equal && !strict) : limit.value < value || (equal && !strict);
  switch (limit.relation) {
    case Relation::kEqual: return equal || inside ? Within::kPossibly : Within::kNo;
    case Relation::kMore:
    case Relation::kAtLeast:
      if (above) return value > limit.value || equal ? Within::kYes : Within::kPossibly;
      return value < limit.value || equal ? Within::kNo : Within::kPossibly;
    case Relation::kLess:
    case Relation::kAtMost:
      if (below) return value < limit.value || equal ? Within::kYes : Within::kPossibly;
      return value > limit.value || equal ? Within::kNo : Within::kPossibly;
  }
  return Within::kNo;
}

bool KeepWithinNumbers(const Meaning& meaning, std::vector<Solution>* solutions) {
  const bool told_exactly = meaning.kind == Meaning::Kind::kSources;
  bool all_outside = true;
  std::vector<Solution> kept;
  for (Solution& solution : *solutions) {
    Within worst = Within::kYes;
    for (size_t i = 0; i < meaning.facts.size(); ++i) {
      if (meaning.facts[i].object == kNobody) continue;
      const std::optional<NumberLimit>& limit = meaning.participants[meaning.facts[i].object].number;
      if (!limit.has_value() || meaning.facts[i].negated || solution.claims[i] == nullptr) continue;
      const ClaimRecord& record = *solution.claims[i];
      const bool comparable =
          record.quantity.has_value() && (limit->base_unit.value().empty() || record.base_unit == limit->base_unit);
      // Who asks which article says a number asks for that number: "more than 1,000" does not say 2,000, nor rule it
      // out.
      const bool exact = told_exactly && limit->relation == NumberLimit::Relation::kEqual;
      const std::string bound = exact ? "" : record.bound;
      worst = std::min(worst, comparable ? IsWithin(*record.quantity, bound, *limit) : Within::kNo);
    }
    all_outside &= worst == Within::kNo;
    if (worst == Within::kNo) continue;
    solution.certain &= worst == Within::kYes;
    kept.push_back(std::move(solution));
  }
  *solutions = std::move(kept);
  return all_outside;
}

}  // namespace dossier::ask

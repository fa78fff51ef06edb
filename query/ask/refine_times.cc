// What precise dates say about vague ones.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>
#include <limits>
#include <set>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "query/ask/answer_builder.h"
#include "query/ask/row_lookup.h"

namespace dossier::ask {
namespace {

// The narrowest time of the claims that say what was asked.
std::optional<TimeRange> TimeOf(const std::vector<bool>& dating, const Solution& solution) {
  std::optional<TimeRange> time;
  for (size_t i = 0; i < solution.claims.size(); ++i) {
    if (!dating[i] || solution.claims[i] == nullptr || !solution.claims[i]->time.has_value()) continue;
    const TimeRange& range = *solution.claims[i]->time;
    if (!time.has_value() || time->Contains(range)) time = range;
  }
  return time;
}

bool Refines(const TimeRange& narrow, const TimeRange& wide) { return wide.Contains(narrow) && !narrow.Contains(wide); }

// The time that the question asks for of fact `index`: as written, or against that of another fact.
std::optional<TimeRange> AskedTime(const Meaning& meaning, size_t index, const Solution& solution) {
  const Fact& fact = meaning.facts[index];
  if (fact.time.has_value()) return fact.time->range;
  for (const TimeLink& link : fact.links) {
    const ClaimRecord* other = solution.claims[link.fact];
    if (other == nullptr || !other->time.has_value()) continue;
    switch (link.kind) {
      case TimeLink::Kind::kDuring: return other->time;
      case TimeLink::Kind::kBefore: return RangeBefore(*other->time);
      case TimeLink::Kind::kAfter: return RangeAfter(*other->time);
      case TimeLink::Kind::kSince:
      case TimeLink::Kind::kUntil: break;
    }
  }
  return std::nullopt;
}

// What `other` dates more narrowly is what `vague` tells of: the same, and at the same place where both say one.
bool SameOccasion(const ClaimRecord& other, const ClaimRecord& vague) {
  return other.claim.where.empty() || vague.claim.where.empty() || other.claim.where == vague.claim.where;
}

bool SameTriple(const ClaimRecord& a, const ClaimRecord& b) {
  return a.subject == b.subject && a.relation == b.relation && a.object == b.object;
}

using StatedTriple = std::array<TermId, 3>;
using ClaimsByTriple = absl::flat_hash_map<StatedTriple, std::vector<const ClaimRecord*>>;

StatedTriple TripleOf(const ClaimRecord& record) { return {record.subject, record.relation, record.object}; }

// All claims of each triple.
absl::StatusOr<ClaimsByTriple> ReadClaimsOf(std::vector<StatedTriple> triples, const Snapshot& snapshot,
                                            const Cancellation& cancellation, ClaimReader* reader) {
  std::sort(triples.begin(), triples.end());
  triples.erase(std::unique(triples.begin(), triples.end()), triples.end());
  std::vector<TermId> keys;
  for (const StatedTriple& triple : triples) keys.insert(keys.end(), triple.begin(), triple.end());
  std::vector<std::pair<size_t, TermId>> found;  // (triple, claim)
  std::vector<TermId> ids;
  DOSSIER_RETURN_IF_ERROR(
      LookUpRows(snapshot, Permutation::kClaimSpo, keys, 3, [&](size_t key, const RowBlock& block, size_t row) {
        found.emplace_back(key, block.columns[3][row]);
        ids.push_back(block.columns[3][row]);
        return absl::OkStatus();
      }));
  DOSSIER_RETURN_IF_ERROR(reader->ReadAll(std::move(ids), cancellation));
  ClaimsByTriple claims;
  for (const StatedTriple& triple : triples) claims[triple];
  for (const auto& [triple, id] : found) {
    DOSSIER_ASSIGN_OR_RETURN(const ClaimRecord* record, reader->Read(id));
    claims[triples[triple]].push_back(record);
  }
  return claims;
}

}  // namespace

namespace {

// The times of solutions as far as they can be put in order: without those that have no begin, and those that another
// time of the same thing refines.
class Chronology {
 public:
  Chronology(const Meaning& meaning, const std::vector<Solution>& solutions)
      : solutions_(solutions), dating_(DatingFacts(meaning)) {
    times_.reserve(solutions.size());
    for (const Solution& solution : solutions) {
      times_.push_back(TimeOf(dating_, solution));
      if (times_.back().has_value() && times_.back()->open_begin) times_.back().reset();
    }
    vague_.reserve(solutions.size());
    for (size_t i = 0; i < solutions.size(); ++i) vague_.push_back(IsVague(i));
  }

  const std::optional<TimeRange>& time(size_t i) const { return times_[i]; }
  bool vague(size_t i) const { return vague_[i]; }

  // The first time of all (or, where `last`, the last).
  std::optional<int64_t> Edge(bool last) const {
    std::optional<int64_t> edge;
    for (size_t i = 0; i < times_.size(); ++i) {
      if (vague_[i]) continue;
      const int64_t begin = times_[i]->begin;
      if (!edge.has_value() || (last ? begin > *edge : begin < *edge)) edge = begin;
    }
    return edge;
  }

  // Times that exclude each other, as many as can be, in order.
  std::vector<TimeRange> Occasions() const {
    std::vector<TimeRange> times;
    for (size_t i = 0; i < times_.size(); ++i) {
      if (!vague_[i]) times.push_back(*times_[i]);
    }
    std::stable_sort(times.begin(), times.end(), [](const TimeRange& a, const TimeRange& b) { return a.end < b.end; });
    std::vector<TimeRange> chosen;
    for (const TimeRange& time : times) {
      if (chosen.empty() || time.begin >= chosen.back().end) chosen.push_back(time);
    }
    return chosen;
  }

 private:
  bool SameThing(const Solution& a, const Solution& b) const {
    for (size_t i = 0; i < a.claims.size(); ++i) {
      if (!dating_[i] || a.claims[i] == nullptr || b.claims[i] == nullptr) continue;
      if (!SameTriple(*a.claims[i], *b.claims[i])) return false;
    }
    return true;
  }

  bool IsVague(size_t i) const {
    if (!times_[i].has_value()) return true;
    for (size_t j = 0; j < times_.size(); ++j) {
      if (j != i && times_[j].has_value() && Refines(*times_[j], *times_[i]) &&
          SameThing(solutions_[i], solutions_[j])) {
        return true;
      }
    }
    return false;
  }

  const std::vector<Solution>& solutions_;
  const std::vector<bool> dating_;
  std::vector<std::optional<TimeRange>> times_;
  std::vector<bool> vague_;
};

// The place of an ordinal in a list of `size`; nothing when the list is shorter.
std::optional<size_t> PlaceOf(int ordinal, size_t size) {
  const auto place = static_cast<size_t>(std::abs(ordinal));
  if (place == 0 || place > size) return std::nullopt;
  return ordinal > 0 ? place - 1 : size - place;
}

// What makes two answers the same: the first thing that is shown.
std::string AnswerOf(const Meaning& meaning, const Solution& solution) {
  for (size_t i = 0; i < meaning.targets.size(); ++i) {
    if (!meaning.targets[i].hidden) return solution.target_keys[i];
  }
  return "";
}

}  // namespace

std::vector<Solution> ChosenInTime(const Meaning& meaning, const std::vector<Solution>& solutions,
                                   std::vector<std::string>* notes) {
  const Chronology chronology(meaning, solutions);
  std::vector<Solution> kept;
  const bool last = meaning.ordinal < 0;
  if (std::abs(meaning.ordinal) == 1) {
    const std::optional<int64_t> edge = chronology.Edge(last);
    for (size_t i = 0; i < solutions.size(); ++i) {
      if (chronology.time(i).has_value() && chronology.time(i)->begin == edge) kept.push_back(solutions[i]);
    }
    return kept;
  }
  const auto few = [&](size_t count) {
    notes->push_back(absl::StrCat("the claims tell of ", count, " only"));
    return std::vector<Solution>();
  };
  if (meaning.of_answers) {
    absl::flat_hash_map<std::string, int64_t> first_time;
    for (size_t i = 0; i < solutions.size(); ++i) {
      if (chronology.vague(i)) continue;
      const int64_t begin = chronology.time(i)->begin;
      int64_t& first = first_time.try_emplace(AnswerOf(meaning, solutions[i]), begin).first->second;
      first = std::min(first, begin);
    }
    // What came at the same time has the same place.
    std::set<int64_t> begins;
    for (const auto& [answer, begin] : first_time) begins.insert(begin);
    const std::optional<size_t> place = PlaceOf(meaning.ordinal, begins.size());
    if (!place.has_value()) return few(begins.size());
    const int64_t chosen = *std::next(begins.begin(), static_cast<std::ptrdiff_t>(*place));
    for (const Solution& solution : solutions) {
      const auto it = first_time.find(AnswerOf(meaning, solution));
      if (it != first_time.end() && it->second == chosen) kept.push_back(solution);
    }
    return kept;
  }
  const std::vector<TimeRange> occasions = chronology.Occasions();
  const std::optional<size_t> place = PlaceOf(meaning.ordinal, occasions.size());
  if (!place.has_value()) return few(occasions.size());
  for (size_t i = 0; i < solutions.size(); ++i) {
    if (chronology.vague(i)) continue;
    // What may have been at several of the occasions is not known to be of this one.
    const auto fits = [&](const TimeRange& occasion) { return chronology.time(i)->Overlaps(occasion); };
    if (fits(occasions[*place]) && std::count_if(occasions.begin(), occasions.end(), fits) == 1) {
      kept.push_back(solutions[i]);
    }
  }
  return kept;
}

namespace {

// A claim of a solution that may lie outside the time which it has to be in.
struct VagueDate {
  size_t fact = 0;
  TimeRange asked;
};

std::vector<VagueDate> VagueDates(const Meaning& meaning, const Solution& solution) {
  std::vector<VagueDate> vague;
  const auto dated = [&](int fact) -> const ClaimRecord* {
    const ClaimRecord* record = solution.claims[fact];
    return record != nullptr && record->time.has_value() && !record->claim.id.empty() ? record : nullptr;
  };
  for (size_t i = 0; i < meaning.facts.size(); ++i) {
    const ClaimRecord* record = dated(static_cast<int>(i));
    if (record == nullptr) continue;
    const std::optional<TimeRange> asked = solution.certain ? std::nullopt : AskedTime(meaning, i, solution);
    if (asked.has_value() && !asked->Contains(*record->time)) vague.push_back({i, *asked});
    for (const TimeLink& link : meaning.facts[i].links) {
      // "crossed the border when he met Trump", who was met "in 2019": a date, not what lasted all that time.
      const ClaimRecord* other = dated(link.fact);
      if (link.kind != TimeLink::Kind::kDuring || other == nullptr) continue;
      if (absl::StrContains(other->claim.when, '/') || record->time->Contains(*other->time)) continue;
      vague.push_back({static_cast<size_t>(link.fact), *record->time});
    }
  }
  return vague;
}

// Whether other claims of the same date it more narrowly, and none of them so that it could lie in the time asked for.
bool IsDatedOutside(const VagueDate& date, const ClaimRecord& vague, const std::vector<const ClaimRecord*>& others) {
  bool refined = false;
  for (const ClaimRecord* other : others) {
    if (other->denied || !other->time.has_value() || !Refines(*other->time, *vague.time)) continue;
    if (!SameOccasion(*other, vague)) continue;
    if (other->time->Overlaps(date.asked)) return false;
    refined = true;
  }
  return refined;
}

}  // namespace

absl::Status DropDatedOutside(const Meaning& meaning, const Snapshot& snapshot, const Cancellation& cancellation,
                              ClaimReader* reader, std::vector<Solution>* solutions, std::vector<std::string>* notes) {
  std::vector<StatedTriple> triples;
  for (const Solution& solution : *solutions) {
    for (const VagueDate& date : VagueDates(meaning, solution))
      triples.push_back(TripleOf(*solution.claims[date.fact]));
  }
  DOSSIER_ASSIGN_OR_RETURN(const ClaimsByTriple claims,
                           ReadClaimsOf(std::move(triples), snapshot, cancellation, reader));
  const size_t dropped = std::erase_if(*solutions, [&](const Solution& solution) {
    const std::vector<VagueDate> dates = VagueDates(meaning, solution);
    return std::any_of(dates.begin(), dates.end(), [&](const VagueDate& date) {
      const ClaimRecord& vague = *solution.claims[date.fact];
      return IsDatedOutside(date, vague, claims.at(TripleOf(vague)));
    });
  });
  if (dropped > 0) {
    notes->push_back(absl::StrCat("left out: ", dropped, dropped == 1 ? " claim" : " claims",
                                  " with a vague date that others date outside the time asked for"));
  }
  return absl::OkStatus();
}

}  // namespace dossier::ask

// What precise dates say about vague ones.
#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "absl/container/flat_hash_map.h"
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

std::vector<Solution> FirstOrLast(const Meaning& meaning, const std::vector<Solution>& solutions) {
  const std::vector<bool> dating = DatingFacts(meaning);
  std::vector<std::optional<TimeRange>> times;
  times.reserve(solutions.size());
  for (const Solution& solution : solutions) times.push_back(TimeOf(dating, solution));
  const auto same_thing = [&](const Solution& a, const Solution& b) {
    for (size_t i = 0; i < a.claims.size(); ++i) {
      if (!dating[i] || a.claims[i] == nullptr || b.claims[i] == nullptr) continue;
      if (!SameTriple(*a.claims[i], *b.claims[i])) return false;
    }
    return true;
  };
  std::optional<int64_t> edge;
  for (size_t i = 0; i < solutions.size(); ++i) {
    if (!times[i].has_value() || times[i]->open_begin) {
      times[i].reset();
      continue;
    }
    const bool vague = [&] {
      for (size_t j = 0; j < solutions.size(); ++j) {
        if (j != i && times[j].has_value() && Refines(*times[j], *times[i]) && same_thing(solutions[i], solutions[j])) {
          return true;
        }
      }
      return false;
    }();
    if (vague) continue;
    const int64_t begin = times[i]->begin;
    if (!edge.has_value() || (meaning.superlative > 0 ? begin < *edge : begin > *edge)) edge = begin;
  }
  std::vector<Solution> kept;
  for (size_t i = 0; i < solutions.size(); ++i) {
    if (times[i].has_value() && times[i]->begin == edge) kept.push_back(solutions[i]);
  }
  return kept;
}

absl::Status DropDatedOutside(const Meaning& meaning, const Snapshot& snapshot, const Cancellation& cancellation,
                              ClaimReader* reader, std::vector<Solution>* solutions, std::vector<std::string>* notes) {
  // The time asked for of a fact of which the solution's claim may lie outside it.
  const auto asked_of_vague = [&](const Solution& solution, size_t fact) -> std::optional<TimeRange> {
    const ClaimRecord* record = solution.claims[fact];
    if (solution.certain || record == nullptr || !record->time.has_value() || record->claim.id.empty()) {
      return std::nullopt;
    }
    const std::optional<TimeRange> asked = AskedTime(meaning, fact, solution);
    return asked.has_value() && !asked->Contains(*record->time) ? asked : std::nullopt;
  };
  std::vector<StatedTriple> triples;
  for (const Solution& solution : *solutions) {
    for (size_t i = 0; i < meaning.facts.size(); ++i) {
      if (asked_of_vague(solution, i).has_value()) triples.push_back(TripleOf(*solution.claims[i]));
    }
  }
  DOSSIER_ASSIGN_OR_RETURN(const ClaimsByTriple claims,
                           ReadClaimsOf(std::move(triples), snapshot, cancellation, reader));
  size_t dropped = 0;
  std::vector<Solution> kept;
  for (Solution& solution : *solutions) {
    bool outside = false;
    for (size_t i = 0; i < meaning.facts.size() && !outside; ++i) {
      const std::optional<TimeRange> asked = asked_of_vague(solution, i);
      if (!asked.has_value()) continue;
      const ClaimRecord& vague = *solution.claims[i];
      bool refined = false;
      bool inside = false;
      for (const ClaimRecord* other : claims.at(TripleOf(vague))) {
        if (other->denied || !other->time.has_value() || !Refines(*other->time, *vague.time)) continue;
        if (!SameOccasion(*other, vague)) continue;
        refined = true;
        inside |= other->time->Overlaps(*asked);
      }
      outside = refined && !inside;
    }
    if (outside) {
      ++dropped;
    } else {
      kept.push_back(std::move(solution));
    }
  }
  *solutions = std::move(kept);
  if (dropped > 0) {
    notes->push_back(absl::StrCat("left out: ", dropped, dropped == 1 ? " claim" : " claims",
                                  " with a vague date that others date outside the time asked for"));
  }
  return absl::OkStatus();
}

}  // namespace dossier::ask

#include "query/ask/occasions.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"

namespace dossier::ask {
namespace {

// The largest set of occasions whose times are pairwise disjoint, earliest end first.
std::vector<Occasion> DisjointOccasions(const std::vector<Occasion>& occasions) {
  std::vector<Occasion> dated;
  for (const Occasion& occasion : occasions) {
    if (occasion.record->time.has_value()) dated.push_back(occasion);
  }
  std::stable_sort(dated.begin(), dated.end(),
                   [](const Occasion& a, const Occasion& b) { return a.record->time->end < b.record->time->end; });
  std::vector<Occasion> chosen;
  for (const Occasion& occasion : dated) {
    if (chosen.empty() || occasion.record->time->begin >= chosen.back().record->time->end) chosen.push_back(occasion);
  }
  if (chosen.empty() && !occasions.empty()) chosen.push_back(occasions.front());
  return chosen;
}

}  // namespace

std::vector<Occasion> OccasionsOf(const Meaning& meaning, const Catalogue& catalogue, int fact,
                                  absl::Span<const Solution* const> solutions) {
  const std::vector<RelationUse>& relations = meaning.facts[fact].relations;
  // Journeys of one person to two places at one time are one journey; meetings with two people are two.
  const bool by_subject = std::all_of(relations.begin(), relations.end(), [&](const RelationUse& use) {
    return catalogue.relations()[use.relation].role == ObjectRole::kPlace;
  });
  std::map<std::string, std::vector<Occasion>> by_key;
  for (const Solution* solution : solutions) {
    const ClaimRecord* record = solution->claims[fact];
    if (record == nullptr) continue;
    std::pair<uint64_t, uint64_t> sides(record->subject.bits(), by_subject ? 0 : record->object.bits());
    // A meeting of A and B is one of B and A.
    if (!by_subject && sides.first > sides.second) std::swap(sides.first, sides.second);
    std::string key = absl::StrCat(sides.first, " ", sides.second);
    std::vector<Occasion>& same = by_key[key];
    same.push_back({std::move(key), record, solution->certain});
  }
  std::vector<Occasion> all;
  for (const auto& [key, same] : by_key) {
    for (Occasion& occasion : DisjointOccasions(same)) all.push_back(std::move(occasion));
  }
  return all;
}

std::string Describe(const Occasion& occasion) {
  const AnswerClaim& claim = occasion.record->claim;
  return absl::StrCat(claim.when.empty() ? "undated" : claim.when, " ", claim.object.label,
                      occasion.certain ? "" : " (possibly)");
}

}  // namespace dossier::ask

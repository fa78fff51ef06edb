// Counting what happened: claims of the same thing are one event unless their times exclude each other.
#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "query/ask/answer_builder.h"

namespace dossier::ask {
namespace {

struct Occasion {
  std::string key;  // Who and what: events of different keys are different events.
  const ClaimRecord* record = nullptr;
  bool certain = false;
};

// The largest set of occasions whose times are pairwise disjoint, earliest end first.
std::vector<const Occasion*> DisjointOccasions(const std::vector<const Occasion*>& occasions) {
  std::vector<const Occasion*> dated;
  for (const Occasion* occasion : occasions) {
    if (occasion->record->time.has_value()) dated.push_back(occasion);
  }
  std::stable_sort(dated.begin(), dated.end(),
                   [](const Occasion* a, const Occasion* b) { return a->record->time->end < b->record->time->end; });
  std::vector<const Occasion*> chosen;
  for (const Occasion* occasion : dated) {
    if (chosen.empty() || occasion->record->time->begin >= chosen.back()->record->time->end) chosen.push_back(occasion);
  }
  // Something of which no date is known happened once.
  if (chosen.empty() && !occasions.empty()) chosen.push_back(occasions.front());
  return chosen;
}

}  // namespace

void GatherEvents(const Meaning& meaning, const Catalogue& catalogue, const std::vector<Solution>& solutions,
                  Answer* answer) {
  const auto event = static_cast<size_t>(meaning.event_fact);
  const Fact& fact = meaning.facts[event];
  // Journeys of one person to two places at one time are one journey; meetings with two people are two.
  const bool by_subject = std::all_of(fact.relations.begin(), fact.relations.end(), [&](const RelationUse& use) {
    return catalogue.relations()[use.relation].role == ObjectRole::kPlace;
  });
  const std::vector<bool> dating = DatingFacts(meaning);
  std::vector<Occasion> occasions;
  RowGatherer gatherer;
  for (const Solution& solution : solutions) {
    const ClaimRecord* record = solution.claims[event];
    if (record == nullptr) continue;
    std::pair<uint64_t, uint64_t> sides(record->subject.bits(), by_subject ? 0 : record->object.bits());
    // A meeting of A and B is one of B and A.
    if (!by_subject && sides.first > sides.second) std::swap(sides.first, sides.second);
    occasions.push_back({absl::StrCat(sides.first, " ", sides.second), record, solution.certain});
    for (size_t i = 0; i < solution.claims.size(); ++i) {
      if (solution.claims[i] != nullptr) gatherer.Add(solution.claims[i], dating[i]);
    }
  }
  std::map<std::string, std::vector<const Occasion*>> by_key;
  for (const Occasion& occasion : occasions) by_key[occasion.key].push_back(&occasion);
  size_t count = 0;
  std::vector<std::string> counted;
  for (const auto& [key, same] : by_key) {
    for (const Occasion* occasion : DisjointOccasions(same)) {
      ++count;
      counted.push_back(absl::StrCat(occasion->record->claim.when.empty() ? "undated" : occasion->record->claim.when,
                                     " ", occasion->record->claim.object.label,
                                     occasion->certain ? "" : " (possibly)"));
    }
  }
  std::sort(counted.begin(), counted.end());
  answer->kind = Answer::Kind::kCount;
  answer->columns = {"count"};
  if (counted.empty()) {
    answer->notes.emplace_back("no claim tells of any, which is not the same as none");
    return;
  }
  answer->notes.push_back(absl::StrCat("counted: ", absl::StrJoin(counted, ", ")));
  AnswerRow row;
  AnswerCell cell;
  cell.value = Term::Typed(absl::StrCat(count), "http://www.w3.org/2001/XMLSchema#integer");
  cell.label = absl::StrCat(count);
  cell.type = "number";
  row.cells.emplace_back(std::move(cell));
  gatherer.Finish(&row);
  row.when.clear();
  answer->rows.push_back(std::move(row));
}

}  // namespace dossier::ask

// How many times, how many trips: one number, and what was counted.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "query/ask/answer_builder.h"
#include "query/ask/occasions.h"

namespace dossier::ask {

void GatherEvents(const Meaning& meaning, const Catalogue& catalogue, const std::vector<Solution>& solutions,
                  Answer* answer) {
  const std::vector<bool> dating = DatingFacts(meaning);
  std::vector<const Solution*> all;
  RowGatherer gatherer;
  for (const Solution& solution : solutions) {
    if (solution.claims[meaning.event_fact] == nullptr) continue;
    all.push_back(&solution);
    for (size_t i = 0; i < solution.claims.size(); ++i) {
      if (solution.claims[i] != nullptr) gatherer.Add(solution.claims[i], dating[i]);
    }
  }
  std::vector<std::string> counted;
  for (const Occasion& occasion : OccasionsOf(meaning, catalogue, meaning.event_fact, all)) {
    counted.push_back(Describe(occasion));
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
  row.cells.emplace_back(NumberCell(static_cast<double>(counted.size())));
  gatherer.Finish(&row);
  row.when.clear();
  answer->rows.push_back(std::move(row));
}

}  // namespace dossier::ask

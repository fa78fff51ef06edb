// "Do the articles agree on when Kim left": the answers of each article to a question, laid against those of the
// others.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "query/ask/views/view.h"

namespace dossier::ask {

// One answer, and the claims that give it.
struct RivalAnswer {
  AnswerCell cell;
  RowGatherer gatherer;
};

// The answers that contradict one of another article: two dates that exclude each other, different numbers, places of
// which neither lies in the other, different things; unless the one article has the other's answer among its own. Dates
// that are far from each other are rivals only where the question asks for a single one ("the day on which ..."), since
// they may be of two events. Where the question is about one article alone, its own answers are laid against each
// other. REQUIRES: the meaning has a target. `articles` is set to how many articles answer.
absl::StatusOr<std::vector<RivalAnswer>> FindRivalAnswers(const ViewContext& view, size_t* articles,
                                                          std::vector<std::string>* notes);

}  // namespace dossier::ask

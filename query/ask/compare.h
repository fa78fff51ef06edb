// Comparisons of two or more things: the same question asked of each of them, and what was measured laid side by side.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "query/ask/answer_builder.h"
#include "query/ask/compile.h"
#include "query/ask/score.h"

namespace dossier::ask {

// A question that differs from the one that was asked in one thing.
struct Variant {
  std::string words;  // "China", "in 2019"
  Meaning meaning;
  CompiledQuestion compiled;
};

// Of a question with alternatives, one for each; of a comparison with "than", the question itself and the one it is
// compared with; none for any other. REQUIRES: the names of `meaning` are chosen.
absl::StatusOr<std::vector<Variant>> MakeVariants(const Catalogue& catalogue, const Snapshot& snapshot,
                                                  const Meaning& meaning);

// The solutions of one variant, without what does not answer in the tense of the question.
struct Compared {
  const Variant* variant = nullptr;
  std::vector<Solution> solutions;
};

// What the degree of a comparison measures of one side.
Score ScoreOf(const Compared& side, const Degree& degree, const Catalogue& catalogue);

// ", China or Russia": the one that is most, or those of which it is so.
void GatherChoice(const Meaning& meaning, const Catalogue& catalogue, const std::vector<Compared>& compared,
                  Answer* answer);
// "did Kim travel more in 2018 than in 2019", "more than twice": yes or no, with both numbers.
void GatherComparison(const Meaning& meaning, const Catalogue& catalogue, const std::vector<Compared>& compared,
                      Answer* answer);

}  // namespace dossier::ask

// What a user is told about an empty answer: what there would be without one part of the question.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "query/ask/bound_question.h"
#include "query/result/answer.h"

namespace dossier::ask {

// What was found for a question that differs from another one in its meaning only.
struct VariantAnswer {
  Answer answer;
  bool may_have_more = false;  // Not all that could be an answer was looked at.
};

// Answers such a question, looking at a bounded number of rows.
using AnswerVariant = std::function<absl::StatusOr<VariantAnswer>(const Meaning&)>;

// Notes for an empty answer: `nothing in 2021; in 2018, 2023: Hanoi, Russia`. At most a few; none when no single part
// is to blame. `...` ends a list that may not have all.
absl::StatusOr<std::vector<std::string>> NearMissNotes(const Meaning& meaning, const AnswerVariant& answer);

// A row for each part of the question: what it is, how many answers there are without it, and the nearest ones.
absl::StatusOr<Answer> NearMissTable(const Meaning& meaning, const AnswerVariant& answer);

}  // namespace dossier::ask

// What a superlative or a comparison measures: how often, how many, how much, how long, when.
#pragma once

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "query/ask/answer_builder.h"
#include "query/ask/catalogue.h"
#include "query/ask/meaning.h"

namespace dossier::ask {

struct Score {
  bool any = false;   // Nothing to measure otherwise.
  double value = 0;   // The larger of it, the more.
  std::string label;  // "4", "1,200 km", "3 days"
  Term term;          // The same as a value: a number, or a date for Degree::Of::kTime.
};

// Of the solutions of one answer. `largest`: of several quantities the largest, else the smallest one.
Score ScoreOf(const Meaning& meaning, const Degree& degree, const Catalogue& catalogue,
              absl::Span<const Solution* const> solutions, bool largest);

// Whether a quantity lies within a limit, as far as its hedge tells: "more than 20" is more than 15 and not 15.
enum class Within : uint8_t { kNo, kPossibly, kYes };
Within IsWithin(double value, const std::string& bound, const NumberLimit& limit);
inline Within IsWithin(double value, const NumberLimit& limit) { return IsWithin(value, "", limit); }

// Keeps the solutions in which every quantity is within the limit that the question sets; possible ones are no longer
// certain. True when all that were left out are outside for certain.
bool KeepWithinNumbers(const Meaning& meaning, std::vector<Solution>* solutions);

}  // namespace dossier::ask

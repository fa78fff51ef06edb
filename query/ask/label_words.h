// What the labels of relations tell by their English, where data declare no words for them: "birth place" is where
// somebody was born, "number of employees" how many employees there are.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace dossier::ask {

// The verb whose place or time a label names ("birth place", "date of birth": "be born"; "founding date": "be
// founded"); empty when it names none.
std::string VerbOfLabel(absl::string_view label);

// Whether a label names a place by its last word or by the word before "of": "birth place", "location of the seat".
bool NamesPlace(absl::string_view label);

// An adjective that asks for what a label measures: "old" for "age".
struct MeasureWord {
  absl::string_view noun;     // In the label, as its last word or before "of".
  absl::string_view measure;  // The local name of one of Dossier's measures.
  absl::string_view adjective;
  int direction = 1;  // -1: compares the other way round ("young").
};
std::vector<MeasureWord> MeasuresOfLabel(absl::string_view label);

// What a label counts: "employees" of "number of employees" and of "employee count"; empty when it counts nothing.
std::string CountedOfLabel(absl::string_view label);

}  // namespace dossier::ask

// What the question language knows of English itself, apart from any data: regular forms, the common irregular ones,
// and the small words that carry no content.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace dossier::ask {

// The plural of a noun; of a phrase, that of its last word ("news agency": "news agencies"), or of the word before
// "of", "in" and the like ("member of parliament": "members of parliament"). A few irregular nouns are known.
std::string PluralOf(absl::string_view noun);

// Forms of a verb given in its base form; of a phrase, those of its first word ("grow closer": "grew closer").
struct VerbForms {
  std::string third;
  std::string past;
  std::string participle;
  std::string gerund;
};
VerbForms FormsOf(absl::string_view base);

// The base form of a verb in its past form, the regular ones by their spelling ("founded": "found", "moved": "move",
// "married": "marry"); empty when the word is no past form.
std::string BaseOfPast(absl::string_view past);

// "farther", "further"; "farthest", "furthest". A long adjective has none: "more expensive".
struct AdjectiveForms {
  std::vector<std::string> comparative;
  std::vector<std::string> superlative;
};
AdjectiveForms FormsOfAdjective(absl::string_view positive);

// Adjectives that fit every quantity: "large", "high", "small". Direction -1: the largest has the smallest number.
struct GeneralAdjective {
  absl::string_view word;
  int direction;
};
absl::Span<const GeneralAdjective> GeneralAdjectives();

// A number in words or digits ("three", "twenty", "10,000"); -1 when it is none.
double NumberOf(absl::string_view word);

// The place that "first", "second", "3rd" names; 0 when the word names none.
int OrdinalOf(absl::string_view word);

// "the", "a", "his", "their": words before a noun that may be left out of what the question means.
bool IsDeterminer(absl::string_view word);

// Folded words that say nothing when a statement is looked up by its words ("that North Korea will pay"): articles,
// auxiliaries, prepositions.
bool IsStopWord(absl::string_view word);

// A crude stem: the word without the endings of plurals and verb forms, for comparing words of statements.
std::string StemOf(absl::string_view word);
// "a day", "an hour".
std::string WithArticle(absl::string_view noun);

}  // namespace dossier::ask

// Adjectives with their degrees, and numbers in words.
#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "query/ask/english.h"

namespace dossier::ask {
namespace {

struct IrregularAdjective {
  absl::string_view positive, comparative, superlative;
};
constexpr IrregularAdjective kIrregular[] = {
    {"far", "farther", "farthest"}, {"far", "further", "furthest"}, {"good", "better", "best"},
    {"bad", "worse", "worst"},      {"many", "more", "most"},       {"much", "more", "most"},
    {"little", "less", "least"},    {"old", "older", "oldest"},     {"old", "elder", "eldest"},
};

constexpr std::array<GeneralAdjective, 9> kGeneral = {{{"large", 1},
                                                       {"big", 1},
                                                       {"great", 1},
                                                       {"high", 1},
                                                       {"long", 1},
                                                       {"small", -1},
                                                       {"low", -1},
                                                       {"short", -1},
                                                       {"little", -1}}};

constexpr std::array<std::pair<absl::string_view, double>, 33> kNumbers = {
    {{"zero", 0},      {"one", 1},       {"two", 2},       {"three", 3},    {"four", 4},      {"five", 5},
     {"six", 6},       {"seven", 7},     {"eight", 8},     {"nine", 9},     {"ten", 10},      {"eleven", 11},
     {"twelve", 12},   {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16},  {"seventeen", 17},
     {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},   {"thirty", 30},  {"forty", 40},    {"fifty", 50},
     {"sixty", 60},    {"seventy", 70},  {"eighty", 80},   {"ninety", 90},  {"hundred", 100}, {"thousand", 1e3},
     {"million", 1e6}, {"billion", 1e9}, {"dozen", 12}}};

constexpr std::array<absl::string_view, 12> kOrdinals = {"first",   "second", "third", "fourth", "fifth",    "sixth",
                                                         "seventh", "eighth", "ninth", "tenth",  "eleventh", "twelfth"};

bool IsVowelOrY(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; }

// Groups of vowels, a silent e at the end not counted.
size_t Syllables(absl::string_view word) {
  size_t groups = 0;
  for (size_t i = 0; i < word.size(); ++i) {
    groups += IsVowelOrY(word[i]) && (i == 0 || !IsVowelOrY(word[i - 1])) ? 1 : 0;
  }
  return groups > 1 && word.back() == 'e' ? groups - 1 : groups;
}

}  // namespace

AdjectiveForms FormsOfAdjective(absl::string_view positive) {
  AdjectiveForms forms;
  for (const IrregularAdjective& irregular : kIrregular) {
    if (irregular.positive != positive) continue;
    forms.comparative.emplace_back(irregular.comparative);
    forms.superlative.emplace_back(irregular.superlative);
  }
  if (!forms.comparative.empty() || positive.size() < 3) return forms;
  std::string stem(positive);
  const bool short_y = absl::EndsWith(positive, "y") && !IsVowelOrY(positive[positive.size() - 2]);
  if (Syllables(positive) > 2 || (Syllables(positive) == 2 && !short_y && !absl::EndsWith(positive, "le") &&
                                  !absl::EndsWith(positive, "ow") && !absl::EndsWith(positive, "er"))) {
    return forms;
  }
  const char last = stem.back();
  if (short_y) {
    stem.back() = 'i';
  } else if (last == 'e') {
    stem.pop_back();
  } else if (!IsVowelOrY(last) && last != 'w' && last != 'x' && IsVowelOrY(stem[stem.size() - 2]) &&
             !IsVowelOrY(stem[stem.size() - 3])) {
    stem.push_back(last);
  }
  forms.comparative.push_back(absl::StrCat(stem, "er"));
  forms.superlative.push_back(absl::StrCat(stem, "est"));
  return forms;
}

absl::Span<const GeneralAdjective> GeneralAdjectives() { return kGeneral; }

double NumberOf(absl::string_view word) {
  for (const auto& [name, value] : kNumbers) {
    if (word == name) return value;
  }
  if (word.empty() || word.front() < '0' || word.front() > '9') return -1;
  double value = 0;
  const std::string plain = absl::StrReplaceAll(word, {{",", ""}});
  if (!absl::SimpleAtod(plain, &value)) return -1;
  return value;
}

int OrdinalOf(absl::string_view word) {
  const auto* named = std::find(kOrdinals.begin(), kOrdinals.end(), word);
  if (named != kOrdinals.end()) return static_cast<int>(named - kOrdinals.begin()) + 1;
  int number = 0;
  for (const absl::string_view ending : {"st", "nd", "rd", "th"}) {
    absl::string_view digits = word;
    if (absl::ConsumeSuffix(&digits, ending) && digits.size() <= 2 && absl::SimpleAtoi(digits, &number)) return number;
  }
  return 0;
}

}  // namespace dossier::ask

#include "query/ask/english.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace dossier::ask {
namespace {

struct IrregularVerb {
  absl::string_view base, third, past, participle, gerund;
};

// Sorted by base; an empty form is the regular one.
constexpr IrregularVerb kIrregularVerbs[] = {
    {"be", "is", "was", "been", "being"},
    {"become", "", "became", "become", ""},
    {"begin", "", "began", "begun", "beginning"},
    {"break", "", "broke", "broken", ""},
    {"bring", "", "brought", "brought", ""},
    {"build", "", "built", "built", ""},
    {"buy", "", "bought", "bought", ""},
    {"choose", "", "chose", "chosen", ""},
    {"come", "", "came", "come", ""},
    {"cut", "", "cut", "cut", "cutting"},
    {"do", "does", "did", "done", ""},
    {"draw", "", "drew", "drawn", ""},
    {"drive", "", "drove", "driven", ""},
    {"fall", "", "fell", "fallen", ""},
    {"fight", "", "fought", "fought", ""},
    {"find", "", "found", "found", ""},
    {"fly", "", "flew", "flown", ""},
    {"forbid", "", "forbade", "forbidden", "forbidding"},
    {"get", "", "got", "got", "getting"},
    {"give", "", "gave", "given", ""},
    {"go", "goes", "went", "gone", ""},
    {"grow", "", "grew", "grown", ""},
    {"have", "has", "had", "had", "having"},
    {"hear", "", "heard", "heard", ""},
    {"hold", "", "held", "held", ""},
    {"keep", "", "kept", "kept", ""},
    {"know", "", "knew", "known", ""},
    {"lead", "", "led", "led", ""},
    {"leave", "", "left", "left", ""},
    {"lose", "", "lost", "lost", ""},
    {"make", "", "made", "made", "making"},
    {"meet", "", "met", "met", ""},
    {"pay", "", "paid", "paid", ""},
    {"put", "", "put", "put", "putting"},
    {"read", "", "read", "read", ""},
    {"ride", "", "rode", "ridden", "riding"},
    {"run", "", "ran", "run", "running"},
    {"say", "", "said", "said", ""},
    {"see", "", "saw", "seen", ""},
    {"seek", "", "sought", "sought", ""},
    {"sell", "", "sold", "sold", ""},
    {"send", "", "sent", "sent", ""},
    {"set", "", "set", "set", "setting"},
    {"show", "", "showed", "shown", ""},
    {"sing", "", "sang", "sung", ""},
    {"sink", "", "sank", "sunk", ""},
    {"sit", "", "sat", "sat", "sitting"},
    {"speak", "", "spoke", "spoken", ""},
    {"spend", "", "spent", "spent", ""},
    {"stand", "", "stood", "stood", ""},
    {"steal", "", "stole", "stolen", ""},
    {"swim", "", "swam", "swum", "swimming"},
    {"take", "", "took", "taken", ""},
    {"teach", "", "taught", "taught", ""},
    {"tell", "", "told", "told", ""},
    {"think", "", "thought", "thought", ""},
    {"throw", "", "threw", "thrown", ""},
    {"travel", "", "travelled", "travelled", "travelling"},
    {"understand", "", "understood", "understood", ""},
    {"wear", "", "wore", "worn", ""},
    {"win", "", "won", "won", "winning"},
    {"write", "", "wrote", "written", "writing"},
};

struct IrregularNoun {
  absl::string_view singular, plural;
};
constexpr IrregularNoun kIrregularNouns[] = {
    {"aircraft", "aircraft"},   {"child", "children"}, {"foot", "feet"},       {"goods", "goods"},
    {"life", "lives"},          {"man", "men"},        {"mouse", "mice"},      {"news", "news"},
    {"person", "people"},       {"series", "series"},  {"species", "species"}, {"spacecraft", "spacecraft"},
    {"spokesman", "spokesmen"}, {"woman", "women"},    {"wife", "wives"},
};

// Words on "man" that are no compounds of it: Germans.
constexpr std::array<absl::string_view, 7> kNotMen = {"caiman", "german",   "norman", "ottoman",
                                                      "shaman", "talisman", "brahman"};

bool IsVowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

bool EndsInConsonantY(absl::string_view word) {
  return word.size() > 1 && word.back() == 'y' && !IsVowel(word[word.size() - 2]);
}

bool EndsInSibilant(absl::string_view word) {
  return absl::EndsWith(word, "s") || absl::EndsWith(word, "x") || absl::EndsWith(word, "z") ||
         absl::EndsWith(word, "ch") || absl::EndsWith(word, "sh");
}

std::string PluralOfWord(absl::string_view word) {
  for (const IrregularNoun& noun : kIrregularNouns) {
    // A noun that data give in the plural ("children of") stays so.
    if (word == noun.singular || word == noun.plural) return std::string(noun.plural);
  }
  if (absl::EndsWith(word, "women") || absl::EndsWith(word, "smen")) return std::string(word);
  const bool is_man = absl::EndsWith(word, "man") && word.size() > 5 &&
                      std::find(kNotMen.begin(), kNotMen.end(), word) == kNotMen.end();
  if (is_man) return absl::StrCat(word.substr(0, word.size() - 2), "en");
  if (EndsInConsonantY(word)) return absl::StrCat(word.substr(0, word.size() - 1), "ies");
  if (EndsInSibilant(word)) return absl::StrCat(word, "es");
  return absl::StrCat(word, "s");
}

// One vowel and one consonant at the end of a word of one syllable: the consonant is doubled ("stop", "stopped").
bool DoublesConsonant(absl::string_view word) {
  if (word.size() < 3) return false;
  const char last = word.back();
  if (IsVowel(last) || last == 'w' || last == 'x' || last == 'y') return false;
  if (!IsVowel(word[word.size() - 2]) || IsVowel(word[word.size() - 3])) return false;
  return std::count_if(word.begin(), word.end(), IsVowel) == 1;
}

VerbForms FormsOfWord(absl::string_view word) {
  VerbForms forms;
  const bool silent_e = absl::EndsWith(word, "e");
  const std::string stem =
      DoublesConsonant(word) ? absl::StrCat(word, word.substr(word.size() - 1)) : std::string(word);
  forms.third = EndsInConsonantY(word) ? absl::StrCat(word.substr(0, word.size() - 1), "ies")
                : EndsInSibilant(word) || absl::EndsWith(word, "o") ? absl::StrCat(word, "es")
                                                                    : absl::StrCat(word, "s");
  forms.past = silent_e                 ? absl::StrCat(word, "d")
               : EndsInConsonantY(word) ? absl::StrCat(word.substr(0, word.size() - 1), "ied")
                                        : absl::StrCat(stem, "ed");
  forms.participle = forms.past;
  forms.gerund = silent_e && !absl::EndsWith(word, "ee") ? absl::StrCat(word.substr(0, word.size() - 1), "ing")
                                                         : absl::StrCat(stem, "ing");
  const auto* irregular =
      std::lower_bound(std::begin(kIrregularVerbs), std::end(kIrregularVerbs), word,
                       [](const IrregularVerb& verb, absl::string_view w) { return verb.base < w; });
  if (irregular != std::end(kIrregularVerbs) && irregular->base == word) {
    if (!irregular->third.empty()) forms.third = std::string(irregular->third);
    if (!irregular->past.empty()) forms.past = std::string(irregular->past);
    if (!irregular->participle.empty()) forms.participle = std::string(irregular->participle);
    if (!irregular->gerund.empty()) forms.gerund = std::string(irregular->gerund);
  }
  return forms;
}

}  // namespace

std::string PluralOf(absl::string_view noun) {
  for (absl::string_view link : {" of ", " in ", " at ", " for ", " to ", " on "}) {
    if (const size_t at = noun.find(link); at != absl::string_view::npos) {
      return absl::StrCat(PluralOf(noun.substr(0, at)), noun.substr(at));
    }
  }
  const size_t blank = noun.rfind(' ');
  if (blank == absl::string_view::npos) return PluralOfWord(noun);
  return absl::StrCat(noun.substr(0, blank + 1), PluralOfWord(noun.substr(blank + 1)));
}

VerbForms FormsOf(absl::string_view base) {
  const size_t blank = base.find(' ');
  if (blank == absl::string_view::npos) return FormsOfWord(base);
  VerbForms forms = FormsOfWord(base.substr(0, blank));
  for (std::string* form : {&forms.third, &forms.past, &forms.participle, &forms.gerund}) {
    absl::StrAppend(form, base.substr(blank));
  }
  return forms;
}

bool IsDeterminer(absl::string_view word) {
  static constexpr std::array<absl::string_view, 17> kWords = {"such",  "the",   "a",    "an",  "his",  "her",
                                                               "its",   "their", "our",  "my",  "all",  "any",
                                                               "every", "named", "some", "own", "these"};
  return absl::c_linear_search(kWords, word);
}

bool IsStopWord(absl::string_view word) {
  static constexpr std::array<absl::string_view, 46> kWords = {
      "the", "a",     "an",   "of",    "to",    "in",     "on",   "at",    "by",   "for",   "with", "from",
      "and", "or",    "that", "is",    "are",   "was",    "were", "be",    "been", "being", "will", "would",
      "can", "could", "may",  "might", "shall", "should", "has",  "have",  "had",  "do",    "does", "did",
      "it",  "its",   "he",   "his",   "she",   "her",    "they", "their", "as",   "this"};
  return absl::c_linear_search(kWords, word);
}

namespace {

// The base of an irregular form; empty when it is none.
absl::string_view IrregularBaseOf(absl::string_view form) {
  static const auto& bases = *new absl::flat_hash_map<absl::string_view, absl::string_view>([] {
    absl::flat_hash_map<absl::string_view, absl::string_view> by_form;
    for (const IrregularVerb& verb : kIrregularVerbs) {
      for (const absl::string_view each : {verb.past, verb.participle, verb.third}) {
        if (!each.empty()) by_form.emplace(each, verb.base);
      }
    }
    return by_form;
  }());
  const auto it = bases.find(form);
  return it == bases.end() ? absl::string_view() : it->second;
}

// Whether a verb whose past is `stem` and "ed" ends in "e": a last consonant that is never final ("moved", "produced"),
// or one after a single vowel, which would be doubled otherwise ("hired"; "stopped"), but not in endings without
// stress ("entered", "edited").
bool LosesFinalE(absl::string_view stem) {
  const size_t size = stem.size();
  if (size < 2) return false;
  for (const absl::string_view against_the_rule : {"creat", "invit", "unit", "excit", "recit"}) {
    if (stem == against_the_rule) return true;
  }
  const char last = stem[size - 1];
  const char before = stem[size - 2];
  if (absl::string_view("vczu").find(last) != absl::string_view::npos) return true;
  if (last == 'g') return before != 'n' || size < 3 || stem[size - 3] == 'a';
  if (last == 's') return before != 's' && before != 'u';
  if (last == 'l' && !IsVowel(before)) return before != 'l' && before != 'r' && before != 'w';
  if (IsVowel(last) || last == 'w' || last == 'x' || last == 'y' || last == 'h' || !IsVowel(before)) return false;
  if (size >= 3 && IsVowel(stem[size - 3])) return false;
  for (const absl::string_view unstressed : {"er", "or", "en", "on", "it", "op", "el", "om", "et"}) {
    if (absl::EndsWith(stem, unstressed) && size > 3) return false;
  }
  return true;
}

}  // namespace

std::string BaseOfPast(absl::string_view past) {
  if (const absl::string_view irregular = IrregularBaseOf(past); !irregular.empty()) {
    return FormsOf(irregular).third == past ? std::string() : std::string(irregular);
  }
  if (past.size() < 4 || !absl::ConsumeSuffix(&past, "ed")) return "";
  const absl::string_view stem = past;
  if (stem.back() == 'i') return absl::StrCat(stem.substr(0, stem.size() - 1), "y");
  const bool doubled = stem.size() > 2 && stem.back() == stem[stem.size() - 2];
  if (doubled && absl::string_view("lsfz").find(stem.back()) == absl::string_view::npos) {
    return std::string(stem.substr(0, stem.size() - 1));
  }
  return LosesFinalE(stem) ? absl::StrCat(stem, "e") : std::string(stem);
}

std::string WithArticle(absl::string_view noun) {
  const bool vowel = !noun.empty() && absl::string_view("aeiouAEIOU").find(noun.front()) != absl::string_view::npos;
  return absl::StrCat(vowel || noun == "hour" ? "an " : "a ", noun);
}

std::string StemOf(absl::string_view word) {
  if (const absl::string_view irregular = IrregularBaseOf(word); !irregular.empty()) return std::string(irregular);
  for (absl::string_view ending : {"ing", "ed", "es", "s", "e"}) {
    if (word.size() > ending.size() + 2 && absl::EndsWith(word, ending)) {
      word.remove_suffix(ending.size());
      break;
    }
  }
  if (word.size() > 3 && (word.back() == 'y' || word.back() == 'i')) word.remove_suffix(1);
  if (word.size() > 3 && word[word.size() - 1] == word[word.size() - 2]) word.remove_suffix(1);
  return std::string(word);
}

}  // namespace dossier::ask

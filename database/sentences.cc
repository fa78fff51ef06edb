#include "database/sentences.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "absl/types/span.h"

namespace dossier {
namespace {

using absl::string_view;

// Spelled in UTF-8: blanks besides the ASCII ones (no-break, thin, ideographic ... spaces, byte order mark).
constexpr std::array<string_view, 7> kWideBlanks = {"\u00a0", "\u2002", "\u2003", "\u2009",
                                                    "\u202f", "\u3000", "\ufeff"};
constexpr std::array<string_view, 9> kClosers = {"\"", "'", ")", "]", "}", "”", "’", "»", "›"};
constexpr std::array<string_view, 11> kOpeners = {"\"", "'", "(", "[", "{", "“", "‘", "„", "«", "‹", "¿"};
constexpr std::array<string_view, 5> kTerminators = {".", "?", "!", "؟", "।"};
// These end a sentence without a blank after them.
constexpr std::array<string_view, 3> kWideTerminators = {"。", "！", "？"};
constexpr std::array<string_view, 3> kWideClosers = {"」", "』", "”"};

// Always followed by what they belong to.
constexpr std::array<string_view, 36> kTitles = {
    "Mr",     "Mrs", "Ms",   "Dr",  "Prof", "Gen",  "Col",  "Lt",   "Sgt",    "Capt", "Maj",  "Adm",
    "Gov",    "Sen", "Rep",  "Rev", "Hon",  "Pres", "Brig", "Cmdr", "Supt",   "Det",  "Insp", "Amb",
    "Messrs", "Mme", "Mlle", "Mt",  "vs",   "cf",   "e.g",  "i.e",  "approx", "ca",   "viz",  "resp"};
// Followed by a number or a word in lower case when the sentence goes on.
constexpr std::array<string_view, 20> kMonthsAndDays = {"Jan",  "Feb",  "Mar", "Apr",   "Jun", "Jul", "Aug",
                                                        "Sep",  "Sept", "Oct", "Nov",   "Dec", "Mon", "Tue",
                                                        "Tues", "Wed",  "Thu", "Thurs", "Fri", "Sat"};
// Followed by a number when the sentence goes on.
constexpr std::array<string_view, 12> kBeforeNumbers = {"No",  "Nos", "no", "nos", "p",   "pp",
                                                        "vol", "Vol", "ch", "Art", "art", "Fig"};
// May stand at the end of a sentence or inside it.
constexpr std::array<string_view, 20> kAbbreviations = {"St",   "Inc",  "Corp", "Co",   "Ltd",  "Bros", "Jr",
                                                        "Sr",   "etc",  "al",   "Ave",  "Blvd", "Dept", "Univ",
                                                        "Assn", "Govt", "Gens", "Sens", "Reps", "est"};
// Words that begin sentences and hardly ever names: after an abbreviation they tell that a new sentence begins.
constexpr std::array<string_view, 64> kStarters = {
    "The",   "A",     "An",   "This",  "That",     "These",   "Those",   "He",    "She",    "It",    "They",
    "We",    "I",     "You",  "There", "Here",     "His",     "Her",     "Its",   "Their",  "Our",   "My",
    "In",    "On",    "At",   "By",    "For",      "From",    "With",    "To",    "As",     "After", "Since",
    "Until", "While", "When", "Where", "Before",   "During",  "But",     "And",   "Or",     "So",    "Yet",
    "If",    "Not",   "No",   "Now",   "Then",     "However", "Because", "Both",  "Some",   "Most",  "Many",
    "Who",   "What",  "Why",  "How",   "Although", "Also",    "Earlier", "Later", "Instead"};

bool Contains(absl::Span<const string_view> words, string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Removes one of `symbols` from the front; false when there is none.
bool ConsumeAny(absl::Span<const string_view> symbols, string_view* text) {
  return std::any_of(symbols.begin(), symbols.end(),
                     [text](string_view symbol) { return absl::ConsumePrefix(text, symbol); });
}

bool ConsumeBlank(string_view* text) {
  if (!text->empty() && absl::ascii_isspace(static_cast<unsigned char>(text->front()))) {
    text->remove_prefix(1);
    return true;
  }
  return ConsumeAny(kWideBlanks, text);
}

string_view StripBlanks(string_view text) {
  while (ConsumeBlank(&text)) {
  }
  bool stripped = true;
  while (stripped) {
    const string_view before = text;
    text = absl::StripTrailingAsciiWhitespace(text);
    for (string_view blank : kWideBlanks) text = absl::StripSuffix(text, blank);
    stripped = text.size() != before.size();
  }
  return text;
}

// The word at the front of `text`, up to the next blank, without opening quotes and brackets.
string_view NextWord(string_view text) {
  while (ConsumeAny(kOpeners, &text)) {
  }
  string_view rest = text;
  while (!rest.empty()) {
    string_view after = rest;
    if (ConsumeBlank(&after)) break;
    rest.remove_prefix(1);
  }
  return text.substr(0, text.size() - rest.size());
}

// The word at the end of `text`; empty when a blank stands there.
string_view LastWord(string_view text) {
  size_t begin = text.find_last_of(" \t");
  begin = begin == string_view::npos ? 0 : begin + 1;
  for (string_view blank : kWideBlanks) {
    const size_t found = text.rfind(blank);
    if (found != string_view::npos) begin = std::max(begin, found + blank.size());
  }
  return text.substr(begin);
}

bool IsStarter(string_view word) { return Contains(kStarters, absl::StripSuffix(absl::StripSuffix(word, ","), ":")); }

bool StartsWithLower(string_view word) {
  return !word.empty() && absl::ascii_islower(static_cast<unsigned char>(word.front()));
}

bool StartsWithDigit(string_view word) {
  return !word.empty() && absl::ascii_isdigit(static_cast<unsigned char>(word.front()));
}

// "U.S", "J", "a.m": single letters with dots between them (the last dot is cut off already).
bool IsInitials(string_view word) {
  for (size_t i = 0; i < word.size(); ++i) {
    const auto c = static_cast<unsigned char>(word[i]);
    if (i % 2 == 0 ? !absl::ascii_isalpha(c) : c != '.') return false;
  }
  return word.size() % 2 == 1;
}

// Whether the single dot after `word` ends a sentence, when `next` is the word after it.
bool DotEndsSentence(string_view word, string_view next, bool first_word) {
  if (Contains(kTitles, word)) return false;
  if (Contains(kMonthsAndDays, word)) return !StartsWithDigit(next) && !StartsWithLower(next);
  if (Contains(kBeforeNumbers, word)) return !StartsWithDigit(next);
  if (Contains(kAbbreviations, word) || IsInitials(word)) return IsStarter(next);
  // "1. The first point": the number of an item.
  const bool number = !word.empty() && std::all_of(word.begin(), word.end(), absl::ascii_isdigit);
  return !(first_word && number);
}

// What stands at the end of a possible sentence.
struct Ending {
  size_t marks = 0;     // How many terminators.
  bool dot = false;     // They are dots.
  bool closed = false;  // Quotes or brackets follow them.
};

// Whether the text before `ending` is a sentence; `rest` is what follows the blank after it.
bool EndsSentence(string_view sentence, const Ending& ending, string_view rest) {
  const string_view next = NextWord(rest);
  if (next.empty()) return true;
  const string_view last = LastWord(sentence);
  const string_view word = NextWord(last);
  if (word.empty()) return false;  // Only marks: "(...)", "...".
  // `"Will he come?" they asked` goes on, and so does `He waited ... and left`.
  if (StartsWithLower(next) && (ending.closed || ending.marks > 1)) return false;
  if (!ending.dot || ending.marks > 1) return true;
  return DotEndsSentence(word, next, last.size() == sentence.size());
}

}  // namespace

std::vector<string_view> SplitSentences(string_view line) {
  std::vector<string_view> sentences;
  line = StripBlanks(line);
  string_view begin = line;  // From the begin of the current sentence.
  string_view rest = line;
  const auto cut = [&begin, &rest, &sentences](size_t length) {
    sentences.push_back(begin.substr(0, length));
    begin = rest = StripBlanks(rest);
  };
  while (!rest.empty()) {
    if (ConsumeAny(kWideTerminators, &rest)) {
      while (ConsumeAny(kWideTerminators, &rest) || ConsumeAny(kWideClosers, &rest)) {
      }
      cut(begin.size() - rest.size());
      continue;
    }
    const string_view before = rest;
    Ending ending;
    ending.dot = before.front() == '.';
    while (ConsumeAny(kTerminators, &rest)) ++ending.marks;
    if (ending.marks == 0) {
      rest.remove_prefix(1);
      continue;
    }
    while (ConsumeAny(kClosers, &rest)) ending.closed = true;
    const size_t length = begin.size() - rest.size();
    if (rest.empty()) break;
    if (!ConsumeBlank(&rest)) continue;
    rest = StripBlanks(rest);
    if (EndsSentence(begin.substr(0, begin.size() - before.size()), ending, rest)) cut(length);
  }
  if (!begin.empty()) sentences.push_back(begin);
  return sentences;
}

std::vector<Paragraph> SplitParagraphs(string_view text) {
  std::vector<Paragraph> paragraphs;
  size_t number = 0;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    ++number;
    std::vector<string_view> sentences = SplitSentences(text.substr(0, end));
    if (!sentences.empty()) paragraphs.push_back({number, std::move(sentences)});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return paragraphs;
}

}  // namespace dossier

#include "shell/statement_start.h"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "query/sparql/statement_form.h"

namespace dossier {
namespace {

// The words of a line in lower case, without what an apostrophe adds ("who's", "didn't") and without end marks.
class Words {
 public:
  explicit Words(absl::string_view line) {
    for (absl::string_view word : absl::StrSplit(line, absl::ByAnyChar(" \t"), absl::SkipEmpty())) {
      word = word.substr(0, word.find_first_of("'\xe2?!,;"));
      words_.push_back(absl::AsciiStrToLower(word));
      constexpr size_t kLookedAt = 6;
      if (words_.size() == kLookedAt) break;
    }
  }

  // "didn't" is "didn" here.
  bool Is(size_t at, std::initializer_list<absl::string_view> any) const {
    if (at >= words_.size()) return false;
    return std::any_of(any.begin(), any.end(), [&](absl::string_view word) { return words_[at] == word; });
  }
  bool IsNumber(size_t at) const {
    return at < words_.size() && !words_[at].empty() && absl::ascii_isdigit(static_cast<unsigned char>(words_[at][0]));
  }
  size_t size() const { return words_.size(); }

 private:
  std::vector<std::string> words_;
};

bool IsQuestionWord(const Words& words, size_t at) {
  return words.Is(at, {"who", "whom", "whose", "what", "which", "where", "when", "why", "how"});
}

bool StartsQuestion(const Words& words) {
  // "find ?x" may have its "where ?x met Kim" in the next line.
  if (IsQuestionWord(words, 0)) return !(words.size() > 1 && words.Is(0, {"where"}) && words.Is(1, {""}));
  // "May 2018" is a month.
  if (words.Is(0, {"may"})) return !words.IsNumber(1);
  if (words.Is(
          0, {"do",    "does",  "did",    "is",   "are",   "was",   "were", "has",    "have",    "had",    "will",
              "would", "shall", "should", "can",  "could", "might", "must", "don",    "doesn",   "didn",   "isn",
              "aren",  "wasn",  "weren",  "hasn", "haven", "hadn",  "won",  "wouldn", "shouldn", "cannot", "couldn"})) {
    return true;
  }
  if (words.Is(0, {"find", "list", "show", "count", "describe"})) return true;
  if (words.Is(0, {"since", "until"}) && words.Is(1, {"when"})) return true;
  if (words.Is(0, {"according"})) return words.Is(1, {"to"}) && IsQuestionWord(words, 2);
  return words.Is(0, {"in", "on", "at", "by", "to", "from", "with", "for", "about", "of", "through", "during", "under",
                      "after", "before"}) &&
         words.Is(1, {"which", "what", "whom", "who", "whose"});
}

bool StartsView(const Words& words) {
  const size_t at = words.Is(0, {"the", "all", "a", "an"}) ? 1 : 0;
  if (words.Is(at, {"timeline", "conflict", "conflicts", "contradiction", "contradictions", "disagreement",
                    "disagreements", "source", "sources"})) {
    return words.Is(at + 1, {"of", "for", "about", "on", "over"});
  }
  return words.Is(at, {"path", "paths", "connection", "connections"}) && words.Is(at + 1, {"from", "between"});
}

bool StartsCommand(const Words& words) {
  return words.Is(0, {"assert", "retract", "define", "load", "export", "explain", "search", "help", "set", "run",
                      "stats", "check", "quit", "exit"});
}

}  // namespace

bool StartsStatement(absl::string_view line) {
  line = absl::StripAsciiWhitespace(line);
  if (line.empty()) return false;
  if (line.front() == '.') return true;
  const Words words(line);
  if (StartsQuestion(words) || StartsView(words) || StartsCommand(words)) return true;
  // Which prefixes there are makes no difference for where a statement begins.
  return sparql::RecognizeStatement(line, [](absl::string_view) { return false; }) != sparql::StatementForm::kNotSparql;
}

}  // namespace dossier

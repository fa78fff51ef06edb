// Ways to say what a shorter question says: "for how long", "at what time", "by what means". They are written in the
// short way before a question is read, so that everything else has to know only that.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_split.h"
#include "query/ask/clause_reader.h"

namespace dossier::ask {
namespace {

struct Idiom {
  absl::string_view words;
  absl::string_view means;
};
constexpr Idiom kIdioms[] = {
    {"how much time", "how long"},
    {"for how long", "how long"},
    {"for how many", "how many"},
    {"how frequently", "how often"},
    {"how come", "why"},
    {"for what reason", "why"},
    {"for which reason", "why"},
    {"what for", "why"},
    {"at what time", "when"},
    {"at which time", "when"},
    {"what time", "when"},
    {"since what time", "since when"},
    {"since which time", "since when"},
    {"from when", "since when"},
    {"on what occasions", "when"},
    {"on which occasions", "when"},
    {"on what occasion", "when"},
    {"on which occasion", "when"},
    {"on what days", "when"},
    {"on which days", "when"},
    {"on what dates", "when"},
    {"on which dates", "when"},
    {"in what years", "when"},
    {"in which years", "when"},
    {"in what months", "when"},
    {"in which months", "when"},
    {"at what place", "where"},
    {"at which place", "where"},
    {"in what places", "where"},
    {"in which places", "where"},
    {"by what means", "how"},
    {"by which means", "how"},
    {"in what way", "how"},
    {"in which way", "how"},
};

}  // namespace

void ClauseReader::RewriteIdioms() {
  // "has been to China" is the perfect of going there.
  for (size_t at = 1; at + 1 < items_.size(); ++at) {
    if (!WordIs(at, "been") || !WordIs(at + 1, "to") || !catalogue_.verbs().Contains("gone")) continue;
    items_[at].word = items_[at].whole = "gone";
  }
  // The longest one that the question begins with.
  const Idiom* best = nullptr;
  size_t length = 0;
  for (const Idiom& idiom : kIdioms) {
    const std::vector<absl::string_view> words = absl::StrSplit(idiom.words, ' ');
    bool matches = words.size() > length;
    for (size_t i = 0; i < words.size() && matches; ++i) matches = WordIs(i, words[i]);
    if (!matches) continue;
    best = &idiom;
    length = words.size();
  }
  if (best == nullptr || length >= items_.size()) return;
  std::vector<Item> rewritten;
  for (const absl::string_view word : absl::StrSplit(best->means, ' ')) {
    Item item = items_.front();
    item.word = item.whole = std::string(word);
    item.span = SpanOf(0, length);
    rewritten.push_back(std::move(item));
  }
  items_.erase(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(length));
  items_.insert(items_.begin(), rewritten.begin(), rewritten.end());
}

}  // namespace dossier::ask

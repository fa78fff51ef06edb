// Words that are no question as they stand, but mean one: "tell me when Kim arrived", "the rulers of France before
// Louis", "the year of the flood". Each is put into the words of a question and read as that, where the words as they
// stand are not understood; where they are, it is another way to understand them, for when nothing is found.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "query/ask/clause_reader.h"

namespace dossier::ask {
namespace {

constexpr int kStepsForMore = 250;  // About a millisecond.

// Of what a noun before "of" asks.
struct Aspect {
  absl::string_view noun;
  absl::string_view asks;
};
constexpr Aspect kAspects[] = {{"year", "when was"},      {"date", "when was"},  {"day", "when was"},
                               {"month", "when was"},     {"time", "when was"},  {"place", "where was"},
                               {"location", "where was"}, {"venue", "where was"}};

// `words` in the place of the items before `end`.
std::vector<Item> WithWords(const std::vector<Item>& items, absl::string_view words, size_t end) {
  std::vector<Item> asked;
  for (const absl::string_view word : absl::StrSplit(words, ' ')) {
    asked.push_back(WordLike(items.front(), std::string(word)));
  }
  asked.insert(asked.end(), items.begin() + static_cast<std::ptrdiff_t>(end), items.end());
  return asked;
}

}  // namespace

std::vector<std::vector<Item>> ClauseReader::OtherWays(const std::vector<Item>& written) {
  std::vector<Item> now = std::exchange(items_, written);
  std::vector<std::vector<Item>> ways;
  const Question::Head head = context_.question.head;
  const bool asks = WordIn(0, {"who",  "whom",  "whose", "which", "what", "where", "when",    "why", "how",  "did",
                               "does", "do",    "is",    "are",   "was",  "were",  "will",    "has", "have", "had",
                               "can",  "could", "may",   "might", "must", "would", "whether", "if"}) ||
                    IsPreposition(0);
  if (asks_politely_ && asks) {
    // "tell me when Kim arrived": it has the order of words of a sentence.
    ways = AsQuestions(0);
  } else if (!asks && (head == Question::Head::kNone || head == Question::Head::kList) && !items_.empty()) {
    const size_t noun = SkipDeterminers(0);
    for (const Aspect& aspect : kAspects) {
      if (WordIs(noun, aspect.noun) && WordIs(noun + 1, "of") && noun + 2 < items_.size()) {
        ways.push_back(WithWords(items_, aspect.asks, noun + 2));
      }
    }
    // "the rulers of France before Louis": what limits a sentence does not fit to a mere phrase.
    ways.push_back(WithWords(items_, "what is", 0));
    ways.push_back(WithWords(items_, "who were", 0));
  }
  // "what weapons are on the train", "weapons on board the train": what it has.
  const size_t noun = WordIn(0, {"which", "what", "the"}) ? 1 : 0;
  for (const NameMatch& kind : Match(catalogue_.class_names(), noun)) {
    size_t at = kind.end + (WordIn(kind.end, {"is", "are", "was", "were"}) ? 1 : 0);
    if (kind.possessive || !WordIn(at, {"on", "in", "aboard", "inside"})) continue;
    at += WordIs(at, "on") && WordIs(at + 1, "board") ? 2 : 1;
    if (!IsWord(at)) continue;
    const std::vector<Item> things(items_.begin() + static_cast<std::ptrdiff_t>(noun),
                                   items_.begin() + static_cast<std::ptrdiff_t>(kind.end));
    std::vector<Item> has = WithWords(items_, "does", at);
    has.insert(has.begin(), things.begin(), things.end());
    has = WithWords(has, "which", 0);
    has.push_back(WithWords(items_, "have", items_.size()).front());
    ways.push_back(std::move(has));
  }
  // "the journey of Kim to Russia" is "Kim's journey to Russia".
  for (size_t at = 0; at + 3 < items_.size(); ++at) {
    if (!WordIs(at + 1, "of") || !catalogue_.nouns().Contains(items_[at].word)) continue;
    const std::vector<NameMatch> names = Match(catalogue_.names(), at + 2);
    if (names.empty() || names.front().possessive || !WordIn(names.front().end, {"to", "from", "in", "with"})) continue;
    std::vector<Item> owned = items_;
    const auto begin = owned.begin() + static_cast<std::ptrdiff_t>(at);
    owned[names.front().end - 1].possessive = true;
    for (size_t word = at; word < names.front().end; ++word) owned[word].span = SpanOf(at, names.front().end);
    std::rotate(begin, begin + 2, owned.begin() + static_cast<std::ptrdiff_t>(names.front().end));
    owned.erase(owned.begin() + static_cast<std::ptrdiff_t>(names.front().end - 1));
    ways.push_back(std::move(owned));
    break;
  }
  items_ = std::move(now);
  return ways;
}

// `written` are the words before anything was taken off them.
void ClauseReader::ReadOtherWays(const std::vector<Item>& written, absl::StatusOr<Meaning>* first) {
  if (first->ok() && (!group_words_.empty() || asks_politely_)) return;
  const Question plain;
  const ReaderContext context{catalogue_,    context_.snapshot, plain,
                              context_.text, context_.today,    context_.cancellation};
  int cost = 0;
  bool found = false;
  for (std::vector<Item>& way : OtherWays(written)) {
    ClauseReader reader(context, std::move(way));
    reader.is_nested_ = true;
    // Where there is a reading already, another one may not cost more than that.
    if (first->ok()) reader.steps_left_ = kStepsForMore;
    absl::StatusOr<Meaning> question = reader.Read();
    if (!question.ok() || (found && reader.best_cost_ >= cost)) continue;
    if (first->ok() && !found) {
      others_.push_back(*std::move(question));
      return;
    }
    // A sentence can be turned into a question at each of its verbs.
    *first = std::move(question);
    group_words_.clear();  // They are part of it.
    found = true;
    cost = reader.best_cost_;
    if (!asks_politely_) return;
  }
}

}  // namespace dossier::ask

// Questions inside of sentences: "how long the trip took", "the day on which Kim left", "whether Kim met Putin". Put
// into the order of words that a question has, they are read as one.
#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "query/ask/clause_reader.h"
#include "query/ask/english.h"

namespace dossier::ask {
namespace {

constexpr size_t kLongestQuestionWord = 4;  // Words: "how many kilometers of".
constexpr size_t kMaximumQuestions = 64;

// Whether a question inside of a sentence can be laid beside what each article tells.
bool CanBeAsked(Meaning::Kind kind) { return !IsView(kind) && kind != Meaning::Kind::kDescribe; }

}  // namespace

// The base forms of the verb at `at`, which is in its past or third form; `end` is the item after it.
std::vector<std::string> ClauseReader::BasesOf(size_t at, size_t* end, bool* past) const {
  std::vector<std::string> bases;
  *end = at + 1;
  *past = true;
  for (const NameMatch& match : Match(catalogue_.verbs(), at)) {
    for (const uint32_t index : catalogue_.verbs().Find(match.key)) {
      const VerbUse& use = catalogue_.verb_uses()[index];
      if ((use.forms & (kFormPast | kFormThird)) == 0) continue;
      *past = (use.forms & kFormPast) != 0;
      catalogue_.verbs().ForEach([&](absl::string_view key, uint32_t other) {
        const VerbUse& same = catalogue_.verb_uses()[other];
        const bool is_base = same.verb == use.verb && (same.forms & kFormBase) != 0;
        if (is_base && std::find(bases.begin(), bases.end(), key) == bases.end()) bases.emplace_back(key);
      });
      break;
    }
    *end = match.end;
    if (!bases.empty()) return bases;
  }
  // Verbs that the language itself knows: "took", "stayed", "lasts".
  const std::string& word = items_[at].word;
  const std::string stem = StemOf(word);
  *end = at + 1;
  if (stem == word || word.size() < 4) return bases;
  const bool third = absl::EndsWith(word, "s");
  *past = !third;
  if (third) return {word.substr(0, word.size() - 1)};
  if (!absl::EndsWith(word, "ed")) return absl::EndsWith(word, "ing") ? bases : std::vector<std::string>{stem};
  return {word.substr(0, word.size() - 2), word.substr(0, word.size() - 1)};
}

// "how long" + "the trip took in 2019": with the auxiliary, or "did" and a base form, before the subject.
void ClauseReader::AddInversions(const std::vector<Item>& head, size_t body,
                                 std::vector<std::vector<Item>>* questions) const {
  const auto add = [&](size_t verb, size_t after, const std::vector<Item>& first, const std::vector<Item>& base) {
    if (questions->size() >= kMaximumQuestions) return;
    std::vector<Item> question = head;
    question.insert(question.end(), first.begin(), first.end());
    question.insert(question.end(), items_.begin() + static_cast<std::ptrdiff_t>(body),
                    items_.begin() + static_cast<std::ptrdiff_t>(verb));
    question.insert(question.end(), base.begin(), base.end());
    question.insert(question.end(), items_.begin() + static_cast<std::ptrdiff_t>(after), items_.end());
    questions->push_back(std::move(question));
  };
  const auto as_word = [&](size_t at, std::string text) { return WordLike(items_[at], std::move(text)); };
  for (size_t verb = body + 1; verb < items_.size(); ++verb) {
    if (!IsWord(verb) || items_[verb].possessive) continue;
    if (WordIn(verb, {"is", "are", "was", "were", "will", "would", "can", "could", "may", "might", "should", "must",
                      "has", "have", "had"})) {
      add(verb, verb + 1, {items_[verb]}, {});
      continue;
    }
    size_t end = verb;
    bool past = true;
    for (const std::string& base : BasesOf(verb, &end, &past)) {
      std::vector<Item> words;
      for (const absl::string_view word : absl::StrSplit(base, ' ')) words.push_back(as_word(verb, std::string(word)));
      add(verb, end, {as_word(verb, past ? "did" : "does")}, words);
    }
  }
}

// Every way to put what follows `at` into the order of a question.
std::vector<std::vector<Item>> ClauseReader::AsQuestions(size_t at) const {
  std::vector<std::vector<Item>> questions;
  const auto head_of = [&](std::initializer_list<size_t> places) {
    std::vector<Item> head;
    for (const size_t place : places) head.push_back(items_[place]);
    return head;
  };
  const size_t noun = SkipDeterminers(at);
  if (WordIn(noun, {"day", "date", "month", "year", "time", "place", "city", "location", "country", "reason", "days",
                    "dates", "months", "years", "places", "locations"})) {
    const bool pied = WordIn(noun + 1, {"on", "in", "at", "from", "to", "for"}) && WordIs(noun + 2, "which");
    if (pied) AddInversions(head_of({noun + 1, noun + 2, noun}), noun + 3, &questions);
    if (WordIn(noun + 1, {"when", "where", "why"})) AddInversions(head_of({noun + 1}), noun + 2, &questions);
    return questions;
  }
  if (WordIn(at, {"whether", "if"})) {
    AddInversions({}, at + 1, &questions);
    return questions;
  }
  const bool pied = WordIn(at, {"in", "on", "at", "to", "from", "with", "by", "for", "about", "of"}) &&
                    WordIn(at + 1, {"which", "what", "whom"});
  if (!pied && !WordIn(at, {"how", "when", "where", "why", "who", "whom", "whose", "what", "which"})) return questions;
  // The question word is the subject: "who accompanied Kim".
  questions.emplace_back(items_.begin() + static_cast<std::ptrdiff_t>(at), items_.end());
  for (size_t length = pied ? 2 : 1; length <= kLongestQuestionWord && at + length < items_.size(); ++length) {
    AddInversions(
        {items_.begin() + static_cast<std::ptrdiff_t>(at), items_.begin() + static_cast<std::ptrdiff_t>(at + length)},
        at + length, &questions);
    if (WordIn(at, {"when", "where", "why", "who", "whom"})) break;
  }
  return questions;
}

// The cheapest reading of it, to the end of the words. What `start` has read can only be who tells.
Readings ClauseReader::ReadIndirectQuestion(const Reading& start) {
  if (is_nested_ || !start.meaning->facts.empty()) return {};
  const auto [known, is_new] = indirect_.try_emplace(start.at);
  if (is_new) {
    const Question plain;
    const ReaderContext context{catalogue_,    context_.snapshot, plain,
                                context_.text, context_.today,    context_.cancellation};
    std::optional<Reading> best;
    for (std::vector<Item>& question : AsQuestions(start.at)) {
      ClauseReader inner(context, std::move(question));
      inner.is_nested_ = true;
      absl::StatusOr<Meaning> meaning = inner.Read();
      if (!meaning.ok() || !CanBeAsked(meaning->kind)) continue;
      if (best.has_value() && best->cost <= inner.best_cost_) continue;
      best.emplace();
      best->cost = inner.best_cost_;
      *best->meaning = *std::move(meaning);
      for (Participant& participant : best->meaning->participants) participant.each = false;  // It has its group.
    }
    if (best.has_value()) known->second.push_back(*std::move(best));
  }
  Readings found = known->second;
  for (Reading& reading : found) {
    reading.at = items_.size();
    reading.cost += start.cost;
    Meaning& meaning = *reading.meaning;
    meaning.asked = meaning.kind;
    meaning.is_question = true;
    const int shift = static_cast<int>(meaning.participants.size());
    const Meaning& outer = *start.meaning;
    meaning.participants.append(outer.participants);
    for (const int article : outer.articles) meaning.articles.push_back(article + shift);
    for (const int speaker : outer.speakers) meaning.speakers.push_back(speaker + shift);
    meaning.groups.insert(meaning.groups.begin(), outer.groups.begin(), outer.groups.end());
  }
  return found;
}

}  // namespace dossier::ask

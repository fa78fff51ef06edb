// Requests ("I want to know who ...", "please list the trips") and phrases ("number of cars of the train", "Kim's
// whereabouts", "articles naming KCNA"), in the words of a question.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "query/ask/clause_reader.h"

namespace dossier::ask {

// "I want to know who ...", "can you tell me when ...", "tell me whether ...": what follows is asked. "Tell me about
// the train", "everything we know about the train": the train.
void ClauseReader::DropPoliteWords() {
  constexpr absl::string_view kWords[] = {
      "i want to know",    "i would like to know", "id like to know", "i wish to know",    "i need to know",
      "we want to know",   "i am interested in",   "can you tell me", "could you tell me", "will you tell me",
      "would you tell me", "can you say",          "could you say",   "do you know",       "tell me",
      "tell us",           "let me know",          "can you show me", "could you show me", "i am looking for",
      "can you give me",   "could you give me"};
  for (const absl::string_view words : kWords) {
    size_t at = 0;
    bool matches = true;
    for (const absl::string_view word : absl::StrSplit(words, ' ')) matches = matches && WordIs(at++, word);
    if (!matches || at >= items_.size()) continue;
    if (WordIs(at, "please")) ++at;
    const bool topic = WordIs(at, "about") && at + 1 < items_.size();
    asks_politely_ = !topic;
    ReplaceItems(0, at, topic ? "everything" : "");
    break;
  }
  size_t about = WordIs(0, "me") ? 1 : 0;
  if (!WordIn(about, {"everything", "anything", "all"})) return;
  ++about;
  while (WordIn(about, {"that", "we", "you", "know", "is", "are", "known", "reported", "told", "said", "written"}))
    ++about;
  if (WordIn(about, {"about", "on"}) && about + 1 < items_.size()) ReplaceItems(0, about + 1, "");
}

// "show me the trips", "give me a list of the meetings", "name the countries that ...", "please ...": what is named is
// to be listed.
void ClauseReader::DropRequest() {
  if (WordIs(0, "please") && items_.size() > 2) {
    ReplaceItems(0, WordIn(1, {"list", "show"}) ? 2 : 1, "");
    if (WordIs(0, "count")) ReplaceItems(0, 1, "how many");
  }
  if (items_.size() > 2 && WordIs(items_.size() - 1, "please")) items_.pop_back();
  if (items_.size() > 3 && WordIs(items_.size() - 2, "for") && WordIn(items_.size() - 1, {"me", "us"})) {
    items_.resize(items_.size() - 2);
  }
  DropPoliteWords();
  const bool me = WordIn(1, {"me", "us"}) && WordIn(0, {"give", "tell", "show"});
  const bool head = context_.question.head == Question::Head::kList && WordIn(0, {"me", "us"});
  const bool name = context_.question.head == Question::Head::kNone &&
                    WordIn(0, {"name", "enumerate", "give", "state", "print", "display"}) &&
                    (SkipDeterminers(1) != 1 || !Match(catalogue_.class_names(), 1).empty());
  if (me || head || name) ReplaceItems(0, me ? 2 : 1, "");
  const size_t list = SkipDeterminers(0);
  if (context_.question.head == Question::Head::kList && WordIn(list, {"kinds", "types", "sorts"}) &&
      WordIs(list + 1, "of") && list + 2 < items_.size()) {
    return ReplaceItems(0, list + 2, "");
  }
  if (WordIn(list, {"reasons", "reason"}) && WordIs(list + 1, "why") && list + 3 < items_.size()) {
    asks_politely_ = true;  // "the reasons why the talks collapsed"
    return ReplaceItems(0, list + 1, "");
  }
  const bool names = WordIn(list, {"list", "names", "name"}) && WordIs(list + 1, "of") && list + 2 < items_.size();
  if (names) ReplaceItems(0, list + 2, "");
}

// "the spokespersons named in the articles" are all of them; "only 50 km/h" is how much it is.
void ClauseReader::DropWordsThatSayNothing() {
  const bool lists =
      context_.question.head == Question::Head::kList || context_.question.head == Question::Head::kCount;
  const size_t size = items_.size();
  const bool phrase =
      context_.question.head == Question::Head::kNone &&
      !WordIn(0, {"who", "whom", "whose", "which", "what", "where", "when", "why",  "how", "did", "does",
                  "do",  "is",   "are",   "was",   "were", "will",  "has",  "have", "had", "in",  "by"});
  if ((lists || phrase) && size > 4 && WordIs(size - 1, "articles") && WordIn(size - 2, {"the", "these", "our"}) &&
      WordIs(size - 3, "in")) {
    const bool named = WordIn(size - 4, {"named", "mentioned", "listed", "appearing", "described"});
    items_.resize(size - (named ? 4 : 3));
  }
  // "which different countries", "the various countries": no answer is told twice.
  for (size_t at = 1; at < 3 && at + 1 < items_.size(); ++at) {
    if (!WordIn(at, {"different", "various"}) || !WordIn(at - 1, {"which", "what", "the", "many"})) continue;
    items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(at));
  }
  for (size_t at = 1; at + 1 < items_.size(); ++at) {
    if (!WordIn(at, {"only", "just", "merely"}) || !MatchNumber(at + 1).has_value()) continue;
    items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(at));
    return;
  }
}

// "articles naming both Ann and Bob" are the articles that name both.
void ClauseReader::RewriteNaming() {
  constexpr std::pair<absl::string_view, absl::string_view> kVerbs[] = {
      {"naming", "name"},  {"mentioning", "mention"}, {"citing", "cite"},      {"quoting", "quote"}, {"saying", "say"},
      {"telling", "tell"}, {"stating", "state"},      {"reporting", "report"}, {"giving", "give"}};
  for (size_t at = 1; at + 1 < items_.size(); ++at) {
    for (const auto& [gerund, verb] : kVerbs) {
      if (WordIs(at, gerund) && WordIn(at - 1, {"articles", "article"})) {
        ReplaceItems(at, at + 1, absl::StrCat("that ", verb, WordIs(at - 1, "article") ? "s" : ""));
      }
    }
  }
}

// "Putin's whereabouts when ..." is "where was Putin when ...".
void ClauseReader::RewriteWhereabouts() {
  size_t owner = 0;
  while (IsWord(owner) && !items_[owner].possessive) ++owner;
  if (!IsWord(owner) || !WordIs(owner + 1, "whereabouts") || WordIn(0, {"what", "where", "who"})) return;
  items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(owner + 1));
  items_[owner].possessive = false;
  items_[owner].whole = items_[owner].word;
  ReplaceItems(0, 1, absl::StrCat("where was ", items_[0].whole));
}

// "trips made by Kim" are his trips; "asked him to come to Rome" is an invitation; "quoted in the articles" is by them.
void ClauseReader::RewriteLightVerbs() {
  for (size_t at = 1; at + 1 < items_.size(); ++at) {
    const bool made = WordIn(at, {"made", "taken", "undertaken", "done", "paid"}) && WordIs(at + 1, "by");
    const bool were = at > 2 && WordIn(at - 1, {"were", "was"}) && WordIn(at - 2, {"that", "which"});
    const size_t noun = at - (were ? 3 : 1);
    if (made && catalogue_.nouns().Contains(items_[noun].word)) {
      items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(noun + 1),
                   items_.begin() + static_cast<std::ptrdiff_t>(at + 1));
      continue;
    }
    const bool quoted = WordIn(at, {"quoted", "cited"}) && WordIs(at + 1, "in") && WordIs(at + 2, "the");
    if (quoted && WordIs(at + 3, "articles")) {
      ReplaceItems(at + 1, at + 2, "by");
      continue;
    }
    if (!WordIn(at, {"ask", "asks", "asked", "asking"}) || !catalogue_.verbs().Contains("invite")) continue;
    for (const NameMatch& match : Match(catalogue_.names(), SkipDeterminers(at + 1))) {
      if (match.possessive || !WordIs(match.end, "to") || !WordIn(match.end + 1, {"come", "visit"})) continue;
      const bool come = WordIs(match.end + 1, "come");
      ReplaceItems(match.end, match.end + (come && WordIs(match.end + 2, "to") ? 3 : 2), "to");
      const std::string ending = items_[at].word.substr(3);  // Behind "ask".
      ReplaceItems(at, at + 1, absl::StrCat("invit", ending.empty() ? "e" : ending == "s" ? "es" : ending));
      break;
    }
  }
}

// "kilometres from A to B" is "how many kilometres is it from A to B"; "distance in miles from A to B" is "distance
// from A to B in miles".
void ClauseReader::RewriteUnits() {
  const std::vector<NameMatch> unit = Match(catalogue_.unit_names(), 0);
  if (!unit.empty() && WordIn(unit.front().end, {"from", "between"})) {
    const size_t end = unit.front().end;
    ReplaceItems(end - 1, end, absl::StrCat(items_[end - 1].whole, " is it"));
    ReplaceItems(0, 1, absl::StrCat("how many ", items_[0].whole));
    return;
  }
  for (size_t at = 1; at + 2 < items_.size(); ++at) {
    if (!WordIs(at, "in")) continue;
    bool of_noun = false;  // "weight in kg" may be what the data call it.
    for (size_t noun = 0; noun < at; ++noun) {
      const std::vector<NameMatch> nouns = Match(catalogue_.nouns(), noun);
      of_noun |= !nouns.empty() && nouns.front().end > at;
    }
    for (const NameMatch& match : Match(catalogue_.unit_names(), at + 1)) {
      if (of_noun) break;
      if (!WordIn(match.end, {"from", "between", "of"})) continue;
      size_t end = match.end;
      while (IsWord(end)) ++end;
      std::rotate(items_.begin() + static_cast<std::ptrdiff_t>(at),
                  items_.begin() + static_cast<std::ptrdiff_t>(match.end),
                  items_.begin() + static_cast<std::ptrdiff_t>(end));
      return;
    }
  }
}

// "by whom was the test reported" is "who reported the test"; "articles without a distance" are those that "do not give
// a distance".
void ClauseReader::RewriteTellingTurned() {
  if (WordIs(0, "by") && WordIn(1, {"whom", "who"}) && WordIn(2, {"is", "was", "were", "are"}) &&
      WordIn(items_.size() - 1, {"reported", "stated", "mentioned"})) {
    const std::string verb = items_.back().word;
    items_.pop_back();
    return ReplaceItems(0, 3, absl::StrCat("who ", verb));
  }
  const size_t noun = WordIn(0, {"which", "what", "the"}) ? 1 : 0;
  if (WordIn(noun, {"articles", "article"}) && WordIs(noun + 1, "without") && noun + 2 < items_.size()) {
    const absl::string_view verb = WordIn(noun + 2, {"a", "an", "any"}) ? "give" : "mention";
    ReplaceItems(noun + 1, noun + 2, absl::StrCat(WordIs(noun, "articles") ? "do" : "does", " not ", verb));
    return ReplaceItems(0, noun + 1, absl::StrCat("which ", items_[noun].word));
  }
  // "in which article is the journey 1,200 km long" is "which article says that the journey is 1,200 km long".
  if (WordIs(0, "in") && WordIn(1, {"which", "what"}) && WordIn(2, {"article", "articles"}) &&
      WordIn(3, {"is", "are", "was", "were"})) {
    const size_t subject = SkipDeterminers(4);
    std::vector<NameMatch> heads = Match(catalogue_.names(), subject);
    for (NameMatch& match : Match(catalogue_.nouns(), subject)) heads.push_back(std::move(match));
    for (const NameMatch& head : heads) {
      if (head.possessive || !IsWord(head.end) || !MatchNumber(head.end).has_value()) continue;
      const std::string be = items_[3].word;
      ReplaceItems(head.end, head.end + 1, absl::StrCat(be, " ", items_[head.end].whole));
      items_.erase(items_.begin() + 3);
      return ReplaceItems(0, 3, WordIs(2, "article") ? "which article says that" : "which articles say that");
    }
  }
  // "the paragraph that states the flight time" is asked for as "which paragraph states the flight time".
  const size_t passage = SkipDeterminers(0);
  if (WordIn(passage, {"paragraph", "sentence", "paragraphs", "sentences"}) && WordIn(passage + 1, {"that", "which"})) {
    items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(passage + 1));
    ReplaceItems(0, passage, "which");
  }
}

// "in how many countries did Kim stay" counts what "in which countries did Kim stay" tells.
bool ClauseReader::RewriteInHowMany() {
  if (!IsPreposition(0) || !WordIs(1, "how") || !WordIs(2, "many") || items_.size() < 5) return false;
  ReplaceItems(1, 3, "which");
  return true;
}

// "how many cars of the train" is "how many cars does the train have", where there is a number of them.
void ClauseReader::RewriteNumberOf() {
  for (const NameMatch& match : Match(catalogue_.nouns(), 2)) {
    const std::vector<uint32_t> uses = catalogue_.nouns().Find(match.key);
    const bool measured = std::any_of(uses.begin(), uses.end(), [&](uint32_t use) {
      return !catalogue_.relations()[catalogue_.noun_uses()[use].relation].measure.empty();
    });
    if (!measured || match.possessive || !WordIs(match.end, "of")) continue;
    size_t end = match.end + 1;
    while (IsWord(end)) ++end;
    if (end == match.end + 1) return;
    ReplaceItems(end - 1, end, absl::StrCat(items_[end - 1].whole, " have"));
    ReplaceItems(match.end, match.end + 1, "does");
    return;
  }
}

}  // namespace dossier::ask

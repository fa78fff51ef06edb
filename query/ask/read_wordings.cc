// Questions whose words stand in another order than usual, or go a longer way round: "how long did it take him to get
// to Hanoi", "at which school works the teacher who ...", "what is to blame for the length of the trip". They are put
// in the usual order before a question is read.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "query/ask/clause_reader.h"

namespace dossier::ask {

// "which article calls China the ally of Japan" is "which article says that China is the ally of Japan".
void ClauseReader::RewriteCalls() {
  for (size_t at = 1; at + 2 < items_.size(); ++at) {
    const bool one = WordIn(at, {"calls", "describes"});
    if (!one && !WordIn(at, {"call", "called", "describe", "described"})) continue;
    for (const NameMatch& match : Match(catalogue_.names(), SkipDeterminers(at + 1))) {
      const bool as = WordIs(match.end, "as");
      if (match.possessive || !WordIn(match.end + (as ? 1 : 0), {"the", "a", "an"})) continue;
      const Item word = items_[match.end];
      if (!as) items_.insert(items_.begin() + static_cast<std::ptrdiff_t>(match.end), word);
      ReplaceItems(match.end, match.end + 1, "is");
      ReplaceItems(at, at + 1, one ? "says that" : "say that");
      return;
    }
  }
}

// "do Ann and Bob work at the same school" is whether both work at a school, one for both.
void ClauseReader::RewriteSame() {
  if (!WordIn(0, {"do", "did", "does", "have", "are", "were", "will"})) return;
  bool two = false;
  for (size_t at = 1; at + 1 < items_.size(); ++at) {
    two |= WordIs(at, "and");
    if (!two || !WordIs(at, "same") || !WordIs(at - 1, "the") || MatchSameness(at - 2).has_value()) continue;
    if (Match(catalogue_.class_names(), at + 1).empty()) return;
    ReplaceItems(at - 1, at + 1, "a");
    return;
  }
}

// "when was there an explosion" is "when was an explosion".
void ClauseReader::RewriteThere() {
  for (size_t at = 2; at + 2 < items_.size(); ++at) {
    if (!WordIs(at - 1, "will") || !WordIs(at, "there") || !WordIs(at + 1, "be")) continue;
    // "for whom will there be a lunch" is "for whom will a lunch be"
    size_t end = at;
    while (IsWord(end)) ++end;
    std::rotate(items_.begin() + static_cast<std::ptrdiff_t>(at + 1),
                items_.begin() + static_cast<std::ptrdiff_t>(at + 2),
                items_.begin() + static_cast<std::ptrdiff_t>(end));
    items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(at));
    return;
  }
  for (size_t at = 2; at + 1 < items_.size(); ++at) {
    if (!WordIs(at, "there") || !WordIn(at - 1, {"is", "are", "was", "were"})) continue;
    const bool asks = WordIn(0, {"when", "where"}) || (IsPreposition(0) && WordIn(1, {"which", "what"}));
    if (asks && WordIn(at + 1, {"a", "an", "any"})) items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(at));
    return;
  }
}

// "which sources does article 3 cite" is "whom does article 3 cite"; so is "the sources of article 3".
void ClauseReader::RewriteSources() {
  if (WordIn(0, {"which", "what"}) && WordIn(1, {"article", "articles"}) && WordIn(2, {"is", "was", "are", "were"})) {
    // "which article is the source for the range" is "which article gives the range"
    const size_t noun = WordIs(3, "the") ? 4 : 3;
    if (WordIn(noun, {"source", "sources"}) && WordIn(noun + 1, {"for", "of"})) {
      return ReplaceItems(2, noun + 2, WordIs(1, "article") ? "gives" : "give");
    }
  }
  if (!catalogue_.verbs().Contains("cite")) return;
  if (WordIn(0, {"which", "what"}) && WordIs(1, "sources") && WordIn(2, {"do", "does", "did"})) {
    return ReplaceItems(0, 2, "what");
  }
  size_t noun = WordIn(0, {"what", "which"}) && WordIn(1, {"are", "were"}) ? 2 : 0;
  if (WordIs(noun, "the")) ++noun;
  if (!WordIs(noun, "sources") || !WordIs(noun + 1, "of") || !WordIs(noun + 2, "article") || AtEnd(noun + 3)) return;
  size_t end = noun + 3;
  while (IsWord(end)) ++end;
  ReplaceItems(end - 1, end, absl::StrCat(items_[end - 1].whole, " cite"));
  ReplaceItems(0, noun + 2, "what does");
}

// "how many days of meetings did Ann and Bob have in Rome" is "how many days did the meetings of Ann and Bob in Rome
// last".
void ClauseReader::RewriteDaysOf() {
  if (!WordIs(0, "how") || !WordIs(1, "many") || !WordIn(2, {"days", "hours", "weeks"}) || !WordIs(3, "of")) return;
  const std::vector<NameMatch> nouns = Match(catalogue_.nouns(), 4);
  if (nouns.empty() || nouns.front().possessive) return;
  const size_t end = nouns.front().end;
  std::string noun;
  for (size_t at = 4; at < end; ++at) absl::StrAppend(&noun, " ", items_[at].word);
  size_t last = end;
  while (IsWord(last)) ++last;
  const bool there = WordIn(end, {"were", "was", "are"}) && WordIs(end + 1, "there");
  size_t have = end + 1;
  while (have < last && !WordIn(have, {"have", "hold"})) ++have;
  const bool had = WordIs(end, "did") && have < last;
  if (!there && !had) return;
  ReplaceItems(last - 1, last, absl::StrCat(items_[last - 1].whole, " last"));
  if (had) items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(have));
  ReplaceItems(3, end + (there ? 2 : 1), absl::StrCat("did the", noun, there ? "" : " of"));
}

// "how many days did the train take from A to B" is "how many days did the train journey from A to B take".
void ClauseReader::RewriteVehicleTakes() {
  if (!WordIs(0, "how") || !WordIn(1, {"long", "many"})) return;
  size_t did = 2;
  while (did < items_.size() && !WordIn(did, {"did", "does", "do", "will"})) ++did;
  const size_t noun = SkipDeterminers(did + 1);
  for (const NameMatch& match : Match(catalogue_.class_names(), noun)) {
    size_t end = match.end;
    if (match.possessive || !WordIn(end, {"take", "need"}) || !WordIn(end + 1, {"from", "to"})) continue;
    const absl::string_view journey = NounOfJourney();
    if (journey.empty()) return;
    // The verb goes to the end, or before a time.
    const Item take = items_[end];
    const bool is_event = catalogue_.nouns().Contains(match.key);
    items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(end));
    while (IsWord(end)) ++end;
    items_.insert(items_.begin() + static_cast<std::ptrdiff_t>(end), take);
    if (!is_event) ReplaceItems(match.end - 1, match.end, absl::StrCat(items_[match.end - 1].whole, " ", journey));
    return;
  }
}

// "which trip of Kim's" is "which trip of Kim", "the latest of Kim's trips" is "Kim's latest trips".
void ClauseReader::RewriteDoubleGenitive() {
  for (size_t at = 1; at + 1 < items_.size(); ++at) {
    if (!WordIs(at, "of")) continue;
    const std::vector<NameMatch> names = Match(catalogue_.names(), at + 1);
    if (names.empty() || !names.front().possessive) continue;
    const size_t end = names.front().end;
    const size_t begin = at - 1;
    if (IsWord(end) && MatchDegree(begin).has_value() && MatchDegree(begin)->superlative) {
      std::rotate(items_.begin() + static_cast<std::ptrdiff_t>(begin),
                  items_.begin() + static_cast<std::ptrdiff_t>(at + 1),
                  items_.begin() + static_cast<std::ptrdiff_t>(end));
      // The degree and "of" stand behind the name now.
      items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(end - 1));
      if (begin > 0 && WordIs(begin - 1, "the")) items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(begin - 1));
      return;
    }
    const bool owns = IsWord(end) && (!Match(catalogue_.nouns(), end).empty() ||
                                      !Match(catalogue_.class_names(), end).empty() || MatchDegree(end).has_value());
    if (owns) continue;
    items_[end - 1].possessive = false;
    items_[end - 1].whole = items_[end - 1].word;
    return;
  }
}

// "held in Kim's honour" is "held in honour of Kim", where the data know such a preposition.
void ClauseReader::RewriteOwnedPreposition() {
  for (size_t at = 1; at + 2 < items_.size(); ++at) {
    if (!WordIn(at, {"in", "on", "at", "for", "by", "under"})) continue;
    size_t owner = at + 1;
    while (IsWord(owner) && !items_[owner].possessive && owner < at + 5) ++owner;
    if (!IsWord(owner + 1) || !items_[owner].possessive) continue;
    const std::string preposition = absl::StrCat(items_[at].word, " ", items_[owner + 1].word, " of");
    const auto& uses = catalogue_.verb_uses();
    const bool known =
        !catalogue_.QualifiersWith(preposition).empty() ||
        std::any_of(uses.begin(), uses.end(), [&](const VerbUse& use) { return use.preposition == preposition; });
    if (!known) continue;
    items_[owner].possessive = false;
    items_[owner].whole = items_[owner].word;
    items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(owner + 1));
    ReplaceItems(at, at + 1, preposition);
    return;
  }
}

// "what is to blame for the length of the trip" is "why is the trip so long".
void ClauseReader::RewriteReasonFor() {
  struct Quality {
    absl::string_view noun;
    absl::string_view adjective;
  };
  constexpr Quality kQualities[] = {{"length", "long"},     {"duration", "long"},  {"slowness", "slow"},
                                    {"slow speed", "slow"}, {"low speed", "slow"}, {"low pace", "slow"},
                                    {"slow pace", "slow"},  {"height", "high"},    {"speed", "fast"},
                                    {"high speed", "fast"}, {"size", "large"},     {"weight", "heavy"}};
  if (!WordIs(0, "what")) return;
  if (WordIn(1, {"made", "makes"})) {
    // "what made the trip so long"
    size_t end = 2;
    while (IsWord(end)) ++end;
    if (end < 6 || !WordIn(end - 2, {"so", "that", "this"})) return;
    return ReplaceItems(0, 2, WordIs(1, "made") ? "why was" : "why is");
  }
  const bool be = WordIn(1, {"is", "was", "are", "were"});
  const size_t first = be ? SkipDeterminers(2) : 1;
  size_t at = 0;
  if (be && WordIs(first, "to") && WordIs(first + 1, "blame") && WordIs(first + 2, "for")) at = first + 3;
  if (be && WordIn(first, {"reason", "reasons", "explanation"}) && WordIs(first + 1, "for")) at = first + 2;
  if (be && WordIn(first, {"cause", "causes"}) && WordIs(first + 1, "of")) at = first + 2;
  if (be && WordIs(first, "responsible") && WordIs(first + 1, "for")) at = first + 2;
  if (WordIn(1, {"explains", "explained", "causes", "caused"})) at = 2;
  if (WordIn(1, {"accounts", "accounted"}) && WordIs(2, "for")) at = 3;
  // "what caused the fire", where the data has only "be caused by".
  const std::string done = IsWord(1) ? items_[1].word : "";
  if (WordIn(0, {"what", "who"}) && !be && !catalogue_.verbs().Contains(done) &&
      catalogue_.verbs().Contains(absl::StrCat("was ", done))) {
    const std::vector<NameMatch> names = Match(catalogue_.names(), SkipDeterminers(2));
    const size_t end = names.empty() ? items_.size() : names.front().end;
    if (end < 3 || !IsWord(end - 1)) return;
    ReplaceItems(end - 1, end, absl::StrCat(items_[end - 1].word, " ", done, " by"));
    return ReplaceItems(1, 2, "was");
  }
  if (at == 0) return;
  const size_t noun = SkipDeterminers(at);
  for (const Quality& quality : kQualities) {
    const size_t end = PrepositionEnd(noun, quality.noun);
    if (end == noun || !WordIs(end, "of") || AtEnd(end + 1)) continue;
    size_t owner = end + 1;
    while (IsWord(owner)) ++owner;
    ReplaceItems(owner - 1, owner, absl::StrCat(items_[owner - 1].whole, " so ", quality.adjective));
    ReplaceItems(0, end + 1, be && WordIn(1, {"was", "were"}) ? "why was" : "why is");
    return;
  }
}

// "are the rails in Russia wider than in North Korea" is "... wider than the rails in North Korea".
void ClauseReader::RewriteThanIn() {
  if (!WordIn(0, {"is", "are", "was", "were"})) return;
  size_t than = 3;
  while (than + 2 < items_.size() && !(WordIs(than, "than") && IsPreposition(than + 1))) ++than;
  if (than + 2 >= items_.size()) return;
  size_t inside = 2;
  while (inside < than && !WordIs(inside, items_[than + 1].word)) ++inside;
  if (inside == than) return;
  std::string words;
  for (size_t word = 1; word < inside; ++word) absl::StrAppend(&words, words.empty() ? "" : " ", items_[word].whole);
  ReplaceItems(than, than + 1, absl::StrCat("than ", words));
}

// A noun of the data for going from one place to another; empty when there is none.
absl::string_view ClauseReader::NounOfJourney() const {
  for (const absl::string_view word : {"journey", "trip", "ride", "voyage"}) {
    if (catalogue_.nouns().Contains(word)) return word;
  }
  return "";
}

// "how long does it take from Rome to Hanoi" is "how long does the journey from Rome to Hanoi take".
void ClauseReader::RewriteItTakesFrom(size_t at) {
  const absl::string_view journey = NounOfJourney();
  size_t end = at + 2;
  while (IsWord(end)) ++end;
  if (journey.empty()) return;
  ReplaceItems(end - 1, end, absl::StrCat(items_[end - 1].whole, " take"));
  ReplaceItems(at, at + 2, absl::StrCat("the ", journey));
}

// "how long did it take Kim to get to Hanoi" is "how long did Kim get to Hanoi".
void ClauseReader::RewriteHowLongItTakes() {
  constexpr size_t kLongestHead = 5;  // Words: "how many hours will", "how long would".
  if (!WordIs(0, "how")) return;
  for (size_t at = 3; at + 2 < items_.size() && WordIs(1, "long"); ++at) {
    // "how long did Kim take to get to Hanoi"
    if (!WordIn(at, {"take", "need"}) || !WordIs(at + 1, "to") || WordIs(at - 1, "it")) continue;
    items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(at),
                 items_.begin() + static_cast<std::ptrdiff_t>(at + 2));
    return;
  }
  for (size_t at = 2; at <= kLongestHead && at + 3 < items_.size(); ++at) {
    if (!WordIs(at, "it") || !WordIn(at + 1, {"take", "taken"})) continue;
    if (WordIs(at + 2, "from")) return RewriteItTakesFrom(at);
    size_t to = at + 2;
    while (to < items_.size() && !WordIs(to, "to")) ++to;
    if (to == items_.size()) return;
    items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(to));
    const auto it = items_.begin() + static_cast<std::ptrdiff_t>(at);
    // Whoever it is, where the question leaves that open.
    const bool anyone = to == at + 2;
    items_.erase(it, it + (anyone ? 1 : 2));
    if (anyone) items_[at].word = items_[at].whole = "anyone";
    return;
  }
  for (size_t at = 4; at + 2 < items_.size(); ++at) {
    // "how many days did Kim travel by train to reach Hanoi"
    const bool gets = WordIs(at + 1, "get") && WordIs(at + 2, "to");
    if (!WordIs(at, "to") || !(gets || WordIs(at + 1, "reach")) || WordIn(at - 1, {"take", "need"})) continue;
    return ReplaceItems(at, at + (gets ? 3 : 2), "to");
  }
}

// "at which school works the teacher who ..." is "at which school does the teacher who ... work".
void ClauseReader::RewriteVerbBeforeSubject() {
  size_t at = 1;
  if (IsPreposition(0) && WordIn(1, {"which", "what"})) {
    const std::vector<NameMatch> kinds = Match(catalogue_.class_names(), 2);
    if (kinds.empty() || kinds.front().possessive) return;
    at = kinds.front().end;
  } else if (!WordIn(0, {"where", "when"})) {
    return;
  }
  if (!IsWord(at) || WordIn(at, {"is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "will", "would",
                                 "shall", "can", "may", "must", "could", "might", "should"})) {
    return;
  }
  size_t end = at;
  bool past = false;
  const std::vector<std::string> bases = BasesOf(at, &end, &past);
  // What comes is the subject, and all that there is.
  if (bases.empty() || !IsWord(end) || (SkipDeterminers(end) == end && Match(catalogue_.names(), end).empty())) return;
  size_t last = end;
  while (IsWord(last)) ++last;
  ReplaceItems(last - 1, last, absl::StrCat(items_[last - 1].whole, " ", bases.front()));
  ReplaceItems(at, end, past ? "did" : "does");
}

// "which article is the newest", "what is the oldest article" are "which article was published last" and "first".
void ClauseReader::RewriteNewest() {
  // Who published it would be meant as well.
  const absl::string_view published = catalogue_.verbs().Contains("came out") ? "came out" : "was published";
  if (WordIn(0, {"which", "what"}) && WordIs(1, "article") && WordIn(2, {"is", "was"})) {
    // "which article is newer, 1 or 2"
    const bool more = WordIs(3, "more") && WordIs(4, "recent");
    const size_t end = more ? 5 : 4;
    const bool comma = end < items_.size() && items_[end].kind == Element::Kind::kComma;
    if (comma && (more || WordIn(3, {"newer", "later", "older", "earlier"}))) {
      const bool last = more || WordIn(3, {"newer", "later"});
      return ReplaceItems(0, end, absl::StrCat("which article ", published, last ? " last" : " first"));
    }
  }
  const bool behind = WordIn(0, {"which", "what"}) && WordIn(1, {"article", "articles"}) && WordIn(2, {"is", "was"});
  const bool before = WordIn(0, {"which", "what"}) && WordIn(1, {"is", "was"});
  if (!behind && !before) return;
  size_t at = behind ? 3 : 2;
  if (WordIs(at, "the")) ++at;
  const bool most = WordIs(at, "most") && WordIs(at + 1, "recent");
  const bool last = most || WordIn(at, {"newest", "latest"});
  if (!last && !WordIn(at, {"oldest", "earliest"})) return;
  at += most ? 2 : 1;
  if (before && WordIs(at, "article")) ++at;
  if (!AtEnd(at) || (before && !WordIs(at - 1, "article"))) return;
  ReplaceItems(0, at, absl::StrCat("which article ", published, last ? " last" : " first"));
}

// "who wants him not to go" is "who does not want him to go".
void ClauseReader::RewriteWantsNot() {
  for (size_t at = 1; at + 3 < items_.size(); ++at) {
    if (!WordIn(at, {"want", "wants", "wanted", "wish", "wishes", "wished"})) continue;
    size_t no = at + 1;
    while (no + 1 < items_.size() && !(WordIs(no, "not") && WordIs(no + 1, "to"))) ++no;
    if (no + 1 >= items_.size()) return;
    items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(no));
    const bool wish = WordIn(at, {"wish", "wishes", "wished"});
    const bool base = WordIn(at, {"want", "wish"});
    const bool past = WordIn(at, {"wanted", "wished"});
    ReplaceItems(at, at + 1, absl::StrCat(base ? "not " : past ? "did not " : "does not ", wish ? "wish" : "want"));
    return;
  }
}

// "which trip did Kim make after the one to Singapore": what is named before it.
void ClauseReader::RewriteOne() {
  for (size_t at = 2; at + 1 < items_.size(); ++at) {
    const bool that = WordIn(at + 1, {"that", "which", "who", "where", "when"});
    if (!WordIn(at, {"one", "ones"}) || !WordIs(at - 1, "the") || (!that && !IsPreposition(at + 1))) continue;
    for (size_t noun = at - 1; noun-- > 0;) {
      const std::vector<NameMatch> classes = Match(catalogue_.class_names(), noun);
      const std::vector<NameMatch> nouns = Match(catalogue_.nouns(), noun);
      if (classes.empty() && nouns.empty()) continue;
      if (that && classes.empty()) continue;
      const size_t end = classes.empty() ? nouns.front().end : classes.front().end;
      std::string words;
      for (size_t word = noun; word < end; ++word) absl::StrAppend(&words, words.empty() ? "" : " ", items_[word].word);
      ReplaceItems(at, at + 1, words);
      break;
    }
  }
}

}  // namespace dossier::ask

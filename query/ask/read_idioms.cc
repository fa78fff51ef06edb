// Ways to say what a shorter question says: "for how long", "at what time", "by what means". They are written in the
// short way before a question is read, so that everything else has to know only that.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
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
    {"from which year on", "since when"},
    {"from what year on", "since when"},
    {"from which year", "since when"},
    {"from what year", "since when"},
    {"chronology", "timeline"},
    {"by whom was it said that", "who said that"},
    {"by whom is it said that", "who says that"},
    {"by whom was it reported that", "who reported that"},
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
    {"what is the number of", "how many"},
    {"what was the number of", "how many"},
    {"what is the total number of", "how many"},
    {"what was the total number of", "how many"},
    {"how do we know that", "who says that"},
    {"how do we know", "who says that"},
    {"how is it known that", "who says that"},
    {"how far away", "how far"},
    {"at what speed", "how fast"},
    {"at which speed", "how fast"},
    {"in whose honour", "for whom"},
    {"in whose honor", "for whom"},
    {"number of", "how many"},
    {"the number of", "how many"},
    {"when exactly", "when"},
    {"where exactly", "where"},
    {"how exactly", "how"},
    {"who exactly", "who"},
    {"what exactly", "what"},
    {"why exactly", "why"},
    {"according to whom will there be", "who says that there will be"},
    {"according to whom was there", "who says that there was"},
    {"according to whom is there", "who says that there is"},
    {"what is the name of", "what is"},
    {"what was the name of", "what was"},
};

// Words that say no more than another way to ask, at the end of a question.
struct Ending {
  absl::string_view words;
  bool by_time;  // The answers are to be told in the order of time.
};
constexpr Ending kEndings[] = {
    {"in chronological order", true},
    {"in order of time", true},
    {"in temporal order", true},
    {"chronologically", true},
    {"by date", true},
    {"in order", true},
    {"in total", false},
    {"altogether", false},
    {"all in all", false},
    {"so far", false},
    {"at all", false},
    {"if any", false},
};

// One word for several, wherever it stands, unless the data have a verb of that name.
struct Synonym {
  absl::string_view word;
  absl::string_view means;
};
constexpr Synonym kSynonyms[] = {
    {"omit", "do not mention"},
    {"omits", "does not mention"},
    {"omitted", "did not mention"},
    {"ignore", "do not mention"},
    {"ignores", "does not mention"},
    {"ignored", "did not mention"},
    {"fail to", "do not"},
    {"fails to", "does not"},
    {"failed to", "did not"},
    {"neglect to", "do not"},
    {"neglects to", "does not"},
    {"neglected to", "did not"},
    {"as well as", "and"},
    {"at the time of", "during"},
    {"on board of", "aboard"},
    {"serve as", "be"},
    {"serves as", "is"},
    {"served as", "was"},
    {"act as", "be"},
    {"acts as", "is"},
    {"acted as", "was"},
};

}  // namespace

// The items from `begin` to before `end` put in other words.
void ClauseReader::ReplaceItems(size_t begin, size_t end, absl::string_view words) {
  std::vector<Item> rewritten;
  for (const absl::string_view word : absl::StrSplit(words, ' ', absl::SkipEmpty())) {
    Item item = WordLike(items_[begin], std::string(word));
    item.span = SpanOf(begin, end);
    rewritten.push_back(std::move(item));
  }
  const auto first = items_.begin() + static_cast<std::ptrdiff_t>(begin);
  const auto at = items_.erase(first, items_.begin() + static_cast<std::ptrdiff_t>(end));
  items_.insert(at, rewritten.begin(), rewritten.end());
}

void ClauseReader::RewriteEnding() {
  for (const Ending& ending : kEndings) {
    const std::vector<absl::string_view> words = absl::StrSplit(ending.words, ' ');
    if (words.size() + 1 >= items_.size()) continue;
    const size_t begin = items_.size() - words.size();
    bool matches = true;
    for (size_t i = 0; i < words.size() && matches; ++i) matches = WordIs(begin + i, words[i]);
    if (!matches) continue;
    items_.resize(begin);
    if (ending.by_time) initial_.meaning->order_by = "when";
    return;
  }
}

// "both in 2018 and in 2019", "both in China and in Russia": what stands behind "both" is joined by "and" all the same.
void ClauseReader::RewriteBoth() {
  for (size_t at = 1; at + 1 < items_.size(); ++at) {
    if (WordIs(at, "in") && WordIs(at + 1, "articles") && WordIs(at + 3, "and") && IsWord(at + 4) &&
        !catalogue_.FindEntities(absl::StrCat("article ", items_[at + 2].word)).empty()) {
      // "named in articles 1 and 2"
      const std::string one = items_[at + 2].word;
      return ReplaceItems(at, at + 5, absl::StrCat("in both article ", one, " and article ", items_[at + 4].word));
    }
    if (!WordIs(at, "both")) continue;
    if (!Match(catalogue_.verbs(), at + 1).empty() && Match(catalogue_.names(), at + 1).empty()) {
      // "who both met him and visited Oslo"
      items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(at));
      continue;
    }
    const bool timed = items_[at + 1].kind == Element::Kind::kTime;
    if (items_[at + 1].kind == Element::Kind::kArticle && WordIs(at + 2, "and") && at + 3 < items_.size() &&
        items_[at + 3].kind == Element::Kind::kArticle) {
      // "both in article 1 and in article 2": in either, and the same in the other.
      const std::string one = PhraseKey(items_[at + 1].element->text);
      const std::string other = PhraseKey(items_[at + 3].element->text);
      ReplaceItems(at, at + 4, absl::StrCat("in both article ", one, " and article ", other));
      return;
    }
    const bool agents = WordIs(at - 1, "by") && !Match(catalogue_.names(), at + 1).empty();
    if (!timed && !agents && !IsPreposition(at + 1)) continue;
    items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(at));
    if (!timed) continue;
    const TimePhrase& both = items_[at].element->time;
    if (both.relation != TimePhrase::Relation::kBetween && both.relation != TimePhrase::Relation::kEither) continue;
    // "both in 2018 and 2019" is not the time from the one to the end of the other.
    for (const DatePhrase& date : {both.second, both.first}) {
      Element one = *items_[at].element;
      one.time.relation = TimePhrase::Relation::kIn;
      one.time.first = date;
      own_elements_.push_back({std::move(one)});
    }
    Item second = items_[at];
    items_[at].element = &own_elements_.back().front();
    second.element = &own_elements_[own_elements_.size() - 2].front();
    Item link = second;
    link.kind = Element::Kind::kWord;
    link.word = link.whole = "and";
    items_.insert(items_.begin() + static_cast<std::ptrdiff_t>(at + 1), {link, second});
  }
}

// "who did Kim meet other than Trump in 2018" is "who did Kim meet in 2018 other than Trump"; "who else" is "who".
void ClauseReader::MoveExceptionBack() {
  if (WordIs(1, "else") && WordIn(0, {"who", "whom", "what", "where", "when", "how"})) {
    items_.erase(items_.begin() + 1);
    notes_.emplace_back("\"else\" leaves nothing out; say \"other than ...\"");
  }
  size_t begin = 2;
  while (begin < items_.size() && ExceptEnd(begin) == begin) ++begin;
  size_t end = ExceptEnd(begin);
  while (IsWord(end)) ++end;
  const auto first = items_.begin();
  const auto limits = [](const Item& item) {
    return item.kind == Element::Kind::kTime || item.kind == Element::Kind::kArticle ||
           item.kind == Element::Kind::kSpeaker || item.kind == Element::Kind::kCertainty;
  };
  if (end > ExceptEnd(begin) && std::all_of(first + static_cast<std::ptrdiff_t>(end), items_.end(), limits)) {
    std::rotate(first + static_cast<std::ptrdiff_t>(begin), first + static_cast<std::ptrdiff_t>(end), items_.end());
  }
}

void ClauseReader::RewriteSynonyms() {
  for (size_t at = 1; at + 1 < items_.size(); ++at) {
    if (!IsWord(at)) continue;
    for (const Synonym& synonym : kSynonyms) {
      const size_t end = PrepositionEnd(at, synonym.word);
      if (end == at || catalogue_.verbs().Contains(synonym.word) || end >= items_.size()) continue;
      ReplaceItems(at, end, synonym.means);
      break;
    }
  }
}

// "how many were killed by the explosion" is said of people; "how is the country described" asks as what.
void ClauseReader::RewriteHow() {
  if (!WordIs(0, "how")) return;
  if (WordIs(1, "many") && WordIn(2, {"were", "was", "are", "have", "had", "died"}) &&
      catalogue_.nouns().Contains("people")) {
    ReplaceItems(1, 2, "many people");
  }
  size_t end = 2;
  while (IsWord(end)) ++end;
  if (WordIn(1, {"is", "are", "was", "were"}) && end > 3 &&
      WordIn(end - 1, {"described", "characterised", "characterized", "labelled", "labeled"}) &&
      !catalogue_.QualifiersWith("as").empty()) {
    ReplaceItems(end - 1, end, absl::StrCat(items_[end - 1].word, " as"));
    ReplaceItems(0, 1, "what");
  }
}

// "which month of 2019 saw the most trips" is "in which month of 2019 were there the most trips"; "which day did he
// come" is "when did he come".
void ClauseReader::RewriteDateOf() {
  if (WordIn(0, {"which", "what"}) && WordIn(1, {"year", "month", "day"})) {
    const size_t saw = WordIs(2, "of") ? 4 : 2;
    if (WordIn(saw, {"saw", "had", "brought"}) && saw + 1 < items_.size()) {
      ReplaceItems(saw, saw + 1, "were there");
      ReplaceItems(0, 1, "in which");
    }
  }
  if (WordIn(0, {"which", "what"}) && WordIn(1, {"day", "date", "month", "year"}) &&
      WordIn(2, {"did", "does", "do", "was", "were", "is", "are", "will", "has", "had"}) && items_.size() > 4) {
    for (size_t at = 3; at + 1 < items_.size(); ++at) {
      // "which day does article 3 give for the visit" asks what it gives.
      if (WordIn(at, {"give", "state", "name", "report", "mention", "set"}) && AboutEnd(at + 1) != at + 1) return;
    }
    ReplaceItems(0, 2, "when");
  }
}

// The longest idiom that the question begins with.
void ClauseReader::ReplaceIdiom() {
  const Idiom* best = nullptr;
  size_t length = 0;
  for (const Idiom& idiom : kIdioms) {
    const std::vector<absl::string_view> words = absl::StrSplit(idiom.words, ' ');
    bool matches = words.size() > length;
    for (size_t i = 0; i < words.size() && matches; ++i) matches = WordIs(i, words[i]);
    // "number of employees" may be a noun of the data.
    if (matches && words.back() == "of" && !Match(catalogue_.nouns(), words.size() - 2).empty()) continue;
    if (!matches) continue;
    best = &idiom;
    length = words.size();
  }
  if (best == nullptr || length >= items_.size()) return;
  ReplaceItems(0, length, best->means);
  if (best->means == "how many") RewriteNumberOf();
}

void ClauseReader::RewriteIdioms() {
  DropRequest();
  RewriteHow();
  RewriteDateOf();
  RewriteEnding();
  DropWordsThatSayNothing();
  RewriteSynonyms();
  RewriteNaming();
  RewriteWhereabouts();
  RewriteLightVerbs();
  RewriteTellingTurned();
  RewriteUnits();
  RewriteNewest();
  RewriteWantsNot();
  RewriteVerbBeforeSubject();
  if (TellersEnd(WordIn(0, {"which", "what"}) ? 1 : 0) > 1) RewriteCalls();
  RewriteSame();
  RewriteThere();
  RewriteReasonFor();
  RewriteOwnedPreposition();
  RewriteDoubleGenitive();
  // "has been to China" is the perfect of going there.
  for (size_t at = 1; at + 1 < items_.size(); ++at) {
    if (!WordIs(at, "been") || !WordIs(at + 1, "to") || !catalogue_.verbs().Contains("gone")) continue;
    items_[at].word = items_[at].whole = "gone";
  }
  RewriteBoth();
  MoveExceptionBack();
  RewriteThanIn();
  RewriteHowLongItTakes();
  RewriteSources();
  RewriteDaysOf();
  RewriteVehicleTakes();
  // "in recent years", "recently" say no time that claims could be held against.
  for (size_t at = 1; at < items_.size(); ++at) {
    const bool phrase = WordIs(at, "in") && WordIn(at + 1, {"recent", "past"}) &&
                        WordIn(at + 2, {"years", "months", "weeks", "days", "times"});
    if (!phrase && !WordIn(at, {"recently", "lately"})) continue;
    const auto it = items_.begin() + static_cast<std::ptrdiff_t>(at);
    items_.erase(it, it + (phrase ? 3 : 1));
    notes_.emplace_back("\"recently\" is no time; nothing is left out for it");
    break;
  }
  // "has Kim met Putin before": before now, as the tense says.
  if (items_.size() > 3 && WordIs(items_.size() - 1, "before")) items_.pop_back();
  if (items_.size() > 3 && WordIn(0, {"when", "where"}) && WordIs(items_.size() - 2, "and") &&
      WordIn(items_.size() - 1, {"when", "where"})) {
    // "where did they meet and when"
    std::rotate(items_.begin() + 1, items_.end() - 2, items_.end());
  }
  ReplaceIdiom();
}

}  // namespace dossier::ask

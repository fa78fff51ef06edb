// Who says so, and where: "which paragraph tells about the explosion", "on whose word is the train heading north",
// "whose photo shows the train".
#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "base/text.h"
#include "query/ask/bind_error.h"
#include "query/ask/clause_reader.h"
#include "query/ask/english.h"

namespace dossier::ask {
namespace {

constexpr int kEventCost = 1;
constexpr int kPassageCost = 2;
constexpr int kCreditedCost = 8;  // Rather what a verb of the data says.

}  // namespace

// "the journey was 1,200 kilometers": any quantity that the unit measures, whatever it is of.
Readings ClauseReader::ReadStatedQuantity(const Reading& start) {
  Readings found;
  const size_t at = SkipDeterminers(start.at);
  for (const NameMatch& match : Match(catalogue_.nouns(), at)) {
    if (match.possessive || !WordIn(match.end, {"is", "was", "are", "were"})) continue;
    const std::optional<NumberMatch> number = MatchNumber(match.end + 1);
    const UnitInfo* unit = number.has_value() ? catalogue_.FindUnit(number->unit) : nullptr;
    if (unit == nullptr) continue;
    Reading reading = start;
    reading.at = number->end;
    const int thing = AddSought(&reading, "");
    const int value = AddSought(&reading, TextOf(match.end + 1, number->end));
    reading.meaning->participants.back().number = number->limit;
    reading.main_fact = AddFact(&reading, RelationsMeasuring({unit->measure}), thing, value);
    found.push_back(std::move(reading));
  }
  return found;
}

// "which paragraph tells about the explosion", "which articles speak of ...".
Readings ClauseReader::ReadTelling(const Reading& start) {
  Readings found;
  if (!WordIn(start.at, {"which", "what"})) return found;
  const bool paragraph =
      WordIn(start.at + 1, {"paragraph", "paragraphs", "passage", "passages", "sentence", "sentences"});
  if (!paragraph && !WordIn(start.at + 1, {"article", "articles"})) return found;
  size_t at = start.at + 2;
  Reading topic = start;
  if (paragraph && (WordIn(at, {"of", "in"}) || (at < items_.size() && items_[at].kind == Element::Kind::kArticle))) {
    // "which paragraph of article 001 tells about ..."
    Reading whole = start;
    whole.at = at + (IsWord(at) ? 1 : 0);
    if (!IsWord(at)) {
      if (!ReadSourceItem(&whole)) return found;
      ++whole.at;
      topic.meaning = whole.meaning;
      at = whole.at;
    }
    for (const Reading& article : IsWord(at) && at == start.at + 2 ? ReadNoun(whole) : Readings()) {
      if (!IsWritten(article.meaning->participants[article.noun])) continue;
      topic.meaning = article.meaning;
      topic.meaning->articles.push_back(article.noun);
      at = article.at;
      break;
    }
  }
  if (paragraph && WordIn(at, {"mention", "mentions", "mentioned", "name", "names", "describe", "describes", "contain",
                               "contains", "discuss", "discusses", "cover", "covers"})) {
    topic.at = at + 1;
    found = ReadTopic(topic, Meaning::Kind::kSources);
  } else if (!WordIn(at, {"tell", "tells", "told", "speak", "speaks", "talk", "talks", "write", "writes", "report",
                          "reports", "is", "are", "say", "says", "state", "states"})) {
    return found;
  }
  ++at;
  if (WordIn(at, {"about", "of", "on"})) {
    topic.at = at + 1;
    found = ReadTopic(topic, Meaning::Kind::kSources);
  } else if (WordIs(at, "that")) {
    topic.at = at + 1;
    found = ReadClause(topic);
    Append(ReadStatedQuantity(topic), &found);
    for (Reading& clause : found) clause.meaning->kind = Meaning::Kind::kSources;
  }
  for (Reading& reading : found) {
    reading.cost += kEventCost;
    reading.meaning->source_unit = WordIn(start.at + 1, {"sentence", "sentences"}) ? Meaning::SourceUnit::kSentence
                                   : paragraph                                     ? Meaning::SourceUnit::kParagraph
                                                                                   : Meaning::SourceUnit::kArticle;
  }
  return found;
}

// "in which paragraph is Jake Sullivan quoted", "which sentence quotes him": where the claims of the clause stand.
Readings ClauseReader::ReadPassage(const Reading& start) {
  Readings found;
  const bool in = WordIs(start.at, "in");
  const size_t which = start.at + (in ? 1 : 0);
  if (!WordIn(which, {"which", "what"})) return found;
  const bool sentence = WordIn(which + 1, {"sentence", "sentences"});
  if (!sentence && !WordIn(which + 1, {"paragraph", "paragraphs", "passage", "passages"})) return found;
  Reading reading = start;
  reading.at = which + 2;
  if (reading.at < items_.size() && items_[reading.at].kind == Element::Kind::kArticle) {
    if (!ReadSourceItem(&reading)) return found;
    ++reading.at;
  } else if (WordIn(reading.at, {"of", "in"})) {
    ++reading.at;
    Readings tellers = ReadNamedTellers(reading);
    if (tellers.empty() || tellers.front().meaning->articles.empty()) return found;
    reading = std::move(tellers.front());
  }
  const auto add = [&](Readings clauses, bool with_gap) {
    for (Reading& clause : clauses) {
      const bool fits = clause.main_fact != kNobody && (clause.gap == kNobody || !with_gap);
      if (!fits || clause.meaning->facts[clause.main_fact].negated) continue;
      clause.gap = kNobody;
      clause.cost += kPassageCost;
      clause.meaning->kind = Meaning::Kind::kSources;
      clause.meaning->source_unit = sentence ? Meaning::SourceUnit::kSentence : Meaning::SourceUnit::kParagraph;
      clause.meaning->targets.clear();
      found.push_back(std::move(clause));
    }
  };
  Reading inside = reading;
  const int article = AddArticle(&inside);
  if (!in) {
    add(ReadPredicate(inside, article), false);
    return found;
  }
  // "in which paragraph does he appear": of the article that the clause says it in.
  inside.gap = article;
  inside.gap_preposition = "in";
  add(ReadInverted(inside), true);
  add(ReadInverted(reading), false);
  return found;
}

// "the title of article 9" where there is none: anything that is read of "article" and of "9" would be something else.
void ClauseReader::CheckArticles() {
  for (size_t at = 0; at + 1 < items_.size(); ++at) {
    if (!WordIs(at, "article") || !IsWord(at + 1)) continue;
    const std::string& number = items_[at + 1].word;
    const std::string name = absl::StrCat("article ", number);
    if (!absl::c_all_of(number, absl::ascii_isdigit) || !catalogue_.names().Continuations(name).empty()) continue;
    if (!catalogue_.FindEntities(name).empty() || !catalogue_.names().HasLonger("article")) continue;
    error_ = UnknownName(catalogue_, context_.text, SpanOf(at, at + 2), "name");
  }
}

// The grammar takes all that follows "according to" for the name of a speaker. What is no name is read like other
// words: "according to which sources does the train have ...", "according to the experts of article 004".
void ClauseReader::SplitDescribedSources() {
  for (size_t at = 0; at < items_.size(); ++at) {
    if (items_[at].kind != Element::Kind::kSpeaker) continue;
    const Element& speaker = *items_[at].element;
    std::vector<Element> words;
    const auto add = [&words](absl::string_view text, SourceSpan span) {
      Element word;
      word.text = std::string(text);
      word.span = span;
      words.push_back(std::move(word));
    };
    const auto add_words = [&] {
      size_t begin = speaker.span.begin;
      for (const absl::string_view word : absl::StrSplit(speaker.text, ' ', absl::SkipEmpty())) {
        begin = std::min(context_.text.find(word, begin), context_.text.size());
        add(word, {begin, begin + word.size()});
        begin += word.size();
      }
    };
    const SourceSpan before = {speaker.span.begin, speaker.span.begin};
    const std::string first = PhraseKey(speaker.text.substr(0, speaker.text.find(' ')));
    const bool asks = at == 0 && (first == "which" || first == "what" || first == "whose");
    if (!asks && SplitSourceOfArticle(at)) continue;
    if (asks) {
      add("according", before);
      add("to", before);
      add_words();
    } else if (SourcesNamed(PhraseKey(speaker.text), false).empty() && NamesKind(speaker.text)) {
      add("as", before);
      add_words();
      add("says", {speaker.span.end, speaker.span.end});
    } else {
      continue;
    }
    own_elements_.push_back(std::move(words));
    const std::vector<Item> items = MakeItems(own_elements_.back());
    const auto hole = items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(at));
    items_.insert(hole, items.begin(), items.end());
  }
}

// "according to the experts of article 4" is "according to the experts" and "in article 4", where they have a name.
bool ClauseReader::SplitSourceOfArticle(size_t at) {
  const Element& speaker = *items_[at].element;
  for (const absl::string_view link : {" of article ", " in article ", " from article "}) {
    const size_t begin = speaker.text.find(std::string(link));
    if (begin == std::string::npos) continue;
    Element named = speaker;
    named.text = speaker.text.substr(0, begin);
    Element article = speaker;
    article.kind = Element::Kind::kArticle;
    article.text = speaker.text.substr(begin + link.size());
    if (SourcesNamed(PhraseKey(named.text), false).empty() || SourcesNamed(PhraseKey(article.text), true).empty()) {
      continue;
    }
    own_elements_.push_back({std::move(named), std::move(article)});
    const std::vector<Item> items = MakeItems(own_elements_.back());
    const auto hole = items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(at));
    items_.insert(hole, items.begin(), items.end());
    return true;
  }
  return false;
}

// Whether a phrase begins, after its article, with the name of a class: "the experts of article 004".
bool ClauseReader::NamesKind(absl::string_view phrase) const {
  std::vector<absl::string_view> words = absl::StrSplit(phrase, ' ', absl::SkipEmpty());
  if (words.size() > 1 && IsDeterminer(PhraseKey(words.front()))) words.erase(words.begin());
  for (; !words.empty(); words.pop_back()) {
    if (catalogue_.class_names().Contains(PhraseKey(absl::StrJoin(words, " ")))) return true;
  }
  return false;
}

// "on whose word is the train heading north", "according to which sources ...", "according to which newspaper ...".
Readings ClauseReader::ReadOnWhoseWord(const Reading& start) {
  Readings found;
  Reading reading = start;
  if (WordIn(start.at, {"on", "by"}) && WordIs(start.at + 1, "whose") &&
      WordIn(start.at + 2, {"word", "authority", "account", "evidence", "information", "testimony", "report"})) {
    reading.at = start.at + 3;
    found = ReadInverted(reading);
    AskFor("according", &found);
    return found;
  }
  if (!WordIs(start.at, "according") || !WordIs(start.at + 1, "to")) return found;
  if (WordIs(start.at + 2, "whose") && IsWord(start.at + 3)) {
    // "according to whose intelligence"
    reading.at = start.at + 4;
    found = ReadInverted(reading);
    AskFor("according", &found);
    return found;
  }
  if (!WordIn(start.at + 2, {"which", "what"})) return found;
  reading.at = start.at + 3;
  if (WordIn(reading.at, {"source", "sources"})) {
    ++reading.at;
    found = ReadInverted(reading);
    AskFor("according", &found);
    return found;
  }
  for (Reading& kind : ReadNoun(reading)) {
    const int teller = kind.noun;
    if (kind.meaning->participants[teller].known()) continue;
    const bool article = IsWritten(kind.meaning->participants[teller]);
    Target target;
    target.participant = teller;
    target.column = kind.meaning->participants[teller].words;
    for (Reading& clause : ReadInverted(kind)) {
      if (clause.main_fact == kNobody) continue;
      Fact& told = clause.meaning->facts[clause.main_fact];
      (article ? told.article : told.speaker) = teller;
      clause.meaning->targets.push_back(target);
      found.push_back(std::move(clause));
    }
  }
  return found;
}

// "whose photo shows Kim": by whom the claims are of the relation that the noun and the verb both name.
Readings ClauseReader::ReadWhoseWork(const Reading& start) {
  Readings found;
  if (!WordIs(start.at, "whose")) return found;
  for (const NameMatch& noun : Match(catalogue_.nouns(), start.at + 1)) {
    std::vector<uint32_t> named;
    for (const uint32_t index : catalogue_.nouns().Find(noun.key)) {
      named.push_back(catalogue_.noun_uses()[index].relation);
    }
    if (noun.possessive) continue;
    Reading reading = start;
    reading.at = noun.end;
    const int anything = AddSought(&reading, "");
    for (Reading& clause : ReadVerb(reading, anything, kFormThird | kFormPast | kFormBase, false)) {
      if (clause.main_fact == kNobody) continue;
      Fact& fact = clause.meaning->facts[clause.main_fact];
      // Only what the noun names as well.
      std::erase_if(fact.relations, [&](const RelationUse& use) {
        return std::find(named.begin(), named.end(), use.relation) == named.end();
      });
      if (fact.relations.empty() || fact.subject != anything || fact.article != kNobody) continue;
      Readings asked = {std::move(clause)};
      AskFor("according", &asked);
      found.push_back(std::move(asked.front()));
    }
  }
  return found;
}

// "who is credited for the photo of Kim"
Readings ClauseReader::ReadCredited(const Reading& start) {
  if (!WordIn(start.at, {"who", "what"}) || !WordIn(start.at + 1, {"is", "are", "was", "were"}) ||
      !WordIn(start.at + 2, {"credited", "cited", "quoted", "named"}) || !WordIn(start.at + 3, {"for", "with"})) {
    return {};
  }
  Reading reading = start;
  reading.at = SkipDeterminers(start.at + 4);
  reading.cost += kCreditedCost;
  Readings found = ReadTopic(reading, Meaning::Kind::kSources);
  for (const NameMatch& noun : Match(catalogue_.nouns(), reading.at)) {
    // "the photo of Kim": what a relation calls its object, named.
    std::vector<uint32_t> relations;
    for (const uint32_t index : catalogue_.nouns().Find(noun.key)) {
      const NounUse& use = catalogue_.noun_uses()[index];
      if (use.side == NounSide::kObject && catalogue_.relations()[use.relation].measure.empty()) {
        relations.push_back(use.relation);
      }
    }
    if (relations.empty() || !WordIn(noun.end, {"of", "showing"})) continue;
    Reading named = reading;
    named.at = noun.end + 1;
    for (Reading& thing : ReadNoun(named)) {
      if (!thing.meaning->participants[thing.noun].known()) continue;
      ++thing.cost;
      const int anything = AddSought(&thing, "");
      Frame frame;
      frame.fact = thing.main_fact = AddFact(&thing, relations, anything, thing.noun);
      thing.meaning->kind = Meaning::Kind::kSources;
      Append(ReadQualifierItems(thing, frame), &found);
    }
  }
  return found;
}

// "where was article 004 taken from", "where did he sail to": the object of the verb, before its preposition.
Readings ClauseReader::ReadWhereFrom(const Reading& start) {
  Readings found;
  if (items_.empty()) return found;
  size_t last = items_.size() - 1;
  while (last > start.at && !IsWord(last)) --last;  // "from in 2004"
  const bool pied = WordIs(start.at, "from") && WordIs(start.at + 1, "where");
  if (!pied && (!WordIs(start.at, "where") || !WordIs(last, "from"))) return found;
  Reading reading = start;
  const size_t noun = SkipDeterminers(start.at + 2);
  if (WordIn(noun, {"information", "news", "report", "reports", "claim", "claims", "story", "statement"}) &&
      WordIs(items_.size() - 2, "come") && AtEnd(last + 1)) {
    // "where does the news about the flood come from": who tells of it.
    reading.at = AboutEnd(noun + 1);
    const bool that = WordIs(noun + 1, "that");
    if (that) reading.at = noun + 2;
    Readings topics = that                     ? ReadClause(reading)
                      : reading.at == noun + 1 ? Readings()
                                               : ReadTopic(reading, Meaning::Kind::kSources);
    for (Reading& topic : topics) {
      if (topic.at + 2 != items_.size()) continue;
      topic.at = items_.size();
      topic.meaning->kind = Meaning::Kind::kSources;
      found.push_back(std::move(topic));
    }
    return found;
  }
  reading.at += pied ? 2 : 1;
  reading.gap = AddSought(&reading, "where");
  if (pied) reading.gap_preposition = "from";
  Target target;
  target.participant = reading.gap;
  target.column = "where";
  reading.meaning->targets.push_back(target);
  for (Reading& clause : ReadInverted(reading)) {
    if (clause.gap == kNobody) found.push_back(std::move(clause));
  }
  return found;
}

// "which article was the first to mention Hanoi": of those that do, the one that came out first.
Readings ClauseReader::ReadFirstToTell(const Reading& start) {
  Readings found;
  if (!WordIn(start.at, {"which", "what"})) return found;
  bool any = false;
  for (size_t at = start.at + 2; at < items_.size(); ++at) {
    any |= WordIn(at, {"first", "last", "earliest"}) && WordIs(at + 1, "to");
  }
  if (!any) return found;
  Reading reading = start;
  ++reading.at;
  for (const Reading& kind : ReadNoun(reading)) {
    if (kind.meaning->participants[kind.noun].known() || !IsWritten(kind.meaning->participants[kind.noun])) continue;
    size_t at = kind.at + (WordIn(kind.at, {"is", "was"}) ? 1 : 0);
    if (at == kind.at) continue;
    if (WordIs(at, "the")) ++at;
    if (!WordIn(at, {"first", "last", "earliest"}) || !WordIs(at + 1, "to")) continue;
    Reading clause = kind;
    clause.at = at + 2;
    clause.meaning->publication = WordIs(at, "last") ? -1 : 1;
    Target target;
    target.participant = kind.noun;
    target.column = kind.meaning->participants[kind.noun].words;
    clause.meaning->targets.push_back(target);
    for (Reading& told : ReadVerb(clause, kind.noun, kFormBase, false)) {
      if (told.main_fact == kNobody || told.meaning->facts[told.main_fact].negated) continue;
      found.push_back(std::move(told));
    }
  }
  return found;
}

// "according to both Bulletin 1 and Bulletin 2": each of them says so.
bool ClauseReader::ReadBothSources(Reading* reading, const Frame& frame) {
  const std::string key = PhraseKey(items_[reading->at].element->text);
  if (items_[reading->at].kind != Element::Kind::kSpeaker || !absl::StartsWith(key, "both ") ||
      !WordIs(reading->at + 1, "and") || frame.fact == kNobody) {
    return false;
  }
  const std::vector<TermId> first = catalogue_.FindEntities(key.substr(5));
  const size_t second = SkipDeterminers(reading->at + 2);
  const std::vector<NameMatch> names = Match(catalogue_.names(), second);
  if (first.empty() || names.empty()) return false;
  const auto lay_on = [&](int teller, Fact* fact) {
    (IsWritten(reading->meaning->participants[teller]) ? fact->article : fact->speaker) = teller;
  };
  const int one = AddKnown(reading, first, reading->at, reading->at + 1);
  reading->meaning->participants[one].words = key.substr(5);
  const int other = AddKnown(reading, catalogue_.FindEntities(names.front().key), second, names.front().end);
  Fact& fact = reading->meaning->facts[frame.fact];
  // The sides that nothing has named yet have to be the same of both.
  for (int* side : {&fact.subject, &fact.object}) {
    if (*side == kNobody)
      *side = reading->gap != kNobody ? std::exchange(reading->gap, kNobody) : AddSought(reading, "");
  }
  Fact& told = reading->meaning->facts[frame.fact];
  lay_on(one, &told);
  Fact copy = told;
  copy.article = copy.speaker = kNobody;
  lay_on(other, &copy);
  reading->meaning->facts.push_back(std::move(copy));
  reading->at = names.front().end - 1;
  return true;
}

}  // namespace dossier::ask

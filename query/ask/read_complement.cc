// What follows a verb: its object, prepositional phrases, times, qualifiers, and clauses joined with "and".
#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "query/ask/bind_error.h"
#include "query/ask/clause_reader.h"
#include "query/ask/english.h"
#include "query/ask/graph_reader.h"
#include "query/ask/time_phrase.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

constexpr int kQualifierCost = 3;
constexpr int kMissingObjectCost = 4;
constexpr int kGapQualifierCost = 2;
constexpr int kFarComplementCost = 4;
constexpr int kAfterClauseCost = 2;

// Whether a name may be that of a place.
bool MayNamePlace(const Catalogue& catalogue, const Snapshot& snapshot, const Participant& named) {
  constexpr absl::string_view kPlace = "https://schema.org/Place";
  std::vector<uint32_t> places;
  for (uint32_t i = 0; i < catalogue.classes().size(); ++i) {
    if (catalogue.classes()[i].iri.value() == kPlace) places.push_back(i);
  }
  GraphReader graph(snapshot);
  return std::any_of(named.candidates.begin(), named.candidates.end(), [&](TermId candidate) {
    const auto types = graph.Objects(candidate, rdf::kType);
    return !types.ok() || types->empty() ||
           std::any_of(types->begin(), types->end(), [&](TermId type) { return catalogue.IsKindOf(type, places); });
  });
}

}  // namespace

Readings ClauseReader::ReadComplements(const Reading& start, Frame frame) {
  Readings found;
  if (!Spend() || IsTooDear(start, Junction::kComplement)) return found;
  Reading reading = start;
  const bool far = start.at == start.clause_end;
  while (true) {
    const size_t before = reading.at;
    SkipAdverbs(&reading);
    if (reading.at < items_.size() && items_[reading.at].kind == Element::Kind::kComma) ++reading.at;
    if (!ReadQualifierItem(&reading, &frame)) return found;
    if (reading.at == before) break;
  }
  furthest_ = std::max(furthest_, reading.at);
  if (far && reading.at != start.at) reading.cost += kAfterClauseCost;
  Finish(reading, frame, &found);
  const size_t ended = found.size();
  ReadObject(reading, frame, &found);
  ReadPrepositions(reading, frame, &found);
  ReadBarePreposition(reading, frame, &found);
  ReadDegreeAdverb(reading, frame, &found);
  ReadThan(reading, frame, &found);
  ReadTimeLinks(reading, frame, &found);
  ReadSpan(reading, frame, &found);
  ReadWayToEvent(reading, frame, &found);
  ReadPurpose(reading, frame, &found);
  ReadStatement(reading, frame, &found);
  ReadPartOfStatement(reading, frame, &found);
  ReadRole(reading, frame, &found);
  ReadOccasion(reading, frame, &found);
  ReadOrdinalTime(reading, frame, &found);
  ReadInUnit(reading, frame, &found);
  if (WordIs(reading.at, "as")) {
    for (const Reading& sourced : ReadSourceClause(reading)) Append(ReadComplements(sourced, frame), &found);
  }
  if (far && reading.at == start.at) {
    for (size_t i = ended; i < found.size(); ++i) found[i].cost += kAfterClauseCost;
  }
  return found;
}

// Times and qualifiers that the grammar has recognised. False when the clause cannot go on with this one.
bool ClauseReader::ReadQualifierItem(Reading* reading, Frame* frame) {
  if (reading->at >= items_.size()) return true;
  const Item& item = items_[reading->at];
  Meaning& meaning = *reading->meaning;
  switch (item.kind) {
    case Element::Kind::kTime: {
      absl::StatusOr<TimeLimit> limit =
          ResolveTime(item.element->time, context_.today, meaning.tense == Tense::kFuture, context_.text);
      if (!limit.ok()) {
        error_ = limit.status();
        return false;
      }
      std::optional<TimeLimit>& time = meaning.facts[frame->fact].time;
      if (time.has_value()) return false;
      time = *std::move(limit);
      frame->last = Frame::Last::kTime;
      if (WordIn(reading->at + 1, {"morning", "afternoon", "evening", "night"})) {
        meaning.notes.emplace_back("claims tell days, not times of a day");
        ++reading->at;
      }
      break;
    }
    case Element::Kind::kReported: {
      absl::StatusOr<TimeRange> day = ResolveDate(item.element->time.first, context_.today, false, context_.text);
      if (!day.ok()) {
        error_ = day.status();
        return false;
      }
      meaning.reported_until = *std::move(day);
      break;
    }
    case Element::Kind::kCertainty: {
      const std::vector<uint32_t> levels = catalogue_.certainty_names().Find(PhraseKey(item.element->text));
      if (levels.empty()) {
        error_ = UnknownLevel(catalogue_, context_.text, item.span);
        return false;
      }
      meaning.minimum_rank = catalogue_.certainty_levels()[levels.front()].rank;
      break;
    }
    case Element::Kind::kSupport: {
      const double number = NumberOf(PhraseKey(item.element->text));
      if (number < 0) {
        error_ = UnknownName(catalogue_, context_.text, item.span, "number");
        return false;
      }
      meaning.minimum_sources = static_cast<int64_t>(number);
      break;
    }
    case Element::Kind::kArticle:
    case Element::Kind::kSpeaker:
      if (ReadBothSources(reading, *frame)) break;
      if (!ReadSourceItem(reading)) return false;
      break;
    default: return true;
  }
  ++reading->at;
  return true;
}

// "in article 002", "according to KCNA", "according to each article".
bool ClauseReader::ReadSourceItem(Reading* reading) {
  const Item& item = items_[reading->at];
  const bool article = item.kind == Element::Kind::kArticle;
  const std::string key = PhraseKey(item.element->text);
  if (!article && (absl::StartsWith(key, "each ") || absl::StartsWith(key, "every "))) {
    group_words_.push_back({key.substr(key.find(' ') + 1), item.span});
    return true;
  }
  std::vector<TermId> entities = SourcesNamed(key, article);
  if (entities.empty()) {
    error_ = UnknownName(catalogue_, context_.text, item.span, article ? "article" : "name");
    return false;
  }
  Meaning& meaning = *reading->meaning;
  const int participant = AddKnown(reading, std::move(entities), reading->at, reading->at + 1);
  meaning.participants[participant].words = item.element->text;
  const bool written = article || key.rfind("article ", 0) == 0 || key.rfind("articles ", 0) == 0;
  (written ? meaning.articles : meaning.speakers).push_back(participant);
  while (JoinSource(reading, participant, written)) continue;
  return true;
}

// Whom the words after "according to" name, or, where an article is meant, those after "in article".
std::vector<TermId> ClauseReader::SourcesNamed(absl::string_view key, bool article) const {
  std::vector<TermId> found;
  if (article) found = catalogue_.FindEntities(absl::StrCat("article ", key));
  if (found.empty() && absl::StartsWith(key, "articles ")) {
    found = catalogue_.FindEntities(absl::StrCat("article ", key.substr(key.find(' ') + 1)));
  }
  return found.empty() ? catalogue_.FindEntities(key) : found;
}

// "[according to KCNA] and Yonhap", "[in article 1] and in article 2": any of them, each apart. True when another one
// was joined; the reading stands on its last word then.
bool ClauseReader::JoinSource(Reading* reading, int first, bool written) const {
  const bool comma = reading->at + 1 < items_.size() && items_[reading->at + 1].kind == Element::Kind::kComma;
  if (!comma && !WordIn(reading->at + 1, {"and", "or"})) return false;
  const size_t at = SkipDeterminers(reading->at + (comma && WordIn(reading->at + 2, {"and", "or"}) ? 3 : 2));
  if (at >= items_.size()) return false;
  std::vector<TermId> entities;
  size_t end = at + 1;
  std::string words;
  if (items_[at].kind == Element::Kind::kArticle || items_[at].kind == Element::Kind::kSpeaker) {
    words = items_[at].element->text;
    entities = SourcesNamed(PhraseKey(words), written);
  } else if (IsWord(at)) {
    for (const NameMatch& match : Match(catalogue_.names(), at)) {
      // What another word follows is rather the subject of one more clause.
      if (match.possessive || (IsWord(match.end) && !WordIn(match.end, {"and", "or"})) || !entities.empty()) continue;
      entities = catalogue_.FindEntities(match.key);
      end = match.end;
    }
    if (entities.empty() && written && !IsWord(at + 1)) entities = SourcesNamed(items_[at].word, true);
    words = TextOf(at, end);
  }
  Participant more;
  more.candidates = std::move(entities);
  if (more.candidates.empty() || IsWritten(more) != written) return false;
  Meaning& meaning = *reading->meaning;
  more.words = std::move(words);
  AddTeller(more, &meaning.participants[first]);
  if (meaning.groups.empty()) GroupByTeller(written, &meaning);
  reading->at = end - 1;
  return true;
}

// The object where it follows at once, or the thing asked for in its place.
void ClauseReader::ReadObject(const Reading& start, const Frame& frame, Readings* found) {
  const Fact& fact = start.meaning->facts[frame.fact];
  const bool direct = std::find(frame.prepositions.begin(), frame.prepositions.end(), "") != frame.prepositions.end();
  if (frame.passive || fact.object != kNobody) return;
  if (!direct) {
    // "ask Putin for aid": to whom it was said, or from whom it is to come, stands before the object.
    std::vector<uint32_t> persons = catalogue_.QualifiersWith("from");
    for (const uint32_t addressee : QualifiersNamed("addressee")) persons.push_back(addressee);
    if (persons.empty() || !fact.qualifiers.empty() || fact.is_event) return;
    bool later = false;
    for (size_t at = start.at + 1; at < items_.size() && !later; ++at) {
      later = std::any_of(frame.prepositions.begin(), frame.prepositions.end(),
                          [&](const std::string& words) { return PrepositionEnd(at, words) != at; });
    }
    const bool somewhere = std::any_of(fact.relations.begin(), fact.relations.end(), [&](const RelationUse& use) {
      return catalogue_.relations()[use.relation].role == ObjectRole::kPlace;
    });
    if (!later || somewhere) return;
    for (Reading& person : ReadNoun(start)) {
      person.cost += kQualifierCost;
      person.meaning->facts[frame.fact].qualifiers.push_back({persons, person.noun});
      Append(ReadComplements(person, frame), found);
    }
    return;
  }
  for (Reading& object : ReadNoun(start)) {
    Reading next = std::move(object);
    const bool more =
        IsWord(next.at) && (SkipDeterminers(next.at) != next.at || !Match(catalogue_.names(), next.at).empty());
    const bool told =
        (WordIn(next.at, {"that", "about"}) || AtEnd(next.at)) && AllRelations(fact, ObjectRole::kStatement);
    const bool bidden = (WordIs(next.at, "to") || (WordIs(next.at, "not") && WordIs(next.at + 1, "to"))) &&
                        std::any_of(fact.relations.begin(), fact.relations.end(), [&](const RelationUse& use) {
                          return catalogue_.relations()[use.relation].role == ObjectRole::kStatement;
                        });
    if (told || bidden) {
      // "told the press that ...", "urged them not to ...", "told the press": to whom, before what.
      if (const std::vector<uint32_t> persons = QualifiersNamed("addressee"); !persons.empty()) {
        Reading spoken = next;
        KeepRole(&spoken.meaning->facts[frame.fact], ObjectRole::kStatement);
        if (bidden && spoken.gap != kNobody) {
          // "what did they urge him not to do"
          const size_t verb = WordIs(next.at, "to") ? next.at + 1 : next.at + 2;
          if (WordIs(verb, "do")) spoken.at = verb + 1;
        }
        spoken.cost += kQualifierCost;
        spoken.meaning->facts[frame.fact].qualifiers.push_back({persons, spoken.noun});
        Append(ReadComplements(spoken, frame), found);
      }
    }
    if ((start.gap != kNobody && start.gap_preposition.empty()) || more) {
      // "what could Russia give North Korea": to whom, before what.
      // "called the deal illegal": of what, before what.
      std::vector<uint32_t> receivers = catalogue_.QualifiersWith("to");
      for (const uint32_t topic : QualifiersNamed("topic")) receivers.push_back(topic);
      if (fact.qualifiers.empty()) {
        Reading given = next;
        given.cost += kQualifierCost;
        given.meaning->facts[frame.fact].qualifiers.push_back({receivers, given.noun});
        Append(ReadComplements(given, frame), found);
      }
    }
    next.meaning->facts[frame.fact].object = next.noun;
    Frame after = frame;
    after.last = Frame::Last::kObject;
    ReadSeenDoing(next, after, found);
    Append(ReadComplements(next, after), found);
  }
}

// "saw him leaving for Oslo": what was seen did that then.
void ClauseReader::ReadSeenDoing(const Reading& object, const Frame& frame, Readings* found) {
  // "[saw the train] heading north", "headed for the border"
  const bool headed = WordIs(object.at, "headed");
  if (!IsWord(object.at) || !(headed || absl::EndsWith(items_[object.at].word, "ing"))) return;
  Reading reading = object;
  reading.gap = kNobody;
  for (Reading& clause : ReadVerb(reading, object.noun, headed ? kFormParticiple : kFormGerund, false)) {
    if (clause.main_fact == kNobody || clause.main_fact < static_cast<int>(object.meaning->facts.size())) continue;
    LinkToClause(std::move(clause), object, frame, TimeLink(), found);
  }
}

// By the end of the IRI, where the vocabulary itself is meant.
std::vector<uint32_t> ClauseReader::QualifiersNamed(absl::string_view name) const {
  std::vector<uint32_t> found;
  const auto& qualifiers = catalogue_.qualifiers();
  for (uint32_t i = 0; i < qualifiers.size(); ++i) {
    if (qualifiers[i].iri.value() == absl::StrCat(vocab::kPrefix, name)) found.push_back(i);
  }
  return found;
}

size_t ClauseReader::PrepositionEnd(size_t at, absl::string_view preposition) const {
  // Most words begin no preposition, let alone this one.
  if (preposition.empty() || !IsWord(at)) return at;
  if (const std::string& word = items_[at].word; word != "the" && !absl::StartsWith(preposition, word)) return at;
  size_t end = at;
  for (const absl::string_view word : absl::StrSplit(preposition, ' ')) {
    // Articles inside a preposition ("in the entourage of") may be there or not.
    if (word != "the" && WordIs(end, "the")) ++end;
    if (word == "the" && !WordIs(end, "the")) continue;
    if (!WordIs(end, word)) return at;
    ++end;
  }
  return end;
}

std::vector<ClauseReader::PrepositionMatch> ClauseReader::QualifierPrepositionsAt(size_t at) const {
  std::vector<PrepositionMatch> found;
  for (const QualifierInfo& qualifier : catalogue_.qualifiers()) {
    for (const std::string& words : qualifier.prepositions) {
      if (const size_t end = PrepositionEnd(at, words); end != at) found.push_back({words, end});
    }
  }
  return found;
}

// Those of the verb, of a passive's agent and of the qualifiers whose words stand at `at`, each once.
std::vector<ClauseReader::PrepositionMatch> ClauseReader::PrepositionsAt(size_t at, const Frame& frame) const {
  const auto of_qualifiers = [&] { return QualifierPrepositionsAt(at); };
  std::vector<PrepositionMatch> found =
      lookups_.has_value() ? lookups_->prepositions.At(at, of_qualifiers) : of_qualifiers();
  const auto add = [&](const std::string& words) {
    if (const size_t end = PrepositionEnd(at, words); end != at) found.push_back({words, end});
  };
  for (const std::string& words : frame.prepositions) add(words);
  add("by");
  std::sort(found.begin(), found.end(),
            [](const PrepositionMatch& a, const PrepositionMatch& b) { return a.words < b.words; });
  found.erase(std::unique(found.begin(), found.end(),
                          [](const PrepositionMatch& a, const PrepositionMatch& b) { return a.words == b.words; }),
              found.end());
  return found;
}

// "to Russia", "by train", "with Putin": the object, the agent of a passive, or a qualifier of the claim.
void ClauseReader::ReadPrepositions(const Reading& start, const Frame& frame, Readings* found) {
  if (!IsWord(start.at)) return;
  const Fact& fact = start.meaning->facts[frame.fact];
  for (const auto& [words, end] : PrepositionsAt(start.at, frame)) {
    // "how many people were killed in the explosion": what did it stands after "in".
    const bool quantity = std::all_of(fact.relations.begin(), fact.relations.end(), [&](const RelationUse& use) {
      return use.inverted || !catalogue_.relations()[use.relation].measure.empty();
    });
    const bool is_agent = frame.passive && fact.subject == kNobody &&
                          (words == "by" || (quantity && (words == "in" || words == "during")));
    const bool is_object =
        !frame.passive && fact.object == kNobody &&
        std::find(frame.prepositions.begin(), frame.prepositions.end(), words) != frame.prepositions.end();
    const std::vector<uint32_t> qualifiers = catalogue_.QualifiersWith(words);
    if (!is_agent && !is_object && qualifiers.empty()) continue;
    Reading reading = start;
    reading.at = end;
    // "where did Kim travel to"
    if (is_object && WordIs(0, "where") && start.gap == kNobody) Append(ReadComplements(reading, frame), found);
    Readings nouns = ReadNoun(reading);
    // "which city did Kim travel to": the thing asked for belongs here, unless "the ..." follows.
    const bool stranded = start.gap_preposition.empty() || start.gap_preposition == kWherever;
    if (start.gap != kNobody && stranded && SkipDeterminers(end) == end) {
      reading.noun = start.gap;
      reading.gap = kNobody;
      reading.gap_preposition.clear();
      nouns.push_back(reading);
    }
    for (const Reading& noun : nouns) {
      if (is_agent || is_object) {
        Reading next = noun;
        (is_agent ? next.meaning->facts[frame.fact].subject : next.meaning->facts[frame.fact].object) = noun.noun;
        Frame after = frame;
        after.last = is_object ? Frame::Last::kObject : Frame::Last::kAgent;
        after.last_preposition = words;
        Append(ReadComplements(next, after), found);
      }
      if (words == "in" && !qualifiers.empty() && noun.meaning->participants[noun.noun].known() &&
          !MayNamePlace(catalogue_, context_.snapshot, noun.meaning->participants[noun.noun])) {
        // "in his jet": by what rather than where, if nothing is found there.
        Reading next = noun;
        next.cost += kQualifierCost + 1;
        next.meaning->facts[frame.fact].qualifiers.push_back({QualifiersNamed("means"), noun.noun});
        if (!QualifiersNamed("means").empty()) Append(ReadComplements(next, frame), found);
      }
      if (!qualifiers.empty()) {
        Reading next = noun;
        // With whom rather belongs to the verb, if the verb may have it.
        next.cost += kQualifierCost + (words == "with" ? 1 : 0);
        next.meaning->facts[frame.fact].qualifiers.push_back({qualifiers, noun.noun});
        Frame after = frame;
        after.last = Frame::Last::kQualifier;
        after.last_preposition = words;
        Append(ReadComplements(next, after), found);
      }
    }
  }
}

// "what would they get in exchange": a preposition of a qualifier that has lost its last word, as there is nothing
// behind it.
std::optional<ClauseReader::PrepositionMatch> ClauseReader::BarePrepositionAt(size_t at) const {
  if (!IsWord(at) || !IsWord(at + 1)) return std::nullopt;
  for (const QualifierInfo& qualifier : catalogue_.qualifiers()) {
    for (const std::string& words : qualifier.prepositions) {
      const size_t last = words.rfind(' ');
      if (last == std::string::npos || words.find(' ') == last) continue;
      const size_t end = PrepositionEnd(at, absl::string_view(words).substr(0, last));
      if (end != at && (!IsWord(end) || WordIs(end, "as"))) return PrepositionMatch{words, end};
    }
  }
  return std::nullopt;
}

void ClauseReader::ReadBarePreposition(const Reading& start, const Frame& frame, Readings* found) {
  const auto look = [&] { return BarePrepositionAt(start.at); };
  const std::optional<PrepositionMatch> match =
      lookups_.has_value() ? lookups_->bare_prepositions.At(start.at, look) : look();
  if (!match.has_value()) return;
  Reading next = start;
  next.at = match->end;
  next.cost += kQualifierCost;
  const int anything = AddSought(&next, "");
  next.meaning->facts[frame.fact].qualifiers.push_back({catalogue_.QualifiersWith(match->words), anything});
  Append(ReadComplements(next, frame), found);
}

// "as leader": while the subject was what the noun says. And a clause about the subject that comes late: "which office
// does the person hold who accompanied Kim".
void ClauseReader::ReadRole(const Reading& start, const Frame& frame, Readings* found) {
  const bool known = frame.subject != kNobody && (start.meaning->participants[frame.subject].known() ||
                                                  !start.meaning->participants[frame.subject].kinds.empty());
  const bool says = AllRelations(start.meaning->facts[frame.fact], ObjectRole::kStatement);
  const bool late = WordIn(start.at, {"who", "whom"}) || (known && !says && WordIn(start.at, {"that", "which"}));
  if (late && frame.subject != kNobody && frame.subject != start.gap) {
    // What is asked for has its place in the outer clause.
    for (Reading& clause : FillGap(start, frame)) {
      clause.noun = frame.subject;
      ++clause.cost;
      for (const Reading& ending : ReadRelativeClause(clause)) {
        for (Reading& after : ReadComplements(ending, frame)) {
          // What comes then belongs rather to the clause about the subject.
          if (after.at != ending.at) after.cost += kFarComplementCost;
          found->push_back(std::move(after));
        }
      }
    }
  }
  const Fact& done = start.meaning->facts[frame.fact];
  const int subject = frame.subject == kNobody && done.is_event ? done.subject : frame.subject;
  if (!WordIs(start.at, "as") || subject == kNobody) return;
  const size_t at = SkipDeterminers(start.at + 1);
  for (const NameMatch& match : Match(catalogue_.nouns(), at)) {
    std::vector<uint32_t> relations;
    for (const uint32_t index : catalogue_.nouns().Find(match.key)) {
      const NounUse& use = catalogue_.noun_uses()[index];
      if (use.side == NounSide::kSubject) relations.push_back(use.relation);
    }
    if (relations.empty()) continue;
    Reading next = start;
    next.at = match.end;
    TimeLink link;
    const int anything = AddSought(&next, "");
    link.fact = AddFact(&next, relations, subject, anything);
    AddLink(next, frame, link, found);
    if (!WordIs(match.end, "of")) continue;
    // "as president of France"
    next.at = match.end + 1;
    for (Reading& of : ReadNoun(next)) {
      of.meaning->facts[link.fact].object = of.noun;
      of.noun = start.noun;
      AddLink(of, frame, link, found);
    }
  }
}

// "on visits to missile factories": the place of the claim.
void ClauseReader::ReadOccasion(const Reading& start, const Frame& frame, Readings* found) {
  // "used for his trips abroad"
  const bool purpose = WordIs(start.at, "for") && WordIn(start.at + 1, {"his", "her", "its", "their", "a", "the"});
  if (!purpose && !WordIn(start.at, {"on", "during"})) return;
  Reading during = start;
  ++during.at;
  if (purpose) during.cost += kQualifierCost;
  during.gap = kNobody;
  during.meaning->event_fact = kNobody;
  for (Reading& event : ReadEvent(during)) {
    // "on the trip on which he saw the factory": at its time.
    if (!event.aspect.empty() || event.meaning->event_fact == kNobody) continue;
    LinkToEvent(std::move(event), start, frame, TimeLink(), found);
  }
  if (purpose) return;
  const size_t at = SkipDeterminers(start.at + 1);
  for (const NameMatch& match : Match(catalogue_.nouns(), at)) {
    const std::vector<uint32_t> uses = catalogue_.nouns().Find(match.key);
    const bool event = std::any_of(uses.begin(), uses.end(), [&](uint32_t index) {
      return catalogue_.noun_uses()[index].side == NounSide::kEvent;
    });
    if (!event || !WordIn(match.end, {"to", "in", "at"})) continue;
    std::vector<uint32_t> places = catalogue_.QualifiersWith("in");
    const std::vector<uint32_t> destinations = catalogue_.QualifiersWith(items_[match.end].word);
    places.insert(places.end(), destinations.begin(), destinations.end());
    Reading reading = start;
    reading.at = match.end + 1;
    for (Reading& place : ReadNoun(reading)) {
      place.cost += kQualifierCost;
      place.meaning->facts[frame.fact].qualifiers.push_back({places, place.noun});
      Frame after = frame;
      after.last = Frame::Last::kQualifier;
      Append(ReadComplements(place, after), found);
    }
  }
}

Readings ClauseReader::FillGap(const Reading& reading, const Frame& frame) const {
  Readings filled;
  if (reading.gap == kNobody) {
    filled.push_back(reading);
    return filled;
  }
  const Fact& fact = reading.meaning->facts[frame.fact];
  const bool where = reading.gap_preposition == kWherever;
  const std::string preposition = where ? "in" : reading.gap_preposition;
  const auto takes = [&](absl::string_view word) {
    return std::find(frame.prepositions.begin(), frame.prepositions.end(), word) != frame.prepositions.end();
  };
  const bool is_object = (takes(preposition) || (where && (takes("at") || takes("on") || takes("to")))) &&
                         fact.object == kNobody && !frame.passive;
  // "in which articles is it mentioned": an article is who mentions it.
  const bool is_agent =
      frame.passive && fact.subject == kNobody &&
      (preposition == "by" || (preposition == "in" && !where && IsWritten(reading.meaning->participants[reading.gap])));
  if (is_object || is_agent) {
    Reading ending = reading;
    (is_object ? ending.meaning->facts[frame.fact].object : ending.meaning->facts[frame.fact].subject) = reading.gap;
    ending.gap = kNobody;
    filled.push_back(std::move(ending));
  }
  if (const std::vector<uint32_t> qualifiers = catalogue_.QualifiersWith(preposition);
      !preposition.empty() && !qualifiers.empty()) {
    Reading ending = reading;
    ending.cost += kGapQualifierCost;
    ending.meaning->facts[frame.fact].qualifiers.push_back({qualifiers, reading.gap});
    ending.gap = kNobody;
    filled.push_back(std::move(ending));
  }
  return filled;
}

// The clause ends here, or goes on with "and".
void ClauseReader::Finish(const Reading& reading, const Frame& frame, Readings* found) {
  if (!Spend()) return;
  ReadConjunction(reading, frame, found);
  Readings endings = FillGap(reading, frame);
  for (Reading& ending : endings) {
    Fact& last = ending.meaning->facts[frame.fact];
    if (ending.subject_time.has_value() && !last.time.has_value() && ending.main_fact == frame.fact) {
      last.time = ending.subject_time;
      ending.subject_time.reset();
    }
    for (const int earlier : frame.group) {
      // "met Xi and Putin in 2018": both of them then.
      if (!ending.meaning->facts[earlier].time.has_value()) ending.meaning->facts[earlier].time = last.time;
    }
    const int second = ending.partner;
    ending.partner = kNobody;
    if (second != kNobody) {
      const bool symmetric = std::any_of(last.relations.begin(), last.relations.end(), [&](const RelationUse& use) {
        return catalogue_.relations()[use.relation].symmetric;
      });
      if (symmetric && last.object == kNobody) {
        last.object = second;
      } else {
        Fact copy = last;
        (frame.passive ? copy.object : copy.subject) = second;
        ending.meaning->facts.push_back(std::move(copy));
      }
    }
    ending.cost += kMissingObjectCost * CompleteFacts(frame.fact, &ending);
    found->push_back(std::move(ending));
  }
}

}  // namespace dossier::ask

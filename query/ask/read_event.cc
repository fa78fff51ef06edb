// Events: "Kim's trips to China", "the meetings of Kim and Xi", "which trips did Kim make in 2018".
#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "query/ask/clause_reader.h"
#include "query/ask/reading_costs.h"

namespace dossier::ask {
namespace {

// A name before the noun rather says whose event it is; but as the object it leaves only the subject open.
constexpr int kObjectBeforeGain = 2;

}  // namespace

// "train journeys", "Kim's train journeys": by what, before the noun.
void ClauseReader::ReadEventByMeans(const Reading& start, int owner, Readings* found) {
  for (const NameMatch& match : Match(catalogue_.class_names(), start.at)) {
    const std::vector<uint32_t> means = QualifiersNamed("means");
    const std::vector<uint32_t> kinds = catalogue_.class_names().Find(match.key);
    if (match.possessive || means.empty() || Match(catalogue_.nouns(), match.end).empty()) continue;
    if (NamesPlacesOrActors(match.key)) continue;
    Reading by = start;
    by.at = match.end;
    ++by.cost;
    for (Reading& event : ReadEventNoun(by, owner)) {
      const int vehicle = AddSought(&event, match.key);
      event.meaning->participants.back().kinds.push_back(kinds);
      event.meaning->facts[event.meaning->event_fact].qualifiers.push_back({means, vehicle});
      found->push_back(std::move(event));
    }
  }
}

// A noun phrase that stands for events; the readings have `meaning.event_fact` set.
Readings ClauseReader::ReadEvent(const Reading& start) {
  Readings found;
  if (!Spend()) return found;
  Reading reading = start;
  reading.at = SkipDeterminers(reading.at);
  furthest_ = std::max(furthest_, reading.at);
  if (const std::optional<OrdinalMatch> ordinal = MatchOrdinal(reading.at);
      ordinal.has_value() && WordIs(ordinal->end, "of") && reading.meaning->ordinal == 0) {
    // "the second of Kim's trips"
    Reading counted = reading;
    counted.meaning->ordinal = ordinal->ordinal;
    counted.at = ordinal->end + 1;
    Append(ReadEvent(counted), &found);
  }
  if (const std::string aspect = AspectAt(reading.at); !aspect.empty() && WordIn(reading.at + 1, {"of", "for"})) {
    // "the date of Kim's visit"
    Reading whole = reading;
    whole.at += 2;
    for (Reading& event : ReadEvent(whole)) {
      if (!event.aspect.empty()) continue;
      event.aspect = aspect;
      found.push_back(std::move(event));
    }
  }
  for (const NameMatch& match : Match(catalogue_.names(), reading.at)) {
    // "Kim's trips", and where the name stands before the noun: "North Korean missile tests".
    Reading owner = reading;
    owner.at = match.end;
    owner.cost += match.possessive ? kPhraseCost : kPhraseCost + 1;
    owner.noun = AddKnown(&owner, catalogue_.FindEntities(match.key), reading.at, match.end);
    Append(ReadEventNoun(owner, owner.noun), &found);
    if (match.possessive) ReadEventByMeans(owner, owner.noun, &found);
    if (match.possessive) continue;
    // "Hwasong-18 tests", "the Beijing visit": what it was done to, or where it led.
    const int object = owner.noun;
    owner.cost -= kObjectBeforeGain;
    for (Reading& event : ReadEventNoun(owner, kNobody)) {
      const int open = event.meaning->facts[event.meaning->event_fact].object;
      const Participant& other = event.meaning->participants[open];
      if (other.known() || !other.words.empty() || !other.kinds.empty() || !Unify(&event, open, object)) continue;
      found.push_back(std::move(event));
    }
  }
  ReadEventByMeans(reading, kNobody, &found);
  Append(ReadEventNoun(reading, kNobody), &found);
  return found;
}

// "date", "place": what is meant of an event, as a question word.
std::string ClauseReader::AspectAt(size_t at) const {
  if (WordIn(at, {"date", "dates", "day", "days", "time", "month", "year"})) return "when";
  return WordIn(at, {"place", "places", "location", "locations", "venue", "venues", "site", "sites"}) ? "where" : "";
}

// The place or the time of the event is asked for, and not the event; false when it was not so meant.
bool ClauseReader::TakeAspect(Reading* event) const {
  if (event->aspect.empty()) return false;
  Meaning& meaning = *event->meaning;
  event->main_fact = meaning.event_fact;
  meaning.facts[meaning.event_fact].is_event = false;
  meaning.event_fact = kNobody;
  meaning.targets.clear();
  Readings asked;
  asked.push_back(std::move(*event));
  AskFor(asked.front().aspect, &asked);
  *event = std::move(asked.front());
  event->aspect.clear();
  return true;
}

// "first", "the longest", "more than three" before an event noun.
Reading ClauseReader::TakeEventDegree(const Reading& start) const {
  Reading begin = start;
  if (const std::optional<OrdinalMatch> ordinal = MatchOrdinal(begin.at);
      ordinal.has_value() && begin.meaning->ordinal == 0) {
    begin.meaning->ordinal = ordinal->ordinal;
    begin.at = ordinal->end;
  } else if (WordIs(begin.at, "next") && begin.meaning->ordinal == 0) {
    // "the next trip after Hanoi"
    bool after = false;
    for (size_t at = begin.at + 2; at < items_.size(); ++at) after |= WordIs(at, "after");
    if (!after) return begin;
    begin.meaning->ordinal = 1;
    ++begin.at;
  } else if (const std::optional<Degree> degree = MatchDegree(begin.at);
             degree.has_value() && !begin.meaning->degree.has_value() && degree->word != "often") {
    begin.at = degree->end;
    if (degree->of == Degree::Of::kTime && degree->superlative) {
      begin.meaning->ordinal = degree->direction < 0 ? 1 : -1;
    } else {
      begin.meaning->degree = degree;
    }
  } else if (const std::optional<NumberMatch> number = MatchNumber(begin.at);
             number.has_value() && number->unit.value().empty() && !begin.meaning->degree.has_value()) {
    Degree counted;
    counted.word = "many";
    counted.number = number->limit;
    counted.end = number->end;
    counted.span = SpanOf(begin.at, number->end);
    begin.meaning->degree = counted;
    begin.at = number->end;
  }
  return begin;
}

// How many of the events, or how long each was; false when the degree says neither.
bool ClauseReader::MeasureEvent(Reading* event) const {
  Degree& degree = *event->meaning->degree;
  if (degree.of != Degree::Of::kTime) {
    const bool lasting = degree.word == "long" || degree.word == "short" || degree.word == "brief";
    const bool counts =
        degree.word == "many" || degree.word == "much" || degree.word == "few" || degree.word == "little";
    if (!lasting && !counts) return false;
    degree.of = lasting ? Degree::Of::kLasting : Degree::Of::kEvents;
  }
  degree.fact = event->main_fact;
  degree.end = 0;
  return true;
}

Readings ClauseReader::ReadEventNoun(const Reading& start, int owner) {
  Readings found;
  const Reading begin = TakeEventDegree(start);
  if (const std::optional<uint32_t> level = LevelAt(begin.at); level.has_value()) {
    // "Kim's planned visits"
    Reading noun = begin;
    ++noun.at;
    for (Reading& event : ReadEventNoun(noun, owner)) {
      DemandLevel(*level, &event.meaning->facts[event.meaning->event_fact]);
      found.push_back(std::move(event));
    }
  }
  if (const std::optional<DateMatch> date = MatchBareDate(begin.at)) {
    // "the November 2022 test"
    Reading noun = begin;
    noun.at = date->end;
    ++noun.cost;
    for (Reading& event : ReadEventNoun(noun, owner)) {
      std::optional<TimeLimit>& time = event.meaning->facts[event.meaning->event_fact].time;
      if (time.has_value()) continue;
      time = date->time;
      found.push_back(std::move(event));
    }
  }
  for (const NameMatch& match : Match(catalogue_.nouns(), begin.at)) {
    std::vector<uint32_t> relations;
    for (const uint32_t index : catalogue_.nouns().Find(match.key)) {
      const NounUse& use = catalogue_.noun_uses()[index];
      if (use.side == NounSide::kEvent) AddUnique(&relations, use.relation);
    }
    if (relations.empty() || match.possessive) continue;
    Reading event = begin;
    event.at = match.end;
    event.cost += kPhraseCost;
    event.main_fact = event.meaning->event_fact = AddFact(&event, relations, owner, kNobody);
    event.meaning->facts[event.main_fact].is_event = true;
    if (DegreeAwaits(event, begin.at) && !MeasureEvent(&event)) continue;
    std::set<std::string> prepositions;
    for (const uint32_t relation : relations) {
      const std::set<std::string>& own = catalogue_.relations()[relation].prepositions;
      prepositions.insert(own.begin(), own.end());
    }
    Readings owned_events = ReadOwnedEvents(event, match);
    if (const std::string aspect = AspectAt(event.at); !aspect.empty()) {
      // "the meeting places of Kim and Xi"
      Reading of_event = event;
      ++of_event.at;
      of_event.aspect = aspect;
      Append(ReadEventOwners(of_event), &owned_events);
    }
    for (const Reading& owned : owned_events) {
      Frame frame;
      frame.fact = owned.main_fact;
      frame.prepositions.assign(prepositions.begin(), prepositions.end());
      for (Reading& whole : ReadComplements(owned, frame)) {
        Append(ReadLightVerb(whole), &found);
        Append(ReadLasting(whole), &found);
        Append(ReadTookPlace(whole), &found);
        Append(ReadLack(whole), &found);
        found.push_back(std::move(whole));
      }
    }
  }
  return found;
}

// The owners of an event; "the trips of Kim abroad": the noun may go on after them.
Readings ClauseReader::ReadOwnedEvents(const Reading& event, const NameMatch& noun) {
  Readings owned = ReadEventOwners(event);
  for (size_t i = 0, before = owned.size(); i < before; ++i) {
    const size_t at = owned[i].at;
    std::string longer = noun.key;
    for (size_t end = at; end < at + 2 && IsWord(end) && at != noun.end; ++end) {
      absl::StrAppend(&longer, " ", items_[end].word);
      if (!catalogue_.nouns().Contains(longer)) continue;
      owned.push_back(owned[i]);
      owned.back().at = end + 1;
    }
  }
  return owned;
}

// "of Kim and Xi", "between Kim and Xi", "of Kim with Xi", "by Kim"; or nothing.
Readings ClauseReader::ReadEventOwners(const Reading& start) {
  Readings found = {start};
  const Fact& fact = start.meaning->facts[start.main_fact];
  const std::optional<DateMatch> date =
      WordIs(start.at, "of") ? MatchBareDate(SkipDeterminers(start.at + 1)) : std::nullopt;
  if (date.has_value() && !fact.time.has_value()) {
    // "the trips of 2019", "the visit of June 2018"
    Reading timed = start;
    timed.at = date->end;
    timed.meaning->facts[start.main_fact].time = date->time;
    found.push_back(std::move(timed));
  }
  const bool symmetric = std::any_of(fact.relations.begin(), fact.relations.end(), [&](const RelationUse& use) {
    return catalogue_.relations()[use.relation].symmetric;
  });
  Reading reading = start;
  ++reading.at;
  if (WordIn(start.at, {"of", "by", "between"}) && fact.subject == kNobody) {
    for (Reading& owner : ReadSubject(reading)) {
      const int second = owner.partner;
      owner.partner = kNobody;
      if (second != kNobody && !symmetric) continue;
      if (WordIs(start.at, "between") && second == kNobody) continue;
      // "journeys by train": a train makes none.
      const Participant& maker = std::as_const(owner.meaning)->participants[owner.noun];
      if (WordIs(start.at, "by") && std::none_of(fact.relations.begin(), fact.relations.end(), [&](const auto& use) {
            const std::vector<uint32_t>& domain = catalogue_.relations()[use.relation].domain;
            return domain.empty() || MayBeOf(maker, domain);
          })) {
        continue;
      }
      owner.meaning->facts[start.main_fact].subject = owner.noun;
      if (second != kNobody) owner.meaning->facts[start.main_fact].object = second;
      found.push_back(owner);
      // "the tests of the Hwasong-18": what the event was done to.
      if (second == kNobody && !symmetric && WordIs(start.at, "of")) {
        owner.meaning->facts[start.main_fact].subject = kNobody;
        owner.meaning->facts[start.main_fact].object = owner.noun;
        ++owner.cost;
        found.push_back(std::move(owner));
      }
    }
  }
  Readings with_other;
  for (const Reading& owned : found) {
    const Fact& event = owned.meaning->facts[start.main_fact];
    const bool names_object = WordIs(owned.at, "of") && event.subject != kNobody && owned.at == start.at;
    if (event.object != kNobody || !((symmetric && WordIs(owned.at, "with")) || names_object)) continue;
    Reading next = owned;
    ++next.at;
    for (Reading& other : ReadNoun(next)) {
      other.meaning->facts[start.main_fact].object = other.noun;
      with_other.push_back(std::move(other));
    }
  }
  Append(std::move(with_other), &found);
  return found;
}

// "did Kim make", "were made by Kim", "that Kim made": who did it.
Readings ClauseReader::ReadLightVerb(const Reading& start) {
  Readings found;
  const int fact = start.meaning->event_fact;
  const int anonymous = start.meaning->facts[fact].subject;
  if (start.meaning->participants[anonymous].known() || !start.meaning->participants[anonymous].words.empty())
    return found;
  Reading reading = start;
  const bool relative = WordIn(start.at, {"that", "which"});
  const bool auxiliary = WordIn(start.at, {"did", "does", "do", "has", "have", "had", "will"});
  if (relative || auxiliary) ++reading.at;
  // "which trips took Kim to Beijing"
  const bool brought = !auxiliary && WordIn(reading.at, {"took", "takes", "brought", "brings", "led"});
  if (brought) ++reading.at;
  if (WordIs(start.at, "will")) reading.meaning->tense = Tense::kFuture;
  if (WordIn(start.at, {"did", "had"})) reading.meaning->tense = Tense::kPast;
  for (Reading& owner : ReadSubject(reading)) {
    const int second = owner.partner;
    owner.partner = kNobody;
    if (second != kNobody) {
      // "how many meetings did Kim and Trump have"
      Fact& met = owner.meaning->facts[fact];
      const bool symmetric = std::any_of(met.relations.begin(), met.relations.end(), [&](const RelationUse& use) {
        return catalogue_.relations()[use.relation].symmetric;
      });
      if (!symmetric || !Unify(&owner, met.object, second)) continue;
    }
    const bool verb =
        auxiliary
            ? WordIn(owner.at, {"make", "take", "pay", "have", "hold", "do", "undertake", "conduct", "made", "taken",
                                "paid", "had", "held", "done", "undertaken", "conducted", "carry", "carried"})
            : WordIn(owner.at, {"made", "took", "paid", "had", "held", "undertook", "conducted"});
    if (!verb && !brought) continue;
    if (!brought) ++owner.at;
    if (!Unify(&owner, anonymous, owner.noun)) continue;
    const Frame frame = FrameOfEvent(owner);
    // The object may come after the verb; until then it is open again.
    Fact& event = owner.meaning->facts[fact];
    if (event.object != kNobody && !owner.meaning->participants[event.object].known() &&
        owner.meaning->participants[event.object].words.empty()) {
      event.object = kNobody;
    }
    Append(ReadComplements(owner, frame), &found);
  }
  return found;
}

// "which visit lasted longer", "the trip that took longest"
Readings ClauseReader::ReadLasting(const Reading& start) {
  Readings found;
  Reading reading = start;
  if (WordIn(reading.at, {"that", "which"})) ++reading.at;
  if (WordIs(reading.at, "did")) ++reading.at;
  if (!WordIn(reading.at, {"lasted", "lasts", "last", "took", "takes", "was", "is"})) return found;
  std::optional<Degree> degree = MatchDegree(reading.at + 1);
  if (degree.has_value() && degree->word == "much" &&
      WordIn(degree->end, {"days", "hours", "weeks", "months", "time"})) {
    // "lasted the most days"
    degree->word = "long";
    ++degree->end;
  }
  const bool timed = degree.has_value() && degree->of == Degree::Of::kTime;
  if (!degree.has_value() || start.meaning->degree.has_value() ||
      (!timed && degree->word != "long" && degree->word != "short" && degree->word != "brief")) {
    return found;
  }
  reading.at = degree->end;
  if (timed && degree->superlative) {
    reading.meaning->ordinal = degree->direction < 0 ? 1 : -1;
  } else {
    reading.meaning->degree = degree;
    reading.meaning->degree->of = timed ? Degree::Of::kTime : Degree::Of::kLasting;
    reading.meaning->degree->fact = start.meaning->event_fact;
    reading.meaning->degree->end = 0;
  }
  Frame frame;
  frame.fact = start.meaning->event_fact;
  return ReadComplements(reading, frame);
}

// "made a trip to China", "did Kim make more trips", "has paid a visit": the event noun says what was done.
Readings ClauseReader::ReadLightPredicate(const Reading& start, int subject) {
  Readings found;
  if (subject == kNobody) return found;
  const bool light =
      WordIn(start.at,
             {"make",       "makes",   "made",     "take",      "takes", "took",    "taken", "pay",       "pays",
              "paid",       "have",    "has",      "had",       "hold",  "holds",   "held",  "undertake", "undertook",
              "undertaken", "conduct", "conducts", "conducted", "carry", "carried", "do",    "did",       "done",
              "give",       "gave",    "given",    "go",        "goes",  "went"});
  // "scored three goals": the verb and the noun of one relation.
  std::vector<uint32_t> own;
  size_t end = start.at + 1;
  if (!light) {
    for (const NameMatch& match : Match(catalogue_.verbs(), start.at)) {
      for (const uint32_t use : catalogue_.verbs().Find(match.key))
        AddUnique(&own, catalogue_.verb_uses()[use].relation);
      end = match.end;
      if (!own.empty()) break;
    }
    if (own.empty()) return found;
  }
  Reading reading = start;
  reading.at = end;
  if (WordIn(reading.at, {"out", "on"})) ++reading.at;
  for (const size_t at : {end, SkipDeterminers(reading.at)}) {
    Reading event = reading;
    event.at = at;
    event.meaning->event_fact = kNobody;
    for (Reading& inner : ReadEventNoun(event, subject)) {
      const std::vector<RelationUse>& relations = inner.meaning->facts[inner.meaning->event_fact].relations;
      const bool fits = light || std::any_of(relations.begin(), relations.end(), [&](const RelationUse& use) {
                          return std::find(own.begin(), own.end(), use.relation) != own.end();
                        });
      if (!fits || !inner.aspect.empty()) continue;
      inner.meaning->event_fact = start.meaning->event_fact;
      inner.noun = start.noun;
      found.push_back(std::move(inner));
    }
    if (SkipDeterminers(reading.at) == end) break;
  }
  return found;
}

// What is shown of events: when, and the other side.
void ClauseReader::AskForEvents(Meaning::Kind kind, Readings* readings) const {
  for (Reading& reading : *readings) {
    Meaning& meaning = *reading.meaning;
    if (meaning.event_fact != kNobody && TakeAspect(&reading)) {
      meaning.kind = kind == Meaning::Kind::kCountEvents ? Meaning::Kind::kCountAnswers : Meaning::Kind::kSelect;
      continue;
    }
    meaning.kind = kind;
    if (meaning.event_fact == kNobody) meaning.event_fact = reading.main_fact;
    if (meaning.event_fact == kNobody) continue;
    const Fact& fact = meaning.facts[meaning.event_fact];
    meaning.facts[meaning.event_fact].is_event = true;
    meaning.targets.clear();
    Target when;
    when.kind = Target::Kind::kWhen;
    when.fact = meaning.event_fact;
    when.column = "when";
    when.optional = true;
    meaning.targets.push_back(when);
    const bool place = AllRelations(fact, ObjectRole::kPlace);
    for (const auto& [participant, column] :
         {std::pair(fact.subject, "who"), std::pair(fact.object, place ? "where" : "what")}) {
      if (meaning.participants[participant].known()) continue;
      Target target;
      target.participant = participant;
      target.column = column;
      meaning.targets.push_back(target);
    }
  }
}

}  // namespace dossier::ask

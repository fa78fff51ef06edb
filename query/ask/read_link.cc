// How facts hang together: "before the Hanoi summit", "when Kim arrived", "to meet Trump", "and met Putin".
#include <algorithm>
#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_split.h"
#include "base/status_macros.h"
#include "query/ask/clause_reader.h"
#include "query/ask/english.h"
#include "query/ask/graph_reader.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

constexpr int kLinkCost = 4;
constexpr int kEventLinkGain =
    6;  // "the meeting with Trump" is one event, not a thing of that name and something of Trump.
constexpr int kConjunctionCost = 2;
constexpr int kWayToEventGain = 6;
constexpr int kPurposeCost = 2;

// "who visited Rome and met Anna in 2018": the time at the end is that of both clauses, unless the first has its own.
bool SharesTime(int last, int first, const Meaning& meaning) {
  if (last == kNobody || first == kNobody || last == first) return false;
  const Fact& earlier = meaning.facts[first];
  return meaning.facts[last].time.has_value() && !earlier.time.has_value() && earlier.links.empty();
}

}  // namespace

// `start` has come past the linked fact, which is its last one.
void ClauseReader::AddLink(const Reading& start, const Frame& frame, TimeLink link, Readings* found) {
  Reading next = start;
  next.cost += kLinkCost;
  next.meaning->facts[link.fact].restricts = true;
  next.meaning->facts[frame.fact].links.push_back(link);
  Frame after = frame;
  after.last = Frame::Last::kTime;
  Append(ReadComplements(next, after), found);
}

void ClauseReader::LinkToClause(Reading clause, const Reading& start, const Frame& frame, TimeLink link,
                                Readings* found) {
  link.fact = clause.main_fact;
  clause.main_fact = start.main_fact;
  clause.noun = start.noun;
  clause.gap = start.gap;
  clause.meaning->tense = start.meaning->tense;
  LeaveOpen(*start.meaning, &*clause.meaning);
  AddLink(clause, frame, link, found);
}

void ClauseReader::LinkToEvent(Reading event, const Reading& start, const Frame& frame, TimeLink link,
                               Readings* found) {
  event.main_fact = event.meaning->event_fact;
  event.meaning->facts[event.main_fact].is_event = false;
  event.meaning->event_fact = start.meaning->event_fact;
  LinkToClause(std::move(event), start, frame, link, found);
}

// The relations that tell the time of an entity with their objects ("broke out in 2020"), as far as it has any.
std::vector<uint32_t> ClauseReader::TimeRelationsOf(const Participant& participant) {
  std::vector<uint32_t> relations;
  GraphReader graph(context_.snapshot);
  for (uint32_t i = 0; i < catalogue_.relations().size(); ++i) {
    if (catalogue_.relations()[i].role != ObjectRole::kTime) continue;
    for (const TermId candidate : participant.candidates) {
      const auto times = graph.Objects(candidate, catalogue_.relations()[i].iri.value());
      if (times.ok() && !times->empty()) {
        relations.push_back(i);
        break;
      }
    }
  }
  return relations;
}

void ClauseReader::ReadTimeLinks(const Reading& start, const Frame& frame, Readings* found) {
  if (!IsWord(start.at)) return;
  // "the trip on which he saw the factory"
  const bool pied = WordIn(start.at, {"on", "in", "during"}) && WordIs(start.at + 1, "which");
  const bool when = pied || WordIn(start.at, {"when", "while"});
  TimeLink link;
  if (when) {
    link.kind = TimeLink::Kind::kDuring;
  } else if (WordIs(start.at, "before")) {
    link.kind = TimeLink::Kind::kBefore;
  } else if (WordIs(start.at, "after")) {
    link.kind = TimeLink::Kind::kAfter;
  } else if (WordIs(start.at, "since")) {
    link.kind = TimeLink::Kind::kSince;
  } else if (WordIn(start.at, {"until", "till"})) {
    link.kind = TimeLink::Kind::kUntil;
  } else if (!WordIs(start.at, "during")) {
    return;
  }
  Reading reading = start;
  reading.at += pied ? 2 : 1;
  const size_t facts = start.meaning->facts.size();
  // A clause: "when Kim arrived in Russia".
  reading.gap = kNobody;
  for (Reading& subject : ReadSubject(reading)) {
    const int person = subject.noun;
    for (Reading& clause : ReadPredicate(subject, person)) {
      if (clause.main_fact == kNobody || clause.main_fact < static_cast<int>(facts)) continue;
      LinkToClause(std::move(clause), start, frame, link, found);
    }
    if (when || !subject.meaning->participants[person].known()) continue;
    subject.gap = start.gap;
    // An event, whose own claims tell its time; or who held the same relation before or after.
    Reading event = subject;
    if (WordIn(event.at, {"began", "begins", "begin", "started", "starts", "start"})) ++event.at;
    const int anything = AddSought(&event, "");
    link.fact = AddFact(&event, TimeRelationsOf(event.meaning->participants[person]), person, anything);
    AddLink(event, frame, link, found);
    AddHolderLink(subject, frame, link, found);
  }
  if (!when) AddEventLink(reading, start, frame, link, found);
}

// "went to the border to meet Trump": what the same subject did then.
void ClauseReader::ReadPurpose(const Reading& start, const Frame& frame, Readings* found) {
  const Fact& fact = start.meaning->facts[frame.fact];
  if (!WordIs(start.at, "to") || frame.subject == kNobody || frame.passive || fact.object == kNobody) return;
  // "told him to go" says what he was told.
  if (fact.is_event || AllRelations(fact, ObjectRole::kStatement)) return;
  const size_t facts = start.meaning->facts.size();
  Reading reading = start;
  ++reading.at;
  reading.gap = kNobody;
  for (Reading& clause : ReadVerb(reading, frame.subject, kFormBase, false)) {
    if (clause.main_fact == kNobody || clause.main_fact < static_cast<int>(facts)) continue;
    clause.cost += kPurposeCost;
    LinkToClause(std::move(clause), start, frame, TimeLink(), found);
  }
}

// Whether one of the things that a name may mean is an event, or has a relation that tells its time.
bool ClauseReader::IsEvent(const Participant& participant) {
  GraphReader graph(context_.snapshot);
  for (const TermId candidate : participant.candidates) {
    const auto types = graph.Objects(candidate, rdf::kType);
    if (types.ok() && catalogue_.AreOfEvents(*types)) return true;
  }
  return !TimeRelationsOf(participant).empty();
}

// "ruled before Kim Jong-un": the other held the same relation; "met Xi before Trump", "went there before Hanoi": the
// subject did the same with the other, or anything at all with it. What was before several such occasions was before
// the first of them.
void ClauseReader::AddHolderLink(const Reading& named, const Frame& frame, TimeLink link, Readings* found) {
  const Fact& fact = named.meaning->facts[frame.fact];
  if (fact.subject == kNobody) {
    // "was A closed before B": before B was.
    if (!frame.passive || fact.object == kNobody || fact.relations.empty()) return;
    Reading holder = named;
    Fact same = holder.meaning->facts[frame.fact];
    same.time.reset();
    same.links.clear();
    same.object = named.noun;
    same.subject = AddSought(&holder, "");
    link.first = link.kind == TimeLink::Kind::kBefore;
    link.fact = static_cast<int>(holder.meaning->facts.size());
    holder.meaning->facts.push_back(std::move(same));
    holder.cost -= 2;
    AddLink(holder, frame, link, found);
    return;
  }
  const bool subject_known = named.meaning->participants[fact.subject].known();
  // An event has a time of its own.
  if (subject_known && IsEvent(named.meaning->participants[named.noun])) return;
  const auto add = [&](bool as_object, bool any_relation) {
    Reading holder = named;
    Fact same = holder.meaning->facts[frame.fact];
    same.time.reset();
    same.links.clear();
    link.first = link.kind == TimeLink::Kind::kBefore;
    if (as_object) {
      same.object = named.noun;
      same.is_event = false;
      same.negated = false;
      if (any_relation) same.relations.clear();
    } else {
      same.subject = named.noun;
      if (same.object == kNobody) same.object = AddSought(&holder, "");
      // Nobody did it before himself.
      holder.meaning->participants[fact.subject].except.push_back(named.noun);
    }
    link.fact = static_cast<int>(holder.meaning->facts.size());
    holder.meaning->facts.push_back(std::move(same));
    holder.cost -= any_relation || !subject_known ? 1 : 2;
    AddLink(holder, frame, link, found);
  };
  if (fact.relations.empty() && subject_known) return;
  const bool open = fact.object == kNobody || !named.meaning->participants[fact.object].known();
  // "did A detect it before B": before B did, where B is nothing that one detects.
  const bool rival = subject_known && fact.object != kNobody && named.meaning->participants[fact.object].known() &&
                     !MayBeObject(named.meaning->participants[named.noun], fact);
  if (!subject_known || rival) add(false, false);
  if (subject_known || open) add(true, false);
  if (subject_known) add(true, true);
}

// "before the meeting with Trump", "after the first test of the missile".
void ClauseReader::AddEventLink(const Reading& begin, const Reading& start, const Frame& frame, TimeLink link,
                                Readings* found) {
  Reading reading = begin;
  reading.meaning->event_fact = kNobody;
  for (Reading& event : ReadEvent(reading)) {
    if (!event.aspect.empty() || event.meaning->event_fact == kNobody) continue;
    if (event.meaning->degree.has_value() != start.meaning->degree.has_value()) continue;
    // What is before the first of them is before one of them.
    const int first = link.kind == TimeLink::Kind::kBefore ? 1 : -1;
    if (event.meaning->ordinal != start.meaning->ordinal && event.meaning->ordinal != first) continue;
    link.first = event.meaning->ordinal != start.meaning->ordinal && first == 1;
    event.meaning->ordinal = start.meaning->ordinal;
    event.cost -= kEventLinkGain;
    LinkToEvent(std::move(event), start, frame, link, found);
  }
}

// "travel to the meeting with Putin": to the place of an event, at its time.
void ClauseReader::ReadWayToEvent(const Reading& start, const Frame& frame, Readings* found) {
  const Fact& fact = start.meaning->facts[frame.fact];
  if (frame.passive || fact.object != kNobody || fact.is_event || !AllRelations(fact, ObjectRole::kPlace)) return;
  for (const std::string& preposition : frame.prepositions) {
    const size_t end = PrepositionEnd(start.at, preposition);
    if (end == start.at) continue;
    Reading reading = start;
    reading.at = end;
    for (auto& [event, linked] : ReadDatedThing(reading)) {
      // Where it names a place as well, that is meant.
      if (MayBeObject(event.meaning->participants[event.meaning->facts[linked].subject], fact)) continue;
      event.cost -= kWayToEventGain;
      TimeLink link;
      link.fact = linked;
      AddLink(event, frame, link, found);
    }
  }
}

// "... and met Putin", "... and Putin", "... and to Russia", "... and in 2019", "... but not in 2019".
void ClauseReader::ReadConjunction(const Reading& start, const Frame& frame, Readings* found) {
  if (!WordIn(start.at, {"and", "but"})) return;
  Reading reading = start;
  ++reading.at;
  while (WordIn(reading.at, {"again", "also", "then", "later", "finally"})) ++reading.at;
  reading.cost += kConjunctionCost;
  // "but not in 2019", "but do not live in Sichuan"
  const bool support = WordIn(reading.at, {"do", "does", "did"}) && WordIs(reading.at + 1, "not");
  const bool negated = support || WordIs(reading.at, "not");
  if (negated) reading.at += support ? 2 : 1;
  const int first_fact = start.main_fact;
  const auto keep = [&](Readings readings) {
    for (Reading& next : readings) {
      if (negated && next.main_fact != kNobody) next.meaning->facts[next.main_fact].negated = true;
      const bool shared = !negated && SharesTime(next.main_fact, frame.fact, *std::as_const(next.meaning));
      const std::optional<TimeLimit> time = shared ? next.meaning->facts[next.main_fact].time : std::nullopt;
      const bool now = WordIn(reading.at, {"is", "are"}) && start.meaning->tense != Tense::kPresent;
      if (now || std::as_const(next.meaning)->tense != start.meaning->tense) {
        // "who visited Hanoi in July and will come to the summit": neither tense is that of both.
        next.meaning->tense = Tense::kPresent;
        next.meaning->at_any_time = true;
      }
      next.main_fact = first_fact;
      if (shared) {
        // Or of the second alone, if nothing is found else: "who feared flying and went to Rome in 2011".
        Reading apart = next;
        ++apart.cost;
        found->push_back(std::move(apart));
        next.meaning->facts[frame.fact].time = time;
      }
      found->push_back(std::move(next));
    }
  };
  // Another verb of the same subject; what is asked for may have its place in both.
  if (frame.subject != kNobody) {
    Reading verb = reading;
    if (reading.gap != kNobody && reading.meaning->facts[frame.fact].object == kNobody) {
      verb.meaning->facts[frame.fact].object = reading.gap;
    }
    const uint8_t forms = support            ? uint8_t{kFormBase}
                          : frame.forms == 0 ? uint8_t{kFormBase | kFormThird | kFormPast}
                                             : frame.forms;
    keep(ReadVerb(verb, frame.subject, forms, frame.passive && !support));
    if (support) return;
    // "is a minister and in the delegation"
    const bool predicate = IsPreposition(verb.at) || WordIn(verb.at, {"a", "an"}) ||
                           !Match(catalogue_.verbs(), verb.at).empty() ||
                           !Match(catalogue_.verbs(), verb.at, "be").empty();
    if (frame.be && predicate) keep(ReadBePredicate(verb, frame.subject));
    if (!frame.passive || WordIn(verb.at, {"is", "are", "was", "were", "has", "have", "had", "will"})) {
      if (!WordIn(verb.at, {"do", "does", "did"})) keep(ReadPredicate(verb, frame.subject));
    }
  }
  // Another clause with variables of its own.
  const bool variable = reading.at < items_.size() && items_[reading.at].kind == Element::Kind::kVariable;
  if (variable || context_.question.head == Question::Head::kFind) keep(ReadClause(reading));
  // "who did Kim meet in 2018 and in 2019": the same person in both.
  for (const Reading& filled : FillGap(reading, frame)) ReadRepetition(filled, frame, negated, found);
}

// The same verb with another object, place or time.
void ClauseReader::ReadRepetition(const Reading& start, const Frame& frame, bool negated, Readings* found) {
  const Reading again = start;
  Fact copy = again.meaning->facts[frame.fact];
  copy.negated = negated;
  Frame after = frame;
  after.group.push_back(frame.fact);
  after.fact = static_cast<int>(again.meaning->facts.size());
  if (negated) after.group.clear();
  const auto go_on = [&](Reading next, Fact fact) {
    next.meaning->facts.push_back(std::move(fact));
    Append(ReadComplements(next, after), found);
  };
  if (const bool agent = frame.last == Frame::Last::kAgent; agent || frame.last == Frame::Last::kObject) {
    // "charged with fraud but not with bribery", "visited by Kim and (by) Putin"
    Reading noun = again;
    noun.at = PrepositionEnd(again.at, frame.last_preposition);
    for (const std::string& preposition : frame.prepositions) {
      if (!agent) noun.at = std::max(noun.at, PrepositionEnd(again.at, preposition));
    }
    for (Reading& other : ReadNoun(noun)) {
      Fact same = copy;
      (agent ? same.subject : same.object) = other.noun;
      go_on(std::move(other), std::move(same));
    }
  }
  if (frame.last == Frame::Last::kQualifier && !copy.qualifiers.empty() && !IsPreposition(again.at)) {
    // "in exchange for shells and missiles"
    for (Reading& value : ReadNoun(again)) {
      if (!value.meaning->participants[value.noun].known()) continue;
      Fact other = copy;
      other.qualifiers.back().participant = value.noun;
      ++value.cost;
      go_on(std::move(value), std::move(other));
    }
  }
  if (frame.last == Frame::Last::kQualifier && IsWord(again.at)) {
    Reading noun = again;
    ++noun.at;
    const std::vector<uint32_t> qualifiers = catalogue_.QualifiersWith(items_[again.at].word);
    if (!qualifiers.empty()) {
      for (Reading& value : ReadNoun(noun)) {
        Fact other = copy;
        other.qualifiers.back() = {qualifiers, value.noun};
        go_on(std::move(value), std::move(other));
      }
    }
  }
  // "by plane and to China": one more thing that the same claims must fit.
  const bool more = frame.last == Frame::Last::kTime || !frame.last_preposition.empty();
  const bool another = !negated && more && !WordIs(again.at, frame.last_preposition) && IsWord(again.at) &&
                       (!catalogue_.QualifiersWith(items_[again.at].word).empty() ||
                        absl::c_linear_search(frame.prepositions, items_[again.at].word));
  if (another) {
    Frame same = frame;
    same.last_preposition.clear();
    ReadPrepositions(again, same, found);
  }
  const bool time = again.at < items_.size() && items_[again.at].kind == Element::Kind::kTime;
  if (time && (negated || copy.time.has_value())) {
    after.group.clear();
    copy.time.reset();
    go_on(again, copy);
  } else if (time) {
    // "by train and in 2019": one more thing that the same claims must fit.
    Append(ReadComplements(again, frame), found);
  }
}

}  // namespace dossier::ask

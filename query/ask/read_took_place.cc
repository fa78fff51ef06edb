// What is said of an event by a verb that says no more than that it was: "took place", "were held", "was by train"; and
// who told of it: "was the visit confirmed by the Kremlin".
#include <algorithm>
#include <utility>

#include "query/ask/clause_reader.h"

namespace dossier::ask {
namespace {

constexpr int kTookPlaceCost = 2;

}  // namespace

// What may follow the event `event.meaning->event_fact`: also what the verbs of its relations take.
ClauseReader::Frame ClauseReader::FrameOfEvent(const Reading& event) const {
  Frame frame;
  frame.fact = event.meaning->event_fact;
  for (const RelationUse& use : event.meaning->facts[frame.fact].relations) {
    for (const VerbUse& verb : catalogue_.verb_uses()) {
      if (verb.relation == use.relation && !verb.preposition.empty()) frame.prepositions.push_back(verb.preposition);
    }
  }
  return frame;
}

// "which tests took place in 2023", "what trips were made", "which of them were by train", "which trips fall in 2018"
Readings ClauseReader::ReadTookPlace(const Reading& start) {
  Reading reading = start;
  if (WordIn(reading.at, {"were", "was", "are", "is"})) {
    const size_t next = reading.at + 1;
    const bool timed = next < items_.size() && items_[next].kind == Element::Kind::kTime;
    if (timed || (IsPreposition(next) && !WordIn(next, {"of", "about"}))) {
      reading.at = next;
    } else if (LevelAt(next).has_value() || WordIs(next, "denied")) {
      // "which trips were confirmed"
      reading.at = next;
      reading.main_fact = reading.meaning->event_fact;
      return ReadEventTold(reading);
    } else if (WordIn(next, {"held", "made", "conducted", "carried", "there", "undertaken", "paid"})) {
      if (WordIn(reading.at, {"were", "was"})) reading.meaning->tense = Tense::kPast;
      reading.at += WordIs(next, "carried") && WordIs(next + 1, "out") ? 3 : 2;
    } else {
      return {};
    }
  } else if (WordIs(reading.at, "took") && WordIs(reading.at + 1, "place")) {
    reading.at += 2;
  } else if (WordIn(reading.at, {"happened", "occurred", "fall", "falls", "fell", "came", "led", "leads", "lead"})) {
    ++reading.at;
  } else {
    return {};
  }
  const bool made = WordIn(reading.at - 1, {"held", "made", "conducted", "undertaken", "paid", "out"});
  Frame frame = FrameOfEvent(start);
  // Where it led is open as long as nothing was said of it.
  Fact& event = reading.meaning->facts[frame.fact];
  const Participant& object = reading.meaning->participants[event.object];
  if (!object.known() && object.words.empty() && object.kinds.empty()) event.object = kNobody;
  Readings found = ReadComplements(reading, frame);
  if (!made || !WordIs(reading.at, "by")) return found;
  // "how many trips were made by Kim": whose they were.
  ++reading.at;
  for (Reading& whose : ReadNoun(reading)) {
    const int subject = whose.meaning->facts[frame.fact].subject;
    if (subject == kNobody) {
      whose.meaning->facts[frame.fact].subject = whose.noun;
    } else if (!Unify(&whose, subject, whose.noun)) {
      continue;
    }
    whose.main_fact = frame.fact;
    Append(ReadComplements(whose, frame), &found);
  }
  return found;
}

// Where a verb ends that says of an event no more than that it was, or began: "take place", "happen", "start".
size_t ClauseReader::HappenEnd(size_t at) const {
  if (WordIn(at, {"take", "taken", "took"}) && WordIs(at + 1, "place")) return at + 2;
  return WordIn(at, {"happen", "happened", "occur", "occurred", "begin", "begun", "start", "started", "commence",
                     "commenced"})
             ? at + 1
             : at;
}

// "did the second test take place", "was the meeting held", "will the talks happen", "was the visit confirmed".
// `start` has come past the auxiliary.
Readings ClauseReader::ReadInvertedEvent(const Reading& start, absl::string_view auxiliary) {
  Readings found;
  const bool be = auxiliary == "is" || auxiliary == "are" || auxiliary == "was" || auxiliary == "were";
  const bool have = auxiliary == "has" || auxiliary == "have" || auxiliary == "had";
  bool may_be = false;
  for (size_t at = start.at; at < items_.size() && !may_be; ++at) {
    may_be = WordIn(at, {"held", "made", "conducted", "carried", "denied", "mentioned", "described", "told", "before",
                         "after", "longer", "shorter"}) ||
             HappenEnd(at) != at || LevelAt(at).has_value();
  }
  if (!may_be) return found;
  Reading reading = start;
  reading.meaning->event_fact = kNobody;
  for (Reading& event : ReadEvent(reading)) {
    if (!event.aspect.empty()) continue;
    Reading lasting = event;
    if (auxiliary == "did" || auxiliary == "will") {
      // "did the visit last longer than the summit"; the adverb "last" was the verb.
      if (WordIs(event.at - 1, "last") && event.meaning->ordinal == -1) {
        lasting.meaning->ordinal = 0;
      } else if (WordIn(event.at, {"last", "take", "continue"})) {
        ++lasting.at;
      }
    }
    if (be || lasting.at != event.at || lasting.meaning->ordinal != std::as_const(event.meaning)->ordinal) {
      for (Reading& longer : ReadEventLonger(lasting)) {
        longer.meaning->event_fact = start.meaning->event_fact;
        found.push_back(std::move(longer));
      }
    }
    const size_t at = event.at;
    size_t end = at;
    const bool been = (have && WordIs(at, "been")) || (!be && !have && WordIs(at, "be"));
    const size_t participle = been ? at + 1 : at;
    if (be || been) {
      if (WordIn(participle, {"held", "made", "conducted"})) end = participle + 1;
      if (WordIs(participle, "carried") && WordIs(participle + 1, "out")) end = participle + 2;
    } else {
      end = HappenEnd(at);
    }
    // "was the first test before the visit": where the first was is where any of them was.
    const bool before = be && WordIn(at, {"before", "after"});
    if (event.meaning->ordinal == (WordIs(end, "before") ? 1 : -1) && WordIn(end, {"before", "after"})) {
      event.meaning->ordinal = 0;
    }
    const int fact = event.meaning->event_fact;
    event.main_fact = fact;
    event.noun = start.noun;
    event.meaning->facts[fact].is_event = false;
    event.cost += kTookPlaceCost;
    if (end != at || before) {
      Frame frame = FrameOfEvent(event);
      Reading held = event;
      held.at = end;
      held.meaning->event_fact = start.meaning->event_fact;
      Append(ReadComplements(held, frame), &found);
    }
    if (!be && !been) continue;
    event.at = participle;
    for (Reading& told : ReadEventTold(event)) {
      told.meaning->event_fact = start.meaning->event_fact;
      found.push_back(std::move(told));
    }
  }
  return found;
}

// "[was the Singapore summit] before the Hanoi summit": a thing by name, at the time of whatever tells its time.
Readings ClauseReader::ReadBeTime(const Reading& start, int subject) {
  if (subject == kNobody || !start.meaning->participants[subject].known()) return {};
  Reading reading = start;
  if (!WordIn(start.at, {"before", "after"})) return {};
  Frame frame;
  frame.fact = reading.main_fact =
      AddFact(&reading, TimeRelationsOf(reading.meaning->participants[subject]), subject, kNobody);
  reading.cost += kTookPlaceCost;
  return ReadComplements(reading, frame);
}

// "[was the visit] confirmed [by the Kremlin]": the claims of it are of this level, or are laid on whoever told it.
Readings ClauseReader::ReadEventTold(const Reading& event) {
  Readings found;
  const std::optional<uint32_t> level = LevelAt(event.at);
  const bool denied = WordIs(event.at, "denied");
  if (!level.has_value() && !denied && !WordIn(event.at, {"mentioned", "described", "told"})) return found;
  const int fact = event.main_fact;
  const size_t by = event.at + 1;
  Frame frame;
  frame.fact = fact;
  if (WordIs(by, "by")) {
    Reading reading = event;
    reading.at = by + 1;
    reading.meaning->facts[fact].denied = denied;
    for (Reading& teller : ReadNoun(reading)) {
      const bool article = IsWritten(teller.meaning->participants[teller.noun]);
      Fact& told = teller.meaning->facts[fact];
      (article ? told.article : told.speaker) = teller.noun;
      teller.noun = event.noun;
      teller.meaning->tense = Tense::kPresent;  // What was told was told, be it of things to come.
      Append(ReadComplements(teller, frame), &found);
    }
    return found;
  }
  if (!level.has_value() && !denied) return found;
  Reading reading = event;
  reading.at = by;
  if (level.has_value()) reading.meaning->facts[fact].certainty = catalogue_.certainty_levels()[*level].iri;
  reading.meaning->facts[fact].denied = denied;
  return ReadComplements(reading, frame);
}

}  // namespace dossier::ask

// Whether there is something: "is there a helicopter on the train", "was there a meeting in 2018", "will there be a
// lunch for Kim".
#include <utility>

#include "query/ask/clause_reader.h"

namespace dossier::ask {
namespace {

constexpr int kOwnedThingCost = 2;
constexpr int kNamedEventCost = 16;

}  // namespace

Readings ClauseReader::ReadExistence(const Reading& start) {
  Readings found;
  const bool future = WordIs(start.at, "will") && WordIs(start.at + 1, "there") && WordIs(start.at + 2, "be");
  const bool perfect =
      WordIn(start.at, {"has", "have", "had"}) && WordIs(start.at + 1, "there") && WordIs(start.at + 2, "been");
  const bool plain = WordIn(start.at, {"is", "are", "was", "were"}) && WordIs(start.at + 1, "there");
  if (!future && !perfect && !plain) return found;
  Reading reading = start;
  reading.at += plain ? 2 : 3;
  reading.meaning->tense = future                                         ? Tense::kFuture
                           : perfect || WordIn(start.at, {"was", "were"}) ? Tense::kPast
                                                                          : Tense::kPresent;
  for (Reading& event : ReadEvent(reading)) {
    if (!event.aspect.empty()) continue;
    event.meaning->facts[event.meaning->event_fact].is_event = false;
    event.meaning->event_fact = kNobody;
    found.push_back(std::move(event));
  }
  for (const Reading& thing : ReadNoun(reading)) {
    Append(ReadThingAt(thing), &found);
    Reading whole = thing;
    Frame frame;
    if (whole.meaning->participants[whole.noun].known()) {
      // What is told of it at all. Rather any such event is meant than one that is called so.
      whole.cost += IsEvent(whole.meaning->participants[whole.noun]) ? kNamedEventCost : 0;
      frame.fact = whole.main_fact = AddFact(&whole, {}, whole.noun, kNobody);
    } else {
      for (size_t fact = 0; fact < whole.meaning->facts.size() && whole.main_fact == kNobody; ++fact) {
        Fact& said = whole.meaning->facts[fact];
        if (said.subject != whole.noun && said.object != whole.noun) continue;
        said.restricts = false;
        whole.main_fact = static_cast<int>(fact);
      }
      if (whole.main_fact == kNobody) continue;
      frame.fact = whole.main_fact;
    }
    Append(ReadComplements(whole, frame), &found);
  }
  for (Reading& clause : found) {
    clause.meaning->kind = Meaning::Kind::kAsk;
    clause.meaning->targets.clear();
  }
  return found;
}

// "a helicopter on the train": what the latter has.
Readings ClauseReader::ReadThingAt(const Reading& thing) {
  Readings found;
  if (!WordIn(thing.at, {"on", "in", "at", "aboard", "inside", "with"})) return found;
  std::vector<uint32_t> relations;
  for (const uint32_t index : catalogue_.verbs().Find("have")) {
    const VerbUse& use = catalogue_.verb_uses()[index];
    if (use.preposition.empty() && catalogue_.relations()[use.relation].measure.empty()) {
      relations.push_back(use.relation);
    }
  }
  if (relations.empty()) return found;
  Reading owner = thing;
  owner.at += WordIs(thing.at, "on") && WordIs(thing.at + 1, "board") ? 2 : 1;
  for (Reading& inner : ReadNoun(owner)) {
    inner.cost += kOwnedThingCost;
    Frame frame;
    frame.fact = inner.main_fact = AddFact(&inner, relations, inner.noun, thing.noun);
    Append(ReadComplements(inner, frame), &found);
  }
  return found;
}

}  // namespace dossier::ask

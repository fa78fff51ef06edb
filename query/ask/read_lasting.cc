// "how long did Kim stay in Hanoi", "how many days did the visit last", "how long has she been in office": durations
// that the dates of claims tell.
#include <algorithm>
#include <utility>

#include "query/ask/clause_reader.h"

namespace dossier::ask {
namespace {

constexpr int kStateGain = 4;      // "was Kim in Hanoi" says more clearly what lasted than any quantity does.
constexpr int kLastingCost = 8;    // What a claim says of a duration is better than what its dates do.
constexpr int kAnythingCost = 12;  // Of an event of which only this and that is told.

}  // namespace

// `start` has come to the auxiliary.
Readings ClauseReader::ReadDuration(const Reading& start) {
  Readings found;
  const auto measures = [&](const RelationUse& use) { return !catalogue_.relations()[use.relation].measure.empty(); };
  const auto keep = [&](Readings readings, int cost) {
    for (Reading& reading : readings) {
      if (reading.main_fact == kNobody || !reading.meaning.targets.empty()) continue;
      const std::vector<RelationUse>& relations = reading.meaning.facts[reading.main_fact].relations;
      if (std::any_of(relations.begin(), relations.end(), measures)) continue;
      reading.meaning.facts[reading.main_fact].restricts = false;
      reading.meaning.lasting = context_.today;
      reading.cost += cost;
      found.push_back(std::move(reading));
    }
  };
  const bool support = WordIn(start.at, {"did", "does", "do", "will"});
  const bool have = WordIn(start.at, {"has", "have", "had"});
  const bool be = WordIn(start.at, {"is", "are", "was", "were"});
  if (!support && !have && !be) return found;
  if (be || have) keep(ReadInverted(start), -kStateGain);
  Reading reading = start;
  ++reading.at;
  if (WordIn(start.at, {"did", "was", "were"})) reading.meaning.tense = Tense::kPast;
  if (WordIs(start.at, "will")) reading.meaning.tense = Tense::kFuture;
  // "did Kim stay in Hanoi", "has Kim ruled": a state; of anything that is done the dates say when, not how long.
  for (const Reading& subject : ReadNoun(reading)) {
    Reading verb = subject;
    if (support && WordIn(verb.at, {"stay", "spend", "remain", "be", "stop"})) {
      ++verb.at;
      keep(ReadBeVerb(verb, subject.noun), kLastingCost);
    }
    // "did the Hanoi summit last": whatever is told of it with a date.
    const bool lasts = support ? WordIn(subject.at, {"last", "take", "continue"}) : be && AtEnd(subject.at);
    if (!lasts || !subject.meaning.participants[subject.noun].known()) continue;
    Reading event = subject;
    if (support) ++event.at;
    Frame frame;
    frame.fact = event.main_fact = AddFact(&event, {}, subject.noun, AddSought(&event, ""));
    keep(ReadComplements(event, frame), kAnythingCost);
  }
  for (Reading& event : ReadEvent(reading)) {
    // A meeting is somewhere within the days to which it is dated; only of journeys and stays they tell how long.
    if (have || !AllRelations(event.meaning.facts[event.meaning.event_fact], ObjectRole::kPlace)) continue;
    const bool ordinal = AtEnd(event.at) && WordIs(event.at - 1, "last") && event.meaning.ordinal == -1;
    if (ordinal) event.meaning.ordinal = 0;  // It was the verb.
    if (support && !ordinal && !WordIn(event.at, {"last", "take", "continue"})) continue;
    if (support && !ordinal) ++event.at;
    Frame frame;
    frame.fact = event.meaning.event_fact;
    keep(ReadComplements(event, frame), kLastingCost);
  }
  return found;
}

}  // namespace dossier::ask

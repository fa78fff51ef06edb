// "how long did Kim stay in Hanoi", "how many days did the visit last", "how long has she been in office": durations
// that the dates of claims tell.
#include <algorithm>
#include <utility>

#include "query/ask/clause_reader.h"

namespace dossier::ask {
namespace {

constexpr int kStateGain = 4;    // "was Kim in Hanoi" says more clearly what lasted than any quantity does.
constexpr int kLastingCost = 8;  // What a claim says of a duration is better than what its dates do.
constexpr int kTravelTimeCost = 2;
constexpr int kAnythingCost = 12;  // Of an event of which only this and that is told.

}  // namespace

// `start` has come to the auxiliary.
Readings ClauseReader::ReadDuration(const Reading& start) {
  Readings found;
  const auto measures = [&](const RelationUse& use) { return !catalogue_.relations()[use.relation].measure.empty(); };
  const auto keep = [&](Readings readings, int cost) {
    for (Reading& reading : readings) {
      if (reading.main_fact == kNobody || !reading.meaning->targets.empty()) continue;
      const std::vector<RelationUse>& relations = reading.meaning->facts[reading.main_fact].relations;
      if (std::any_of(relations.begin(), relations.end(), measures)) continue;
      reading.meaning->facts[reading.main_fact].restricts = false;
      reading.meaning->lasting = context_.today;
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
  if (WordIn(start.at, {"did", "was", "were"})) reading.meaning->tense = Tense::kPast;
  if (WordIs(start.at, "will")) reading.meaning->tense = Tense::kFuture;
  // "did Kim stay in Hanoi", "has Kim ruled": a state; of anything that is done the dates say when, not how long.
  for (const Reading& subject : ReadNoun(reading)) {
    Reading verb = subject;
    if (support && WordIn(verb.at, {"stay", "spend", "remain", "be", "stop"})) {
      ++verb.at;
      keep(ReadBeVerb(verb, subject.noun), kLastingCost);
    }
    // "did the Hanoi summit last": whatever is told of it with a date.
    const bool lasts = support ? WordIn(subject.at, {"last", "take", "continue"}) : be && AtEnd(subject.at);
    if (!lasts || !subject.meaning->participants[subject.noun].known()) continue;
    Reading event = subject;
    if (support) ++event.at;
    Frame frame;
    frame.fact = event.main_fact = AddFact(&event, {}, subject.noun, AddSought(&event, ""));
    keep(ReadComplements(event, frame), kAnythingCost);
  }
  for (Reading& event : ReadEvent(reading)) {
    // A meeting is somewhere within the days to which it is dated; only of journeys and stays they tell how long.
    if (have || !AllRelations(event.meaning->facts[event.meaning->event_fact], ObjectRole::kPlace)) continue;
    const bool ordinal = AtEnd(event.at) && WordIs(event.at - 1, "last") && event.meaning->ordinal == -1;
    if (ordinal) event.meaning->ordinal = 0;  // It was the verb.
    if (support && !ordinal && !WordIn(event.at, {"last", "take", "continue"})) continue;
    if (support && !ordinal) ++event.at;
    Frame frame;
    frame.fact = event.meaning->event_fact;
    keep(ReadComplements(event, frame), kLastingCost);
  }
  return found;
}

// "[did Kim] stay longer in Hanoi than in Beijing", "spend more days in ...": `start` has come to the verb.
Readings ClauseReader::ReadStayedLonger(const Reading& start, int subject) {
  if (!WordIn(start.at, {"stay", "spend", "remain"}) || start.meaning->degree.has_value()) return {};
  std::optional<Degree> degree = MatchDegree(start.at + 1);
  if (!degree.has_value()) return {};
  size_t end = degree->end;
  if (degree->word == "much" || degree->word == "many") {
    if (!WordIn(end, {"days", "time", "hours"})) return {};
    ++end;
  } else if (degree->word != "long" && degree->word != "short") {
    return {};
  }
  Reading reading = start;
  reading.at = end;
  degree->word = "long";
  degree->of = Degree::Of::kLasting;
  degree->end = 0;
  reading.meaning->degree = degree;
  Readings found = ReadBeVerb(reading, subject);
  for (Reading& stay : found) {
    if (stay.main_fact != kNobody) stay.meaning->degree->fact = stay.main_fact;
  }
  return found;
}

// "[was Kim's stay in Hanoi] longer than his stay in Beijing in June 2018": another one of the same events.
Readings ClauseReader::ReadEventLonger(const Reading& event) {
  Readings found;
  if (event.meaning->degree.has_value()) return found;
  std::optional<Degree> degree = MatchDegree(event.at);
  if (!degree.has_value() || degree->superlative || (degree->word != "long" && degree->word != "short") ||
      !WordIn(degree->end, {"than", "as"})) {
    return found;
  }
  const int fact = event.meaning->event_fact;
  Reading than = event;
  than.at = degree->end + 1;
  // "the one in Beijing", "that in Beijing"
  const size_t one = than.at + (WordIs(than.at, "the") ? 1 : 0);
  Readings others;
  if (WordIn(one, {"one", "that"})) {
    than.at = one + 1;
    Fact open = than.meaning->facts[fact];
    open.object = kNobody;
    open.time.reset();
    Frame frame = FrameOfEvent(than);
    frame.fact = static_cast<int>(than.meaning->facts.size());
    than.meaning->facts.push_back(std::move(open));
    others = ReadComplements(than, frame);
    for (Reading& other : others) other.meaning->event_fact = frame.fact;
  } else {
    others = ReadEvent(than);
  }
  for (Reading& other : others) {
    // Only the other place and time are kept of it.
    if (other.meaning->facts.size() != event.meaning->facts.size() + 1 || !AtEnd(other.at)) continue;
    const Fact second = other.meaning->facts.back();
    if (second.object == kNobody || !other.meaning->participants[second.object].known()) continue;
    other.meaning->facts.pop_back();
    degree->of = Degree::Of::kLasting;
    degree->end = 0;
    degree->fact = fact;
    degree->than = second.object;
    degree->than_time = second.time;
    other.meaning->degree = degree;
    other.meaning->event_fact = kNobody;
    other.main_fact = fact;
    other.meaning->facts[fact].is_event = false;
    found.push_back(std::move(other));
  }
  return found;
}

// Asks for the duration of `thing` that it had when what the clause says was so.
void ClauseReader::AskHowLong(int thing, const Term& unit, Reading* clause) const {
  Target target;
  target.participant = AddSought(clause, "");
  target.column = "value";
  TimeLink link;
  link.fact = clause->main_fact;
  clause->meaning->facts[link.fact].restricts = true;
  clause->main_fact = AddFact(clause, RelationsMeasuring({"duration"}), thing, target.participant);
  Fact& lasted = clause->meaning->facts[clause->main_fact];
  lasted.unit = unit;
  lasted.links.push_back(link);
  clause->meaning->targets.push_back(std::move(target));
}

// "how long did Kim travel to Hanoi": how long a way there took, at the time when he made it.
Readings ClauseReader::ReadTravelTime(const Reading& start, const Term& unit) {
  Readings found;
  const std::vector<uint32_t> ends = catalogue_.QualifiersWith("to");
  const bool goes = std::any_of(items_.begin() + static_cast<std::ptrdiff_t>(start.at), items_.end(),
                                [](const Item& item) { return item.word == "to" || item.word == "reach"; });
  if (RelationsMeasuring({"duration"}).empty() || ends.empty() || !goes ||
      !WordIn(start.at, {"did", "does", "do", "will", "has"})) {
    return found;
  }
  for (Reading& clause : ReadInverted(start)) {
    if (clause.main_fact == kNobody || !clause.meaning->targets.empty()) continue;
    KeepRole(&clause.meaning->facts[clause.main_fact], ObjectRole::kPlace);
    const Fact went = clause.meaning->facts[clause.main_fact];
    const bool place = AllRelations(went, ObjectRole::kPlace) && clause.meaning->participants[went.object].known();
    if (!place || went.negated) continue;
    AskHowLong(AddSought(&clause, ""), unit, &clause);
    Fact& lasted = clause.meaning->facts[clause.main_fact];
    lasted.time = went.time;
    lasted.qualifiers.push_back({ends, went.object});
    clause.cost += kTravelTimeCost;
    found.push_back(std::move(clause));
  }
  return found;
}

// How long a meeting took that was when what the clause says was done, as that is called.
void ClauseReader::AskHowLongOccasion(const Term& unit, Reading clause, Readings* found) const {
  const Fact done = clause.meaning->facts[clause.main_fact];
  if (done.negated || AllRelations(done, ObjectRole::kPlace)) return;
  std::vector<uint32_t> kinds;
  catalogue_.nouns().ForEach([&](absl::string_view noun, uint32_t index) {
    const NounUse& use = catalogue_.noun_uses()[index];
    const bool names = use.side == NounSide::kEvent &&
                       std::any_of(done.relations.begin(), done.relations.end(),
                                   [&](const RelationUse& relation) { return relation.relation == use.relation; });
    if (!names) return;
    const std::vector<uint32_t> same = catalogue_.class_names().Find(noun);
    kinds.insert(kinds.end(), same.begin(), same.end());
  });
  if (kinds.empty()) return;
  const int occasion = AddSought(&clause, "");
  clause.meaning->participants.back().kinds.push_back(std::move(kinds));
  AskHowLong(occasion, unit, &clause);
  clause.cost += kTravelTimeCost;
  found->push_back(std::move(clause));
}

// "how many days did they meet in Hanoi", "how long did the meetings of Kim and Trump last".
Readings ClauseReader::ReadOccasionTime(const Reading& start, const Term& unit) {
  Readings found;
  if (RelationsMeasuring({"duration"}).empty() || !WordIn(start.at, {"did", "does", "do", "will"})) return found;
  for (Reading& clause : ReadInverted(start)) {
    if (clause.main_fact == kNobody || !clause.meaning->targets.empty()) continue;
    AskHowLongOccasion(unit, std::move(clause), &found);
  }
  Append(ReadOccasionLasting(start, unit), &found);
  return found;
}

Readings ClauseReader::ReadOccasionLasting(const Reading& start, const Term& unit) {
  Readings found;
  Reading reading = start;
  ++reading.at;
  for (Reading& event : ReadEvent(reading)) {
    const bool ordinal = AtEnd(event.at) && WordIs(event.at - 1, "last") && event.meaning->ordinal == -1;
    if (ordinal) event.meaning->ordinal = 0;  // It was the verb.
    if (!ordinal && !WordIn(event.at, {"last", "take", "continue"})) continue;
    if (!ordinal) ++event.at;
    Frame frame = FrameOfEvent(event);
    frame.fact = event.main_fact = event.meaning->event_fact;
    for (Reading& ending : ReadComplements(event, frame)) {
      ending.meaning->event_fact = kNobody;
      ending.meaning->facts[frame.fact].is_event = false;
      ending.meaning->kind = Meaning::Kind::kSelect;
      ending.main_fact = frame.fact;
      AskHowLongOccasion(unit, std::move(ending), &found);
    }
  }
  return found;
}

}  // namespace dossier::ask

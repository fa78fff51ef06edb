// What is told of something: "what does each article say about X", "which distance does article 002 give for the
// journey", "for which day does each article announce the meeting", "what was never confirmed about the explosion".
#include <utility>

#include "query/ask/clause_reader.h"
#include "query/ask/reading_costs.h"

namespace dossier::ask {
namespace {

constexpr int kGivenCost = 3;

}  // namespace

// "what does article 002 say about Vladivostok", "what has KCNA reported on the visit".
Readings ClauseReader::ReadTold(const Reading& start) {
  Readings found;
  if (!WordIs(start.at, "what") || !WordIn(start.at + 1, {"does", "do", "did", "has", "have", "had"})) return found;
  const auto about = [&](size_t at) { return WordIn(at, {"about", "of", "on", "regarding", "concerning", "as"}); };
  bool any = false;
  for (size_t at = start.at + 3; at < items_.size(); ++at) any |= about(at);
  if (!any) return found;
  Reading reading = start;
  reading.at = start.at + 2;
  for (Reading& teller : ReadTellers(reading)) {
    if (!WordIn(teller.at, {"say",     "said",   "tell",    "told",      "report",   "reported", "write",
                            "written", "think",  "thought", "believe",   "believed", "claim",    "claimed",
                            "state",   "stated", "mention", "mentioned", "reveal",   "revealed", "know"})) {
      continue;
    }
    ++teller.at;
    if (!about(teller.at) || AboutEnd(teller.at) == teller.at) continue;
    teller.at = AboutEnd(teller.at);
    for (Reading& topic : ReadTopic(teller, Meaning::Kind::kAccounts)) {
      AskAsWritten(&*topic.meaning);
      topic.cost += kAboutCost;
      found.push_back(std::move(topic));
    }
  }
  return found;
}

// The noun or the kind of time that a teller gives for something.
Readings ClauseReader::ReadGiven(const Reading& start) {
  Readings found;
  Reading reading = start;
  const bool pied = WordIn(start.at, {"for", "on"}) && WordIn(start.at + 1, {"which", "what"});
  if (pied) ++reading.at;
  if (!WordIn(reading.at, {"which", "what"})) return found;
  ++reading.at;
  bool any = false;
  for (size_t at = reading.at + 1; at < items_.size(); ++at) any |= WordIn(at, {"do", "does", "did", "has", "have"});
  if (!any) return found;
  ReadGivenAspect(reading, &found);
  if (!pied) ReadGivenNoun(reading, &found);
  return found;
}

// "distance does each article give for the journey": the noun is that of the thing which comes last.
void ClauseReader::ReadGivenNoun(const Reading& start, Readings* found) {
  Readings nouns;
  ReadRelationNouns(start, kNobody, &nouns);
  for (const Reading& noun : nouns) {
    const size_t facts = noun.meaning->facts.size();
    if (noun.owned || facts != 1 || !WordIn(noun.at, {"do", "does", "did", "has", "have"})) continue;
    const Fact& named = noun.meaning->facts.front();
    if (named.object != noun.noun) continue;
    const int anonymous = named.subject;
    Reading tellers = noun;
    ++tellers.at;
    // Who tells has no facts of his own.
    tellers.meaning->facts.clear();
    for (Reading& teller : ReadTellers(tellers)) {
      if (!WordIn(teller.at, {"give", "given", "state", "stated", "name", "named", "report", "reported", "cite",
                              "quote", "mention", "mentioned", "offer", "put", "estimate", "print", "printed"})) {
        continue;
      }
      // "which newspapers does it mention": those that it names, whosever they are.
      const bool gives = WordIn(teller.at, {"give", "given", "state", "stated", "put", "estimate"});
      ++teller.at;
      teller.meaning->facts = noun.meaning->facts;
      teller.meaning->facts.front().restricts = false;
      teller.main_fact = 0;
      teller.cost += kGivenCost;
      Target target;
      target.participant = noun.noun;
      target.column = noun.meaning->participants[noun.noun].words;
      teller.meaning->targets.push_back(std::move(target));
      Frame frame;
      frame.fact = 0;
      Readings owners;
      if (gives) owners.push_back(teller);
      if (const size_t about = AboutEnd(teller.at); about != teller.at) {
        Reading owner = teller;
        owner.at = about;
        for (Reading& thing : ReadNoun(owner)) {
          if (!thing.meaning->participants[thing.noun].known() || !Unify(&thing, anonymous, thing.noun)) continue;
          owners.push_back(std::move(thing));
        }
      }
      for (const Reading& owner : owners) Append(ReadComplements(owner, frame), found);
    }
  }
}

// "day does each article announce the meeting of Kim and Putin", "date does article 003 give for the departure".
void ClauseReader::ReadGivenAspect(const Reading& start, Readings* found) {
  const std::string aspect = AspectAt(start.at);
  if (aspect.empty() || !WordIn(start.at + 1, {"do", "does", "did", "has", "have"})) return;
  Reading tellers = start;
  tellers.at = start.at + 2;
  for (Reading& teller : ReadTellers(tellers)) {
    const bool ahead = WordIn(teller.at, {"announce", "expect", "predict", "plan", "foresee", "promise", "schedule"});
    if (!ahead && !WordIn(teller.at, {"give", "given", "state", "name", "named", "report", "set", "cite", "mention",
                                      "put", "print", "assume"})) {
      continue;
    }
    ++teller.at;
    teller.at = AboutEnd(teller.at);
    if (ahead) teller.meaning->tense = Tense::kFuture;
    for (Reading& event : ReadEvent(teller)) {
      if (!event.aspect.empty()) continue;
      event.aspect = aspect;
      event.cost += kGivenCost;
      if (!TakeAspect(&event)) continue;
      if (aspect == "when" && !WordIn(start.at, {"time", "times"})) {
        event.meaning->period = WordIs(start.at, "year")    ? Grouping::By::kYear
                                : WordIs(start.at, "month") ? Grouping::By::kMonth
                                                            : Grouping::By::kDay;
      }
      found->push_back(std::move(event));
    }
  }
}

// "what is planned about the visit", "what was never confirmed about the explosion".
Readings ClauseReader::ReadUncertain(const Reading& start) {
  Readings found;
  if (!WordIs(start.at, "what")) return found;
  size_t at = start.at + 1;
  if (WordIn(at, {"has", "have", "had"})) {
    if (WordIn(at + 1, {"not", "never"}) && WordIs(at + 2, "been")) {
      at += 3;
    } else {
      return found;
    }
  } else if (WordIn(at, {"is", "was", "are", "were"})) {
    ++at;
  } else {
    return found;
  }
  const bool negated = WordIn(at, {"not", "never"}) || WordIs(at - 1, "been");
  if (WordIn(at, {"not", "never", "only", "merely", "still"})) ++at;
  const std::optional<uint32_t> level = LevelAt(at);
  if (!level.has_value()) return found;
  const size_t about = AboutEnd(at + 1);
  if (about == at + 1) return found;
  Reading reading = start;
  reading.at = about;
  for (Reading& topic : ReadTopic(reading, Meaning::Kind::kAccounts)) {
    if (topic.meaning->is_question || !topic.meaning->targets.empty()) continue;
    (negated ? topic.meaning->below_rank : topic.meaning->exact_rank) = catalogue_.certainty_levels()[*level].rank;
    found.push_back(std::move(topic));
  }
  return found;
}

}  // namespace dossier::ask

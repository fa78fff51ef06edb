// What is missing: "trips with no means of transport", "which trip names no meeting", "articles that carry no printed
// date".
#include <algorithm>
#include <utility>

#include "query/ask/clause_reader.h"
#include "query/ask/reading_costs.h"

namespace dossier::ask {
namespace {

constexpr int kLackCost = 3;

}  // namespace

// What stands at `at` must not be told along with the event of `start`: a class, a qualifier, or another event.
void ClauseReader::AddLack(const Reading& start, size_t at, Readings* found) const {
  const auto add = [&](size_t end, Lack lack) {
    Reading reading = start;
    reading.at = end;
    reading.cost += kLackCost;
    lack.fact = start.meaning->event_fact;
    reading.meaning->lacks.push_back(std::move(lack));
    found->push_back(std::move(reading));
  };
  at = SkipDeterminers(at);
  // "no stated means of transport": what is lacking is lacking in what is told.
  if (WordIn(at, {"stated", "given", "named", "known", "told", "mentioned", "reported", "recorded"})) ++at;
  for (const NameMatch& match : Match(catalogue_.class_names(), at)) {
    if (match.possessive) continue;
    Lack lack;
    lack.kinds = catalogue_.class_names().Find(match.key);
    add(match.end, std::move(lack));
  }
  for (uint32_t i = 0; i < catalogue_.qualifiers().size(); ++i) {
    const size_t end = PrepositionEnd(at, PhraseKey(catalogue_.qualifiers()[i].label));
    if (end == at) continue;
    Lack lack;
    lack.qualifiers = {i};
    add(end, std::move(lack));
  }
  for (const NameMatch& match : Match(catalogue_.nouns(), at)) {
    if (match.possessive) continue;
    std::vector<uint32_t> relations;
    for (const uint32_t index : catalogue_.nouns().Find(match.key)) {
      const NounUse& use = catalogue_.noun_uses()[index];
      if (use.side == NounSide::kEvent) relations.push_back(use.relation);
    }
    if (relations.empty()) continue;
    Reading scratch;
    AddFact(&scratch, relations, kNobody, kNobody);
    Lack lack;
    lack.relations = scratch.meaning->facts.front().relations;
    add(match.end, std::move(lack));
  }
}

// The event must not have been at the place that stands at `at`.
void ClauseReader::AddLackOfPlace(const Reading& start, size_t at, Readings* found) {
  Reading place = start;
  place.at = at;
  for (Reading& inner : ReadNoun(place)) {
    if (inner.meaning->participants[inner.noun].candidates.empty()) continue;
    Lack lack;
    lack.fact = start.meaning->event_fact;
    lack.place = inner.noun;
    inner.meaning->lacks.push_back(std::move(lack));
    inner.meaning->tense = Tense::kPast;
    inner.cost += kLackCost;
    found->push_back(std::move(inner));
  }
}

// "[for which trips] do the articles not say how Kim travelled": nothing tells the means. Any verb will do, as the noun
// says what was done. `at` is the auxiliary's.
void ClauseReader::AddLackOfTelling(const Reading& start, size_t at, Readings* found) {
  size_t not_at = at + 1;
  while (not_at < items_.size() && !WordIs(not_at, "not")) ++not_at;
  const size_t how = not_at + 2;
  if (!WordIn(not_at + 1, {"say", "tell", "state", "know", "report", "mention"}) ||
      !WordIn(how, {"how", "where", "why"})) {
    return;
  }
  // Those who do not say it: the articles, the sources, "we".
  const size_t tellers = SkipDeterminers(at + 1);
  if (!WordIn(tellers, {"we", "they"}) && TellersEnd(tellers) != not_at) return;
  Lack lack;
  lack.fact = start.meaning->event_fact;
  lack.qualifiers = QualifiersNamed(WordIs(how, "how") ? "means" : WordIs(how, "where") ? "where" : "reason");
  if (lack.qualifiers.empty()) return;
  Reading rest = start;
  rest.at = how + 1;
  rest.cost += kLackCost;
  rest.meaning->lacks.push_back(std::move(lack));
  for (Reading& subject : ReadNoun(rest)) {
    const std::vector<NameMatch> verbs = Match(catalogue_.verbs(), subject.at);
    Fact& event = subject.meaning->facts[start.meaning->event_fact];
    if (verbs.empty() || event.subject == kNobody) continue;
    const int whose = event.subject;
    if (whose != subject.noun && !Unify(&subject, whose, subject.noun)) continue;
    subject.at = verbs.front().end;
    subject.noun = start.noun;
    found->push_back(std::move(subject));
  }
}

// After an event noun: "with no means of transport", "that have no meeting", "[for which trips] is no meeting stated",
// "that did not lead to China".
Readings ClauseReader::ReadLack(const Reading& start) {
  Readings found;
  if (!start.aspect.empty()) return found;
  size_t at = start.at;
  if (WordIn(at, {"that", "which"})) ++at;
  Frame frame;
  frame.fact = start.meaning->event_fact;
  Readings lacking;
  const bool shows =
      WordIn(at, {"have",    "has",      "had",      "name",    "names",    "named",   "give",     "gives",
                  "gave",    "state",    "states",   "mention", "mentions", "involve", "involves", "involved",
                  "include", "includes", "included", "tell",    "tells",    "with"});
  if (shows && WordIs(at + 1, "no")) {
    AddLack(start, at + 2, &lacking);
    for (Reading& reading : lacking) {
      // "have no means of transport stated"
      if (WordIn(reading.at, {"stated", "given", "named", "told", "mentioned", "reported"})) ++reading.at;
    }
  } else if (WordIn(at, {"lack", "lacks", "lacked", "without"})) {
    AddLack(start, at + 1, &lacking);
  } else if (WordIn(at, {"is", "are", "was", "were"}) && WordIs(at + 1, "not")) {
    // "were not by train", "were not made by train", "were not to China"
    const size_t by = at + (WordIn(at + 2, {"made", "taken", "done"}) ? 3 : 2);
    if (WordIn(by, {"by", "on", "aboard", "in"})) AddLack(start, by + 1, &lacking);
    if (WordIn(by, {"to", "in", "into"})) AddLackOfPlace(start, by + 1, &lacking);
  } else if (WordIn(at, {"is", "are", "was", "were"})) {
    // "is no means of transport stated", "is the means of transport not known"
    const bool none = WordIs(at + 1, "no");
    AddLack(start, at + (none ? 2 : 1), &lacking);
    for (Reading& reading : lacking) {
      if (!none) reading.at = WordIs(reading.at, "not") ? reading.at + 1 : items_.size();
      const bool said = WordIn(reading.at, {"stated", "given", "named", "known", "told", "mentioned", "reported"});
      reading.at = said ? reading.at + 1 : 0;
    }
    std::erase_if(lacking, [](const Reading& reading) { return reading.at == 0; });
  } else if (WordIn(at, {"do", "does", "did"}) && !WordIn(at + 1, {"not", "never"})) {
    AddLackOfTelling(start, at, &lacking);
  } else if (WordIn(at, {"did", "do", "does"}) && WordIn(at + 1, {"not", "never"})) {
    if (WordIn(at + 2, {"have", "name", "involve", "include", "mention", "give"})) {
      AddLack(start, at + 3, &lacking);
    } else if (WordIn(at + 2, {"lead", "go", "take"}) && WordIn(at + 3, {"to", "into"})) {
      AddLackOfPlace(start, at + 4, &lacking);
    }
  }
  for (const Reading& reading : lacking) Append(ReadComplements(reading, frame), &found);
  return found;
}

// "for which of Kim's trips is no means of transport stated", "which of Kim's trips did not lead to China"
Readings ClauseReader::ReadLackingEvents(const Reading& start) {
  Readings found;
  size_t at = start.at + (WordIn(start.at, {"for", "of", "on"}) ? 1 : 0);
  if (!WordIn(at, {"which", "what"}) || (at == start.at && !WordIs(at + 1, "of"))) return found;
  at += WordIs(at + 1, "of") ? 2 : 1;
  Reading reading = start;
  reading.at = at;
  for (Reading& event : ReadEvent(reading)) {
    if (!event.meaning->lacks.empty()) found.push_back(std::move(event));
  }
  AskForEvents(Meaning::Kind::kEvents, &found);
  return found;
}

// "the missiles without a range", "articles with no date": no noun of theirs; "articles with an author": one.
Readings ClauseReader::ReadWithout(const Reading& start) {
  Readings found;
  if (WordIs(start.at, "with") && WordIn(start.at + 1, {"a", "an"})) {
    Reading owner = start;
    owner.at = start.at + 2;
    owner.cost += kVerbCost;
    ReadRelationNouns(owner, start.noun, &found);
    std::erase_if(found,
                  [&](const Reading& noun) { return noun.meaning->facts.size() != start.meaning->facts.size() + 1; });
    for (Reading& noun : found) {
      noun.noun = start.noun;
      noun.by_noun = start.by_noun;
      noun.main_fact = start.main_fact;
    }
    return found;
  }
  const bool with_no = WordIs(start.at, "with") && WordIs(start.at + 1, "no");
  if (!with_no && !WordIs(start.at, "without")) return found;
  Reading reading = start;
  reading.at = start.at + (with_no ? 2 : 1);
  Readings nothing;
  ReadNothingOf(reading, start.noun, &nothing);
  for (Reading& inner : nothing) {
    inner.noun = start.noun;
    inner.by_noun = start.by_noun;
    inner.main_fact = start.main_fact;
    inner.meaning->facts.back().restricts = true;
    found.push_back(std::move(inner));
  }
  return found;
}

// After "has no", "carries no": the noun of the subject that nothing states. "Printed" and the like: states for sure.
void ClauseReader::ReadNothingOf(const Reading& start, int subject, Readings* found) {
  Reading reading = start;
  const std::optional<uint32_t> level = LevelAt(reading.at);
  const bool printed = WordIn(reading.at, {"printed", "stated", "given", "explicit"});
  if (printed || level.has_value()) ++reading.at;
  reading.cost += kVerbCost;
  const size_t facts = start.meaning->facts.size();
  Readings nouns;
  ReadRelationNouns(reading, subject, &nouns);
  for (Reading& noun : nouns) {
    if (noun.meaning->facts.size() != facts + 1) continue;
    Fact& fact = noun.meaning->facts.back();
    fact.restricts = false;
    fact.negated = true;
    if (level.has_value()) fact.certainty = catalogue_.certainty_levels()[*level].iri;
    if (printed && !catalogue_.certainty_levels().empty()) fact.certainty = catalogue_.certainty_levels().back().iri;
    noun.main_fact = static_cast<int>(facts);
    noun.noun = subject;
    found->push_back(std::move(noun));
  }
}

}  // namespace dossier::ask

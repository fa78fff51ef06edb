// Quantities: "how far is Vladivostok from Pyongyang", "how long did the flight last", "how many cars does the train
// have".
#include <algorithm>
#include <utility>

#include "query/ask/clause_reader.h"

namespace dossier::ask {
namespace {

constexpr int kFillerCost = 8;

}  // namespace

std::vector<uint32_t> ClauseReader::RelationsNamed(absl::string_view iri) const {
  std::vector<uint32_t> found;
  for (uint32_t i = 0; i < catalogue_.relations().size(); ++i) {
    if (catalogue_.relations()[i].iri.value() == iri) found.push_back(i);
  }
  return found;
}

std::vector<uint32_t> ClauseReader::RelationsMeasuring(const std::vector<absl::string_view>& measures) const {
  std::vector<uint32_t> found;
  for (uint32_t i = 0; i < catalogue_.relations().size(); ++i) {
    const std::string& measure = catalogue_.relations()[i].measure;
    if (std::find(measures.begin(), measures.end(), measure) != measures.end()) found.push_back(i);
  }
  return found;
}

std::vector<uint32_t> ClauseReader::RelationsInUnit(const Term& unit, std::vector<absl::string_view> measures) const {
  const UnitInfo* told = catalogue_.FindUnit(unit);
  if (told == nullptr) return {};
  measures.push_back(told->measure);
  std::vector<uint32_t> found = RelationsMeasuring(measures);
  // "20 km long" is not said of how long something lasts.
  std::erase_if(found, [&](uint32_t index) {
    const RelationInfo& relation = catalogue_.relations()[index];
    const UnitInfo* own = catalogue_.FindUnit(relation.unit);
    return own != nullptr ? own->base != told->base : relation.measure != told->measure;
  });
  return found;
}

Readings ClauseReader::ReadMeasure(const Reading& start) {
  Readings found;
  const AdjectiveUse* adjective = IsWord(1) ? catalogue_.FindAdjective(items_[1].word) : nullptr;
  if (adjective == nullptr || adjective->form != AdjectiveUse::Form::kPositive) return found;
  std::vector<absl::string_view> asked(adjective->measures.begin(), adjective->measures.end());
  if (WordIs(1, "many")) asked.emplace_back("amount");
  Reading reading = start;
  reading.at = 2;
  if (!WordIn(1, {"many", "much"})) {
    Append(ReadMeasured(reading, RelationsMeasuring(asked), Term()), &found);
    if (std::find(asked.begin(), asked.end(), "duration") != asked.end()) {
      Append(ReadDuration(reading), &found);
      Append(ReadTravelTime(reading, Term()), &found);
      Append(ReadOccasionTime(reading, Term()), &found);
    }
    return found;
  }
  // "how much is the fee of Anna": the noun comes later.
  if (WordIs(1, "much")) Append(ReadMeasured(reading, RelationsMeasuring(asked), Term()), &found);
  Append(ReadInUnits(reading), &found);
  // "how many cars does the train have": the noun says which quantity.
  const std::vector<uint32_t> quantities = RelationsMeasuring(asked);
  for (const NameMatch& match : Match(catalogue_.nouns(), 2)) {
    std::vector<uint32_t> relations;
    for (const uint32_t index : catalogue_.nouns().Find(match.key)) {
      const NounUse& use = catalogue_.noun_uses()[index];
      const bool quantity = std::find(quantities.begin(), quantities.end(), use.relation) != quantities.end();
      if (quantity && use.side == NounSide::kObject) relations.push_back(use.relation);
    }
    if (relations.empty()) continue;
    Reading after = reading;
    after.at = match.end;
    Append(ReadMeasured(after, relations, Term()), &found);
    Append(ReadCountedSubject(after, match.key, relations), &found);
    // "how many people were killed in the explosion": a passive of the quantity's own verb.
    if (!WordIn(after.at, {"is", "are", "was", "were"})) continue;
    const int value = AddSought(&after, match.key);
    if (WordIn(after.at, {"was", "were"})) after.meaning->tense = Tense::kPast;
    ++after.at;
    for (Reading& passive : ReadVerb(after, value, kFormParticiple, true)) {
      Fact& fact = passive.meaning->facts[passive.main_fact];
      std::erase_if(fact.relations, [&](const RelationUse& use) {
        return std::find(relations.begin(), relations.end(), use.relation) == relations.end();
      });
      if (fact.relations.empty()) continue;
      Target target;
      target.participant = value;
      target.column = "value";
      passive.meaning->targets.push_back(target);
      passive.cost -= 1;
      found.push_back(std::move(passive));
    }
  }
  return found;
}

// "how many people died in the explosion": a verb of the relation the other way round.
Readings ClauseReader::ReadCountedSubject(const Reading& start, const std::string& noun,
                                          const std::vector<uint32_t>& relations) {
  Readings found;
  Reading counted = start;
  const int number = AddSought(&counted, noun);
  for (Reading& clause : ReadVerb(counted, number, kFormPast | kFormThird | kFormBase, false)) {
    Fact& fact = clause.meaning->facts[clause.main_fact];
    std::erase_if(fact.relations, [&](const RelationUse& use) {
      return !use.inverted || std::find(relations.begin(), relations.end(), use.relation) == relations.end();
    });
    if (fact.relations.empty() || fact.subject != number) continue;
    for (RelationUse& use : fact.relations) use.inverted = false;
    std::swap(fact.subject, fact.object);
    Target target;
    target.participant = number;
    target.column = "value";
    clause.meaning->targets.push_back(target);
    --clause.cost;
    found.push_back(std::move(clause));
  }
  return found;
}

// "how many kilometres is it", "how many days did Kim stay": the unit says which quantities.
Readings ClauseReader::ReadInUnits(const Reading& reading) {
  Readings found;
  for (const NameMatch& match : Match(catalogue_.unit_names(), 2)) {
    for (const uint32_t unit : catalogue_.unit_names().Find(match.key)) {
      Reading after = reading;
      after.at = match.end;
      const Term& iri = catalogue_.units()[unit].iri;
      std::vector<absl::string_view> measures = {catalogue_.units()[unit].measure};
      if (measures[0] == "distance") measures.push_back("length");
      Append(ReadMeasured(after, RelationsMeasuring(measures), iri), &found);
      if (WordIn(2, {"day", "days", "months", "years"}) && measures[0] == "duration") {
        Append(ReadDuration(after), &found);
      }
      if (measures[0] == "duration") Append(ReadTravelTime(after, iri), &found);
      if (measures[0] == "duration") Append(ReadOccasionTime(after, iri), &found);
      if (!WordIs(match.end, "of")) continue;
      // "how many tons of grain": the noun says which quantity.
      for (const NameMatch& noun : Match(catalogue_.nouns(), match.end + 1)) {
        std::vector<uint32_t> relations;
        for (const uint32_t index : catalogue_.nouns().Find(noun.key)) {
          const NounUse& use = catalogue_.noun_uses()[index];
          const bool quantity = !catalogue_.relations()[use.relation].measure.empty();
          if (quantity && use.side == NounSide::kObject) relations.push_back(use.relation);
        }
        after.at = noun.end;
        Append(ReadMeasured(after, relations, iri), &found);
      }
    }
  }
  return found;
}

// The verb of "how far can the missile fly", "how many cars does the train have", after its subject; false when there
// is none. The adjective or the unit says what is measured, so that any verb will do.
bool ClauseReader::SkipMeasuringVerb(const Term& unit, Reading* reading) const {
  if (WordIn(reading->at, {"have", "get", "receive", "contain", "count", "number", "attract", "draw"})) {
    ++reading->at;
    return true;
  }
  if (WordIn(1, {"many", "much"}) && unit.value().empty()) return false;
  const std::vector<NameMatch> verbs = Match(catalogue_.verbs(), reading->at);
  if (verbs.empty()) return false;
  reading->at = verbs.back().end;
  reading->cost += kFillerCost;
  return true;
}

// "[how far did Kim travel] on his journey to Russia": it is told of what is his. With the fact of the quantity.
std::vector<std::pair<Reading, int>> ClauseReader::ReadMeasuredWithin(const Reading& start,
                                                                      const std::vector<uint32_t>& relations) {
  std::vector<std::pair<Reading, int>> found;
  if (!WordIn(start.at, {"on", "during", "in"})) return found;
  Reading inside = start;
  ++inside.at;
  for (Reading& journey : ReadNoun(inside)) {
    const auto& participants = journey.meaning->participants;
    if (BelongingTo(participants[start.noun].candidates, participants[journey.noun].candidates).empty()) continue;
    Frame frame;
    frame.subject = journey.noun;
    frame.fact = journey.main_fact = AddFact(&journey, relations, frame.subject, AddSought(&journey, ""));
    for (Reading& ending : ReadComplements(journey, frame)) found.emplace_back(std::move(ending), frame.fact);
  }
  return found;
}

// `start` has come to the auxiliary. The quantity is the object of one of `relations`.
Readings ClauseReader::ReadMeasured(const Reading& start, const std::vector<uint32_t>& relations, const Term& unit) {
  Readings found;
  if (relations.empty()) return found;
  const auto measures = [&](const RelationUse& use) {
    return !use.inverted && std::find(relations.begin(), relations.end(), use.relation) != relations.end();
  };
  const auto accept = [&](Reading reading, int fact) {
    Fact& measured = reading.meaning->facts[fact];
    measured.restricts = false;
    if (!unit.value().empty()) measured.unit = unit;
    Target target;
    target.participant = measured.object;
    target.column = "value";
    reading.meaning->targets.push_back(target);
    reading.main_fact = fact;
    found.push_back(std::move(reading));
  };
  // A verb of the quantity, or "have".
  for (Reading& clause : ReadInverted(start)) {
    if (clause.main_fact == kNobody || !clause.meaning->targets.empty()) continue;
    Fact& fact = clause.meaning->facts[clause.main_fact];
    const Participant& object = clause.meaning->participants[fact.object];
    if (object.known() || !object.words.empty() ||
        std::none_of(fact.relations.begin(), fact.relations.end(), measures)) {
      continue;
    }
    fact.relations.erase(std::remove_if(fact.relations.begin(), fact.relations.end(),
                                        [&](const RelationUse& use) { return !measures(use); }),
                         fact.relations.end());
    const int main = clause.main_fact;
    accept(std::move(clause), main);
  }
  Reading reading = start;
  Frame frame;
  const bool be = WordIn(start.at, {"is", "are", "was", "were"});
  const bool have = WordIn(start.at, {"do", "does", "did", "may", "might", "could", "can", "will"});
  const bool has = WordIn(start.at, {"has", "have", "had"}) && WordIn(1, {"many", "much"});  // "how many cars has it"
  if (!be && !have && !has) return found;
  ++reading.at;
  Readings subjects = ReadNoun(reading);
  AddTimed(&subjects);
  for (const Reading& subject : subjects) {
    Reading whole = subject;
    if (have && !SkipMeasuringVerb(unit, &whole)) continue;
    if (have) {
      for (const auto& [journey, fact] : ReadMeasuredWithin(whole, relations)) accept(journey, fact);
    }
    if (!whole.meaning->participants[subject.noun].known() && whole.by_noun) {
      // "how long was the flight of the Hwasong-18": the noun itself is the quantity.
      for (size_t i = start.meaning->facts.size(); i < whole.meaning->facts.size(); ++i) {
        Fact& fact = whole.meaning->facts[i];
        if (fact.object != subject.noun || std::none_of(fact.relations.begin(), fact.relations.end(), measures))
          continue;
        fact.restricts = false;
        frame.fact = whole.main_fact = static_cast<int>(i);
        for (Reading& ending : ReadComplements(whole, frame)) accept(std::move(ending), static_cast<int>(i));
      }
    }
    const int value = AddSought(&whole, "");
    frame.subject = subject.noun;
    frame.fact = whole.main_fact = AddFact(&whole, relations, subject.noun, value);
    for (Reading& ending : ReadComplements(whole, frame)) accept(std::move(ending), frame.fact);
  }
  if (be) Append(ReadDistance(reading, relations, unit), &found);
  return found;
}

// "in miles", "in hours" after a quantity: the unit that its number is to be told in.
void ClauseReader::ReadInUnit(const Reading& start, const Frame& frame, Readings* found) {
  if (!WordIs(start.at, "in") || !start.meaning->facts[frame.fact].unit.value().empty()) return;
  const std::vector<RelationUse>& relations = start.meaning->facts[frame.fact].relations;
  for (const NameMatch& match : Match(catalogue_.unit_names(), start.at + 1)) {
    const UnitInfo& unit = catalogue_.units()[catalogue_.unit_names().Find(match.key).front()];
    const bool tells =
        !relations.empty() && std::any_of(relations.begin(), relations.end(), [&](const RelationUse& use) {
          const RelationInfo& relation = catalogue_.relations()[use.relation];
          const UnitInfo* own = catalogue_.FindUnit(relation.unit);
          return !use.inverted && (own != nullptr ? own->base == unit.base : relation.measure == unit.measure);
        });
    if (!tells) continue;
    Reading next = start;
    next.at = match.end;
    next.meaning->facts[frame.fact].unit = unit.iri;
    Append(ReadComplements(next, frame), found);
  }
}

// "the distance between Pyongyang and Vladivostok", "from Pyongyang to Vladivostok": of whatever leads from the one to
// the other. `start` has come past the noun.
void ClauseReader::ReadBetween(const Reading& start, const std::vector<uint32_t>& relations, const NameMatch& noun,
                               Readings* found) {
  std::vector<uint32_t> ends = catalogue_.QualifiersWith("from");
  for (const uint32_t qualifier : catalogue_.QualifiersWith("to")) ends.push_back(qualifier);
  const bool quantity = std::all_of(relations.begin(), relations.end(), [&](uint32_t relation) {
    return !catalogue_.relations()[relation].measure.empty();
  });
  if (ends.empty() || !quantity) return;
  Reading reading = start;
  reading.at = noun.end + 1;
  for (const Reading& first : ReadNoun(reading)) {
    if (!WordIs(first.at, WordIs(noun.end, "from") ? "to" : "and")) continue;
    Reading next = first;
    ++next.at;
    for (Reading& second : ReadNoun(next)) {
      const int other = second.noun;
      const int route = AddSought(&second, "");
      second.noun = AddSought(&second, noun.key);
      Fact& fact = second.meaning->facts[AddFact(&second, relations, route, second.noun)];
      fact.restricts = true;
      fact.qualifiers.push_back({ends, first.noun});
      fact.qualifiers.push_back({ends, other});
      second.by_noun = second.owned = true;
      Append(ReadModifiers(second), found);
    }
  }
}

// "[it] [in miles] from Pyongyang to Vladivostok", "Vladivostok from Pyongyang", "it between A and B".
Readings ClauseReader::ReadDistance(const Reading& start, const std::vector<uint32_t>& relations, const Term& unit) {
  Readings found;
  std::vector<uint32_t> ends = catalogue_.QualifiersWith("from");
  for (const uint32_t qualifier : catalogue_.QualifiersWith("to")) ends.push_back(qualifier);
  if (ends.empty()) return found;
  Readings firsts;
  Reading reading = start;
  Term wanted = unit;
  if (WordIn(reading.at, {"it", "there"})) ++reading.at;
  const auto read_unit = [&](Reading* at) {
    if (!WordIs(at->at, "in")) return;
    for (const NameMatch& match : Match(catalogue_.unit_names(), at->at + 1)) {
      wanted = catalogue_.units()[catalogue_.unit_names().Find(match.key).front()].iri;
      at->at = match.end;
      return;
    }
  };
  read_unit(&reading);
  if (WordIs(reading.at, "to")) {
    // "how far is it to Hanoi": from wherever it is told.
    Reading there = reading;
    ++there.at;
    for (Reading& place : ReadNoun(there)) {
      Reading whole = std::move(place);
      const int end = whole.noun;
      const int route = AddSought(&whole, "");
      Target target;
      target.participant = AddSought(&whole, "");
      target.column = "value";
      whole.main_fact = AddFact(&whole, relations, route, target.participant);
      whole.meaning->facts[whole.main_fact].unit = wanted;
      whole.meaning->facts[whole.main_fact].qualifiers.push_back({catalogue_.QualifiersWith("to"), end});
      whole.meaning->targets.push_back(std::move(target));
      Frame frame;
      frame.fact = whole.main_fact;
      Append(ReadComplements(whole, frame), &found);
    }
  }
  const bool between = WordIs(reading.at, "between");
  if (WordIn(reading.at, {"from", "between"})) ++reading.at;
  for (const Reading& first : ReadNoun(reading)) {
    if (!WordIn(first.at, {"to", "from", "and"}) || WordIs(first.at, "and") != between) continue;
    Reading next = first;
    ++next.at;
    for (Reading& second : ReadNoun(next)) {
      Reading whole = std::move(second);
      const int value = AddSought(&whole, "");
      const int route = AddSought(&whole, "");
      const int fact = AddFact(&whole, relations, route, value);
      Fact& distance = whole.meaning->facts[fact];
      distance.unit = wanted;
      distance.qualifiers.push_back({ends, first.noun});
      distance.qualifiers.push_back({ends, whole.noun});
      read_unit(&whole);
      whole.meaning->facts[fact].unit = wanted;
      Target target;
      target.participant = value;
      target.column = "value";
      whole.meaning->targets.push_back(target);
      whole.main_fact = fact;
      Frame frame;
      frame.fact = fact;
      Append(ReadComplements(whole, frame), &found);
    }
  }
  return found;
}

}  // namespace dossier::ask

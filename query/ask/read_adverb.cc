// Questions for a time, a place, a means or a reason: when, where, how, why, since when, on which day.
#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "query/ask/clause_reader.h"
#include "query/ask/reading_costs.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

constexpr int kRoleGain = 8;  // The object is just what the question asks for: no object is missing.

}  // namespace

// "where", "when", "why", "how", "since when", "on what day", "in which year".
Readings ClauseReader::ReadAdverbQuestion(const Reading& start) {
  Readings found;
  Reading reading = start;
  std::string word;
  std::string second;
  std::optional<Grouping> period;
  std::optional<TimeLimit> year;
  if (WordIn(0, {"since", "until"}) && WordIs(1, "when")) {
    word = "when";
    reading.at = 2;
  } else if (WordIn(0, {"on", "in", "at"}) && WordIn(1, {"what", "which"}) &&
             WordIn(2, {"day", "date", "month", "year", "time"})) {
    word = "when";
    reading.at = 3;
    period = Grouping();
    period->by = WordIs(2, "year")    ? Grouping::By::kYear
                 : WordIs(2, "month") ? Grouping::By::kMonth
                                      : Grouping::By::kDay;
    period->column = items_[2].word;
    year = YearAfterOf(3);
    if (year.has_value()) reading.at = 5;
  } else if (WordIn(0, {"where", "when", "how", "why"}) && WordIs(1, "and") &&
             WordIn(2, {"where", "when", "how", "why"})) {
    // "when and where did Kim meet Trump"
    word = items_[0].word;
    second = items_[2].word;
    reading.at = 3;
  } else if (WordIn(0, {"where", "when", "how", "why"})) {
    word = items_[0].word;
    reading.at = 1;
  } else if (WordIs(0, "in") && WordIn(1, {"what", "which"}) && WordIn(2, {"place", "location"})) {
    word = "where";
    reading.at = 3;
  } else if (WordIn(0, {"from", "to"}) && WordIs(1, "where")) {
    word = WordIs(0, "from") ? "from where" : "where";
    reading.at = 2;
  } else {
    return found;
  }
  if (word == "where" && WordIn(reading.at, {"in", "within", "inside"})) return ReadWhereWithin(reading);
  found = ReadInverted(reading);
  Append(ReadTimeThat(reading), &found);
  if (period.has_value()) Append(ReadMostThere(reading), &found);
  for (Reading& inner : found) {
    if (year.has_value() && inner.main_fact != kNobody && !inner.meaning->facts[inner.main_fact].time.has_value()) {
      inner.meaning->facts[inner.main_fact].time = year;
    }
    // "in which month did Kim make the most trips": the months are compared.
    if (period.has_value() && inner.meaning->degree.has_value()) inner.meaning->groups.push_back(*period);
    if (period.has_value()) inner.meaning->period = period->by;
    inner.meaning->since = WordIs(0, "since");
  }
  Readings compared;
  if (period.has_value()) {
    const auto is_compared = [](const Reading& inner) { return !inner.meaning->groups.empty(); };
    std::copy_if(found.begin(), found.end(), std::back_inserter(compared), is_compared);
    found.erase(std::remove_if(found.begin(), found.end(), is_compared), found.end());
  }
  AskFor(word, &found);
  if (word == "where") ReadElsewhere(&found);
  if (!second.empty()) {
    AskFor(second, &found);
    return found;
  }
  Append(std::move(compared), &found);
  if (word == "when") Append(ReadDates(reading), &found);
  if (word == "where") Append(ReadWhereabouts(reading), &found);
  return found;
}

// "[in which year] were there the most tests"
Readings ClauseReader::ReadMostThere(const Reading& start) {
  Readings found;
  if (!WordIn(start.at, {"were", "was", "are", "is"}) || !WordIs(start.at + 1, "there")) return found;
  Reading there = start;
  there.at += 2;
  for (Reading& event : ReadEvent(there)) {
    if (!event.meaning->degree.has_value()) continue;
    event.main_fact = event.meaning->event_fact;
    event.meaning->facts[event.main_fact].is_event = false;
    event.meaning->event_fact = kNobody;
    event.meaning->tense = Tense::kPast;
    found.push_back(std::move(event));
  }
  return found;
}

// "where in China did Kim go": the place asked for lies in that one.
Readings ClauseReader::ReadWhereWithin(const Reading& start) {
  Readings found;
  if (catalogue_.containment().empty()) return found;
  Reading inside = start;
  ++inside.at;
  for (const Reading& outer : ReadNoun(inside)) {
    if (!outer.meaning->participants[outer.noun].known()) continue;
    Readings clauses = ReadInverted(outer);
    AskFor("where", &clauses);
    Append(ReadWhereabouts(outer), &clauses);
    for (Reading& clause : clauses) {
      if (clause.meaning->targets.empty()) continue;
      const int place = SeekPlace(&clause);
      clause.meaning->facts[AddFact(&clause, catalogue_.containment(), place, outer.noun)].restricts = true;
      found.push_back(std::move(clause));
    }
  }
  return found;
}

// "where did they meet other than in Singapore"
void ClauseReader::ReadElsewhere(Readings* where) {
  for (size_t i = 0, before = where->size(); i < before; ++i) {
    if (AtEnd((*where)[i].at) || (*where)[i].meaning->targets.empty()) continue;
    Reading asked = (*where)[i];
    if (ExceptEnd(asked.at) == asked.at) continue;
    asked.noun = SeekPlace(&asked);
    Append(ReadExcept(asked), where);
  }
}

// The place that `where` asks for, as a participant of its own.
int ClauseReader::SeekPlace(Reading* where) const {
  Target& target = where->meaning->targets.back();
  if (target.kind != Target::Kind::kQualifier) return target.participant;
  const int fact = target.fact;
  target = Target();
  target.column = "where";
  target.participant = AddSought(where, "where");
  where->meaning->facts[fact].qualifiers.push_back({catalogue_.QualifiersWith("in"), target.participant});
  return target.participant;
}

// "of 2018" after "in which month".
std::optional<TimeLimit> ClauseReader::YearAfterOf(size_t at) const {
  int64_t number = 0;
  if (!WordIs(at, "of") || !IsWord(at + 1) || items_[at + 1].word.size() != 4 ||
      !absl::SimpleAtoi(items_[at + 1].word, &number)) {
    return std::nullopt;
  }
  const std::optional<TimeRange> range = YearRange(number);
  if (!range.has_value()) return std::nullopt;
  TimeLimit limit;
  limit.range = *range;
  limit.words = absl::StrCat("in ", number);
  return limit;
}

// "when was the explosion": the time of whatever is told of it.
Readings ClauseReader::ReadDates(const Reading& start) {
  Readings found;
  if (!WordIn(start.at, {"is", "was", "were", "will", "did", "does", "do"})) return found;
  Reading reading = start;
  ++reading.at;
  const bool be = WordIn(start.at, {"is", "was", "were"}) || WordIs(reading.at, "be");
  if (WordIs(reading.at, "be")) ++reading.at;
  for (Reading& named : ReadNoun(reading)) {
    const bool known = named.meaning->participants[named.noun].known();
    if (!known) continue;
    if (!be && WordIs(start.at, "will") && WordIs(named.at, "be")) {
      ++named.at;  // "when will the summit be"
    } else if (!be) {
      // "when did the war begin"
      const size_t end = HappenEnd(named.at);
      if (end == named.at) continue;
      named.at = end;
      named.cost += kMisfitCost;
    }
    const std::vector<uint32_t> times = TimeRelationsOf(named.meaning->participants[named.noun]);
    const int anything = AddSought(&named, "");
    named.cost += kMisfitCost;
    named.main_fact = AddFact(&named, times, named.noun, anything);
    Target target;
    target.column = "when";
    if (times.empty()) {
      target.kind = Target::Kind::kWhen;
      target.fact = named.main_fact;
    } else {
      target.participant = anything;
    }
    named.meaning->targets.push_back(target);
    Frame frame;
    frame.fact = named.main_fact;
    Append(ReadComplements(named, frame), &found);
  }
  if (!be) return found;
  Readings events = ReadEvent(reading);
  AskForEvents(Meaning::Kind::kEvents, &events);
  Append(std::move(events), &found);
  return found;
}

// "where is the spaceport": any relation of place that is said with "be".
Readings ClauseReader::ReadWhereabouts(const Reading& start) {
  Readings found;
  if (!WordIn(start.at, {"is", "are", "was", "were"})) return found;
  std::vector<uint32_t> relations;
  for (const uint32_t index : catalogue_.verbs().Find("be"))
    relations.push_back(catalogue_.verb_uses()[index].relation);
  catalogue_.verbs().ForPrefix("be ", [&](absl::string_view, uint32_t index) {
    relations.push_back(catalogue_.verb_uses()[index].relation);
    return true;
  });
  relations.erase(std::remove_if(relations.begin(), relations.end(),
                                 [&](uint32_t r) { return catalogue_.relations()[r].role != ObjectRole::kPlace; }),
                  relations.end());
  std::sort(relations.begin(), relations.end());
  relations.erase(std::unique(relations.begin(), relations.end()), relations.end());
  Reading reading = start;
  ++reading.at;
  if (WordIn(start.at, {"was", "were"})) reading.meaning->tense = Tense::kPast;
  for (const Reading& subject : relations.empty() ? Readings() : ReadNoun(reading)) {
    Reading whole = subject;
    Frame frame;
    frame.subject = subject.noun;
    frame.fact = whole.main_fact = AddFact(&whole, relations, subject.noun, kNobody);
    Append(ReadComplements(whole, frame), &found);
  }
  for (Reading& event : ReadEvent(reading)) {
    // "where was the second meeting [held]"
    if (WordIn(event.at, {"held"})) ++event.at;
    event.meaning->targets.clear();
    found.push_back(std::move(event));
  }
  AskFor("where", &found);
  return found;
}

// Makes the place, the time, the means or the reason of the main fact the target.
void ClauseReader::AskFor(absl::string_view word, Readings* readings) const {
  for (Reading& reading : *readings) {
    Meaning& meaning = *reading.meaning;
    if (reading.main_fact == kNobody) continue;
    Fact& fact = meaning.facts[reading.main_fact];
    const bool origin = word == "from where";
    // From where: an object is where it led. (ReadWhereFrom knows what one comes "from".)
    const ObjectRole role = word == "where"  ? ObjectRole::kPlace
                            : word == "when" ? ObjectRole::kTime
                            : word == "how"  ? ObjectRole::kMeans
                            : word == "why"  ? ObjectRole::kCause
                                             : ObjectRole::kNone;
    const Participant& object = meaning.participants[fact.object];
    const bool open = !object.known() && object.words.empty();
    const bool in_role = role != ObjectRole::kNone &&
                         std::any_of(fact.relations.begin(), fact.relations.end(), [&](const RelationUse& use) {
                           return !use.inverted && catalogue_.relations()[use.relation].role == role;
                         });
    Target target;
    target.column = std::string(word);
    if (open && in_role) {
      KeepRole(&fact, role);
      target.participant = fact.object;
      reading.cost -= kRoleGain;
    } else {
      target.fact = reading.main_fact;
      target.kind = word == "when"        ? Target::Kind::kWhen
                    : word == "according" ? Target::Kind::kSpeaker
                                          : Target::Kind::kQualifier;
      target.qualifier = origin            ? absl::StrCat(vocab::kPrefix, "origin")
                         : word == "where" ? std::string(vocab::kWhere)
                         : word == "how"   ? std::string(vocab::kMeans)
                                           : absl::StrCat(vocab::kPrefix, "reason");
      if (word == "according") target.column = "who";
    }
    meaning.targets.push_back(std::move(target));
  }
}

}  // namespace dossier::ask

// The forms of whole questions: who, which, where, when, how many, did ..., list, count, find, describe.
#include <algorithm>
#include <set>
#include <utility>

#include "query/ask/clause_reader.h"

namespace dossier::ask {
namespace {

constexpr int kFarSaidCost = 12;  // Rather a clause of the nearer noun, or what was said.
constexpr int kNoVerbCost = 30;

}  // namespace

Readings ClauseReader::ReadQuestion() {
  const Reading start = initial_;
  switch (context_.question.head) {
    case Question::Head::kFind: return ReadFind();
    case Question::Head::kList: {
      Readings found = ReadList(start, false);
      Append(ReadView(start), &found);
      return found;
    }
    case Question::Head::kCount: return ReadList(start, true);
    case Question::Head::kDescribe: {
      Readings found = ReadNoun(start);
      for (Reading& reading : found) {
        reading.meaning->kind = Meaning::Kind::kDescribe;
        Target target;
        target.participant = reading.noun;
        reading.meaning->targets.push_back(target);
      }
      return found;
    }
    case Question::Head::kAccordingToWhom: {
      Readings found = ReadInverted(start);
      AskFor("according", &found);
      return found;
    }
    case Question::Head::kNone: break;
  }
  Readings found = ReadAdverbQuestion(start);
  Append(ReadView(start), &found);
  Append(ReadSum(start), &found);
  if (WordIs(0, "how")) {
    Append(ReadHowMany(start), &found);
    Append(ReadMeasure(start), &found);
    return found;
  }
  Append(ReadWhQuestion(start), &found);
  Readings verdicts = ReadInverted(start);
  for (Reading& reading : verdicts) {
    reading.meaning->kind = Meaning::Kind::kAsk;
    reading.meaning->targets.clear();
    // "Didn't Kim meet Putin" asks whether he did.
    for (Fact& fact : reading.meaning->facts) fact.negated = false;
    // "Is Kim going to Leeds": whether he will.
    const auto going = [](const Item& item) { return item.word == "going"; };
    if (WordIn(0, {"is", "are"}) && std::any_of(items_.begin(), items_.end(), going)) {
      reading.meaning->tense = Tense::kFuture;
    }
  }
  Append(std::move(verdicts), &found);
  Append(ReadExistence(start), &found);
  Append(ReadWhetherKnown(start), &found);
  // "members of Kim's delegation", "Kim's trips in 2018": what somebody just names is to be listed.
  if (WordIn(0, {"who", "whom", "whose", "which", "what", "where", "when", "why", "did", "does", "do", "is", "are",
                 "was", "were", "will", "has", "have", "had"})) {
    return found;
  }
  Readings named = ReadList(start, false);
  for (Reading& reading : named) reading.cost += kNoVerbCost;
  Append(std::move(named), &found);
  return found;
}

// "is it true that Kim met Putin": whether he did; "is it confirmed that": whether it is told so surely; "is it known
// when Kim arrives": whether anything answers that.
Readings ClauseReader::ReadWhetherKnown(const Reading& start) {
  Readings found;
  const bool stated = WordIn(2, {"true", "correct", "right"});
  const bool known = WordIn(2, {"known", "clear", "stated", "told", "reported", "said", "certain"});
  if (!WordIn(0, {"is", "was"}) || !WordIs(1, "it")) return found;
  const size_t word = WordIn(2, {"ever", "already"}) ? 3 : 2;
  if (const std::optional<uint32_t> level = LevelAt(word); level.has_value() && WordIs(word + 1, "that")) {
    Reading clause = start;
    clause.at = word + 2;
    found = ReadClause(clause);
    for (Reading& reading : found) {
      reading.meaning->kind = Meaning::Kind::kAsk;
      if (reading.main_fact != kNobody) DemandLevel(*level, &reading.meaning->facts[reading.main_fact]);
    }
    return found;
  }
  if (!stated && !known) return found;
  Reading inner = start;
  inner.at = WordIn(3, {"that", "whether"}) ? 4 : 3;
  found = stated || inner.at == 4 ? ReadClause(inner) : ReadIndirectQuestion(inner);
  for (Reading& reading : found) reading.meaning->kind = Meaning::Kind::kAsk;
  return found;
}

// "who", "what", "which city", "what office": the thing asked for, as reading.noun and as a target.
Readings ClauseReader::ReadWhPhrase(const Reading& start) {
  Readings found;
  if (WordIs(start.at, "whose")) {
    // "whose father is Kim Jong-il": the owner is asked for.
    Reading owner = start;
    ++owner.at;
    owner.noun = AddSought(&owner, "who");
    Target target;
    target.participant = owner.noun;
    target.column = "who";
    owner.meaning->targets.push_back(target);
    ReadRelationNouns(owner, owner.noun, &found);
    ReadThingOf(owner, &found);
    return found;
  }
  Readings owned;
  const bool which = WordIn(start.at, {"which", "what"});
  if (!which && !WordIn(start.at, {"who", "whom"})) return found;
  Reading reading = start;
  ++reading.at;
  if (WordIn(reading.at, {"kind", "kinds", "sort", "sorts", "type", "types"}) && WordIs(reading.at + 1, "of")) {
    reading.at += 2;
  }
  if (which && WordIs(reading.at, "of")) ++reading.at;  // "which of the members"
  // "which country's agency reported": the owner is asked for.
  for (const NameMatch& match : which ? Match(catalogue_.class_names(), reading.at) : std::vector<NameMatch>()) {
    if (!match.possessive) continue;
    Reading owner = reading;
    owner.at = match.end;
    owner.noun = AddSought(&owner, match.key);
    owner.meaning->participants.back().kinds.push_back(catalogue_.class_names().Find(match.key));
    Target target;
    target.participant = owner.noun;
    target.column = match.key;
    owner.meaning->targets.push_back(target);
    ReadRelationNouns(owner, owner.noun, &owned);
  }
  // "which did Kim visit more often, China or Russia"
  const bool bare = WordIs(start.at, "which") && !start.meaning->alternatives.empty();
  if (which) {
    for (Reading& inner : ReadNoun(reading)) {
      if (inner.meaning->participants[inner.noun].known()) continue;
      found.push_back(std::move(inner));
    }
  }
  if (!WordIs(start.at, "which") || bare) {
    reading.noun = AddSought(&reading, items_[start.at].word);
    // "who in the delegation", "who of the members"
    if (WordIn(reading.at, {"in", "of", "among"})) Append(ReadBelonging(reading), &found);
    found.push_back(std::move(reading));
  }
  for (Reading& each : found) {
    Target target;
    target.participant = each.noun;
    target.column = each.meaning->participants[each.noun].words;
    each.meaning->targets.push_back(target);
  }
  if (bare) ReadWhichCame(start.at + 1, &found);
  for (size_t i = 0, before = found.size(); i < before; ++i) Append(ReadExcept(found[i]), &found);
  Append(std::move(owned), &found);
  return found;
}

// "which came first, the Singapore meeting or the Hanoi summit": by whatever tells their times. What is asked for was
// read last.
void ClauseReader::ReadWhichCame(size_t verb, Readings* found) {
  if (!WordIn(verb, {"came", "was", "were", "is", "happened", "comes"})) return;
  const bool first = WordIn(verb + 1, {"first", "earlier", "earliest"});
  if ((!first && !WordIn(verb + 1, {"last", "later", "latest"})) || !AtEnd(verb + 2)) return;
  Reading timed = found->back();
  timed.at = verb + 2;
  timed.main_fact = AddFact(&timed, {}, timed.noun, AddSought(&timed, ""));
  timed.meaning->ordinal = first ? 1 : -1;
  timed.gap = kNobody;
  found->push_back(std::move(timed));
}

Readings ClauseReader::ReadWhQuestion(const Reading& start) {
  Readings found;
  std::string preposition;
  Reading begin = start;
  if (IsPreposition(begin.at) && WordIn(begin.at + 1, {"who", "whom", "which", "what", "whose"})) {
    preposition = items_[begin.at].word;
    ++begin.at;
  }
  for (const Reading& asked : ReadWhPhrase(begin)) {
    if (preposition.empty()) {
      Append(ReadPredicate(asked, asked.noun), &found);
      if (WordIn(asked.at, {"are", "is", "were", "was"}) && WordIs(asked.at + 1, "there")) {
        Reading whole = asked;
        whole.at += 2;
        found.push_back(std::move(whole));
      }
    }
    if (AtEnd(asked.at) && asked.main_fact != kNobody) found.push_back(asked);  // "which came first"
    if (preposition.empty()) Append(ReadPossessed(asked), &found);
    Reading gap = asked;
    gap.gap = asked.noun;
    gap.gap_preposition = preposition;
    for (Reading& clause : ReadInverted(gap)) {
      if (clause.gap == kNobody) found.push_back(std::move(clause));
    }
    if (context_.question.head == Question::Head::kNone) continue;
    // "list what Kim gave to Putin"
    for (const Reading& subject : ReadSubject(gap)) {
      for (Reading& clause : ReadPredicate(subject, subject.noun)) {
        if (clause.gap == kNobody) found.push_back(std::move(clause));
      }
    }
  }
  // "who did Kim meet in 2018 apart from Xi"
  std::set<size_t> clauses;  // Where one begins: to be read behind one of the readings that come to it.
  for (size_t i = 0, before = found.size(); i < before; ++i) {
    if (AtEnd(found[i].at) || found[i].meaning->targets.empty()) continue;
    Reading asked = found[i];
    asked.noun = asked.meaning->targets.front().participant;
    if (asked.noun == kNobody) continue;
    Append(ReadExcept(asked), &found);
    if (WordIn(asked.at, {"that", "which", "who", "whom"}) && asked.gap == kNobody && clauses.insert(asked.at).second) {
      // "which cities did Kim visit that Putin visited too"
      asked.cost += kFarSaidCost;
      Append(ReadRelativeClause(asked), &found);
    }
  }
  Append(ReadWhatKind(start), &found);
  if (preposition.empty()) Append(ReadByWhoseMeans(begin), &found);
  if (WordIn(start.at, {"which", "what"})) {
    Reading events = start;
    ++events.at;
    if (WordIs(events.at, "of")) ++events.at;
    if (WordIn(events.at, {"was", "were"})) events.meaning->tense = Tense::kPast;
    if (WordIn(events.at, {"is", "are", "was", "were"})) ++events.at;
    Readings listed = ReadEvent(events);
    AskForEvents(Meaning::Kind::kEvents, &listed);
    Append(std::move(listed), &found);
  }
  // "who is Dmitry Peskov": all that was left to say is a name.
  for (Reading& reading : found) {
    if (reading.meaning->kind == Meaning::Kind::kSelect && reading.meaning->facts.empty() &&
        !reading.meaning->targets.empty() &&
        reading.meaning->participants[reading.meaning->targets[0].participant].known()) {
      reading.meaning->kind = Meaning::Kind::kDescribe;
      reading.meaning->identity = true;
    }
  }
  return found;
}

// "whose ship did she sail": of the owner of one, who is `owner.noun`.
void ClauseReader::ReadThingOf(const Reading& owner, Readings* found) {
  std::vector<uint32_t> relations;
  for (const uint32_t index : catalogue_.nouns().Find("owner")) {
    const NounUse& use = catalogue_.noun_uses()[index];
    if (use.side == NounSide::kSubject) relations.push_back(use.relation);
  }
  if (relations.empty()) return;
  for (const NameMatch& match : Match(catalogue_.class_names(), owner.at)) {
    if (match.possessive) continue;
    Reading thing = owner;
    thing.at = match.end;
    thing.noun = AddSought(&thing, match.key);
    thing.meaning->participants.back().kinds.push_back(catalogue_.class_names().Find(match.key));
    const int fact = AddFact(&thing, relations, owner.noun, thing.noun);
    thing.meaning->facts[fact].restricts = true;
    found->push_back(std::move(thing));
  }
}

// "whose train passed the station": who passed it by train.
Readings ClauseReader::ReadByWhoseMeans(const Reading& start) {
  Readings found;
  const std::vector<uint32_t> means = QualifiersNamed("means");
  if (!WordIs(start.at, "whose") || means.empty()) return found;
  for (const NameMatch& match : Match(catalogue_.class_names(), start.at + 1)) {
    if (match.possessive || NamesPlacesOrActors(match.key)) continue;
    Reading owner = start;
    owner.at = match.end;
    owner.noun = AddSought(&owner, "who");
    Target target;
    target.participant = owner.noun;
    target.column = "who";
    owner.meaning->targets.push_back(target);
    for (Reading& clause : ReadPredicate(owner, owner.noun)) {
      if (clause.main_fact == kNobody || !AllRelations(clause.meaning->facts[clause.main_fact], ObjectRole::kPlace)) {
        continue;
      }
      --clause.cost;
      const int vehicle = AddSought(&clause, match.key);
      clause.meaning->participants.back().kinds.push_back(catalogue_.class_names().Find(match.key));
      clause.meaning->facts[clause.main_fact].qualifiers.push_back({means, vehicle});
      found.push_back(std::move(clause));
    }
  }
  return found;
}

// "what kind of place is Panmunjom": what is said that it is.
Readings ClauseReader::ReadWhatKind(const Reading& start) {
  Readings found;
  if (!WordIn(start.at, {"which", "what"}) || !WordIn(start.at + 1, {"kind", "sort", "type"}) ||
      !WordIs(start.at + 2, "of")) {
    return found;
  }
  for (const NameMatch& match : Match(catalogue_.class_names(), SkipDeterminers(start.at + 3))) {
    if (match.possessive || !WordIn(match.end, {"is", "are", "was", "were"})) continue;
    Reading reading = start;
    reading.at = match.end + 1;
    for (Reading& named : ReadNoun(reading)) {
      if (!named.meaning->participants[named.noun].known()) continue;
      named.meaning->kind = Meaning::Kind::kDescribe;
      named.meaning->identity = true;
      Target target;
      target.participant = named.noun;
      target.column = "kind";
      named.meaning->targets.push_back(target);
      found.push_back(std::move(named));
    }
  }
  return found;
}

// "how many times did Kim meet Putin", "how often ...": `start` has come to the auxiliary.
Readings ClauseReader::ReadTimes(const Reading& start) {
  Readings found;
  Readings told;
  for (Reading& clause : ReadInverted(start)) {
    Fact counts = clause.main_fact == kNobody ? Fact() : clause.meaning->facts[clause.main_fact];
    std::erase_if(counts.relations, [&](const RelationUse& use) {
      return use.inverted || catalogue_.relations()[use.relation].measure != "count";
    });
    if (counts.relations.empty()) {
      found.push_back(std::move(clause));
    } else {
      clause.meaning->facts[clause.main_fact] = std::move(counts);
      told.push_back(std::move(clause));
    }
  }
  AskForEvents(Meaning::Kind::kCountEvents, &found);
  for (Reading& clause : told) {
    // "how many times was the article read": a number that is told.
    Target target;
    target.participant = clause.meaning->facts[clause.main_fact].object;
    target.column = "value";
    if (clause.meaning->participants[target.participant].known()) continue;
    clause.meaning->targets.push_back(target);
    found.push_back(std::move(clause));
  }
  return found;
}

// "how many times ...", "how often ...", "how many trips ...", "how many countries ...".
Readings ClauseReader::ReadHowMany(const Reading& start) {
  Readings found;
  Reading reading = start;
  const bool often = WordIs(1, "often");
  if (!often && !(WordIn(1, {"many", "much"}))) return found;
  reading.at = WordIs(2, "of") ? 3 : 2;  // "how many of Kim's trips"
  if (often || WordIs(2, "times")) {
    if (!often) ++reading.at;
    return ReadTimes(reading);
  }
  Readings events = ReadEvent(reading);
  // "how many days of meetings" asks how long, not on how many dates.
  std::erase_if(events, [](const Reading& event) { return event.aspect == "when"; });
  for (size_t i = 0, before = events.size(); i < before; ++i) {
    // "how many eruptions were there [in 2021]", "have there been"
    const bool have = WordIn(events[i].at, {"have", "has", "had"}) && WordIs(events[i].at + 2, "been");
    if (!(have || WordIn(events[i].at, {"are", "were", "is", "was"})) || !WordIs(events[i].at + 1, "there")) continue;
    Reading there = events[i];
    there.at += have ? 3 : 2;
    Frame frame;
    frame.fact = there.main_fact;
    Append(ReadComplements(there, frame), &events);
  }
  AskForEvents(Meaning::Kind::kCountEvents, &events);
  Append(std::move(events), &found);
  for (Reading& counted : ReadNoun(reading)) {
    if (counted.meaning->participants[counted.noun].known()) continue;
    Target target;
    target.participant = counted.noun;
    target.column = counted.meaning->participants[counted.noun].words;
    counted.meaning->targets.push_back(target);
    counted.meaning->kind = Meaning::Kind::kCountAnswers;
    Append(ReadPredicate(counted, counted.noun), &found);
    Append(ReadPossessed(counted), &found);
    Reading gap = counted;
    gap.gap = counted.noun;
    for (Reading& clause : ReadInverted(gap)) {
      if (clause.gap == kNobody) found.push_back(std::move(clause));
    }
    // "how many members of the delegation are there", "number of members of the delegation"
    if (AtEnd(counted.at)) {
      found.push_back(std::move(counted));
    } else if (WordIn(counted.at, {"are", "were", "is"}) &&
               (WordIs(counted.at + 1, "there") || AtEnd(counted.at + 1))) {
      counted.at += AtEnd(counted.at + 1) ? 1 : 2;
      found.push_back(std::move(counted));
    }
  }
  // A quantity is told, not counted: one number is not one comment.
  std::erase_if(found, [&](const Reading& reading) {
    return reading.meaning->kind == Meaning::Kind::kCountAnswers &&
           std::any_of(reading.meaning->facts.begin(), reading.meaning->facts.end(), [&](const Fact& fact) {
             return fact.object == reading.meaning->targets.front().participant && IsMeasured(fact);
           });
  });
  return found;
}

Readings ClauseReader::ReadList(const Reading& start, bool count) {
  Readings found;
  if (WordIn(start.at, {"who", "which", "what", "all"}) && !WordIs(start.at, "all")) {
    found = ReadWhQuestion(start);
    for (Reading& reading : found) {
      if (count && reading.meaning->kind == Meaning::Kind::kSelect)
        reading.meaning->kind = Meaning::Kind::kCountAnswers;
    }
    return found;
  }
  if (const size_t noun = SkipDeterminers(start.at); !AspectAt(noun).empty()) {
    // "list the places where Kim met Xi", "the dates on which Kim met Trump"
    for (Reading& asked : ReadIndirectQuestion(start)) {
      asked.meaning->is_question = false;
      asked.cost -= kNoVerbCost;
      if (count && asked.meaning->kind == Meaning::Kind::kSelect) asked.meaning->kind = Meaning::Kind::kCountAnswers;
      found.push_back(std::move(asked));
    }
  }
  for (Reading& listed : ReadNoun(start)) {
    Target target;
    target.participant = listed.noun;
    target.column = listed.meaning->participants[listed.noun].words;
    listed.meaning->targets.push_back(target);
    listed.meaning->at_any_time = true;
    if (listed.meaning->participants[listed.noun].known()) {
      if (count) continue;
      ++listed.cost;  // "list the planes": rather all of the class than the one thing of that name.
      listed.meaning->kind = Meaning::Kind::kDescribe;
    } else if (count) {
      listed.meaning->kind = Meaning::Kind::kCountAnswers;
    }
    found.push_back(std::move(listed));
  }
  Readings events = ReadEvent(start);
  AskForEvents(count ? Meaning::Kind::kCountEvents : Meaning::Kind::kEvents, &events);
  Append(std::move(events), &found);
  return found;
}

Readings ClauseReader::ReadClause(const Reading& start) {
  Readings found;
  Reading reading = start;
  reading.gap = kNobody;
  for (const Reading& subject : ReadSubject(reading)) Append(ReadPredicate(subject, subject.noun), &found);
  return found;
}

Readings ClauseReader::ReadFind() {
  Reading start = initial_;
  for (const Element& variable : context_.question.variables) {
    Target target;
    target.participant = AddSought(&start, variable.text);
    target.column = variable.text;
    start.meaning->participants.back().variable = variable.text;
    start.meaning->targets.push_back(target);
  }
  return ReadClause(start);
}

}  // namespace dossier::ask

// Verbs with their auxiliaries: "accompanied", "did ... meet", "has been invited", "is located", "will receive".
#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "query/ask/clause_reader.h"
#include "query/ask/reading_costs.h"

namespace dossier::ask {
namespace {

constexpr int kUsedToGain = 10;  // Rather than that a thing was used.

bool IsFormOfBe(absl::string_view verb) {
  return verb == "is" || verb == "are" || verb == "was" || verb == "were" || verb == "be" || verb == "been" ||
         verb == "being";
}

}  // namespace

// A whole predicate after its subject.
Readings ClauseReader::ReadPredicate(const Reading& start, int subject) {
  Readings found;
  if (!Spend()) return found;
  Reading reading = start;
  SkipAdverbs(&reading);
  furthest_ = std::max(furthest_, reading.at);
  Reading next = reading;
  ++next.at;
  if (WordIn(reading.at, {"will", "would", "shall", "could", "can", "may", "might", "must", "should"})) {
    if (WordIn(reading.at, {"will", "shall"})) next.meaning->tense = Tense::kFuture;
    Append(ReadAfterModal(next, subject), &found);
  }
  if (WordIn(reading.at, {"has", "have", "had"})) Append(ReadAfterHave(next, subject), &found);
  if (WordIn(reading.at, {"do", "does", "did"})) {
    if (WordIs(reading.at, "did")) next.meaning->tense = Tense::kPast;
    const bool negated = WordIs(next.at, "not");
    // "not want to say", "not normally travel" may be verbs of the data.
    if (negated) Append(ReadVerb(next, subject, kFormBase, false), &found);
    if (negated) ++next.at;
    for (Reading& inner : ReadVerb(next, subject, kFormBase, false)) {
      if (negated) inner.meaning->facts[inner.main_fact].negated = true;
      if (negated || subject != kNobody) found.push_back(std::move(inner));
    }
  }
  if (WordIn(reading.at, {"is", "are", "was", "were"})) {
    if (WordIn(reading.at, {"was", "were"})) next.meaning->tense = Tense::kPast;
    Append(ReadBePredicate(next, subject), &found);
  }
  Append(ReadVerb(reading, subject, kFormThird | kFormPast | kFormBase, false), &found);
  if (WordIs(reading.at, "used") && WordIs(next.at, "to")) {
    // "used to travel by train"
    Reading once = next;
    ++once.at;
    once.meaning->tense = Tense::kPast;
    once.cost -= kUsedToGain;
    Append(ReadVerb(once, subject, kFormBase, false), &found);
    if (WordIs(once.at, "be")) {
      ++once.at;
      Append(ReadBePredicate(once, subject), &found);
    }
  }
  if (WordIs(reading.at, "never")) {
    for (Reading& inner : ReadPredicate(next, subject)) {
      if (inner.main_fact == kNobody) continue;
      inner.meaning->facts[inner.main_fact].negated = true;
      found.push_back(std::move(inner));
    }
  }
  Append(ReadHowCertain(reading, [&](const Reading& rest) { return ReadPredicate(rest, subject); }), &found);
  return found;
}

// After "will" and the like: a base form, or "be" and what goes with it.
Readings ClauseReader::ReadAfterModal(const Reading& start, int subject) {
  Readings found;
  Reading reading = start;
  const bool negated = WordIs(reading.at, "not");
  if (negated) ++reading.at;
  found = ReadVerb(reading, subject, kFormBase, false);
  Append(ReadHowCertain(reading, [&](const Reading& rest) { return ReadAfterModal(rest, subject); }), &found);
  if (WordIs(reading.at, "be")) {
    ++reading.at;
    Append(ReadBePredicate(reading, subject), &found);
  }
  if (WordIs(reading.at, "have")) {
    ++reading.at;
    Append(ReadAfterHave(reading, subject), &found);
  }
  for (Reading& inner : found) {
    if (negated && inner.main_fact != kNobody) inner.meaning->facts[inner.main_fact].negated = true;
  }
  return found;
}

Readings ClauseReader::ReadAfterHave(const Reading& start, int subject) {
  Reading reading = start;
  reading.meaning->tense = Tense::kPast;
  const bool negated = WordIn(reading.at, {"not", "never"});
  if (negated) ++reading.at;
  SkipAdverbs(&reading);
  Readings found = ReadVerb(reading, subject, kFormParticiple, false);
  if (WordIs(reading.at, "been")) {
    ++reading.at;
    Append(ReadBePredicate(reading, subject), &found);
  }
  for (Reading& inner : found) {
    if (negated && inner.main_fact != kNobody) inner.meaning->facts[inner.main_fact].negated = true;
  }
  return found;
}

// After a form of "be": a passive, a progressive, "going to", a phrase with "be" of the data, or a noun.
Readings ClauseReader::ReadBePredicate(const Reading& start, int subject) {
  Readings found;
  if (!Spend()) return found;
  Reading reading = start;
  const bool negated = WordIn(reading.at, {"not", "never"});
  if (negated) ++reading.at;
  const Reading with_adverb = reading;
  SkipAdverbs(&reading);
  if (reading.at != with_adverb.at) Append(ReadBeNoun(with_adverb, subject), &found);  // "is formally confirmed"
  Append(ReadSpokenPassive(reading, subject), &found);
  if (subject != kNobody && !negated) Append(ReadCalled(reading, subject), &found);
  Append(ReadVerb(reading, subject, kFormParticiple, true), &found);
  Append(ReadVerb(reading, subject, kFormGerund, false), &found);
  Append(ReadBeVerb(reading, subject), &found);
  Append(ReadLevel(reading, subject, negated), &found);
  Append(ReadBeTime(reading, subject), &found);
  if (reading.at < items_.size() && items_[reading.at].kind == Element::Kind::kCertainty) {
    // "that are at least likely"
    Reading certain = reading;
    Frame none;
    if (ReadQualifierItem(&certain, &none)) found.push_back(std::move(certain));
  }
  Append(ReadAdjective(reading, subject), &found);
  Append(ReadHowCertain(reading,
                        [&](const Reading& rest) {
                          // "is likely in", "is believed to be in"; "is expected to" is only another "will".
                          if (!WordIs(rest.at, "to")) return ReadBePredicate(rest, subject);
                          if (WordIn(rest.at - 1, {"expected", "scheduled", "planned"})) return Readings();
                          Reading to = rest;
                          ++to.at;
                          return ReadAfterModal(to, subject);
                        }),
         &found);
  if (WordIn(reading.at, {"to", "going", "about", "expected", "due", "supposed", "set", "scheduled"})) {
    Reading to = reading;
    while (!AtEnd(to.at) && !WordIs(to.at, "to") && to.at < reading.at + 1) ++to.at;
    if (WordIs(to.at, "to")) {
      ++to.at;
      to.meaning->tense = Tense::kFuture;
      Append(ReadAfterModal(to, subject), &found);
    }
  }
  Append(ReadBeNoun(reading, subject), &found);
  for (Reading& inner : found) {
    if (negated && inner.main_fact != kNobody) inner.meaning->facts[inner.main_fact].negated = true;
  }
  return found;
}

// A noun after "be": "is the spokesman of the Kremlin", "is in Kim's entourage".
Readings ClauseReader::ReadBeNoun(const Reading& reading, int subject) {
  Readings found = ReadNounOfGap(reading, subject);
  Reading noun = reading;
  if (WordIn(noun.at, {"in", "part", "among", "one"})) noun.at += WordIn(noun.at, {"part", "one"}) ? 2 : 1;
  for (Reading& inner : ReadNoun(noun)) {
    const bool in_group = noun.at != reading.at;
    if (in_group && !inner.by_noun) continue;
    if (subject == kNobody) continue;
    // "what colour is the train": the train is whose colour is asked for.
    int owner = kNobody;
    for (const Fact& fact : inner.meaning->facts) {
      const Participant& whose = inner.meaning->participants[fact.subject == kNobody ? subject : fact.subject];
      if (fact.restricts && fact.object == subject && !whose.known() && whose.words.empty()) owner = fact.subject;
    }
    if (owner != kNobody && inner.meaning->participants[inner.noun].known()) {
      if (!Unify(&inner, owner, inner.noun)) continue;
      for (Fact& fact : inner.meaning->facts) fact.restricts &= fact.object != subject;
      found.push_back(std::move(inner));
      continue;
    }
    if (!in_group && !inner.by_noun && inner.meaning->participants[inner.noun].known()) {
      Append(ReadAttribute(inner, subject), &found);
    }
    if (!Unify(&inner, subject, inner.noun)) continue;
    // The noun's fact is what the sentence says.
    for (size_t fact = reading.meaning->facts.size(); fact < inner.meaning->facts.size(); ++fact) {
      Fact& said = inner.meaning->facts[fact];
      if (said.subject != subject && said.object != subject && said.subject != inner.noun &&
          said.object != inner.noun) {
        continue;
      }
      said.restricts = false;
      inner.main_fact = static_cast<int>(fact);
    }
    if (inner.main_fact == kNobody || inner.main_fact == reading.main_fact) {
      if (WordIs(inner.at, "and") && IsPreposition(inner.at + 1)) {
        // "is a port and in the Far East"
        Reading more = inner;
        ++more.at;
        Append(ReadBePredicate(more, subject), &found);
      }
      found.push_back(std::move(inner));
      continue;
    }
    Frame frame;
    frame.fact = inner.main_fact;
    frame.subject = subject;
    frame.forms = kFormThird | kFormPast | kFormBase;
    frame.be = true;
    for (Reading& ending : ReadComplements(inner, frame)) {
      // What follows belongs rather to a verb inside the noun phrase.
      if (ending.at != inner.at) ending.cost += kFarCost;
      found.push_back(std::move(ending));
    }
  }
  if (noun.at == reading.at) Append(ReadBeEvent(reading, subject), &found);
  return found;
}

// "[was Hanoi] Kim's second trip": the place, or whoever it was with, that the event noun leaves open.
Readings ClauseReader::ReadBeEvent(const Reading& reading, int subject) {
  Readings found;
  if (subject == kNobody || !reading.meaning->participants[subject].known()) return found;
  for (Reading& event : ReadEvent(reading)) {
    const int fact = event.meaning->event_fact;
    const int object = event.meaning->facts[fact].object;
    if (event.aspect == "when") continue;
    if (event.aspect == "where" && !AllRelations(event.meaning->facts[fact], ObjectRole::kPlace)) {
      // "[was Hanoi] the meeting place of Kim and Trump"
      event.meaning->facts[fact].qualifiers.push_back({catalogue_.QualifiersWith("in"), subject});
    } else if (!event.meaning->participants[object].words.empty() || !Unify(&event, object, subject)) {
      continue;
    }
    event.aspect.clear();
    event.meaning->event_fact = reading.meaning->event_fact;
    event.meaning->facts[fact].is_event = false;
    found.push_back(std::move(event));
  }
  return found;
}

// "in which city is Kim", "which city is Kim in": whether `preposition` stands before the thing asked for, or anywhere
// in the rest of the clause.
bool ClauseReader::IsSaidLater(const Reading& reading, absl::string_view preposition) const {
  if (reading.gap != kNobody && preposition == reading.gap_preposition) return true;
  if (reading.gap != kNobody && reading.gap_preposition == kWherever && (preposition == "in" || preposition == "at")) {
    return true;
  }
  for (size_t at = reading.at; at < items_.size(); ++at) {
    if (PrepositionEnd(at, preposition) != at) return true;
  }
  return false;
}

// "is the train green": the name is what some noun calls it ("the colour of the train").
Readings ClauseReader::ReadAttribute(const Reading& start, int subject) {
  const Participant& thing = start.meaning->participants[subject];
  // "what is unknown about the visit"
  const bool what = thing.words == "what" && AboutEnd(start.at) != start.at;
  if (!thing.known() && thing.kinds.empty() && !what) return {};
  std::vector<uint32_t> relations;
  for (const NounUse& use : catalogue_.noun_uses()) {
    const RelationInfo& relation = catalogue_.relations()[use.relation];
    if (use.side == NounSide::kObject && relation.measure.empty() && relation.role == ObjectRole::kNone) {
      relations.push_back(use.relation);
    }
  }
  std::sort(relations.begin(), relations.end());
  relations.erase(std::unique(relations.begin(), relations.end()), relations.end());
  if (relations.empty()) return {};
  Reading reading = start;
  reading.main_fact = AddFact(&reading, relations, subject, start.noun);
  Frame frame;
  frame.fact = reading.main_fact;
  frame.subject = subject;
  return ReadComplements(reading, frame);
}

// "be afraid of", "be in": looked up in the base form whichever form was written, or left out.
Readings ClauseReader::ReadBeVerb(const Reading& start, int subject) {
  Readings found;
  std::vector<NameMatch> matches = Match(catalogue_.verbs(), start.at, "be");
  if (catalogue_.verbs().Contains("be")) matches.push_back({start.at, "be", false});
  for (const NameMatch& match : matches) {
    std::map<absl::string_view, std::vector<uint32_t>> by_preposition;
    for (const uint32_t index : catalogue_.verbs().Find(match.key)) {
      const VerbUse& use = catalogue_.verb_uses()[index];
      if ((use.forms & kFormBase) == 0) continue;
      // "be" alone says nothing without its preposition, which may come later only where something is asked for.
      if (match.key == "be" && PrepositionEnd(start.at, use.preposition) == start.at &&
          (start.gap == kNobody || !IsSaidLater(start, use.preposition))) {
        continue;
      }
      by_preposition[use.preposition].push_back(use.relation);
    }
    for (const auto& [preposition, relations] : by_preposition) {
      Reading verb = start;
      verb.at = match.end;
      verb.cost += kVerbCost;
      Frame frame;
      frame.fact = verb.main_fact = AddFact(&verb, relations, subject, kNobody);
      frame.prepositions.emplace_back(preposition);
      frame.forms = kFormThird | kFormPast | kFormBase;
      frame.subject = subject;
      frame.be = true;
      Append(ReadComplements(verb, frame), &found);
    }
  }
  return found;
}

// Whether a relation goes by the name of the verb: "report" rather than "say", of which "report" is another verb.
bool ClauseReader::IsVerbOfLabel(const VerbUse& use) const {
  const std::vector<uint32_t> labels = catalogue_.verbs().Find(PhraseKey(catalogue_.relations()[use.relation].label));
  return std::any_of(labels.begin(), labels.end(), [&](uint32_t index) {
    const VerbUse& label = catalogue_.verb_uses()[index];
    return label.relation == use.relation && label.verb == use.verb;
  });
}

// A verb in one of `forms`, and all that follows it.
Readings ClauseReader::ReadVerb(const Reading& start, int subject, uint8_t forms, bool passive) {
  Readings found;
  if (!Spend() || IsTooDear(start, Junction::kVerb)) return found;
  Reading reading = start;
  SkipAdverbs(&reading);
  furthest_ = std::max(furthest_, reading.at);
  if (!passive) {
    Append(ReadLightPredicate(reading, subject), &found);
    Append(ReadHave(reading, subject), &found);
    Append(ReadReporting(reading, subject), &found);
    Append(ReadExpecting(reading, subject), &found);
    Append(ReadAppearing(reading, subject), &found);
  }
  std::optional<bool> written;
  const auto is_written = [&] {
    if (!written.has_value())
      written = !passive && subject != kNobody && IsWritten(reading.meaning->participants[subject]);
    return *written;
  };
  std::vector<NameMatch> matches = Match(catalogue_.verbs(), reading.at);
  const size_t plain = matches.size();
  if ((forms & kFormBase) != 0 && WordIn(0, {"do", "does", "did"})) {
    // "does Kim normally travel abroad", where the data has "not normally travel abroad".
    for (NameMatch& match : Match(catalogue_.verbs(), reading.at, "not")) matches.push_back(std::move(match));
  }
  for (size_t i = 0; i < matches.size(); ++i) {
    const NameMatch& match = matches[i];
    if (match.possessive) continue;
    std::map<std::string, std::vector<uint32_t>> by_preposition;
    std::vector<uint32_t> literally;
    uint8_t matched = 0;
    for (const uint32_t index : catalogue_.verbs().Find(match.key)) {
      const VerbUse& use = catalogue_.verb_uses()[index];
      if ((use.forms & forms) == 0) continue;
      // What an article tells is told by its claims, not as statements of somebody, nor by what only people do.
      const RelationInfo& relation = catalogue_.relations()[use.relation];
      if (relation.role == ObjectRole::kStatement && is_written()) continue;
      if (!relation.domain.empty() && is_written() &&
          !MayBeOf(reading.meaning->participants[subject], relation.domain)) {
        continue;
      }
      if (relation.role == ObjectRole::kStatement && IsVerbOfLabel(use)) literally.push_back(use.relation);
      matched |= use.forms & forms;
      by_preposition[use.preposition].push_back(use.relation);
    }
    for (const auto& [preposition, relations] : by_preposition) {
      Reading verb = reading;
      verb.at = match.end;
      // "be" says nothing without its preposition.
      if (IsFormOfBe(match.key) && !preposition.empty() && !IsSaidLater(verb, preposition)) continue;
      verb.cost += kVerbCost;
      if (matched == kFormPast) verb.meaning->tense = Tense::kPast;
      // "is believed to be" says how certain it is.
      if (passive && !LevelAt(reading.at).has_value()) ReadBidden(verb, subject, relations, &found);
      Frame frame;
      frame.passive = passive;
      frame.subject = subject;
      frame.forms = passive ? uint8_t{kFormParticiple} : forms;
      frame.prepositions.push_back(preposition);
      frame.fact = verb.main_fact = AddFact(&verb, relations, passive ? kNobody : subject, passive ? subject : kNobody);
      verb.meaning->facts[frame.fact].literally = literally;
      Readings rest = ReadComplements(verb, frame);
      for (Reading& whole : rest) {
        if (i >= plain) whole.meaning->facts[frame.fact].opposite = true;
      }
      Append(std::move(rest), &found);
    }
  }
  return found;
}

// Auxiliary, subject, rest: "did Kim meet ...", "was Kim accompanied ...", "will Putin receive ...".
Readings ClauseReader::ReadInverted(const Reading& start) {
  Readings found;
  if (!Spend()) return found;
  Reading reading = start;
  furthest_ = std::max(furthest_, reading.at);
  const size_t auxiliary = reading.at;
  ++reading.at;
  bool negated = WordIs(reading.at, "not");
  if (negated) ++reading.at;
  const bool do_support = WordIn(auxiliary, {"do", "does", "did"});
  const bool modal = WordIn(auxiliary, {"will", "would", "shall", "could", "can", "may", "might", "must", "should"});
  const bool have = WordIn(auxiliary, {"has", "have", "had"});
  // "in which country lies the city"
  const bool be = WordIn(auxiliary, {"is", "are", "was", "were"}) ||
                  (start.gap != kNobody && WordIn(auxiliary, {"lies", "lie", "lay"}));
  if (!do_support && !modal && !have && !be) return found;
  if (WordIn(auxiliary, {"did", "was", "were", "had"})) reading.meaning->tense = Tense::kPast;
  // "would he give it away" asks whether it is to be expected; "what would he give" for all that he might.
  const bool asks_whether = start.gap == kNobody && auxiliary == 0;
  if (WordIn(auxiliary, {"will", "shall"}) || (asks_whether && WordIs(auxiliary, "would"))) {
    reading.meaning->tense = Tense::kFuture;
  }
  for (Reading& event : ReadInvertedEvent(reading, items_[auxiliary].word)) {
    if (negated && event.main_fact != kNobody) event.meaning->facts[event.main_fact].negated = true;
    found.push_back(std::move(event));
  }
  Readings subjects = ReadSubject(reading);
  AddTimed(&subjects);
  for (Reading& subject : subjects) {
    Readings inner;
    // "which presidents did Kim not meet"
    const bool late_not = !negated && WordIn(subject.at, {"not", "never"}) && !be && !modal && !have;
    // "not want to say" may be a verb of the data.
    if (late_not) Append(ReadVerb(subject, subject.noun, kFormBase, false), &found);
    if (late_not) ++subject.at;
    if (do_support) {
      const auto read_verb = [&](const Reading& rest) { return ReadVerb(rest, rest.noun, kFormBase, false); };
      inner = read_verb(subject);
      Append(ReadHowCertain(subject, read_verb), &inner);
      Append(ReadStayedLonger(subject, subject.noun), &inner);
      if (WordIs(subject.at, "use") && WordIs(subject.at + 1, "to")) {
        // "did he use to fly"; "what did he use to get there": by what.
        Reading used = subject;
        used.at += 2;
        Append(read_verb(used), &inner);
        if (used.gap != kNobody && used.gap_preposition.empty()) {
          used.gap_preposition = "by";
          --used.cost;
          Append(read_verb(used), &inner);
        }
      }
    }
    if (modal) inner = ReadAfterModal(subject, subject.noun);
    if (have) inner = ReadAfterHave(subject, subject.noun);
    if (be) inner = ReadBePredicate(subject, subject.noun);
    for (Reading& clause : inner) {
      if ((negated || late_not) && clause.main_fact != kNobody) clause.meaning->facts[clause.main_fact].negated = true;
      found.push_back(std::move(clause));
    }
  }
  return found;
}

}  // namespace dossier::ask

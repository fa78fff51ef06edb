// Noun phrases: names, pronouns, "which city", "the father of Kim", "the leader who met Putin".
#include <algorithm>
#include <utility>

#include "query/ask/clause_reader.h"
#include "query/ask/reading_costs.h"
#include "query/ask/time_phrase.h"

namespace dossier::ask {
namespace {

constexpr int kBareClauseCost = 2;  // "the cities Kim visited": "that" is left out.
constexpr int kTimedSubjectCost = 2;

}  // namespace

Readings ClauseReader::ReadNoun(const Reading& start) {
  Readings found;
  if (!Spend() || IsTooDear(start, Junction::kNoun)) return found;
  Reading reading = start;
  reading.at = SkipDeterminers(reading.at);
  reading.by_noun = false;
  reading.owned = false;
  furthest_ = std::max(furthest_, reading.at);
  if (AtEnd(reading.at)) return found;
  const Item& item = items_[reading.at];
  if (item.kind == Element::Kind::kVariable) {
    auto& participants = reading.meaning->participants;
    const auto same = std::find_if(participants.begin(), participants.end(),
                                   [&](const Participant& p) { return p.variable == item.word; });
    reading.noun = static_cast<int>(same - participants.begin());
    if (same == participants.end()) {
      reading.noun = AddSought(&reading, item.word);
      reading.meaning->participants.back().variable = item.word;
    }
    ++reading.at;
    found.push_back(std::move(reading));
    return found;
  }
  if (item.kind == Element::Kind::kQuoted) {
    std::vector<TermId> entities = catalogue_.FindEntities(PhraseKey(item.word));
    if (entities.empty()) {
      reading.noun = AddSought(&reading, item.word);
      reading.meaning->participants.back().literal = Term::String(item.element->text);
    } else {
      reading.noun = AddKnown(&reading, std::move(entities), reading.at, reading.at + 1);
      reading.meaning->participants.back().words = item.element->text;
    }
    reading.cost += kPhraseCost;
    ++reading.at;
    found.push_back(std::move(reading));
    return found;
  }
  if (item.kind == Element::Kind::kIri) {
    ReadIri(reading, &found);
    return found;
  }
  if (item.kind != Element::Kind::kWord) return found;
  bool named = false;
  for (size_t at = start.at; at < reading.at; ++at) named |= WordIs(at, "named");
  ReadLevelNoun(reading, &found);
  ReadMeasuredNoun(reading, start.at, &found);
  ReadNames(reading, &found);
  ReadPronouns(reading, &found);
  ReadKinds(reading, &found);
  ReadRelationNouns(reading, kNobody, &found);
  ReadDistributed(reading, &found);
  ReadNumbers(reading, &found);
  ReadDescribedNoun(reading, &found);
  for (Reading& noun : found) {
    if (named) noun.meaning->participants[noun.noun].named = true;
  }
  return found;
}

// "the largest distance", "the most people". `degree_at` stands before the determiner, which belongs to the degree.
void ClauseReader::ReadMeasuredNoun(const Reading& reading, size_t degree_at, Readings* found) {
  if (const std::optional<OrdinalMatch> ordinal = MatchOrdinal(reading.at);
      ordinal.has_value() && reading.meaning->ordinal == 0) {
    // "the first city that Kim visited"
    Reading counted = reading;
    counted.meaning->ordinal = ordinal->ordinal;
    counted.meaning->of_answers = true;
    counted.at = ordinal->end;
    ReadKinds(counted, found);
    ReadRelationNouns(counted, kNobody, found);
  }
  const std::optional<Degree> degree = MatchDegree(degree_at);
  if (!degree.has_value() || reading.meaning->degree.has_value() || degree->word == "often") return;
  Reading measured = reading;
  measured.at = degree->end;
  if (degree->of == Degree::Of::kTime) {
    if (!degree->superlative) return;
    measured.meaning->ordinal = degree->direction < 0 ? 1 : -1;
  } else {
    measured.meaning->degree = degree;
  }
  ReadKinds(measured, found);
  ReadRelationNouns(measured, kNobody, found);
}

// "each country" asks for an answer for each of them; "both A and B" says no more than "A and B".
void ClauseReader::ReadDistributed(const Reading& start, Readings* found) {
  if (!WordIn(start.at, {"both", "either", "each"})) return;
  Reading reading = start;
  ++reading.at;
  if (!WordIs(start.at, "each")) {
    reading.at = SkipDeterminers(reading.at);
    ReadNames(reading, found);
    ReadRelationNouns(reading, kNobody, found);
  }
  if (!WordIs(start.at, "each")) return;
  Readings kinds;
  ReadKinds(reading, &kinds);
  ReadRelationNouns(reading, kNobody, &kinds);
  ReadNames(reading, &kinds);  // "each Chinese city"
  std::erase_if(kinds, [](const Reading& kind) { return kind.meaning->participants[kind.noun].known(); });
  for (Reading& kind : kinds) {
    kind.meaning->participants[kind.noun].each = true;
    found->push_back(std::move(kind));
  }
}

void ClauseReader::ReadPronouns(const Reading& start, Readings* found) {
  // "the man who accompanied Kim": of people without a class of their own.
  bool whoever = WordIn(start.at, {"man", "men", "woman", "women", "one", "ones"});
  if (whoever) {
    whoever = false;
    for (size_t at = start.at + 1; at < items_.size(); ++at) whoever |= WordIn(at, {"who", "whom", "whose", "that"});
  }
  if (whoever ||
      WordIn(start.at, {"someone", "somebody", "anyone", "anybody", "something", "anything", "those", "everyone"})) {
    Reading reading = start;
    reading.noun = AddSought(&reading, items_[start.at].word);
    ++reading.at;
    reading.cost += kPhraseCost;
    Append(ReadModifiers(reading), found);
  } else if (start.at > 0 && WordIn(start.at - 1, {"his", "her", "its", "their"})) {
    // "and his father": that of the last name that was spoken of.
    const auto& participants = start.meaning->participants;
    for (size_t i = 0; i < participants.size(); ++i) {
      if (!participants[i].known()) continue;
      Reading reading = start;
      ++reading.cost;
      ReadRelationNouns(reading, static_cast<int>(i), found);
      break;
    }
  } else if (WordIn(start.at, {"he", "she", "it", "they", "him", "her", "them"})) {
    // The last name that was spoken of.
    const auto& participants = start.meaning->participants;
    for (size_t i = 0; i < participants.size(); ++i) {
      if (!participants[i].known()) continue;
      Reading& reading = found->emplace_back(start);
      reading.noun = static_cast<int>(i);
      ++reading.at;
      reading.cost += kPhraseCost;
      break;
    }
  }
}

void ClauseReader::ReadKinds(const Reading& start, Readings* found) {
  for (const NameMatch& match : Match(catalogue_.class_names(), start.at)) {
    if (match.possessive) continue;
    Reading reading = start;
    reading.at = match.end;
    reading.cost += kPhraseCost;
    reading.noun = AddSought(&reading, match.key);
    reading.meaning->participants.back().kinds.push_back(catalogue_.class_names().Find(match.key));
    if (DegreeAwaits(reading, start.at)) MeasureNoun(&reading, kNobody);
    Append(ReadModifiers(reading), found);
  }
}

// What may follow a sought participant: nothing, a relative clause, "in Kim's delegation", "in China".
Readings ClauseReader::ReadModifiers(const Reading& start) {
  Readings found;
  if (!Spend()) return found;
  found.push_back(start);
  furthest_ = std::max(furthest_, start.at);
  Append(ReadExcept(start), &found);
  Append(ReadWithout(start), &found);
  Append(ReadCalled(start, start.noun), &found);
  const bool pied = IsPreposition(start.at) && WordIn(start.at + 1, {"which", "whom"});
  if (pied || WordIn(start.at, {"whose", "who", "that", "which", "whom", "where"})) {
    if (WordIn(start.at + 1, {"is", "are", "was", "were"}) && WordIn(start.at + 2, {"named", "identified"}) &&
        AtEnd(start.at + 3)) {
      Reading named = start;
      named.at += 3;
      named.meaning->participants[named.noun].named = true;
      found.push_back(std::move(named));
      return found;
    }
    Readings clauses = WordIs(start.at, "whose") ? ReadWhose(start) : ReadRelativeClause(start);
    // "the range of the missile that ...": the clause belongs to the nearer noun.
    for (Reading& clause : clauses) clause.cost += start.owned ? kFarCost : 0;
    for (const Reading& clause : Readings(clauses)) {
      // "the city where they met and which he reached by train"
      if (!WordIs(clause.at, "and") || !WordIn(clause.at + 1, {"who", "that", "which", "whom", "where"})) continue;
      Reading second = clause;
      ++second.at;
      Append(ReadRelativeClause(second), &clauses);
    }
    Append(std::move(clauses), &found);
  } else if (start.at < items_.size() && items_[start.at].kind == Element::Kind::kTime && start.by_noun) {
    // "the members of Kim's delegation in September 2023"
    for (size_t fact = start.meaning->facts.size(); fact-- > 0;) {
      const Fact& noun = start.meaning->facts[fact];
      if (noun.subject != start.noun && noun.object != start.noun) continue;
      Reading timed = start;
      Frame frame;
      frame.fact = static_cast<int>(fact);
      timed.cost += 1;
      if (ReadQualifierItem(&timed, &frame)) found.push_back(std::move(timed));
      break;
    }
  } else if (WordIn(start.at, {"in", "of", "from", "among", "on", "at"})) {
    Append(ReadBelonging(start), &found);
    if (WordIn(start.at, {"in", "at"})) Append(ReadOwnerBehind(start), &found);
  } else if (IsWord(start.at) && !start.meaning->participants[start.noun].words.empty()) {
    Append(ReadOwnerBehind(start), &found);
    // "the cities Kim visited"
    if (start.gap == kNobody && !Match(catalogue_.names(), SkipDeterminers(start.at)).empty()) {
      Readings clauses = ReadRelativeClause(start, true);
      for (Reading& clause : clauses) clause.cost += kBareClauseCost;
      Append(std::move(clauses), &found);
    }
    Append(ReadParticiple(start), &found);
  }
  return found;
}

// "people accompanied by Kim", "cities located in China", "leaders met by Kim": what was done to the noun.
Readings ClauseReader::ReadParticiple(const Reading& start) {
  Readings found;
  const bool spoken = WordIn(start.at, {"mentioned", "named", "cited", "quoted", "described"});
  const bool of_kind = !start.meaning->participants[start.noun].kinds.empty();
  // Whom a noun of a relation names is described so only by who did it: else every verb that follows would be tried.
  const bool by_somebody = start.by_noun && (WordIs(start.at + 1, "by") || WordIs(start.at + 2, "by"));
  if (!of_kind && !by_somebody && !spoken) return found;
  // "people linked to satellites"
  const bool named = WordIs(start.at, "named");  // "the experts named in article 004": whose names it gives.
  for (Reading& inner : of_kind || spoken ? ReadBeVerb(start, start.noun) : Readings()) {
    inner.meaning->participants[start.noun].named |= named;
    inner.noun = start.noun;
    inner.main_fact = start.main_fact;
    found.push_back(std::move(inner));
  }
  // "people accompanied by Kim", "cities located in China"
  for (Reading& inner : ReadVerb(start, start.noun, kFormParticiple, true)) {
    if (!of_kind && start.owned) inner.cost += kFarCost;
    inner.meaning->participants[start.noun].named |= named;
    inner.noun = start.noun;
    inner.main_fact = start.main_fact;
    found.push_back(std::move(inner));
  }
  return found;
}

// "the marshals in Kim's delegation", "cities in China", "experts of article 004".
Readings ClauseReader::ReadBelonging(const Reading& start) {
  Readings found;
  // "the marshals in Kim's delegation": who are in it.
  for (Reading& inner : ReadBeVerb(start, start.noun)) {
    for (size_t fact = start.meaning->facts.size(); fact < inner.meaning->facts.size(); ++fact) {
      inner.meaning->facts[fact].restricts = true;
    }
    inner.noun = start.noun;
    inner.by_noun = start.by_noun;
    inner.main_fact = start.main_fact;
    inner.gap = start.gap;
    found.push_back(std::move(inner));
  }
  Reading reading = start;
  ++reading.at;
  const int named = start.noun;
  for (Reading& inner : ReadNoun(reading)) {
    const int place = inner.noun;
    if (inner.by_noun && !inner.meaning->participants[place].known()) {
      if (!Unify(&inner, named, place)) continue;
      inner.noun = named;
      found.push_back(std::move(inner));
    } else if (IsWritten(inner.meaning->participants[place]) && WordIn(start.at, {"in", "of", "from"})) {
      // "the experts of article 004": whom it mentions.
      const std::vector<uint32_t> mentions = RelationsNamed("https://schema.org/mentions");
      if (mentions.empty()) continue;
      const int fact = AddFact(&inner, mentions, place, named);
      inner.meaning->facts[fact].restricts = true;
      inner.noun = named;
      inner.cost += 2;
      found.push_back(std::move(inner));
    } else if (!start.by_noun && !catalogue_.containment().empty() && WordIn(start.at, {"in", "of"}) &&
               inner.meaning->participants[place].known()) {
      const int fact = AddFact(&inner, catalogue_.containment(), named, place);
      inner.meaning->facts[fact].restricts = true;
      inner.noun = named;
      inner.cost += 2;
      found.push_back(std::move(inner));
    }
  }
  return found;
}

// Where the words end that leave out what follows, and its preposition: "other than in", "apart from".
size_t ClauseReader::ExceptEnd(size_t at) const {
  size_t end = at;
  if (WordIs(at, "other") && WordIs(at + 1, "than")) {
    end += 2;
  } else if (WordIn(at, {"except", "apart", "aside", "besides", "excluding"})) {
    end += WordIn(at + 1, {"for", "from"}) ? 2 : 1;
  } else {
    return at;
  }
  return WordIn(end, {"in", "at", "to", "on", "by", "with"}) ? end + 1 : end;
}

// "other than Xi", "except Xi and Putin": whom the thing sought is not.
Readings ClauseReader::ReadExcept(const Reading& start) {
  Readings found;
  const size_t excepted = ExceptEnd(start.at);
  if (excepted == start.at) return found;
  Reading reading = start;
  reading.at = excepted;
  const int sought = start.noun;
  while (true) {
    Readings names;
    reading.at = SkipDeterminers(reading.at);
    ReadNames(reading, &names);
    const auto known = std::find_if(names.begin(), names.end(),
                                    [](const Reading& name) { return name.meaning->participants[name.noun].known(); });
    if (known == names.end()) return found;
    reading = std::move(*known);
    reading.meaning->participants[sought].except.push_back(reading.noun);
    reading.noun = sought;
    found.push_back(reading);
    if (!WordIn(reading.at, {"and", "or"})) return found;
    ++reading.at;
  }
}

// "the leader whose father is Kim Jong-il"
Readings ClauseReader::ReadWhose(const Reading& start) {
  Readings found;
  Reading owned = start;
  ++owned.at;
  owned.gap = kNobody;
  Readings nouns;
  ReadRelationNouns(owned, start.noun, &nouns);
  for (const Reading& noun : nouns) {
    Readings clauses = ReadPredicate(noun, noun.noun);
    Append(ReadToldBehind(noun), &clauses);
    for (Reading& clause : clauses) {
      clause.noun = start.noun;
      clause.by_noun = start.by_noun;
      clause.gap = start.gap;
      clause.main_fact = start.main_fact;
      clause.meaning->tense = start.meaning->tense;
      clause.clause_end = clause.at;
      for (size_t fact = start.meaning->facts.size(); fact < clause.meaning->facts.size(); ++fact) {
        clause.meaning->facts[fact].restricts = true;
      }
      LeaveOpen(*start.meaning, &*clause.meaning);
      found.push_back(std::move(clause));
    }
  }
  return found;
}

// A `bare` one begins with its subject: "the cities Kim visited".
Readings ClauseReader::ReadRelativeClause(const Reading& start, bool bare) {
  Readings found;
  // "the university at which she works"
  const bool pied = WordIn(start.at + 1, {"which", "whom"}) && !WordIn(start.at, {"who", "that", "which", "whom"});
  const std::string gap_in = pied ? items_[start.at].word : "";
  Reading reading = start;
  const bool place = WordIs(start.at, "where");
  if (!bare) reading.at += pied ? 2 : 1;
  const int named = start.noun;
  const int gap = start.gap;
  const std::string gap_preposition = start.gap_preposition;
  const int main_fact = start.main_fact;
  const Tense tense = start.meaning->tense;
  Readings inner;
  reading.gap = kNobody;
  if (!place && !bare && !pied) inner = ReadPredicate(reading, named);
  // "the city that Kim visited", "the city where he met Trump".
  reading.gap = named;
  reading.gap_preposition = place ? std::string(kWherever) : gap_in;
  for (const Reading& subject : ReadSubject(reading)) {
    for (Reading& clause : ReadPredicate(subject, subject.noun)) {
      if (clause.gap == kNobody) inner.push_back(std::move(clause));
    }
  }
  for (Reading& clause : inner) {
    for (size_t fact = start.meaning->facts.size(); fact < clause.meaning->facts.size(); ++fact) {
      clause.meaning->facts[fact].restricts = true;
    }
    clause.noun = named;
    clause.by_noun = start.by_noun;
    clause.owned = start.owned;
    clause.gap = gap;
    clause.gap_preposition = gap_preposition;
    clause.main_fact = main_fact;
    clause.partner = start.partner;
    clause.meaning->tense = tense;
    LeaveOpen(*start.meaning, &*clause.meaning);
    clause.clause_end = clause.at;
    found.push_back(std::move(clause));
  }
  return found;
}

// "the visit in September 2023": the same subjects with the time behind them taken for that of what is said of them.
void ClauseReader::AddTimed(Readings* subjects) {
  for (size_t i = 0, before = subjects->size(); i < before; ++i) {
    const Reading& subject = (*subjects)[i];
    if (subject.at < items_.size() && subject.by_noun &&
        (items_[subject.at].kind == Element::Kind::kArticle || items_[subject.at].kind == Element::Kind::kSpeaker)) {
      // "is the distance in article 002 greater than ...": the quantity as that article tells it.
      const auto fact = std::find_if(subject.meaning->facts.rbegin(), subject.meaning->facts.rend(),
                                     [&](const Fact& f) { return f.object == subject.noun; });
      if (fact == subject.meaning->facts.rend()) continue;
      const auto index = subject.meaning->facts.rend() - fact - 1;
      Reading sourced = subject;
      const size_t articles = sourced.meaning->articles.size();
      if (!ReadSourceItem(&sourced) || sourced.meaning->articles.size() == articles) continue;
      sourced.meaning->facts[index].article = sourced.meaning->articles.back();
      sourced.meaning->articles.pop_back();
      ++sourced.at;
      subjects->push_back(std::move(sourced));
      continue;
    }
    if (subject.at >= items_.size() || items_[subject.at].kind != Element::Kind::kTime) continue;
    if (!subject.meaning->participants[subject.noun].known() || subject.subject_time.has_value()) continue;
    absl::StatusOr<TimeLimit> limit =
        ResolveTime(items_[subject.at].element->time, context_.today, false, context_.text);
    if (!limit.ok()) continue;
    Reading timed = subject;
    ++timed.at;
    timed.cost += kTimedSubjectCost;
    timed.subject_time = *std::move(limit);
    subjects->push_back(std::move(timed));
  }
}

// A noun phrase, or two of them: "Kim and Putin".
Readings ClauseReader::ReadSubject(const Reading& start) {
  Readings found;
  for (Reading& first : ReadNoun(start)) {
    first.partner = kNobody;
    if (WordIs(first.at, "and")) {
      Reading next = first;
      ++next.at;
      for (Reading& second : ReadNoun(next)) {
        second.partner = second.noun;
        second.noun = first.noun;
        found.push_back(std::move(second));
      }
    }
    found.push_back(std::move(first));
  }
  return found;
}

}  // namespace dossier::ask

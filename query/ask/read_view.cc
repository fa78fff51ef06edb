// The forms of views: "timeline of ...", "what happened in ...", "conflicts about ...", "path from ... to ...",
// "sources of ...", and how people ask for the same in a sentence.
#include <algorithm>
#include <utility>

#include "query/ask/bind_error.h"
#include "query/ask/clause_reader.h"

namespace dossier::ask {
namespace {

constexpr int kScopeCost = 3;
constexpr int kNotThingCost = 1;    // A name is a thing rather than an event of that name.
constexpr int kClauseCost = 2;      // And that rather than a whole clause.
constexpr int kStatementCost = 20;  // Dearer than words that are all understood.

}  // namespace

Readings ClauseReader::ReadView(const Reading& start) {
  Readings found = ReadHappenings(start);
  Reading reading = start;
  reading.at = SkipDeterminers(start.at);
  const bool is = WordIn(start.at, {"what", "who", "which"}) && WordIn(start.at + 1, {"is", "are", "was", "were"});
  if (is) reading.at = SkipDeterminers(start.at + 2);
  const size_t word = reading.at;
  const bool of = WordIn(word + 1, {"of", "for", "about", "on", "over"});
  reading.at = word + 2;
  if (of && WordIs(word, "timeline")) Append(ReadTopic(reading, Meaning::Kind::kTimeline), &found);
  if (WordIs(word, "timeline")) Append(ReadYearTimeline(reading), &found);
  if (of &&
      WordIn(word, {"conflict", "conflicts", "contradictions", "contradiction", "disagreements", "disagreement"})) {
    Append(ReadTopic(reading, Meaning::Kind::kConflicts), &found);
  }
  if (of && WordIn(word, {"source", "sources"})) Append(ReadTopic(reading, Meaning::Kind::kSources), &found);
  const bool between = WordIn(word + 1, {"from", "between"});
  if (between && WordIn(word, {"path", "paths", "connection", "connections", "link", "links"}))
    Append(ReadPath(reading), &found);
  Append(ReadConnection(start), &found);
  Append(ReadLinked(start), &found);
  Append(ReadDisagreement(start), &found);
  Append(ReadContradictions(start), &found);
  Append(ReadComparison(start), &found);
  Append(ReadTelling(start), &found);
  Append(ReadPassage(start), &found);
  Append(ReadOnWhoseWord(start), &found);
  Append(ReadWhoseWork(start), &found);
  Append(ReadCredited(start), &found);
  Append(ReadWhereFrom(start), &found);
  Append(ReadFirstToTell(start), &found);
  Append(ReadEveryArticle(start), &found);
  Append(ReadTold(start), &found);
  Append(ReadGiven(start), &found);
  Append(ReadUncertain(start), &found);
  Append(ReadLackingEvents(start), &found);
  return found;
}

// Words that belong to a view, so that they are not what a user is told to be unknown.
bool ClauseReader::IsViewWord(size_t at) const {
  return WordIn(at, {"timeline",  "happened",    "happens",  "conflicts", "conflict", "contradictions", "path",
                     "paths",     "source",      "sources",  "disagree",  "agree",    "contradict",     "differ",
                     "differs",   "articles",    "article",  "connected", "linked",   "related",        "through",
                     "within",    "steps",       "about",    "paragraph", "tells",    "sentence",       "odds",
                     "same",      "compare",     "whether",  "never",     "nothing",  "without",        "no",
                     "except",    "besides",     "credited", "appear",    "appears",  "occur",          "occurs",
                     "according", "contradicts", "lead",     "links",     "connects", "link",           "connection"});
}

// "what happened in September 2023", "what happened to Kim in 2018".
Readings ClauseReader::ReadHappenings(const Reading& start) {
  Readings found;
  const bool ahead = WordIn(start.at + 1, {"will", "shall", "would", "could", "can", "may", "might"});
  if (WordIs(start.at, "what") && (ahead || WordIn(start.at + 1, {"did", "does", "do", "has", "have"}))) {
    // "what did Kim do in 2018": all that is told of it.
    Reading doer = start;
    if (ahead) doer.meaning->tense = Tense::kFuture;
    doer.at = start.at + 2;
    for (Reading& actor : ReadNoun(doer)) {
      if (!WordIn(actor.at, {"do", "done"}) || !actor.meaning->participants[actor.noun].known()) continue;
      ++actor.at;
      actor.meaning->kind = Meaning::Kind::kTimeline;
      const int topic = actor.noun;
      actor.meaning->scope_fact = AddFact(&actor, {}, topic, AddSought(&actor, ""));
      Append(ReadScope(actor, Scope::kQualifiers), &found);
    }
    return found;
  }
  if (!WordIs(start.at, "what") || !WordIn(start.at + 1, {"happened", "happens", "happen"})) return found;
  Reading reading = start;
  reading.at = start.at + 2;
  if (WordIn(reading.at, {"to", "with"})) {
    ++reading.at;
    return ReadTopic(reading, Meaning::Kind::kTimeline);
  }
  reading.meaning->kind = Meaning::Kind::kHappenings;
  const int anything = AddSought(&reading, "");
  reading.meaning->scope_fact = AddFact(&reading, {}, anything, AddSought(&reading, ""));
  for (Reading& scoped : ReadScope(reading)) {
    const Fact& scope = scoped.meaning->facts[scoped.meaning->scope_fact];
    if (scope.time.has_value() || !scope.qualifiers.empty()) found.push_back(std::move(scoped));
  }
  if (found.empty() && error_.ok() && AtEnd(reading.at)) {
    error_ = DiagnosticError(MakeDiagnostic("say when or where: what happened in September 2023, on a day, in a place",
                                            context_.text, SpanOf(start.at, reading.at)));
  }
  return found;
}

// "timeline of 2019": all that happened in it.
Readings ClauseReader::ReadYearTimeline(const Reading& start) {
  const std::optional<TimeLimit> year = YearAfterOf(start.at - 1);
  const bool time = start.at - 1 < items_.size() && items_[start.at - 1].kind == Element::Kind::kTime;
  if (!year.has_value() && !time) return {};
  Reading reading = start;
  reading.meaning->kind = Meaning::Kind::kHappenings;
  const int anything = AddSought(&reading, "");
  reading.meaning->scope_fact = AddFact(&reading, {}, anything, AddSought(&reading, ""));
  if (year.has_value()) {
    reading.meaning->facts[reading.meaning->scope_fact].time = year;
    ++reading.at;
  } else {
    --reading.at;
  }
  return ReadScope(reading);
}

// What a view is about: a thing, what a noun of a relation names, events, a clause, or what a clause asks for.
Readings ClauseReader::ReadTopic(const Reading& start, Meaning::Kind kind) {
  Readings found;
  Reading reading = start;
  reading.meaning->kind = kind;
  const auto keep = [&](Readings topics, int cost) {
    for (Reading& topic : topics) {
      topic.cost += cost;
      topic.meaning->kind = kind;
      found.push_back(std::move(topic));
    }
  };
  const bool compares =
      kind == Meaning::Kind::kConflicts || kind == Meaning::Kind::kAgreement || kind == Meaning::Kind::kAccounts;
  for (Reading& noun : ReadNoun(reading)) {
    if (noun.meaning->participants[noun.noun].known()) {
      if (noun.meaning->participants[noun.noun].literal.has_value()) continue;
      // What an article has sources for is what it says, not the article.
      if (kind == Meaning::Kind::kSources && IsWritten(noun.meaning->participants[noun.noun])) continue;
      const int topic = noun.noun;
      noun.meaning->scope_fact = AddFact(&noun, {}, topic, AddSought(&noun, ""));
      keep(ReadScope(noun), 0);
    } else if (!noun.meaning->facts.empty()) {
      Frame frame;
      frame.fact = static_cast<int>(noun.meaning->facts.size()) - 1;
      keep(ReadQualifierItems(noun, frame), 0);
    } else if (compares && !noun.meaning->participants[noun.noun].kinds.empty()) {
      // "the train": whatever is told of one.
      Frame frame;
      frame.fact = noun.main_fact = AddFact(&noun, {}, AddSought(&noun, ""), AddSought(&noun, ""));
      noun.meaning->facts[frame.fact].about = noun.noun;
      keep(ReadQualifierItems(noun, frame), 0);
    }
  }
  Readings events = ReadEvent(reading);
  for (Reading& event : events) {
    if (!TakeAspect(&event)) event.meaning->facts[event.meaning->event_fact].is_event = true;
  }
  keep(std::move(events), kNotThingCost);
  Reading clause = reading;
  if (WordIs(clause.at, "that")) ++clause.at;
  keep(ReadClause(clause), kClauseCost);
  keep(ReadIndirectQuestion(reading), kClauseCost);
  if (kind == Meaning::Kind::kSources) {
    Readings statements;
    ReadStatementTopic(reading, &statements);
    keep(std::move(statements), kClauseCost);
  }
  return found;
}

// "the source for Putin's chance to refill his stocks": the words of a statement, whoever made it.
void ClauseReader::ReadStatementTopic(const Reading& start, Readings* found) {
  std::vector<uint32_t> saying;
  for (uint32_t i = 0; i < catalogue_.relations().size(); ++i) {
    if (catalogue_.relations()[i].role == ObjectRole::kStatement) saying.push_back(i);
  }
  size_t end = start.at;
  while (IsWord(end)) ++end;
  if (saying.empty() || end < start.at + 2) return;
  Reading reading = start;
  const int fact = reading.main_fact = AddFact(&reading, saying, AddSought(&reading, ""), kNobody);
  std::vector<TermId> statements = StatementsOf(reading.meaning->facts[fact], start.at, end);
  if (statements.empty()) return;
  reading.meaning->facts[fact].object = AddKnown(&reading, std::move(statements), start.at, end);
  reading.meaning->participants.back().all_candidates = true;
  reading.at = end;
  reading.cost += kStatementCost;
  Frame frame;
  frame.fact = fact;
  Append(ReadQualifierItems(reading, frame), found);
}

// Times, sources and the like after a topic that has no complements of its own.
Readings ClauseReader::ReadQualifierItems(const Reading& start, Frame frame) {
  Reading reading = start;
  while (true) {
    const size_t before = reading.at;
    if (reading.at < items_.size() && items_[reading.at].kind == Element::Kind::kComma) ++reading.at;
    if (!ReadQualifierItem(&reading, &frame)) return {};
    if (reading.at == before) break;
  }
  furthest_ = std::max(furthest_, reading.at);
  return {std::move(reading)};
}

// Near a place is in it, as far as views know.
std::vector<ClauseReader::PrepositionMatch> ClauseReader::ScopePrepositionsAt(size_t at, Scope scope) const {
  std::vector<PrepositionMatch> found;
  if (scope == Scope::kQualifiers) found = QualifierPrepositionsAt(at);
  std::erase_if(found, [](const PrepositionMatch& match) {
    return match.words == "in" || match.words == "at" || match.words == "near";
  });
  if (WordIn(at, {"in", "at", "near"})) found.push_back({"in", at + 1});
  return found;
}

// The limits of a view: "from 2018 to 2019", "in Russia", "as of 2023-09-11", "according to KCNA"; of what
// somebody does also "with Putin", "in exchange for grain".
Readings ClauseReader::ReadScope(const Reading& start, Scope scope) {
  Readings found;
  Frame frame;
  frame.fact = start.meaning->scope_fact;
  for (Reading& reading : ReadQualifierItems(start, frame)) {
    for (const PrepositionMatch& match : ScopePrepositionsAt(reading.at, scope)) {
      std::vector<uint32_t> qualifiers = catalogue_.QualifiersWith(match.words);
      if (match.words == "in") {
        for (const uint32_t more : catalogue_.QualifiersWith("to")) qualifiers.push_back(more);
      }
      Reading limit = reading;
      limit.at = match.end;
      for (Reading& inner : ReadNoun(limit)) {
        if (!inner.meaning->participants[inner.noun].known() || qualifiers.empty()) continue;
        inner.cost += kScopeCost;
        inner.meaning->facts[frame.fact].qualifiers.push_back({qualifiers, inner.noun});
        Append(ReadScope(inner, scope), &found);
      }
    }
    found.push_back(std::move(reading));
  }
  return found;
}

}  // namespace dossier::ask

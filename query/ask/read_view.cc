// The forms of views: "timeline of ...", "what happened in ...", "conflicts about ...", "path from ... to ...",
// "sources of ...", and how people ask for the same in a sentence.
#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "query/ask/bind_error.h"
#include "query/ask/clause_reader.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

constexpr int kScopeCost = 3;
constexpr int kEventCost = 1;   // A name is a thing rather than an event of that name.
constexpr int kClauseCost = 2;  // And that rather than a whole clause.
constexpr uint64_t kMaximumSteps = 20;

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
  if (between && WordIn(word, {"path", "paths", "connection", "connections"})) Append(ReadPath(reading), &found);
  Append(ReadDisagreement(start), &found);
  Append(ReadTelling(start), &found);
  Append(ReadConnection(start), &found);
  Append(ReadTold(start), &found);
  return found;
}

// Words that begin a view, so that they are not what a user is told to be unknown.
bool ClauseReader::IsViewWord(size_t at) const {
  return WordIn(
      at, {"timeline", "happened", "happens",  "conflicts", "conflict", "contradictions", "path",      "paths",
           "source",   "sources",  "disagree", "agree",     "articles", "article",        "connected", "linked",
           "related",  "through",  "within",   "steps",     "about",    "paragraph",      "tells",     "sentence"});
}

// "what happened in September 2023", "what happened to Kim in 2018".
Readings ClauseReader::ReadHappenings(const Reading& start) {
  Readings found;
  if (WordIs(start.at, "what") && WordIn(start.at + 1, {"did", "does", "do", "will", "has", "have"})) {
    // "what did Kim do in 2018": all that is told of it.
    Reading doer = start;
    doer.at = start.at + 2;
    for (Reading& actor : ReadNoun(doer)) {
      if (!WordIn(actor.at, {"do", "done"}) || !actor.meaning.participants[actor.noun].known()) continue;
      ++actor.at;
      actor.meaning.kind = Meaning::Kind::kTimeline;
      const int topic = actor.noun;
      actor.meaning.scope_fact = AddFact(&actor, {}, topic, AddSought(&actor, ""));
      Append(ReadScope(actor), &found);
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
  reading.meaning.kind = Meaning::Kind::kHappenings;
  const int anything = AddSought(&reading, "");
  reading.meaning.scope_fact = AddFact(&reading, {}, anything, AddSought(&reading, ""));
  for (Reading& scoped : ReadScope(reading)) {
    const Fact& scope = scoped.meaning.facts[scoped.meaning.scope_fact];
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
  reading.meaning.kind = Meaning::Kind::kHappenings;
  const int anything = AddSought(&reading, "");
  reading.meaning.scope_fact = AddFact(&reading, {}, anything, AddSought(&reading, ""));
  if (year.has_value()) {
    reading.meaning.facts[reading.meaning.scope_fact].time = year;
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
  reading.meaning.kind = kind;
  const auto keep = [&](Readings topics, int cost) {
    for (Reading& topic : topics) {
      topic.cost += cost;
      topic.meaning.kind = kind;
      found.push_back(std::move(topic));
    }
  };
  for (Reading& noun : ReadNoun(reading)) {
    if (noun.meaning.participants[noun.noun].known()) {
      if (noun.meaning.participants[noun.noun].literal.has_value()) continue;
      // What an article has sources for is what it says, not the article.
      if (kind == Meaning::Kind::kSources && IsWritten(noun.meaning.participants[noun.noun])) continue;
      const int topic = noun.noun;
      noun.meaning.scope_fact = AddFact(&noun, {}, topic, AddSought(&noun, ""));
      keep(ReadScope(noun), 0);
    } else if (!noun.meaning.facts.empty()) {
      Frame frame;
      frame.fact = static_cast<int>(noun.meaning.facts.size()) - 1;
      keep(ReadQualifierItems(noun, frame), 0);
    }
  }
  Readings events = ReadEvent(reading);
  for (Reading& event : events) {
    if (!TakeAspect(&event)) event.meaning.facts[event.meaning.event_fact].is_event = true;
  }
  keep(std::move(events), kEventCost);
  Reading clause = reading;
  if (WordIs(clause.at, "that")) ++clause.at;
  keep(ReadClause(clause), kClauseCost);
  keep(ReadIndirectQuestion(reading), kClauseCost);
  return found;
}

// "how Kim travels", "when Kim left", "where Kim will meet Putin".
Readings ClauseReader::ReadIndirectQuestion(const Reading& start) {
  Reading reading = start;
  std::string word;
  const size_t noun = SkipDeterminers(start.at);
  const bool day = WordIn(noun, {"day", "date", "time", "month", "year"});
  if (day || WordIn(noun, {"place", "city", "location"})) {
    // "the day on which Kim left"
    const bool pied = WordIn(noun + 1, {"on", "in", "at"}) && WordIs(noun + 2, "which");
    if (!pied && !WordIn(noun + 1, {"when", "where", "that"})) return {};
    word = day ? "when" : "where";
    reading.at = noun + (pied ? 3 : 2);
  } else if (WordIn(start.at, {"how", "when", "where", "why"})) {
    word = items_[start.at].word;
    ++reading.at;
  } else {
    return {};
  }
  Readings found = ReadClause(reading);
  AskFor(word, &found);
  return found;
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

// The limits of a view: "from 2018 to 2019", "in Russia", "as of 2023-09-11", "according to KCNA".
Readings ClauseReader::ReadScope(const Reading& start) {
  Readings found;
  Frame frame;
  frame.fact = start.meaning.scope_fact;
  for (Reading& reading : ReadQualifierItems(start, frame)) {
    if (WordIn(reading.at, {"in", "at", "near"})) {
      std::vector<uint32_t> qualifiers = QualifiersWith("in");
      for (const uint32_t more : QualifiersWith("to")) qualifiers.push_back(more);
      Reading place = reading;
      ++place.at;
      for (Reading& inner : ReadNoun(place)) {
        if (!inner.meaning.participants[inner.noun].known() || qualifiers.empty()) continue;
        inner.cost += kScopeCost;
        inner.meaning.facts[frame.fact].qualifiers.push_back({qualifiers, inner.noun});
        Append(ReadScope(inner), &found);
      }
    }
    found.push_back(std::move(reading));
  }
  return found;
}

// "where do the articles disagree about ...", "do the articles agree on ...".
Readings ClauseReader::ReadDisagreement(const Reading& start) {
  Readings found;
  Reading reading = start;
  const bool open = WordIn(reading.at, {"where", "how"});
  if (open) ++reading.at;
  if (!WordIn(reading.at, {"do", "did", "does"})) return found;
  reading.at = SkipDeterminers(reading.at + 1);
  if (!WordIn(reading.at, {"articles", "sources", "reports", "newspapers", "media", "claims"})) return found;
  const bool agree = WordIs(reading.at + 1, "agree");
  if (!agree && !WordIn(reading.at + 1, {"disagree", "differ", "conflict", "contradict"})) return found;
  reading.at += 2;
  if (WordIs(reading.at, "each") && WordIs(reading.at + 1, "other")) reading.at += 2;
  if (WordIn(reading.at, {"about", "on", "over", "in"})) ++reading.at;
  found = ReadTopic(reading, open ? Meaning::Kind::kConflicts : Meaning::Kind::kAgreement);
  for (Reading& topic : found) topic.meaning.asks_for_conflict = !agree;
  return found;
}

// "the journey was 1,200 kilometers": any quantity that the unit measures, whatever it is of.
Readings ClauseReader::ReadStatedQuantity(const Reading& start) {
  Readings found;
  const size_t at = SkipDeterminers(start.at);
  for (const NameMatch& match : Match(catalogue_.nouns(), at)) {
    if (match.possessive || !WordIn(match.end, {"is", "was", "are", "were"})) continue;
    const std::optional<NumberMatch> number = MatchNumber(match.end + 1);
    const UnitInfo* unit = number.has_value() ? catalogue_.FindUnit(number->unit) : nullptr;
    if (unit == nullptr) continue;
    Reading reading = start;
    reading.at = number->end;
    const int thing = AddSought(&reading, "");
    const int value = AddSought(&reading, TextOf(match.end + 1, number->end));
    reading.meaning.participants.back().number = number->limit;
    reading.main_fact = AddFact(&reading, RelationsMeasuring({unit->measure}), thing, value);
    found.push_back(std::move(reading));
  }
  return found;
}

// "which paragraph tells about the explosion", "which articles speak of ...".
Readings ClauseReader::ReadTelling(const Reading& start) {
  Readings found;
  if (!WordIn(start.at, {"which", "what"})) return found;
  const bool paragraph =
      WordIn(start.at + 1, {"paragraph", "paragraphs", "passage", "passages", "sentence", "sentences"});
  if (!paragraph && !WordIn(start.at + 1, {"article", "articles"})) return found;
  size_t at = start.at + 2;
  Reading topic = start;
  if (paragraph && (WordIn(at, {"of", "in"}) || (at < items_.size() && items_[at].kind == Element::Kind::kArticle))) {
    // "which paragraph of article 001 tells about ..."
    Reading whole = start;
    whole.at = at + (IsWord(at) ? 1 : 0);
    if (!IsWord(at)) {
      if (!ReadSourceItem(&whole)) return found;
      ++whole.at;
      topic.meaning = whole.meaning;
      at = whole.at;
    }
    for (const Reading& article : IsWord(at) && at == start.at + 2 ? ReadNoun(whole) : Readings()) {
      if (!IsWritten(article.meaning.participants[article.noun])) continue;
      topic.meaning = article.meaning;
      topic.meaning.articles.push_back(article.noun);
      at = article.at;
      break;
    }
  }
  if (paragraph && WordIn(at, {"mention", "mentions", "mentioned", "name", "names", "describe", "describes", "contain",
                               "contains"})) {
    topic.at = at + 1;
    found = ReadTopic(topic, Meaning::Kind::kSources);
  } else if (!WordIn(at, {"tell", "tells", "told", "speak", "speaks", "talk", "talks", "write", "writes", "report",
                          "reports", "is", "are", "say", "says", "state", "states"})) {
    return found;
  }
  ++at;
  if (WordIn(at, {"about", "of", "on"})) {
    topic.at = at + 1;
    found = ReadTopic(topic, Meaning::Kind::kSources);
  } else if (WordIs(at, "that")) {
    topic.at = at + 1;
    found = ReadClause(topic);
    Append(ReadStatedQuantity(topic), &found);
    for (Reading& clause : found) clause.meaning.kind = Meaning::Kind::kSources;
  }
  for (Reading& reading : found) {
    reading.cost += kEventCost;
    reading.meaning.source_unit = WordIn(start.at + 1, {"sentence", "sentences"}) ? Meaning::SourceUnit::kSentence
                                  : paragraph                                     ? Meaning::SourceUnit::kParagraph
                                                                                  : Meaning::SourceUnit::kArticle;
  }
  return found;
}

// "what does article 002 say about Vladivostok": all that it tells of it.
Readings ClauseReader::ReadTold(const Reading& start) {
  Readings found;
  if (!WordIs(start.at, "what") || !WordIn(start.at + 1, {"does", "do", "did"})) return found;
  Reading reading = start;
  reading.at = start.at + 2;
  const bool all = WordIn(SkipDeterminers(reading.at), {"articles", "article"}) &&
                   WordIn(SkipDeterminers(reading.at) + 1, {"say", "tell", "report", "write"});
  Readings tellers;
  if (all) {
    tellers.push_back(reading);
    tellers.back().at = SkipDeterminers(reading.at) + 1;
    tellers.back().noun = kNobody;
  } else {
    tellers = ReadNoun(reading);
  }
  for (Reading& teller : tellers) {
    if (teller.noun != kNobody &&
        (!teller.meaning.participants[teller.noun].known() || !IsWritten(teller.meaning.participants[teller.noun]))) {
      continue;
    }
    if (!WordIn(teller.at, {"say", "tell", "report", "write"}) || !WordIn(teller.at + 1, {"about", "of", "on"}))
      continue;
    if (teller.noun != kNobody) teller.meaning.articles.push_back(teller.noun);
    teller.at += 2;
    for (Reading& topic : ReadNoun(teller)) {
      if (topic.meaning.participants[topic.noun].candidates.empty()) continue;
      topic.meaning.kind = Meaning::Kind::kDescribe;
      Target target;
      target.participant = topic.noun;
      topic.meaning.targets.push_back(target);
      found.push_back(std::move(topic));
    }
  }
  return found;
}

// "how is A connected to B", "how are A and B connected", "is A connected to B".
Readings ClauseReader::ReadConnection(const Reading& start) {
  Readings found;
  if (!WordIs(start.at, "how") || !WordIn(start.at + 1, {"is", "are", "was", "were"})) return found;
  Reading reading = start;
  reading.at = start.at + 2;
  const auto connected = [&](size_t at) { return WordIn(at, {"connected", "linked", "related", "tied"}); };
  for (Reading& from : ReadNoun(reading)) {
    Reading next = from;
    ++next.at;
    if (connected(from.at) && WordIn(next.at, {"to", "with"})) {
      ++next.at;
      for (Reading& to : ReadNoun(next)) AddPath(to, from.noun, to.noun, &found);
    } else if (WordIs(from.at, "and")) {
      for (Reading& to : ReadNoun(next)) {
        if (!connected(to.at)) continue;
        ++to.at;
        AddPath(to, from.noun, to.noun, &found);
      }
    }
  }
  return found;
}

// After "path from" or "path between".
Readings ClauseReader::ReadPath(const Reading& start) {
  Readings found;
  const bool between = WordIs(start.at - 1, "between");
  for (Reading& from : ReadNoun(start)) {
    if (!WordIs(from.at, between ? "and" : "to")) continue;
    Reading next = from;
    ++next.at;
    for (Reading& to : ReadNoun(next)) AddPath(to, from.noun, to.noun, &found);
  }
  return found;
}

void ClauseReader::AddPath(const Reading& start, int from, int to, Readings* found) {
  const auto is_entity = [&](int index) { return !start.meaning.participants[index].candidates.empty(); };
  if (!is_entity(from) || !is_entity(to)) return;
  Reading path = start;
  path.meaning.kind = Meaning::Kind::kPath;
  path.meaning.scope_fact = AddFact(&path, {}, from, to);
  Append(ReadPathLimits(path), found);
}

// "through accompany, meet", "within 3 steps", times and sources, in any order.
Readings ClauseReader::ReadPathLimits(const Reading& start) {
  Reading reading = start;
  while (true) {
    const size_t before = reading.at;
    Frame frame;
    frame.fact = reading.meaning.scope_fact;
    if (!ReadQualifierItem(&reading, &frame)) return {};
    if (WordIn(reading.at, {"through", "via", "over", "by"})) {
      if (!ReadThrough(&reading)) return {};
    } else if (WordIs(reading.at, "within") || (WordIs(reading.at, "up") && WordIs(reading.at + 1, "to")) ||
               (WordIs(reading.at, "at") && WordIs(reading.at + 1, "most"))) {
      const size_t at = reading.at + (WordIs(reading.at, "within") ? 1 : 2);
      uint64_t steps = 0;
      if (!WordIn(at + 1, {"step", "steps", "hop", "hops"}) || !absl::SimpleAtoi(items_[at].word, &steps)) return {};
      if (steps == 0 || steps > kMaximumSteps) {
        error_ = DiagnosticError(MakeDiagnostic(absl::StrCat("a path has from 1 to ", kMaximumSteps, " steps"),
                                                context_.text, SpanOf(at, at + 1)));
        return {};
      }
      reading.meaning.maximum_steps = steps;
      reading.at = at + 2;
    }
    if (reading.at == before) break;
  }
  furthest_ = std::max(furthest_, reading.at);
  return {std::move(reading)};
}

// Relations by their verbs (in any form), their nouns or their labels, between commas or "and".
bool ClauseReader::ReadThrough(Reading* reading) {
  ++reading->at;
  std::vector<uint32_t>& through = reading->meaning.through;
  while (true) {
    size_t end = reading->at;
    const auto add = [&](uint32_t relation) {
      for (const uint32_t narrower : catalogue_.relations()[relation].narrower) {
        if (std::find(through.begin(), through.end(), narrower) == through.end()) through.push_back(narrower);
        for (const uint32_t inverse : catalogue_.relations()[narrower].inverses) through.push_back(inverse);
      }
    };
    for (const NameMatch& match : Match(catalogue_.verbs(), reading->at)) {
      for (const uint32_t use : catalogue_.verbs().Find(match.key)) add(catalogue_.verb_uses()[use].relation);
      end = std::max(end, match.end);
      break;
    }
    for (const NameMatch& match : Match(catalogue_.nouns(), reading->at)) {
      if (match.end < end) break;
      for (const uint32_t use : catalogue_.nouns().Find(match.key)) add(catalogue_.noun_uses()[use].relation);
      end = match.end;
      break;
    }
    for (uint32_t i = 0; i < catalogue_.relations().size(); ++i) {
      const size_t label_end = PrepositionEnd(reading->at, PhraseKey(catalogue_.relations()[i].label));
      if (label_end <= reading->at || label_end < end) continue;
      add(i);
      end = label_end;
    }
    if (end == reading->at) {
      if (AtEnd(end)) return false;
      error_ = UnknownName(catalogue_, context_.text, SpanOf(end, end + 1), "relation");
      return false;
    }
    reading->at = end;
    const bool comma = reading->at < items_.size() && items_[reading->at].kind == Element::Kind::kComma;
    if (!comma && !WordIn(reading->at, {"and", "or"})) return true;
    ++reading->at;
    if (comma && WordIn(reading->at, {"and", "or"})) ++reading->at;
  }
}

}  // namespace dossier::ask

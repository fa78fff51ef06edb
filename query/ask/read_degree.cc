// Degrees: "the most", "more often than Russia", "the largest distance", "is longer than", "lasted longest".
#include <algorithm>
#include <utility>

#include "query/ask/clause_reader.h"
#include "query/ask/english.h"
#include "query/ask/time_phrase.h"

namespace dossier::ask {
namespace {

constexpr int kDegreeCost = 2;
constexpr int kAttributeCost = 6;

bool CountsThings(const Degree& degree) {
  return degree.word == "many" || degree.word == "much" || degree.word == "few" || degree.word == "little";
}

}  // namespace

// "as often [as Trump]", "as many [trips as in 2019]", "as long [as the flight]".
std::optional<Degree> ClauseReader::MatchEquality(size_t at) const {
  if (!WordIs(at, "as") || !IsWord(at + 1)) return std::nullopt;
  size_t closing = at + 2;
  while (closing < items_.size() && !WordIs(closing, "as")) ++closing;
  if (closing == items_.size()) return std::nullopt;
  Degree degree;
  degree.equal = true;
  degree.end = at + 2;
  degree.span = SpanOf(at, degree.end);
  const AdjectiveUse* use = catalogue_.FindAdjective(items_[at + 1].word);
  if (WordIn(at + 1, {"often", "frequently"})) {
    degree.word = "often";
  } else if (WordIn(at + 1, {"many", "much"})) {
    degree.word = items_[at + 1].word;
  } else if (WordIn(at + 1, {"early", "late", "soon", "recently"})) {
    degree.of = Degree::Of::kTime;
    degree.word = "early";
  } else if (use != nullptr && use->form == AdjectiveUse::Form::kPositive) {
    degree.word = use->word;
    degree.direction = use->direction;
  } else {
    return std::nullopt;
  }
  return degree;
}

// "the most", "more often", "the three longest", "most recent", "less heavy", "as often as".
std::optional<Degree> ClauseReader::MatchDegree(size_t at) const {
  if (!lookups_.has_value()) return FindDegree(at);
  return lookups_->degrees.At(at, [&] { return FindDegree(at); });
}

std::optional<Degree> ClauseReader::FindDegree(size_t at) const {
  if (WordIs(at, "as")) return MatchEquality(at);
  Degree degree;
  size_t next = at;
  while (WordIn(next, {"the", "a"})) ++next;
  if (IsWord(next) && next + 1 < items_.size()) {
    if (const double keep = NumberOf(items_[next].word); keep >= 1 && keep < 1000) {
      degree.keep = static_cast<uint64_t>(keep);
      ++next;
    }
  }
  if (!IsWord(next) || items_[next].possessive) return std::nullopt;
  const std::string& word = items_[next].word;
  const AdjectiveUse* use = catalogue_.FindAdjective(word);
  using Form = AdjectiveUse::Form;
  if (WordIn(next, {"earliest", "soonest", "latest", "newest", "earlier", "sooner", "later", "newer"})) {
    degree.of = Degree::Of::kTime;
    degree.word = "early";
    degree.direction = WordIn(next, {"earliest", "soonest", "earlier", "sooner"}) ? -1 : 1;
    degree.superlative = WordIn(next, {"earliest", "soonest", "latest", "newest"});
  } else if (WordIn(next, {"maximum", "max", "maximal", "minimum", "min", "minimal", "top"})) {
    degree.word = "large";
    degree.direction = word.rfind("min", 0) == 0 ? -1 : 1;
    degree.superlative = true;
  } else if (use != nullptr && use->form != Form::kPositive) {
    degree.word = use->word;
    degree.direction = use->direction;
    degree.superlative = use->form == Form::kSuperlative;
    if (WordIn(next, {"more", "most", "less", "least"})) {
      degree.word = "much";
      degree.direction = WordIn(next, {"more", "most"}) ? 1 : -1;
      const AdjectiveUse* adjective = IsWord(next + 1) ? catalogue_.FindAdjective(items_[next + 1].word) : nullptr;
      if (WordIn(next + 1, {"often", "frequently"})) {
        degree.word = "often";
        ++next;
      } else if (WordIs(next + 1, "recent") || WordIs(next + 1, "recently")) {
        degree.of = Degree::Of::kTime;
        degree.word = "early";
        ++next;
      } else if (adjective != nullptr && adjective->form == Form::kPositive && adjective->word != "many") {
        degree.word = adjective->word;
        degree.direction *= adjective->direction;
        ++next;
      }
    }
  } else {
    return std::nullopt;
  }
  if (degree.keep.has_value() && !degree.superlative) return std::nullopt;
  // "more than 10 km" is a number, not a degree of what follows.
  if (WordIs(next, "more") && WordIs(next + 1, "than")) degree.word = "much";
  degree.end = next + 1;
  degree.span = SpanOf(at, degree.end);
  return degree;
}

bool ClauseReader::DegreeAwaits(const Reading& reading, size_t at) const {
  return reading.meaning->degree.has_value() && reading.meaning->degree->end == at &&
         (reading.meaning->degree->of == Degree::Of::kOpen || reading.meaning->degree->of == Degree::Of::kTime);
}

// The degree belongs to the noun that was just read: `fact` is the one by which a noun of a relation names it.
void ClauseReader::MeasureNoun(Reading* reading, int fact) const {
  Degree& degree = *reading->meaning->degree;
  degree.end = 0;
  if (degree.of == Degree::Of::kTime) return;
  const auto measured = [&](const RelationUse& use) {
    return !use.inverted && !catalogue_.relations()[use.relation].measure.empty();
  };
  if (fact != kNobody) {
    Fact& noun = reading->meaning->facts[fact];
    if (noun.object == reading->noun && std::any_of(noun.relations.begin(), noun.relations.end(), measured)) {
      degree.of = Degree::Of::kQuantity;
      degree.fact = fact;
      degree.participant = reading->noun;
      return;
    }
  }
  if (CountsThings(degree)) {
    degree.of = Degree::Of::kAnswers;
    degree.participant = reading->noun;
    return;
  }
  // "the fastest train": an attribute of it.
  const AdjectiveUse* use = catalogue_.FindAdjective(degree.word);
  if (use == nullptr) return;
  std::vector<absl::string_view> measures(use->measures.begin(), use->measures.end());
  const std::vector<uint32_t> relations = RelationsMeasuring(measures);
  if (relations.empty()) return;
  reading->cost += kAttributeCost;
  const int owner = reading->noun;
  degree.of = Degree::Of::kQuantity;
  degree.participant = AddSought(reading, "");
  const int attribute = AddFact(reading, relations, owner, reading->meaning->degree->participant);
  reading->meaning->degree->fact = attribute;
}

// After a verb and its objects: "most often", "the longest", "more than three times".
void ClauseReader::ReadDegreeAdverb(const Reading& start, const Frame& frame, Readings* found) {
  if (start.meaning->degree.has_value() || !IsWord(start.at)) return;
  // "at least twice", "more than three times", "once"
  Reading counted = start;
  std::optional<NumberMatch> number = MatchNumber(start.at);
  size_t end = number.has_value() ? number->end : start.at;
  bool times = number.has_value() && WordIn(end, {"times", "time"});
  if (times) ++end;
  if (!number.has_value()) {
    for (size_t at = start.at; at < start.at + 3 && !times; ++at) {
      if (!WordIn(at, {"once", "twice", "thrice"})) continue;
      number = NumberMatch();
      const bool more = WordIs(start.at, "more") && WordIs(start.at + 1, "than") && at == start.at + 2;
      const bool least = WordIs(start.at, "at") && WordIs(start.at + 1, "least") && at == start.at + 2;
      const bool only = WordIn(start.at, {"only", "just", "exactly"}) && at == start.at + 1;
      if (!more && !least && !only && at != start.at) break;
      number->limit.relation = more    ? NumberLimit::Relation::kMore
                               : least ? NumberLimit::Relation::kAtLeast
                                       : NumberLimit::Relation::kEqual;
      number->limit.value = WordIs(at, "once") ? 1 : WordIs(at, "twice") ? 2 : 3;
      end = at + 1;
      times = true;
    }
  }
  if (times) {
    Degree degree;
    degree.of = Degree::Of::kEvents;
    degree.word = "often";
    degree.fact = frame.fact;
    degree.number = number->limit;
    degree.span = SpanOf(start.at, end);
    counted.at = end;
    counted.meaning->degree = degree;
    Append(ReadComplements(counted, frame), found);
    return;
  }
  const std::optional<Degree> degree = MatchDegree(start.at);
  if (!degree.has_value() || degree->keep.has_value()) return;
  Reading reading = start;
  reading.at = degree->end;
  reading.cost += kDegreeCost;
  if (degree->of == Degree::Of::kTime && degree->superlative) {
    if (start.meaning->ordinal != 0) return;
    reading.meaning->ordinal = degree->direction < 0 ? 1 : -1;
  } else {
    reading.meaning->degree = degree;
    reading.meaning->degree->end = 0;
    if (degree->of == Degree::Of::kTime) reading.meaning->degree->fact = frame.fact;
  }
  Append(ReadComplements(reading, frame), found);
}

// "[is the distance in article 002 greater than] the one in article 000", "than according to article 000".
Readings ClauseReader::ReadThanSource(const Reading& start) {
  Reading told = start;
  if (WordIs(told.at, "the")) ++told.at;
  if (WordIn(told.at, {"one", "that", "those"})) ++told.at;
  const bool source = told.at < items_.size() && (items_[told.at].kind == Element::Kind::kArticle ||
                                                  items_[told.at].kind == Element::Kind::kSpeaker);
  const size_t articles = told.meaning->articles.size();
  if (!source || !ReadSourceItem(&told) || told.meaning->articles.size() == articles) return {};
  told.meaning->degree->than = told.meaning->articles.back();
  told.meaning->articles.pop_back();
  ++told.at;
  return {std::move(told)};
}

// "than in 2019", "than Russia", "than to Russia", "than 1,000 km", "than Kim Jong-il did"; the second "as" of "as
// often as Trump".
void ClauseReader::ReadThan(const Reading& start, const Frame& frame, Readings* found) {
  const std::optional<Degree>& degree = start.meaning->degree;
  if (!WordIn(start.at, {"than", "as"}) || !degree.has_value() || degree->superlative || degree->than != kNobody ||
      degree->than_time.has_value() || degree->number.has_value() || degree->equal != WordIs(start.at, "as")) {
    return;
  }
  Reading reading = start;
  ++reading.at;
  const auto go_on = [&](Reading next) {
    if (WordIn(next.at, {"did", "does", "do", "has", "have", "had", "was", "were", "is"}) && AtEnd(next.at + 1))
      ++next.at;
    Append(ReadComplements(next, frame), found);
  };
  if (reading.at < items_.size() && items_[reading.at].kind == Element::Kind::kTime) {
    absl::StatusOr<TimeLimit> limit =
        ResolveTime(items_[reading.at].element->time, context_.today, false, context_.text);
    if (!limit.ok()) {
      error_ = limit.status();
      return;
    }
    ++reading.at;
    reading.meaning->degree->than_time = *std::move(limit);
    go_on(std::move(reading));
    return;
  }
  if (const std::optional<NumberMatch> number = MatchNumber(reading.at)) {
    Reading next = reading;
    next.at = number->end;
    if (WordIn(next.at, {"times", "time"})) ++next.at;
    next.meaning->degree->number = number->limit;
    next.meaning->degree->number->relation = degree->equal           ? NumberLimit::Relation::kEqual
                                             : degree->direction > 0 ? NumberLimit::Relation::kMore
                                                                     : NumberLimit::Relation::kLess;
    go_on(std::move(next));
  }
  if (start.meaning->facts[frame.fact].article != kNobody) {
    for (Reading& told : ReadThanSource(reading)) go_on(std::move(told));
  }
  // The preposition tells nothing that the name does not.
  Reading noun = reading;
  std::vector<uint32_t> qualifiers;
  if (WordIn(noun.at, {"in", "to", "with", "by", "from", "for", "of", "at", "on"})) {
    qualifiers = catalogue_.QualifiersWith(items_[noun.at].word);
    ++noun.at;
  }
  noun.gap = kNobody;
  for (Reading& other : ReadNoun(noun)) {
    other.meaning->degree->than = other.noun;
    other.meaning->degree->than_qualifiers = qualifiers;
    other.gap = start.gap;
    other.noun = start.noun;
    if (degree->of == Degree::Of::kLasting && other.at < items_.size() &&
        items_[other.at].kind == Element::Kind::kTime) {
      // "longer in Hanoi than in Beijing in January 2019": of several stays there that one.
      absl::StatusOr<TimeLimit> limit =
          ResolveTime(items_[other.at].element->time, context_.today, false, context_.text);
      if (limit.ok()) {
        Reading timed = other;
        ++timed.at;
        timed.meaning->degree->than_time = *std::move(limit);
        timed.cost -= 1;
        go_on(std::move(timed));
      }
    }
    go_on(std::move(other));
  }
}

// After a form of "be": "longer than Y", "the fastest", "20 metres long", "20 metres".
Readings ClauseReader::ReadAdjective(const Reading& start, int subject) {
  Readings found;
  if (subject == kNobody || start.meaning->degree.has_value()) return found;
  const std::optional<NumberMatch> number = MatchNumber(start.at);
  const AdjectiveUse* use = nullptr;
  std::optional<Degree> degree;
  Reading reading = start;
  if (number.has_value()) {
    use = IsWord(number->end) ? catalogue_.FindAdjective(items_[number->end].word) : nullptr;
    if (use != nullptr && use->form != AdjectiveUse::Form::kPositive) return found;
    if (use == nullptr && number->unit.value().empty()) return found;
    reading.at = number->end + (use == nullptr ? 0 : 1);
  } else {
    degree = MatchDegree(start.at);
    if (!degree.has_value() || CountsThings(*degree) || degree->of == Degree::Of::kTime) return found;
    use = catalogue_.FindAdjective(degree->word);
    if (use == nullptr) return found;
    reading.at = degree->end;
  }
  // The subject may be a quantity itself: "is the range of X longer than ...".
  int fact = kNobody;
  for (size_t i = 0; i < start.meaning->facts.size(); ++i) {
    const Fact& noun = start.meaning->facts[i];
    const bool quantity = std::any_of(noun.relations.begin(), noun.relations.end(), [&](const RelationUse& relation) {
      return !relation.inverted && !catalogue_.relations()[relation.relation].measure.empty();
    });
    if (quantity && noun.object == subject) fact = static_cast<int>(i);
  }
  int value = subject;
  if (fact == kNobody) {
    std::vector<absl::string_view> measures;
    if (use != nullptr) measures.assign(use->measures.begin(), use->measures.end());
    const std::vector<uint32_t> relations = number.has_value() && !number->unit.value().empty()
                                                ? RelationsInUnit(number->unit, measures)
                                                : RelationsMeasuring(measures);
    if (relations.empty()) return found;
    value = AddSought(&reading, "");
    fact = AddFact(&reading, relations, subject, value);
  }
  reading.meaning->facts[fact].restricts = false;
  reading.main_fact = fact;
  if (number.has_value()) {
    reading.meaning->participants[value].number = number->limit;
  } else {
    degree->of = Degree::Of::kQuantity;
    degree->fact = fact;
    degree->participant = value;
    degree->end = 0;
    reading.meaning->degree = degree;
  }
  Frame frame;
  frame.fact = fact;
  frame.subject = subject;
  return ReadComplements(reading, frame);
}

bool ClauseReader::SettleDegree(Reading* reading) const {
  Meaning& meaning = *reading->meaning;
  if (!meaning.degree.has_value()) return true;
  Degree& degree = *meaning.degree;
  if (degree.of == Degree::Of::kOpen) {
    if (reading->main_fact == kNobody) return false;
    const Fact& fact = meaning.facts[reading->main_fact];
    degree.fact = reading->main_fact;
    const bool quantity = std::any_of(fact.relations.begin(), fact.relations.end(), [&](const RelationUse& use) {
      return !use.inverted && !catalogue_.relations()[use.relation].measure.empty();
    });
    // "more than 10,000 km" is no number of times.
    const bool measured = degree.number.has_value() && !degree.number->base_unit.value().empty();
    if (measured && !quantity) return false;
    // "Was read more often" is told by how often it was read, where claims give that as a number.
    const bool times = degree.word == "often" &&
                       std::all_of(fact.relations.begin(), fact.relations.end(), [&](const RelationUse& use) {
                         return !catalogue_.relations()[use.relation].measure.empty();
                       });
    if ((degree.word == "often" || CountsThings(degree)) && !measured && !(times && quantity)) {
      degree.of = Degree::Of::kEvents;
    } else if (quantity) {
      degree.of = Degree::Of::kQuantity;
      degree.participant = fact.object;
    } else if (degree.word == "long" || degree.word == "short") {
      degree.of = Degree::Of::kLasting;
    } else {
      return false;
    }
  }
  if (degree.of == Degree::Of::kAnswers) {
    const bool read = std::any_of(meaning.targets.begin(), meaning.targets.end(), [&](const Target& target) {
      return target.kind == Target::Kind::kParticipant && target.participant == degree.participant;
    });
    if (!read) {
      Target counted;
      counted.participant = degree.participant;
      counted.hidden = true;
      meaning.targets.push_back(std::move(counted));
    }
  }
  // Events that are listed cannot be the most of themselves; nor can what is asked for be counted against itself.
  if (degree.of == Degree::Of::kEvents && meaning.kind == Meaning::Kind::kEvents) return false;
  if (degree.of == Degree::Of::kAnswers && meaning.kind == Meaning::Kind::kSelect && meaning.groups.empty() &&
      std::all_of(meaning.targets.begin(), meaning.targets.end(),
                  [&](const Target& target) { return target.hidden || target.participant == degree.participant; })) {
    return false;
  }
  if (degree.fact == kNobody) degree.fact = meaning.event_fact != kNobody ? meaning.event_fact : reading->main_fact;
  const bool compared = degree.superlative || degree.than != kNobody || degree.than_time.has_value() ||
                        degree.number.has_value() || !meaning.alternatives.empty();
  return compared && (degree.of == Degree::Of::kAnswers || degree.fact != kNobody);
}

}  // namespace dossier::ask

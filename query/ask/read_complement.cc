// What follows a verb: its object, prepositional phrases, times, qualifiers, and clauses joined with "and".
#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "query/ask/bind_error.h"
#include "query/ask/clause_reader.h"
#include "query/ask/time_phrase.h"

namespace dossier::ask {
namespace {

constexpr int kQualifierCost = 3;
constexpr int kMissingObjectCost = 4;
constexpr int kGapQualifierCost = 2;

void Append(Readings more, Readings* all) {
  all->insert(all->end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

Readings ClauseReader::ReadComplements(const Reading& start, Frame frame) {
  Readings found;
  if (!Spend()) return found;
  Reading reading = start;
  while (true) {
    const size_t before = reading.at;
    SkipAdverbs(&reading);
    if (reading.at < items_.size() && items_[reading.at].kind == Element::Kind::kComma) ++reading.at;
    if (!ReadQualifierItem(&reading, &frame)) return found;
    if (reading.at == before) break;
  }
  furthest_ = std::max(furthest_, reading.at);
  Finish(reading, frame, &found);
  ReadObject(reading, frame, &found);
  ReadPrepositions(reading, frame, &found);
  ReadTimeLinks(reading, frame, &found);
  ReadStatement(reading, frame, &found);
  return found;
}

// Times and qualifiers that the grammar has recognised. False when the clause cannot go on with this one.
bool ClauseReader::ReadQualifierItem(Reading* reading, Frame* frame) {
  if (reading->at >= items_.size()) return true;
  const Item& item = items_[reading->at];
  Meaning& meaning = reading->meaning;
  switch (item.kind) {
    case Element::Kind::kTime: {
      absl::StatusOr<TimeLimit> limit =
          ResolveTime(item.element->time, context_.today, meaning.tense == Tense::kFuture, context_.text);
      if (!limit.ok()) {
        error_ = limit.status();
        return false;
      }
      std::optional<TimeLimit>& time = meaning.facts[frame->fact].time;
      if (time.has_value()) return false;
      time = *std::move(limit);
      frame->last = Frame::Last::kTime;
      break;
    }
    case Element::Kind::kReported: {
      absl::StatusOr<TimeRange> day = ResolveDate(item.element->time.first, context_.today, false, context_.text);
      if (!day.ok()) {
        error_ = day.status();
        return false;
      }
      meaning.reported_until = *std::move(day);
      break;
    }
    case Element::Kind::kCertainty: {
      const std::vector<uint32_t> levels = catalogue_.certainty_names().Find(PhraseKey(item.element->text));
      if (levels.empty()) {
        error_ = UnknownLevel(catalogue_, context_.text, item.span);
        return false;
      }
      meaning.minimum_rank = catalogue_.certainty_levels()[levels.front()].rank;
      break;
    }
    case Element::Kind::kSupport: {
      int64_t number = 0;
      if (!absl::SimpleAtoi(item.element->text, &number)) {
        constexpr std::array<absl::string_view, 6> kNumbers = {"zero", "one", "two", "three", "four", "five"};
        const auto* word = std::find(kNumbers.begin(), kNumbers.end(), PhraseKey(item.element->text));
        if (word == kNumbers.end()) {
          error_ = UnknownName(catalogue_, context_.text, item.span, "number");
          return false;
        }
        number = word - kNumbers.begin();
      }
      meaning.minimum_sources = number;
      break;
    }
    case Element::Kind::kArticle:
    case Element::Kind::kSpeaker: {
      const bool article = item.kind == Element::Kind::kArticle;
      const std::string key = PhraseKey(item.element->text);
      std::vector<TermId> entities = catalogue_.FindEntities(article ? absl::StrCat("article ", key) : key);
      if (entities.empty() && article) entities = catalogue_.FindEntities(key);
      if (entities.empty()) {
        error_ = UnknownName(catalogue_, context_.text, item.span, article ? "article" : "name");
        return false;
      }
      const int participant = AddKnown(reading, std::move(entities), reading->at, reading->at + 1);
      meaning.participants[participant].words = item.element->text;
      (article || key.rfind("article ", 0) == 0 ? meaning.articles : meaning.speakers).push_back(participant);
      break;
    }
    default: return true;
  }
  ++reading->at;
  return true;
}

// The object where it follows at once, or the thing asked for in its place.
void ClauseReader::ReadObject(const Reading& start, const Frame& frame, Readings* found) {
  const Fact& fact = start.meaning.facts[frame.fact];
  const bool direct = std::find(frame.prepositions.begin(), frame.prepositions.end(), "") != frame.prepositions.end();
  if (!direct || frame.passive || fact.object != kNobody) return;
  for (Reading& object : ReadNoun(start)) {
    Reading next = std::move(object);
    next.meaning.facts[frame.fact].object = next.noun;
    Frame after = frame;
    after.last = Frame::Last::kObject;
    Append(ReadComplements(next, after), found);
  }
}

std::vector<uint32_t> ClauseReader::QualifiersWith(absl::string_view preposition) const {
  std::vector<uint32_t> found;
  const auto& qualifiers = catalogue_.qualifiers();
  for (uint32_t i = 0; i < qualifiers.size(); ++i) {
    const auto& words = qualifiers[i].prepositions;
    if (std::find(words.begin(), words.end(), preposition) != words.end()) found.push_back(i);
  }
  return found;
}

// "to Russia", "by train", "with Putin": the object, the agent of a passive, or a qualifier of the claim.
void ClauseReader::ReadPrepositions(const Reading& start, const Frame& frame, Readings* found) {
  if (!IsWord(start.at)) return;
  const Fact& fact = start.meaning.facts[frame.fact];
  std::string words;
  for (size_t end = start.at; end < items_.size() && end < start.at + 3 && IsWord(end) && !items_[end].possessive;
       ++end) {
    absl::StrAppend(&words, words.empty() ? "" : " ", items_[end].word);
    const bool is_agent = frame.passive && words == "by" && fact.subject == kNobody;
    const bool is_object =
        !frame.passive && fact.object == kNobody &&
        std::find(frame.prepositions.begin(), frame.prepositions.end(), words) != frame.prepositions.end();
    const std::vector<uint32_t> qualifiers = QualifiersWith(words);
    if (!is_agent && !is_object && qualifiers.empty()) continue;
    Reading reading = start;
    reading.at = end + 1;
    Readings nouns = ReadNoun(reading);
    // "which city did Kim travel to": the thing asked for belongs here.
    if (start.gap != kNobody && start.gap_preposition.empty()) {
      reading.noun = start.gap;
      reading.gap = kNobody;
      nouns.push_back(reading);
    }
    for (const Reading& noun : nouns) {
      if (is_agent || is_object) {
        Reading next = noun;
        (is_agent ? next.meaning.facts[frame.fact].subject : next.meaning.facts[frame.fact].object) = noun.noun;
        Frame after = frame;
        after.last = is_object ? Frame::Last::kObject : Frame::Last::kNothing;
        Append(ReadComplements(next, after), found);
      }
      if (!qualifiers.empty()) {
        Reading next = noun;
        next.cost += kQualifierCost;
        next.meaning.facts[frame.fact].qualifiers.push_back({qualifiers, noun.noun});
        Frame after = frame;
        after.last = Frame::Last::kQualifier;
        Append(ReadComplements(next, after), found);
      }
    }
  }
}

// The clause ends here, or goes on with "and".
void ClauseReader::Finish(Reading reading, const Frame& frame, Readings* found) {
  if (!Spend()) return;
  ReadConjunction(reading, frame, found);
  Readings endings;
  const Fact& fact = reading.meaning.facts[frame.fact];
  if (reading.gap != kNobody) {
    const std::string& preposition = reading.gap_preposition;
    const bool is_object =
        std::find(frame.prepositions.begin(), frame.prepositions.end(), preposition) != frame.prepositions.end() &&
        fact.object == kNobody && !frame.passive;
    if (is_object || (frame.passive && preposition == "by" && fact.subject == kNobody)) {
      Reading ending = reading;
      (is_object ? ending.meaning.facts[frame.fact].object : ending.meaning.facts[frame.fact].subject) = reading.gap;
      ending.gap = kNobody;
      endings.push_back(std::move(ending));
    }
    if (const std::vector<uint32_t> qualifiers = QualifiersWith(preposition);
        !preposition.empty() && !qualifiers.empty()) {
      Reading ending = reading;
      ending.cost += kGapQualifierCost;
      ending.meaning.facts[frame.fact].qualifiers.push_back({qualifiers, reading.gap});
      ending.gap = kNobody;
      endings.push_back(std::move(ending));
    }
  } else {
    endings.push_back(std::move(reading));
  }
  for (Reading& ending : endings) {
    Fact& last = ending.meaning.facts[frame.fact];
    const int second = ending.partner;
    ending.partner = kNobody;
    if (second != kNobody) {
      const bool symmetric = std::any_of(last.relations.begin(), last.relations.end(), [&](const RelationUse& use) {
        return catalogue_.relations()[use.relation].symmetric;
      });
      if (symmetric && last.object == kNobody) {
        last.object = second;
      } else {
        Fact copy = last;
        (frame.passive ? copy.object : copy.subject) = second;
        ending.meaning.facts.push_back(std::move(copy));
      }
    }
    for (Fact& each : ending.meaning.facts) {
      for (int* side : {&each.subject, &each.object}) {
        if (*side != kNobody) continue;
        *side = AddSought(&ending, "");
        if (&each == &ending.meaning.facts[frame.fact]) ending.cost += kMissingObjectCost;
      }
    }
    found->push_back(std::move(ending));
  }
}

}  // namespace dossier::ask

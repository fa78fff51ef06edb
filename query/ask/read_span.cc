// Between two times of which at least one is that of an event: "between the Hanoi summit and July 2019".
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "query/ask/clause_reader.h"
#include "query/ask/parser.h"
#include "query/ask/time_phrase.h"

namespace dossier::ask {
namespace {

constexpr size_t kLongestDate = 4;  // Words: "the 24 April 2019".

}  // namespace

// A date that stands without a preposition, which the grammar takes for words: the longest one, and where it ends.
std::optional<std::pair<TimeRange, size_t>> ClauseReader::DateAt(size_t at) const {
  for (size_t end = std::min(at + kLongestDate, items_.size()); end > at; --end) {
    if (!IsWord(end - 1) || !IsWord(at)) continue;
    const absl::StatusOr<Statement> statement = ParseStatement(absl::StrCat("x in ", TextOf(at, end)));
    if (!statement.ok() || statement->question.elements.size() != 2) continue;
    const Element& element = statement->question.elements.back();
    if (element.kind != Element::Kind::kTime || element.time.relation != TimePhrase::Relation::kIn) continue;
    const absl::StatusOr<TimeRange> range = ResolveDate(element.time.first, context_.today, false, statement->text);
    if (range.ok()) return std::make_pair(*range, end);
  }
  return std::nullopt;
}

// The event, or the thing that happened, whose time is one end of the span; the readings have come past it and `link`
// leads to its fact.
std::vector<std::pair<Reading, int>> ClauseReader::ReadDatedThing(const Reading& start) {
  std::vector<std::pair<Reading, int>> found;
  Reading begin = start;
  begin.gap = kNobody;
  begin.meaning->event_fact = kNobody;
  const auto keep = [&](Reading reading, int fact) {
    reading.gap = start.gap;
    reading.noun = start.noun;
    reading.main_fact = start.main_fact;
    reading.meaning->event_fact = start.meaning->event_fact;
    reading.meaning->tense = start.meaning->tense;
    reading.meaning->facts[fact].restricts = true;
    found.emplace_back(std::move(reading), fact);
  };
  for (Reading& named : ReadNoun(begin)) {
    if (!named.meaning->participants[named.noun].known()) continue;
    const std::vector<uint32_t> times = TimeRelationsOf(named.meaning->participants[named.noun]);
    const int anything = AddSought(&named, "");
    const int fact = AddFact(&named, times, named.noun, anything);
    keep(std::move(named), fact);
  }
  for (Reading& event : ReadEvent(begin)) {
    const int fact = event.meaning->event_fact;
    if (!event.aspect.empty() || fact == kNobody) continue;
    event.meaning->facts[fact].is_event = false;
    keep(std::move(event), fact);
  }
  return found;
}

void ClauseReader::ReadSpan(const Reading& start, const Frame& frame, Readings* found) {
  if (!WordIs(start.at, "between")) return;
  Reading reading = start;
  ++reading.at;
  // One end of the span limits the fact by a date, or links it to another fact.
  const auto limit = [&](const Reading& at, bool first) {
    Readings ends;
    if (const auto date = DateAt(SkipDeterminers(at.at)); date.has_value()) {
      Reading dated = at;
      std::optional<TimeLimit>& time = dated.meaning->facts[frame.fact].time;
      if (!time.has_value()) {
        time.emplace();
        time->range = date->first;
        if (first) {
          time->range.open_end = true;
          time->range.end = TimeRange::kUnboundedEnd;
        } else {
          // "between the outbreak and September": until September begins.
          time->range.open_begin = true;
          time->range.end = time->range.begin;
          time->range.begin = TimeRange::kUnboundedBegin;
        }
        time->words = absl::StrCat(first ? "since " : "before ", TextOf(at.at, date->second));
        dated.at = date->second;
        ends.push_back(std::move(dated));
      }
      return ends;
    }
    for (auto& [thing, fact] : ReadDatedThing(at)) {
      TimeLink link;
      link.kind = first ? TimeLink::Kind::kAfter : TimeLink::Kind::kBefore;
      link.fact = fact;
      thing.meaning->facts[frame.fact].links.push_back(link);
      ends.push_back(std::move(thing));
    }
    return ends;
  };
  for (Reading& from : limit(reading, true)) {
    if (!WordIs(from.at, "and")) continue;
    ++from.at;
    for (Reading& until : limit(from, false)) {
      Frame after = frame;
      after.last = Frame::Last::kTime;
      Append(ReadComplements(until, after), found);
    }
  }
}

}  // namespace dossier::ask

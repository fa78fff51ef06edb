// Numbers that a question gives, as limits of quantities: "more than 10,000 km", "at least three countries", "74
// minutes".
#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "query/ask/clause_reader.h"
#include "query/ask/english.h"
#include "query/ask/reading_costs.h"

namespace dossier::ask {

std::optional<ClauseReader::NumberMatch> ClauseReader::MatchNumber(size_t at) const {
  if (!lookups_.has_value()) return FindNumber(at);
  return lookups_->numbers.At(at, [&] { return FindNumber(at); });
}

std::optional<ClauseReader::NumberMatch> ClauseReader::FindNumber(size_t at) const {
  using Relation = NumberLimit::Relation;
  struct Bound {
    std::vector<absl::string_view> words;
    Relation relation;
  };
  static const auto& bounds = *new std::vector<Bound>{
      {{"no", "more", "than"}, Relation::kAtMost},
      {{"no", "less", "than"}, Relation::kAtLeast},
      {{"no", "fewer", "than"}, Relation::kAtLeast},
      {{"more", "than"}, Relation::kMore},
      {{"over"}, Relation::kMore},
      {{"above"}, Relation::kMore},
      {{"less", "than"}, Relation::kLess},
      {{"fewer", "than"}, Relation::kLess},
      {{"under"}, Relation::kLess},
      {{"below"}, Relation::kLess},
      {{"at", "least"}, Relation::kAtLeast},
      {{"at", "most"}, Relation::kAtMost},
      {{"up", "to"}, Relation::kAtMost},
      {{"exactly"}, Relation::kEqual},
  };
  NumberMatch match;
  size_t next = at;
  for (const Bound& bound : bounds) {
    bool all = true;
    for (size_t i = 0; i < bound.words.size(); ++i) all &= WordIs(at + i, bound.words[i]);
    if (!all) continue;
    match.limit.relation = bound.relation;
    next = at + bound.words.size();
    break;
  }
  if (!IsWord(next)) return std::nullopt;
  double value = NumberOf(items_[next].word);
  // "more than a day", "longer than an hour"
  const bool bounded = next != at || (at > 0 && WordIs(at - 1, "than"));
  if (bounded && WordIn(next, {"a", "an"}) && !Match(catalogue_.unit_names(), next + 1).empty()) value = 1;
  if (value < 0) return std::nullopt;
  ++next;
  while (IsWord(next)) {
    const double more = NumberOf(items_[next].word);
    if (more < 100) break;
    value *= more;
    ++next;
  }
  match.limit.value = value;
  match.end = next;
  for (const NameMatch& unit : Match(catalogue_.unit_names(), next)) {
    const UnitInfo& info = catalogue_.units()[catalogue_.unit_names().Find(unit.key).front()];
    match.unit = info.iri;
    match.limit.base_unit = info.base;
    match.limit.value *= info.factor;
    match.end = unit.end;
    break;
  }
  return match;
}

// A quantity within the limit; or so many of a kind, of which at least, at most or just so many are to be there.
void ClauseReader::ReadNumbers(const Reading& start, Readings* found) {
  const std::optional<NumberMatch> match = MatchNumber(start.at);
  if (!match.has_value()) return;
  // "the Boeing 737", where there is a Boeing 747: the number is part of a name that nobody knows.
  const bool plain = match->end == start.at + 1 && match->unit.value().empty();
  if (plain && start.at > 0 && IsWord(start.at - 1)) {
    const std::string before = items_[start.at - 1].word;
    for (const EntityNames::Named& named : catalogue_.names().Continuations(before)) {
      const size_t next = before.size() + 1;
      const bool numbered = absl::StartsWith(named.key, before) && next < named.key.size() &&
                            absl::ascii_isdigit(static_cast<unsigned char>(named.key[next]));
      if (numbered) return;
    }
  }
  Reading reading = start;
  reading.at = match->end;
  reading.cost += kPhraseCost;
  if (match->unit.value().empty() && !start.meaning->degree.has_value()) {
    Degree degree;
    degree.word = "many";
    degree.number = match->limit;
    degree.end = match->end;
    degree.span = SpanOf(start.at, match->end);
    Reading counted = reading;
    counted.cost -= kPhraseCost;
    counted.meaning->degree = degree;
    ReadKinds(counted, found);
    ReadRelationNouns(counted, kNobody, found);
  }
  reading.noun = AddSought(&reading, TextOf(start.at, match->end));
  reading.meaning->participants.back().number = match->limit;
  // "20 cars": the noun says which quantity.
  Readings with_noun;
  if (match->unit.value().empty()) {
    for (const NameMatch& noun : Match(catalogue_.nouns(), match->end)) {
      const std::vector<uint32_t> uses = catalogue_.nouns().Find(noun.key);
      const bool quantity = std::any_of(uses.begin(), uses.end(), [&](uint32_t index) {
        const NounUse& use = catalogue_.noun_uses()[index];
        return use.side == NounSide::kObject && !catalogue_.relations()[use.relation].measure.empty();
      });
      if (!quantity) continue;
      with_noun.push_back(reading);
      with_noun.back().at = noun.end;
      with_noun.back().meaning->participants.back().counted = true;
      --with_noun.back().cost;
    }
  }
  Append(std::move(with_noun), found);
  found->push_back(std::move(reading));
}

}  // namespace dossier::ask

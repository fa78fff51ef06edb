// Sums of quantities that the question itself gives: "does 700 km at 50 km/h take 20 hours", "how far is 20 hours at
// 50 km/h".
#include <utility>

#include "query/ask/clause_reader.h"

namespace dossier::ask {

// Puts a number where its unit belongs; false when there is no place for it.
bool ClauseReader::AddAmount(const NumberMatch& number, std::string words, Sum* sum) const {
  const UnitInfo* unit = catalogue_.FindUnit(number.unit);
  if (unit == nullptr) return false;
  if (number.limit.relation != NumberLimit::Relation::kEqual) sum->relation = number.limit.relation;
  const Amount amount{number.limit.value / unit->factor, number.unit, std::move(words)};
  std::optional<Amount>* place = &sum->numerator;
  if (!unit->numerator.value().empty()) {
    place = &sum->rate;
  } else {
    // Whether it is what the rate is of, or what it is per.
    bool numerator = false;
    bool denominator = false;
    for (const UnitInfo& rate : catalogue_.units()) {
      const UnitInfo* above = catalogue_.FindUnit(rate.numerator);
      const UnitInfo* below = catalogue_.FindUnit(rate.denominator);
      numerator |= above != nullptr && above->base == unit->base;
      denominator |= below != nullptr && below->base == unit->base;
    }
    if (!numerator && !denominator) return false;
    if (!numerator) place = &sum->denominator;
  }
  if (place->has_value() && (place != &sum->numerator || sum->equal.has_value())) return false;
  if (place->has_value()) place = &sum->equal;
  *place = amount;
  return true;
}

// Whether a word only says that the amounts around it belong together: "does ... at ... take ...", "... is the same as
// ...".
bool ClauseReader::JoinsAmounts(size_t at) const {
  return WordIn(
      at, {"does",  "do",     "would", "will",    "is",    "are",   "it",       "at",   "a",     "the",   "of", "with",
           "for",   "in",     "to",    "take",    "takes", "need",  "needs",    "last", "make",  "makes", "go", "give",
           "cover", "travel", "one",   "someone", "get",   "speed", "distance", "same", "equal", "equals"});
}

Readings ClauseReader::ReadSum(const Reading& start) {
  Reading reading = start;
  reading.meaning->sum.emplace();
  Sum& sum = *reading.meaning->sum;
  int given = 0;
  const bool asks = WordIs(reading.at, "how");
  if (asks) {
    ++reading.at;
    if (WordIn(reading.at, {"many", "much"})) {
      const std::vector<NameMatch> units = Match(catalogue_.unit_names(), reading.at + 1);
      if (units.empty()) return {};
      reading.at = units.front().end;
    } else if (IsWord(reading.at) && catalogue_.FindAdjective(items_[reading.at].word) != nullptr) {
      ++reading.at;
    } else {
      return {};
    }
  }
  while (!AtEnd(reading.at)) {
    const std::optional<NumberMatch> number = MatchNumber(reading.at);
    if (number.has_value() && !number->unit.value().empty()) {
      if (!AddAmount(*number, TextOf(reading.at, number->end), &sum)) return {};
      reading.at = number->end;
      ++given;
    } else if (!asks && WordIs(reading.at + 1, "than") && given == 1 && IsWord(reading.at) &&
               catalogue_.FindAdjective(items_[reading.at].word) != nullptr &&
               catalogue_.FindAdjective(items_[reading.at].word)->form == AdjectiveUse::Form::kComparative) {
      // "is 600 miles farther than 1,000 km"
      sum.relation = catalogue_.FindAdjective(items_[reading.at].word)->direction > 0 ? NumberLimit::Relation::kMore
                                                                                      : NumberLimit::Relation::kLess;
      reading.at += 2;
    } else if (!asks && given == 1 && WordIs(reading.at, "the") && WordIs(reading.at + 1, "same") &&
               WordIs(reading.at + 2, "as")) {
      reading.at += 3;
    } else if (WordIn(reading.at, {"about", "around", "roughly", "nearly", "almost", "approximately"})) {
      sum.roughly = true;
      ++reading.at;
    } else if (JoinsAmounts(reading.at) || (given == 1 && WordIs(reading.at, "as"))) {
      ++reading.at;
    } else {
      break;
    }
  }
  const bool conversion = sum.equal.has_value() && given == 2 && !asks;
  if (asks && sum.relation != NumberLimit::Relation::kEqual) return {};
  if (!conversion && (sum.equal.has_value() || given != (asks ? 2 : 3))) return {};
  Readings found;
  if (reading.at < items_.size() && items_[reading.at].kind == Element::Kind::kComma) ++reading.at;
  Readings wholes = ReadSourceClause(reading);
  wholes.push_back(reading);
  for (Reading& whole : wholes) {
    whole.meaning->kind = asks ? Meaning::Kind::kSelect : Meaning::Kind::kAsk;
    found.push_back(std::move(whole));
  }
  return found;
}

}  // namespace dossier::ask

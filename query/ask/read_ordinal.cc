// Ordinals: "the second test", "for the third time", "when was the last time Kim met Putin".
#include <utility>

#include "query/ask/clause_reader.h"
#include "query/ask/english.h"

namespace dossier::ask {

// "first", "second", "3rd", "last", "second last", "last but one".
std::optional<ClauseReader::OrdinalMatch> ClauseReader::MatchOrdinal(size_t at) const {
  if (!IsWord(at) || items_[at].possessive) return std::nullopt;
  if (WordIn(at, {"last", "final"})) {
    if (WordIs(at + 1, "but") && WordIs(at + 2, "one")) return OrdinalMatch{-2, at + 3};
    return OrdinalMatch{-1, at + 1};
  }
  if (WordIs(at, "penultimate")) return OrdinalMatch{-2, at + 1};
  const int number = OrdinalOf(items_[at].word);
  if (number == 0) return std::nullopt;
  if (number > 1) {
    const size_t last = at + (WordIs(at + 1, "to") ? 2 : 1);
    if (WordIs(last, "last")) return OrdinalMatch{-number, last + 1};
  }
  return OrdinalMatch{number, at + 1};
}

// After a verb and its objects: "for the second time", "a third time".
void ClauseReader::ReadOrdinalTime(const Reading& start, const Frame& frame, Readings* found) {
  if (start.meaning->ordinal != 0) return;
  size_t at = start.at;
  if (WordIs(at, "for")) ++at;
  if (!WordIn(at, {"the", "a"})) return;
  const std::optional<OrdinalMatch> ordinal = MatchOrdinal(at + 1);
  if (!ordinal.has_value() || !WordIs(ordinal->end, "time")) return;
  Reading next = start;
  next.at = ordinal->end + 1;
  next.meaning->ordinal = ordinal->ordinal;
  Append(ReadComplements(next, frame), found);
}

// "[when] was the last time that Kim met Putin": the clause asked in the usual order.
Readings ClauseReader::ReadTimeThat(const Reading& start) {
  if (!WordIn(start.at, {"is", "was"}) || !WordIs(start.at + 1, "the")) return {};
  const std::optional<OrdinalMatch> ordinal = MatchOrdinal(start.at + 2);
  if (!ordinal.has_value() || !WordIs(ordinal->end, "time")) return {};
  Reading clause = start;
  clause.at = ordinal->end + 1;
  if (WordIn(clause.at, {"that", "when"})) ++clause.at;
  clause.meaning->ordinal = ordinal->ordinal;
  clause.meaning->tense = Tense::kPast;
  return ReadClause(clause);
}

}  // namespace dossier::ask

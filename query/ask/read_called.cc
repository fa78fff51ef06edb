// Nouns told by a name or by what was done to them: "people whose family name is Kim", "the town called Halden", "the
// tested missiles".
#include <utility>

#include "query/ask/clause_reader.h"
#include "query/ask/reading_costs.h"

namespace dossier::ask {
namespace {

constexpr int kCalledGain = 4;     // Rather than what some relation of the data calls calling.
constexpr int kDescribedCost = 6;  // A verb is rather the verb of the clause.
constexpr size_t kMostNamesakes = 1000;

}  // namespace

// Where the name begins after "called", "whose family name is", "with the surname"; `at` where no such words stand.
size_t ClauseReader::CalledEnd(size_t at) const {
  size_t next = at;
  if (WordIn(next, {"who", "that", "which"}) && WordIn(next + 1, {"is", "are", "was", "were"})) next += 2;
  if (WordIn(next, {"called", "named"})) return next + 1;
  if (next != at) return at;
  const bool whose = WordIs(at, "whose");
  const bool with = WordIn(at, {"with", "of", "by"}) && WordIn(at + 1, {"the", "a"});
  if (!whose && !with) return at;
  next = at + (whose ? 1 : 2);
  if (WordIn(next, {"family", "first", "last", "given", "full", "second"}) && WordIs(next + 1, "name")) ++next;
  if (!WordIn(next, {"name", "surname"})) return at;
  ++next;
  if (whose) return WordIn(next, {"is", "was"}) ? next + 1 : at;
  return WordIs(next, "of") ? next + 1 : next;
}

// Those of the name, be it one that several have.
Readings ClauseReader::ReadCalled(const Reading& start, int sought) const {
  Readings found;
  const size_t begin = CalledEnd(start.at);
  if (begin == start.at || start.meaning->participants[sought].known()) return found;
  for (const NameMatch& match : Match(catalogue_.names(), begin)) {
    if (match.possessive) continue;
    Reading called = start;
    called.at = match.end;
    called.cost += kPhraseCost - kCalledGain;
    std::vector<TermId>& among = called.meaning->participants[sought].among;
    among = catalogue_.FindEntities(match.key);
    if (among.size() > kMostNamesakes) among.resize(kMostNamesakes);
    found.push_back(std::move(called));
  }
  return found;
}

// "the tested missiles": to which somebody did what the participle says.
void ClauseReader::ReadDescribedNoun(const Reading& start, Readings* found) {
  for (const NameMatch& match : Match(catalogue_.verbs(), start.at)) {
    if (match.possessive || !IsWord(match.end)) continue;
    std::vector<uint32_t> relations;
    for (const uint32_t index : catalogue_.verbs().Find(match.key)) {
      const VerbUse& use = catalogue_.verb_uses()[index];
      if ((use.forms & kFormParticiple) != 0 && use.preposition.empty()) relations.push_back(use.relation);
    }
    if (relations.empty()) continue;
    Reading described = start;
    described.at = match.end;
    const int anybody = AddSought(&described, "");
    Readings nouns;
    ReadNames(described, &nouns);
    ReadKinds(described, &nouns);
    for (Reading& noun : nouns) {
      if (noun.meaning->participants[noun.noun].known()) continue;
      noun.meaning->facts[AddFact(&noun, relations, anybody, noun.noun)].restricts = true;
      noun.cost += kDescribedCost;
      found->push_back(std::move(noun));
    }
  }
}

}  // namespace dossier::ask

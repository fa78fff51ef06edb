// How certain something is, in a word: "are confirmed", "the likely members", "is believed to be in", "the planned
// visits".
#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "query/ask/clause_reader.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {

std::optional<uint32_t> ClauseReader::LevelAt(size_t at) const {
  if (!IsWord(at) || items_[at].possessive) return std::nullopt;
  const std::vector<uint32_t> levels = catalogue_.certainty_names().Find(items_[at].word);
  return levels.empty() ? std::nullopt : std::optional<uint32_t>(levels.front());
}

// The claims of the fact have to be of the level. What is merely possible may be likely as well: "the possible places".
void ClauseReader::DemandLevel(uint32_t level, Fact* fact) const {
  const std::vector<CertaintyLevel>& levels = catalogue_.certainty_levels();
  fact->certainty = levels[level].iri;
  fact->or_likelier = levels[level].iri.value() == absl::StrCat(vocab::kPrefix, "possible");
}

// "are confirmed", "are not confirmed": of what certainty the claims are that name the subject.
Readings ClauseReader::ReadLevel(const Reading& start, int subject, bool negated) {
  Readings found;
  const std::optional<uint32_t> level = LevelAt(start.at);
  if (!level.has_value() || subject == kNobody) return found;
  Reading reading = start;
  ++reading.at;
  if (LimitToLevel(&reading, subject, *level, negated)) found.push_back(std::move(reading));
  return found;
}

// The claims that name the participant have to be of this level, or, negated, must not be; false when a noun did not
// name it.
bool ClauseReader::LimitToLevel(Reading* reading, int participant, uint32_t level, bool negated) const {
  CopyOnWriteVector<Fact>& facts = reading->meaning->facts;
  const auto named = std::find_if(facts.begin(), facts.end(), [&](const Fact& fact) {
    return fact.restricts && (fact.subject == participant || fact.object == participant);
  });
  if (named == facts.end()) return false;
  named->restricts = false;
  Fact limited = *named;
  DemandLevel(level, &limited);
  if (negated) {
    limited.negated = true;
    facts.push_back(std::move(limited));
  } else {
    *named = std::move(limited);
  }
  return true;
}

// "the confirmed members of Kim's delegation": those whom claims of this level name.
void ClauseReader::ReadLevelNoun(const Reading& start, Readings* found) {
  std::optional<uint32_t> level = LevelAt(start.at);
  // "the unconfirmed members"
  const bool negated = !level.has_value() && IsWord(start.at) && absl::StartsWith(items_[start.at].word, "un");
  if (negated) {
    const std::vector<uint32_t> levels = catalogue_.certainty_names().Find(items_[start.at].word.substr(2));
    if (!levels.empty()) level = levels.front();
  }
  if (!level.has_value() || !IsWord(start.at + 1)) return;
  Reading reading = start;
  ++reading.at;
  Readings nouns;
  ReadRelationNouns(reading, kNobody, &nouns);
  for (Reading& noun : nouns) {
    if (LimitToLevel(&noun, noun.noun, *level, negated)) found->push_back(std::move(noun));
  }
}

// "who is likely in the delegation", "who will probably come": the claims that say so have to be of this level. Whether
// something is so is answered by whatever claims there are.
Readings ClauseReader::ReadHowCertain(const Reading& start,
                                      absl::FunctionRef<Readings(const Reading& rest)> read_rest) {
  const std::optional<uint32_t> level = LevelAt(start.at);
  if (!level.has_value() || AtEnd(start.at + 1)) return {};
  Reading rest = start;
  ++rest.at;
  Readings found = read_rest(rest);
  const bool asks = !start.meaning->targets.empty() || start.gap != kNobody;
  for (Reading& reading : found) {
    if (reading.main_fact == kNobody || reading.main_fact < static_cast<int>(start.meaning->facts.size())) continue;
    if (asks) {
      reading.meaning->facts[reading.main_fact].certainty = catalogue_.certainty_levels()[*level].iri;
    } else {
      reading.meaning->notes.push_back(
          absl::StrCat("claims of any certainty count, not only \"", items_[start.at].word, "\""));
    }
  }
  return found;
}

}  // namespace dossier::ask

// Nouns of relations: "the father of Kim", "Kim's father", "presidents", "the father and the grandfather of Kim".
#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "query/ask/clause_reader.h"
#include "query/ask/english.h"
#include "query/ask/reading_costs.h"

namespace dossier::ask {
namespace {

constexpr int kAnonymousCost = 3;

}  // namespace

// "the father of Kim", "Kim's father" (then `owner` is Kim), "presidents".
void ClauseReader::ReadRelationNouns(const Reading& start, int owner, Readings* found) {
  if (owner == kNobody && WordIn(start.at, {"member", "members", "part", "one", "some"}) &&
      WordIs(start.at + 1, "of")) {
    // "the members of Kim's delegation" are those whom "Kim's delegation" names.
    Reading reading = start;
    reading.at = start.at + 2;
    for (Reading& inner : ReadNoun(reading)) {
      if (inner.by_noun) Append(ReadModifiers(inner), found);
    }
  }
  Reading begin = start;
  begin.at = SkipDeterminers(start.at);
  // Who holds it now is told by the tense.
  if (WordIn(begin.at, {"current", "present", "incumbent", "acting"})) ++begin.at;
  if (owner != kNobody && !begin.meaning->degree.has_value()) {
    // "Kim's longest flight"
    if (const std::optional<Degree> degree = MatchDegree(begin.at); degree.has_value() && degree->superlative) {
      Reading measured = begin;
      measured.at = degree->end;
      measured.meaning->degree = degree;
      ReadRelationNouns(measured, owner, found);
    }
  }
  for (const NameMatch& match : Match(catalogue_.nouns(), begin.at)) {
    std::map<NounSide, std::vector<uint32_t>> by_side;
    for (const uint32_t index : catalogue_.nouns().Find(match.key)) {
      const NounUse& use = catalogue_.noun_uses()[index];
      if (use.side != NounSide::kEvent) by_side[use.side].push_back(use.relation);
    }
    for (const auto& [side, relations] : by_side) {
      ReadNounOfSide(begin, owner, match, side, relations, found);
      if (!match.possessive) ReadTwoNouns(begin, owner, match, side, relations, found);
    }
  }
}

// "the father and the grandfather of Kim": what either of the nouns names; after "both" what both of them do.
void ClauseReader::ReadTwoNouns(const Reading& start, int owner, const NameMatch& first, NounSide side,
                                const std::vector<uint32_t>& relations, Readings* found) {
  if (!WordIs(first.end, "and")) return;
  size_t before = start.at;
  while (before > 0 && IsWord(before - 1) && IsDeterminer(items_[before - 1].word)) --before;
  const bool both = before > 0 && WordIs(before - 1, "both");
  for (const NameMatch& second : Match(catalogue_.nouns(), SkipDeterminers(first.end + 1))) {
    std::vector<uint32_t> others;
    for (const uint32_t index : catalogue_.nouns().Find(second.key)) {
      const NounUse& use = catalogue_.noun_uses()[index];
      if (use.side == side) others.push_back(use.relation);
    }
    if (others.empty() || second.possessive) continue;
    const NameMatch whole{second.end, absl::StrCat(first.key, " and ", second.key), false};
    std::vector<uint32_t> all = relations;
    if (!both) all.insert(all.end(), others.begin(), others.end());
    Readings nouns;
    ReadNounOfSide(start, owner, whole, side, all, &nouns);
    for (Reading& noun : nouns) {
      if (both) {
        const CopyOnWriteVector<Fact>& facts = noun.meaning->facts;
        const auto named =
            std::find_if(facts.begin() + static_cast<std::ptrdiff_t>(start.meaning->facts.size()), facts.end(),
                         [&](const Fact& f) { return f.subject == noun.noun || f.object == noun.noun; });
        if (named == facts.end()) continue;
        const auto [subject, object] = std::pair(named->subject, named->object);
        noun.meaning->facts[AddFact(&noun, others, subject, object)].restricts = true;
      }
      found->push_back(std::move(noun));
    }
  }
}

// One noun, or two, of relations on one side of them.
void ClauseReader::ReadNounOfSide(const Reading& begin, int owner, const NameMatch& match, NounSide side,
                                  const std::vector<uint32_t>& relations, Readings* found) {
  Readings owners;
  Reading reading = begin;
  reading.at = match.end;
  reading.cost += kPhraseCost;
  if (owner != kNobody) {
    reading.noun = owner;
    owners.push_back(reading);
  } else {
    // "the distance given for the journey"
    size_t link = match.end;
    if (WordIn(link, {"given", "stated", "reported", "named", "told", "mentioned", "quoted", "estimated", "known"}))
      ++link;
    if (WordIn(link, {"between", "from"}) && side == NounSide::kObject) ReadBetween(reading, relations, match, found);
    if ((WordIn(link, {"of", "for"}) || (link != match.end && WordIn(link, {"in", "on", "about"}))) &&
        !match.possessive) {
      reading.at = link + 1;
      owners = ReadNoun(reading);
      reading.at = match.end;
    }
    reading.cost += kAnonymousCost;
    reading.noun = AddSought(&reading, "");
    owners.push_back(std::move(reading));
  }
  for (Reading& with_owner : owners) {
    const int other = with_owner.noun;
    const int named = AddSought(&with_owner, match.key);
    const bool is_subject = side == NounSide::kSubject;
    const int fact = AddFact(&with_owner, relations, is_subject ? named : other, is_subject ? other : named);
    with_owner.meaning->facts[fact].restricts = true;
    with_owner.noun = named;
    with_owner.by_noun = true;
    with_owner.owned = owner != kNobody || with_owner.at != match.end;
    if (DegreeAwaits(with_owner, begin.at)) MeasureNoun(&with_owner, fact);
    if (match.possessive) {
      ReadRelationNouns(with_owner, named, found);
    } else {
      Append(ReadModifiers(with_owner), found);
    }
  }
}

// "what is Hanoi the capital of", "of which country is Hanoi the capital": whose it is is asked for.
Readings ClauseReader::ReadNounOfGap(const Reading& reading, int subject) {
  Readings found;
  if (reading.gap == kNobody || subject == kNobody || subject == reading.gap) return found;
  const bool before = reading.gap_preposition == "of";
  if (!before && !reading.gap_preposition.empty()) return found;
  for (const NameMatch& match : Match(catalogue_.nouns(), SkipDeterminers(reading.at))) {
    if (match.possessive || before == WordIs(match.end, "of")) continue;
    std::map<NounSide, std::vector<uint32_t>> by_side;
    for (const uint32_t index : catalogue_.nouns().Find(match.key)) {
      const NounUse& use = catalogue_.noun_uses()[index];
      if (use.side != NounSide::kEvent) by_side[use.side].push_back(use.relation);
    }
    for (const auto& [side, relations] : by_side) {
      const bool is_subject = side == NounSide::kSubject;
      Reading named = reading;
      named.at = before ? match.end : match.end + 1;
      named.cost += kPhraseCost;
      named.gap = kNobody;
      named.main_fact =
          AddFact(&named, relations, is_subject ? subject : reading.gap, is_subject ? reading.gap : subject);
      Frame frame;
      frame.fact = named.main_fact;
      frame.subject = subject;
      Append(ReadComplements(named, frame), &found);
    }
  }
  return found;
}

}  // namespace dossier::ask

// Names of entities, and what stands beside them: "Kim's Ilyushin jet", "the US president", "the explosion at the
// station".
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "query/ask/bind_error.h"
#include "query/ask/clause_reader.h"
#include "query/ask/graph_reader.h"
#include "query/ask/reading_costs.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

constexpr int kNamedNounCost = 1;  // "Kim's father" says more clearly whose father it is than "Kim father".
constexpr int kLinkedThingCost = 2;
constexpr int kOwnedNameCost = 4;
constexpr int kClauseOfNameCost = 12;  // Rather a clause of a kind: "the leader who ...".
constexpr int kCutNameCost = 16;       // "Kim's visit" is no name in "Kim's visit to China".

// Those of `things` that some claim states of one of `owners`, or the other way round.
std::vector<TermId> LinkedTo(const Snapshot& snapshot, const std::vector<TermId>& owners,
                             const std::vector<TermId>& things) {
  std::vector<TermId> linked;
  const auto stated = [&](TermId subject, TermId object) {
    ScanSpec spec;
    spec.permutation = Permutation::kClaimOsp;
    spec.prefix = {object, subject};
    return snapshot.CountRows(spec, /*exact=*/true).value_or(0) > 0;
  };
  for (const TermId thing : things) {
    for (const TermId owner : owners) {
      if (owner == thing || (!stated(owner, thing) && !stated(thing, owner))) continue;
      linked.push_back(thing);
      break;
    }
  }
  return linked;
}

// "anniversary of the end of the Korean War" has "Korean War" in it.
bool HasNameInside(const EntityNames::StemsOfNames& names, const EntityNames::StemsOfNames& parts) {
  return std::any_of(parts.begin(), parts.end(), [&](const std::vector<std::string>& part) {
    return !part.empty() && std::any_of(names.begin(), names.end(), [&](const std::vector<std::string>& name) {
      return std::search(name.begin(), name.end(), part.begin(), part.end()) != name.end();
    });
  });
}

}  // namespace

std::vector<TermId> ClauseReader::BelongingTo(const std::vector<TermId>& owners,
                                              const std::vector<TermId>& things) const {
  std::vector<TermId> belonging = LinkedTo(context_.snapshot, owners, things);
  for (const TermId thing : things) {
    if (std::find(belonging.begin(), belonging.end(), thing) != belonging.end()) continue;
    const auto names = catalogue_.names().NameStems(thing);
    const bool named_after = std::any_of(owners.begin(), owners.end(), [&](TermId owner) {
      return owner != thing && HasNameInside(*names, *catalogue_.names().NameStems(owner));
    });
    if (named_after) belonging.push_back(thing);
  }
  return belonging;
}

// An entity by its IRI, which need not have a name.
void ClauseReader::ReadIri(const Reading& start, Readings* found) {
  const Item& item = items_[start.at];
  const auto id = context_.snapshot.FindTerm(Term::Iri(item.element->text));
  if (!id.ok() || !id->has_value()) {
    error_ = id.ok()
                 ? DiagnosticError(MakeDiagnostic(absl::StrCat("the store does not know <", item.element->text, ">"),
                                                  context_.text, item.span),
                                   absl::StatusCode::kNotFound)
                 : id.status();
    return;
  }
  Reading reading = start;
  reading.noun = AddKnown(&reading, {**id}, start.at, start.at + 1);
  reading.cost += kPhraseCost;
  ++reading.at;
  found->push_back(std::move(reading));
}

void ClauseReader::ReadNames(const Reading& start, Readings* found) {
  for (const NameMatch& match : Match(catalogue_.names(), start.at)) {
    Reading reading = start;
    reading.at = match.end;
    reading.cost += kPhraseCost;
    reading.noun = AddKnown(&reading, catalogue_.FindEntities(match.key), start.at, match.end);
    const std::vector<uint32_t> last = WordIn(match.end, {"to", "with"})
                                           ? catalogue_.nouns().Find(items_[match.end - 1].word)
                                           : std::vector<uint32_t>();
    const bool cut = std::any_of(last.begin(), last.end(), [&](uint32_t index) {
      return catalogue_.noun_uses()[index].side == NounSide::kEvent;
    });
    if (cut) reading.cost += kCutNameCost;
    if (match.possessive) {
      ReadRelationNouns(reading, reading.noun, found);
      // "Kim's Ilyushin jet": a name is enough where claims link the one to the other.
      for (const NameMatch& owned : Match(catalogue_.names(), match.end)) {
        std::vector<TermId> linked =
            BelongingTo(catalogue_.FindEntities(match.key), catalogue_.FindEntities(owned.key));
        if (linked.empty()) continue;
        Reading named = start;
        named.at = owned.end;
        named.cost += kPhraseCost + kOwnedNameCost;
        named.noun = AddKnown(&named, std::move(linked), start.at, owned.end);
        if (owned.possessive) {
          ReadRelationNouns(named, named.noun, found);
        } else {
          found->push_back(std::move(named));
        }
      }
    } else {
      ReadNamedNoun(reading, found);
      ReadPlacedName(reading, found);
      if (WordIs(reading.at, "where") || (WordIn(reading.at, {"that", "which", "who"}) && reading.gap == kNobody)) {
        // "the tradition of train travel that Kim Il-sung had started"
        for (Reading& clause : ReadRelativeClause(reading)) {
          clause.cost += kClauseOfNameCost;
          found->push_back(std::move(clause));
        }
      }
      found->push_back(std::move(reading));
    }
  }
}

// "the explosion at the railway station": a thing or an event that claims link to what stands behind it. Of those who
// act a place says rather where they do it.
void ClauseReader::ReadPlacedName(const Reading& start, Readings* found) {
  if (!WordIn(start.at, {"in", "at", "on", "of", "near", "with", "between"})) return;
  const std::vector<TermId> things = start.meaning->participants[start.noun].candidates;
  GraphReader graph(context_.snapshot);
  const std::optional<uint32_t> actor = ActorClass();
  for (const NameMatch& owned : Match(catalogue_.names(), SkipDeterminers(start.at + 1))) {
    if (owned.possessive) continue;
    std::vector<TermId> linked = BelongingTo(catalogue_.FindEntities(owned.key), things);
    std::erase_if(linked, [&](TermId thing) {
      const std::vector<TermId> types = graph.Objects(thing, rdf::kType).value_or(std::vector<TermId>());
      return !actor.has_value() ||
             std::any_of(types.begin(), types.end(), [&](TermId type) { return catalogue_.IsKindOf(type, {*actor}); });
    });
    if (linked.empty()) continue;
    Reading placed = start;
    placed.at = owned.end;
    placed.cost += kPhraseCost + kOwnedNameCost;
    const bool of_two = WordIn(start.at, {"of", "with", "between"}) && WordIs(owned.end, "and");
    for (const NameMatch& second :
         of_two ? Match(catalogue_.names(), SkipDeterminers(owned.end + 1)) : std::vector<NameMatch>()) {
      // "the summit of Kim and Putin": linked to both.
      std::vector<TermId> both = BelongingTo(catalogue_.FindEntities(second.key), linked);
      if (second.possessive || both.empty()) continue;
      Reading joint = placed;
      joint.at = second.end;
      joint.cost += kOwnedNameCost;
      joint.meaning->participants[joint.noun].candidates = std::move(both);
      ReadPlacedName(joint, found);
      found->push_back(std::move(joint));
    }
    placed.meaning->participants[placed.noun].candidates = std::move(linked);
    ReadPlacedName(placed, found);  // "the meeting with Putin in Vladivostok"
    found->push_back(std::move(placed));
  }
}

std::optional<uint32_t> ClauseReader::ActorClass() const {
  GraphReader graph(context_.snapshot);
  return catalogue_.FindClass(graph.Id(absl::StrCat(vocab::kPrefix, "Actor")).value_or(TermId()));
}

// "the US president", "Chinese cities", "North Korean missiles": a name before a noun says whose it is, or where.
void ClauseReader::ReadNamedNoun(const Reading& start, Readings* found) {
  if (!IsWord(start.at) || !items_[start.at].begins_word) return;
  Readings nouns;
  if (!Match(catalogue_.nouns(), start.at).empty()) ReadRelationNouns(start, start.noun, &nouns);
  const int place = start.noun;
  const std::optional<uint32_t> actor = ActorClass();
  for (const NameMatch& match : Match(catalogue_.class_names(), start.at)) {
    if (match.possessive) continue;
    const std::vector<uint32_t> kinds = catalogue_.class_names().Find(match.key);
    const absl::Span<const uint32_t> within = catalogue_.containment();
    const auto any_is = [&](const std::vector<uint32_t>& broader) {
      return std::any_of(kinds.begin(), kinds.end(),
                         [&](uint32_t kind) { return catalogue_.IsKindOf(catalogue_.classes()[kind].id, broader); });
    };
    const bool places = !within.empty() && any_is(catalogue_.relations()[within.front()].range);
    // Who has, makes or uses a thing, not whoever has to do with somebody.
    if (!places && (!actor.has_value() || any_is({*actor}))) continue;
    Reading reading = start;
    reading.at = match.end;
    reading.cost += kPhraseCost;
    reading.noun = AddSought(&reading, match.key);
    reading.meaning->participants.back().kinds.push_back(kinds);
    const int fact =
        places ? AddFact(&reading, within, reading.noun, place) : AddFact(&reading, {}, place, reading.noun);
    reading.meaning->facts[fact].restricts = true;
    if (!places) reading.cost += kLinkedThingCost;
    Append(ReadModifiers(reading), &nouns);
  }
  for (Reading& noun : nouns) {
    noun.cost += kNamedNounCost;
    found->push_back(std::move(noun));
  }
}

}  // namespace dossier::ask

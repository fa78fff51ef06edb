// Putting participants and facts into the meaning of a reading.
#include <algorithm>
#include <utility>

#include "query/ask/clause_reader.h"
#include "query/ask/graph_reader.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {

int ClauseReader::AddKnown(Reading* reading, std::vector<TermId> candidates, size_t begin, size_t end) const {
  Participant participant;
  participant.candidates = std::move(candidates);
  participant.span = SpanOf(begin, end);
  participant.words = TextOf(begin, end);
  if (items_[end - 1].possessive) {
    // Without the 's, in whichever way the apostrophe is written.
    const size_t apostrophe = participant.words.find_last_of("'\xe2");
    if (apostrophe != std::string::npos) participant.words.resize(apostrophe);
  }
  reading->meaning->participants.push_back(std::move(participant));
  return static_cast<int>(reading->meaning->participants.size()) - 1;
}

int ClauseReader::AddSought(Reading* reading, std::string words) const {
  Participant participant;
  participant.words = std::move(words);
  reading->meaning->participants.push_back(std::move(participant));
  return static_cast<int>(reading->meaning->participants.size()) - 1;
}

int ClauseReader::AddFact(Reading* reading, absl::Span<const uint32_t> relations, int subject, int object) const {
  Fact fact;
  fact.subject = subject;
  fact.object = object;
  const auto add = [&](RelationUse use) {
    if (std::find(fact.relations.begin(), fact.relations.end(), use) == fact.relations.end()) {
      fact.relations.push_back(use);
    }
  };
  for (const uint32_t wanted : relations) {
    for (const uint32_t narrower : catalogue_.relations()[wanted].narrower) {
      add({narrower, false});
      // What is so both ways when it is told in a broader word: "travel with" of "accompany".
      const bool both = catalogue_.relations()[wanted].symmetric || catalogue_.relations()[narrower].symmetric;
      if (both) add({narrower, true});
      for (const uint32_t inverse : catalogue_.relations()[narrower].inverses) add({inverse, true});
    }
  }
  reading->meaning->facts.push_back(std::move(fact));
  return static_cast<int>(reading->meaning->facts.size()) - 1;
}

bool ClauseReader::Unify(Reading* reading, int one, int other) const {
  if (one == other) return true;
  Meaning& meaning = *reading->meaning;
  if (meaning.participants[one].known() && meaning.participants[other].known()) return false;
  if (meaning.participants[other].known()) std::swap(one, other);
  Participant& kept = meaning.participants[one];
  const Participant& gone = meaning.participants[other];
  kept.kinds.insert(kept.kinds.end(), gone.kinds.begin(), gone.kinds.end());
  kept.except.insert(kept.except.end(), gone.except.begin(), gone.except.end());
  if (!kept.number.has_value()) kept.number = gone.number;
  if (kept.among.empty()) kept.among = gone.among;
  const auto replace = [&](int* participant) {
    if (*participant == other) *participant = one;
  };
  for (Fact& fact : meaning.facts) {
    replace(&fact.subject);
    replace(&fact.object);
    replace(&fact.speaker);
    replace(&fact.article);
    replace(&fact.about);
    for (QualifierLimit& limit : fact.qualifiers) replace(&limit.participant);
  }
  for (Target& target : meaning.targets) replace(&target.participant);
  for (Lack& lack : meaning.lacks) replace(&lack.place);
  if (meaning.degree.has_value()) replace(&meaning.degree->participant);
  replace(&reading->gap);
  replace(&reading->noun);
  return true;
}

int ClauseReader::CompleteFacts(int main, Reading* reading) const {
  int open = 0;
  for (size_t fact = 0; fact < reading->meaning->facts.size(); ++fact) {
    for (const bool subject : {true, false}) {
      const Fact& each = reading->meaning->facts[fact];
      if ((subject ? each.subject : each.object) != kNobody) continue;
      // Of what tells a time, a time says which: "published in 2023".
      const bool dated = !subject && each.time.has_value() && AllRelations(each, ObjectRole::kTime);
      if (!dated && static_cast<int>(fact) == main) ++open;
      const int anybody = AddSought(reading, "");
      Fact& completed = reading->meaning->facts[fact];
      (subject ? completed.subject : completed.object) = anybody;
    }
  }
  return open;
}

void LeaveOpen(const Meaning& outer, Meaning* inner) {
  for (size_t fact = 0; fact < outer.facts.size(); ++fact) {
    if (outer.facts[fact].is_event) continue;  // What it was done with may never be said.
    if (outer.facts[fact].subject == kNobody) inner->facts[fact].subject = kNobody;
    if (outer.facts[fact].object == kNobody) inner->facts[fact].object = kNobody;
  }
}

bool ClauseReader::AllRelations(const Fact& fact, ObjectRole role) const {
  return std::all_of(fact.relations.begin(), fact.relations.end(),
                     [&](const RelationUse& use) { return catalogue_.relations()[use.relation].role == role; });
}

bool ClauseReader::MayBeObject(const Participant& participant, const Fact& fact) const {
  GraphReader graph(context_.snapshot);
  return std::any_of(participant.candidates.begin(), participant.candidates.end(), [&](TermId candidate) {
    const std::vector<TermId> types = graph.Objects(candidate, rdf::kType).value_or(std::vector<TermId>());
    return types.empty() || std::any_of(fact.relations.begin(), fact.relations.end(), [&](const RelationUse& use) {
             const std::vector<uint32_t>& range = catalogue_.relations()[use.relation].range;
             return range.empty() || std::any_of(types.begin(), types.end(),
                                                 [&](TermId type) { return catalogue_.IsKindOf(type, range); });
           });
  });
}

bool ClauseReader::IsMeasured(const Fact& fact) const {
  return !fact.relations.empty() && std::all_of(fact.relations.begin(), fact.relations.end(), [&](const auto& use) {
    return !use.inverted && !catalogue_.relations()[use.relation].measure.empty();
  });
}

// Keeps the relations whose objects have the role, if there are any.
void ClauseReader::KeepRole(Fact* fact, ObjectRole role) const {
  const auto lacks = [&](const RelationUse& use) { return catalogue_.relations()[use.relation].role != role; };
  if (!std::all_of(fact->relations.begin(), fact->relations.end(), lacks)) {
    fact->relations.erase(std::remove_if(fact->relations.begin(), fact->relations.end(), lacks), fact->relations.end());
  }
}

}  // namespace dossier::ask

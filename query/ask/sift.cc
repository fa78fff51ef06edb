#include <algorithm>
#include <set>
#include <tuple>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "query/ask/answer_builder.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

// Questions that ask for an occasion (when, where, how often), not for people or things.
bool AsksForOccasions(const Meaning& meaning) {
  if (meaning.kind == Meaning::Kind::kCountEvents || meaning.kind == Meaning::Kind::kEvents || meaning.ordinal != 0) {
    return true;
  }
  return std::any_of(meaning.targets.begin(), meaning.targets.end(), [](const Target& target) {
    return target.column == "when" || target.column == "where" || target.column == "how";
  });
}

}  // namespace

void SiftByTense(const Meaning& meaning, const Catalogue& catalogue, const TimeRange& today,
                 std::vector<Solution>* solutions, std::vector<std::string>* notes) {
  const std::vector<bool> dating = DatingFacts(meaning);
  const auto any_claim = [&](const Solution& solution, auto holds) {
    for (size_t i = 0; i < solution.claims.size(); ++i) {
      if (dating[i] && solution.claims[i] != nullptr && holds(*solution.claims[i])) return true;
    }
    return false;
  };
  std::vector<Solution> kept;
  // What lies ahead is not counted with what there was.
  const bool counted =
      (meaning.kind == Meaning::Kind::kCountEvents || meaning.ordinal < 0) && meaning.tense == Tense::kPresent;
  if ((meaning.tense == Tense::kPast && AsksForOccasions(meaning)) || counted) {
    for (const Solution& solution : *solutions) {
      if (!any_claim(solution, [](const ClaimRecord& record) { return record.IsProspective(); }))
        kept.push_back(solution);
    }
    if (kept.size() == solutions->size() || (kept.empty() && meaning.ordinal < 0)) return;
    notes->push_back(absl::StrCat("left out: ", solutions->size() - kept.size(),
                                  " claims of what was only expected when they were printed; ask with \"will\""));
  } else if (meaning.tense == Tense::kPresent && meaning.kind == Meaning::Kind::kSelect && !meaning.at_any_time) {
    // "Where is she": somebody who travelled is no longer there; that a place lies somewhere lasts.
    const bool where = meaning.targets.size() == 1 && meaning.targets.front().column == "where";
    const auto is_over = [&](const ClaimRecord& record) {
      if (record.HasEndedBy(today)) return true;
      return where && record.time.has_value() && record.time->IsBefore(today) &&
             catalogue.TellsOfEvents(record.relation);
    };
    for (const Solution& solution : *solutions) {
      if (!any_claim(solution, is_over)) kept.push_back(solution);
    }
    if (kept.size() == solutions->size() || kept.empty()) return;
    notes->push_back(
        absl::StrCat("left out: ", solutions->size() - kept.size(), " claims of what is over; ask with \"was\""));
  } else {
    return;
  }
  *solutions = std::move(kept);
}

void KeepActors(const Meaning& meaning, const Catalogue& catalogue, std::vector<Solution>* solutions,
                std::vector<std::string>* notes) {
  if (meaning.targets.size() != 1 || (meaning.targets[0].column != "who" && meaning.targets[0].column != "whom"))
    return;
  std::vector<uint32_t> actors;
  for (uint32_t i = 0; i < catalogue.classes().size(); ++i) {
    if (catalogue.classes()[i].iri.value() == absl::StrCat(vocab::kPrefix, "Actor")) actors.push_back(i);
  }
  enum class Kind : uint8_t { kOpen, kActor, kThing };
  const auto kind_of = [&](const Solution& solution) {
    const std::optional<AnswerCell>& cell = solution.targets[0];
    if (!cell.has_value() || cell->type.empty()) return Kind::kOpen;
    const std::vector<uint32_t> kinds = catalogue.class_names().Find(PhraseKey(cell->type));
    if (kinds.empty()) return Kind::kOpen;
    const bool actor = std::any_of(kinds.begin(), kinds.end(), [&](uint32_t kind) {
      return catalogue.IsKindOf(catalogue.classes()[kind].id, actors);
    });
    return actor ? Kind::kActor : Kind::kThing;
  };
  const bool any = !actors.empty() && std::any_of(solutions->begin(), solutions->end(), [&](const Solution& solution) {
    return kind_of(solution) == Kind::kActor;
  });
  // "With whom did she travel" asks for nobody by train, where "what attacked her" may be what "who" finds.
  const int whom = meaning.targets[0].participant;
  const bool qualifies = meaning.targets[0].column == "whom" &&
                         std::any_of(meaning.facts.begin(), meaning.facts.end(), [&](const Fact& fact) {
                           return std::any_of(fact.qualifiers.begin(), fact.qualifiers.end(),
                                              [&](const QualifierLimit& limit) { return limit.participant == whom; });
                         });
  if (!any && !qualifies) return;
  std::set<std::string> things;
  std::erase_if(*solutions, [&](const Solution& solution) {
    if (kind_of(solution) != Kind::kThing) return false;
    things.insert(solution.targets[0]->label);
    return true;
  });
  if (any && !things.empty())
    notes->push_back(absl::StrCat("left out, as it is nobody: ", absl::StrJoin(things, ", ")));
}

void KeepWhoDidSo(const Meaning& meaning, const Catalogue& catalogue, std::vector<Solution>* solutions,
                  std::vector<std::string>* notes) {
  std::set<std::string> others;
  for (size_t fact = 0; fact < meaning.facts.size(); ++fact) {
    const std::vector<uint32_t>& literally = meaning.facts[fact].literally;
    if (literally.empty() || meaning.facts[fact].negated) continue;
    const auto place = [&](const ClaimRecord& record) {
      return std::tuple(record.object, record.article, record.claim.paragraph, record.claim.sentence);
    };
    const auto is_literal = [&](const ClaimRecord& record) {
      const std::optional<uint32_t> relation = catalogue.FindRelation(record.relation);
      return relation.has_value() && absl::c_linear_search(literally, *relation);
    };
    std::set<std::tuple<TermId, TermId, std::optional<int64_t>, std::optional<int64_t>>> told;
    for (const Solution& solution : *solutions) {
      const ClaimRecord* record = solution.claims[fact];
      if (record != nullptr && is_literal(*record)) told.insert(place(*record));
    }
    std::erase_if(*solutions, [&](const Solution& solution) {
      const ClaimRecord* record = solution.claims[fact];
      if (record == nullptr || is_literal(*record) || !told.contains(place(*record))) return false;
      others.insert(absl::StrCat(record->claim.subject.label, " – ", record->claim.relation.label));
      return true;
    });
  }
  if (!others.empty()) notes->push_back(absl::StrCat("in the same sentence: ", absl::StrJoin(others, ", ")));
}

void KeepBeforeFirst(const Meaning& meaning, std::vector<Solution>* solutions) {
  for (const Fact& fact : meaning.facts) {
    for (const TimeLink& link : fact.links) {
      if (!link.first) continue;
      const auto begin = [&](const Solution& solution) -> std::optional<int64_t> {
        const ClaimRecord* record = solution.claims[link.fact];
        if (record == nullptr || !record->time.has_value() || record->time->open_begin) return std::nullopt;
        return record->time->begin;
      };
      std::optional<int64_t> earliest;
      for (const Solution& solution : *solutions) {
        const std::optional<int64_t> time = begin(solution);
        if (time.has_value() && (!earliest.has_value() || *time < *earliest)) earliest = time;
      }
      if (!earliest.has_value()) continue;
      std::erase_if(*solutions,
                    [&](const Solution& solution) { return begin(solution).value_or(*earliest) > *earliest; });
    }
  }
}

void KeepByPublication(const Meaning& meaning, std::vector<Solution>* solutions, std::vector<std::string>* notes) {
  if (meaning.publication == 0) return;
  const std::vector<bool> dating = DatingFacts(meaning);
  const auto published = [&](const Solution& solution) -> const std::optional<TimeRange>* {
    for (size_t i = 0; i < solution.claims.size(); ++i) {
      if (dating[i] && solution.claims[i] != nullptr && solution.claims[i]->published.has_value()) {
        return &solution.claims[i]->published;
      }
    }
    return nullptr;
  };
  const size_t before = solutions->size();
  std::erase_if(*solutions, [&](const Solution& solution) { return published(solution) == nullptr; });
  if (solutions->size() != before) notes->emplace_back("left out: articles of which no date is known");
  if (solutions->empty()) return;
  const auto earlier = [&](const Solution& a, const Solution& b) {
    return (*published(a))->begin < (*published(b))->begin;
  };
  const auto [first, last] = std::minmax_element(solutions->begin(), solutions->end(), earlier);
  const TimeRange chosen = **published(meaning.publication > 0 ? *first : *last);
  // A vague date may be the same one.
  std::erase_if(*solutions, [&](const Solution& solution) { return !(*published(solution))->Overlaps(chosen); });
}

}  // namespace dossier::ask

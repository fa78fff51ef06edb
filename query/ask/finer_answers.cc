#include "query/ask/finer_answers.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "query/ask/graph_reader.h"

namespace dossier::ask {
namespace {

// More are not compared with each other: so many places are no answer that anybody reads twice for.
constexpr size_t kMaximumCompared = 500;

// The fact whose place, or quantity, a target shows.
int FactOf(const Meaning& meaning, const Target& target) {
  if (target.kind != Target::Kind::kParticipant) return target.fact;
  for (size_t i = 0; i < meaning.facts.size(); ++i) {
    const Fact& fact = meaning.facts[i];
    const bool beside = std::any_of(fact.qualifiers.begin(), fact.qualifiers.end(), [&](const QualifierLimit& limit) {
      return limit.participant == target.participant;
    });
    if (!fact.negated && (beside || fact.object == target.participant)) return static_cast<int>(i);
  }
  return kNobody;
}

// Takes the places that hold a place, in any number of steps, from the store once.
class Containers {
 public:
  Containers(const Catalogue& catalogue, const Snapshot& snapshot) : catalogue_(catalogue), graph_(snapshot) {}

  absl::StatusOr<bool> Holds(TermId outer, TermId inner) {
    auto it = outer_.find(inner);
    if (it == outer_.end()) {
      std::set<TermId> all;
      std::vector<TermId> next = {inner};
      while (!next.empty()) {
        const TermId place = next.back();
        next.pop_back();
        for (const uint32_t relation : catalogue_.containment()) {
          DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> wider,
                                   graph_.Objects(place, catalogue_.relations()[relation].iri.value()));
          for (const TermId each : wider) {
            if (all.insert(each).second) next.push_back(each);
          }
        }
      }
      it = outer_.emplace(inner, std::move(all)).first;
    }
    return it->second.contains(outer);
  }

 private:
  const Catalogue& catalogue_;
  GraphReader graph_;
  std::map<TermId, std::set<TermId>> outer_;
};

absl::Status MergePlaces(size_t target, int fact, const Catalogue& catalogue, const Snapshot& snapshot,
                         std::vector<Solution>* solutions) {
  Containers containers(catalogue, snapshot);
  const auto place_of = [&](const Solution& solution) -> absl::StatusOr<TermId> {
    if (!solution.targets[target].has_value()) return TermId();
    DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> id, snapshot.FindTerm(solution.targets[target]->value));
    return id.value_or(TermId());
  };
  std::map<std::string, TermId> places;
  for (const Solution& solution : *solutions) {
    if (places.contains(solution.target_keys[target])) continue;
    DOSSIER_ASSIGN_OR_RETURN(places[solution.target_keys[target]], place_of(solution));
  }
  if (places.size() < 2 || places.size() > kMaximumCompared) return absl::OkStatus();
  // The distinct occasions that claims tell with a time, by place.
  using Told = std::tuple<TermId, int64_t, int64_t, std::string>;
  std::map<Told, const Solution*> told;
  for (const Solution& solution : *solutions) {
    const ClaimRecord* record = solution.claims[fact];
    if (record == nullptr || !record->time.has_value()) continue;
    const Solution*& strongest =
        told[Told(record->subject, record->time->begin, record->time->end, solution.target_keys[target])];
    if (strongest == nullptr || strongest->claims[fact]->rank < record->rank) strongest = &solution;
  }
  std::vector<std::pair<size_t, const Solution*>> finer;
  for (size_t i = 0; i < solutions->size(); ++i) {
    const Solution& wide = (*solutions)[i];
    const ClaimRecord* record = wide.claims[fact];
    if (record == nullptr || !record->time.has_value()) continue;
    for (const auto& [key, narrow] : told) {
      if (std::get<0>(key) != record->subject || std::get<3>(key) == wide.target_keys[target]) continue;
      if (!narrow->claims[fact]->time->Overlaps(*record->time)) continue;
      // What is only planned or expected does not say where it was.
      if (narrow->claims[fact]->rank < record->rank || narrow->claims[fact]->denied != record->denied) continue;
      DOSSIER_ASSIGN_OR_RETURN(const bool holds,
                               containers.Holds(places[wide.target_keys[target]], places[narrow->target_keys[target]]));
      if (!holds) continue;
      finer.emplace_back(i, narrow);
      break;
    }
  }
  std::vector<Solution> merged = *solutions;
  for (const auto& [i, narrow] : finer) {
    merged[i].targets[target] = narrow->targets[target];
    merged[i].target_keys[target] = narrow->target_keys[target];
  }
  *solutions = std::move(merged);
  return absl::OkStatus();
}

void MergeUnits(size_t target, int fact, const Catalogue& catalogue, std::vector<Solution>* solutions) {
  using Sentence = std::tuple<TermId, TermId, TermId, int64_t, int64_t>;
  const auto sentence_of = [](const ClaimRecord& record) {
    return Sentence(record.subject, record.relation, record.article, record.claim.paragraph.value_or(0),
                    record.claim.sentence.value_or(0));
  };
  const auto in_own_unit = [&](const ClaimRecord& record) {
    const std::optional<uint32_t> relation = catalogue.FindRelation(record.relation);
    const UnitInfo* unit = relation.has_value() ? catalogue.FindUnit(catalogue.relations()[*relation].unit) : nullptr;
    return unit != nullptr && absl::EndsWith(record.claim.object.label, absl::StrCat(" ", unit->label));
  };
  std::map<Sentence, const Solution*> own;
  for (const Solution& solution : *solutions) {
    const ClaimRecord* record = solution.claims[fact];
    if (record == nullptr || !record->quantity.has_value() || record->article.is_undefined()) continue;
    if (in_own_unit(*record)) own.emplace(sentence_of(*record), &solution);
  }
  std::vector<Solution> merged = *solutions;
  for (size_t i = 0; i < merged.size(); ++i) {
    const ClaimRecord* record = merged[i].claims[fact];
    if (record == nullptr || !record->quantity.has_value() || in_own_unit(*record)) continue;
    const auto it = own.find(sentence_of(*record));
    if (it == own.end() || it->second->claims[fact]->base_unit != record->base_unit) continue;
    merged[i].targets[target] = it->second->targets[target];
    merged[i].target_keys[target] = it->second->target_keys[target];
  }
  *solutions = std::move(merged);
}

}  // namespace

absl::Status MergeCoarser(const Meaning& meaning, const Catalogue& catalogue, const Snapshot& snapshot,
                          std::vector<Solution>* solutions) {
  if (meaning.kind != Meaning::Kind::kSelect || solutions->size() < 2) return absl::OkStatus();
  for (size_t i = 0; i < meaning.targets.size(); ++i) {
    const Target& target = meaning.targets[i];
    const int fact = FactOf(meaning, target);
    if (fact == kNobody) continue;
    const std::vector<RelationUse>& relations = meaning.facts[fact].relations;
    const bool quantity =
        !relations.empty() && std::any_of(relations.begin(), relations.end(), [&](const RelationUse& use) {
          return !catalogue.relations()[use.relation].measure.empty();
        });
    if (target.column == "where") {
      DOSSIER_RETURN_IF_ERROR(MergePlaces(i, fact, catalogue, snapshot, solutions));
    } else if (quantity && target.kind == Target::Kind::kParticipant && meaning.facts[fact].unit.value().empty()) {
      MergeUnits(i, fact, catalogue, solutions);
    }
  }
  return absl::OkStatus();
}

}  // namespace dossier::ask

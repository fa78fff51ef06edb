#include "query/ask/convert_units.h"

#include <cmath>
#include <set>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "query/ask/cell_reader.h"

namespace dossier::ask {
namespace {

bool AsksForUnit(const Fact& fact) { return !fact.unit.value().empty() && !fact.negated; }

}  // namespace

std::string RoundedNumber(double value) {
  const double size = std::abs(value);
  if (size >= 100 || size == std::floor(size)) return WithThousands(absl::StrCat(std::llround(value)));
  const double places = size >= 10 ? 10 : 100;
  return absl::StrCat(std::round(value * places) / places);
}

std::optional<Meaning> InAnyUnit(const Meaning& meaning) {
  Meaning any = meaning;
  bool asks = false;
  for (Fact& fact : any.facts) {
    asks |= AsksForUnit(fact);
    fact.unit = Term();
  }
  return asks ? std::optional<Meaning>(std::move(any)) : std::nullopt;
}

bool AddOtherUnits(const Meaning& meaning, const Catalogue& catalogue, std::vector<Solution> any,
                   std::vector<Solution>* solutions) {
  std::set<TermId> articles;
  const auto measured = [&](const Solution& solution) -> std::pair<const ClaimRecord*, const UnitInfo*> {
    for (size_t i = 0; i < meaning.facts.size(); ++i) {
      if (AsksForUnit(meaning.facts[i])) return {solution.claims[i], catalogue.FindUnit(meaning.facts[i].unit)};
    }
    return {nullptr, nullptr};
  };
  for (const Solution& solution : *solutions) {
    if (const ClaimRecord* record = measured(solution).first) articles.insert(record->article);
  }
  const size_t before = solutions->size();
  for (Solution& solution : any) {
    const auto [record, unit] = measured(solution);
    if (record == nullptr || unit == nullptr || !record->quantity.has_value()) continue;
    if (record->base_unit != unit->base) continue;
    // "Almost a day" is no number of hours; what is told in a finer unit could be one, but others tell it.
    double number = 0;
    const bool coarser = absl::SimpleAtod(record->claim.object.value.value(), &number) &&
                         std::abs(*record->quantity) > std::abs(number) * unit->factor;
    if (coarser && !articles.contains(record->article)) solutions->push_back(std::move(solution));
  }
  return solutions->size() > before;
}

void ConvertUnits(const Meaning& meaning, const Catalogue& catalogue, std::vector<Solution>* solutions) {
  std::erase_if(*solutions, [&](Solution& solution) {
    for (size_t i = 0; i < meaning.facts.size(); ++i) {
      const Fact& fact = meaning.facts[i];
      const ClaimRecord* record = solution.claims[i];
      if (!AsksForUnit(fact) || record == nullptr) continue;
      const UnitInfo* unit = catalogue.FindUnit(fact.unit);
      if (unit == nullptr || !record->quantity.has_value() || record->base_unit != unit->base) return true;
      for (size_t target = 0; target < meaning.targets.size(); ++target) {
        if (meaning.targets[target].participant != fact.object || !solution.targets[target].has_value()) continue;
        AnswerCell& cell = *solution.targets[target];
        const double number = *record->quantity / unit->factor;
        const std::string& told = record->claim.object.label;
        const std::string hedge = told.substr(0, std::min(told.find_first_of("0123456789"), told.size()));
        cell.label = absl::StrCat(hedge, RoundedNumber(number), " ", unit->label, " (", told, ")");
        cell.value = Term::Typed(absl::StrCat(number), "http://www.w3.org/2001/XMLSchema#decimal");
        absl::StrAppend(&solution.target_keys[target], " ", cell.label);
      }
    }
    return false;
  });
}

}  // namespace dossier::ask

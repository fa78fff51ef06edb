#include "query/ask/sum.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "query/ask/cell_reader.h"
#include "query/ask/convert_units.h"
#include "query/ask/score.h"

namespace dossier::ask {
namespace {

constexpr double kExact = 1e-6;
constexpr double kRoughly = 0.05;

// How many base units, or base units per base unit, an amount is.
double InBase(const Catalogue& catalogue, const Amount& amount) {
  const UnitInfo& unit = *catalogue.FindUnit(amount.unit);
  const UnitInfo* above = catalogue.FindUnit(unit.numerator);
  const UnitInfo* below = catalogue.FindUnit(unit.denominator);
  if (above == nullptr || below == nullptr) return amount.number * unit.factor;
  return amount.number * above->factor / below->factor;
}

// A unit of `part` of some rate that measures the same as `like`.
const UnitInfo* RateUnit(const Catalogue& catalogue, const Amount& above, const Amount& below) {
  const auto same = [&](const Term& part, const Amount& amount) {
    const UnitInfo* one = catalogue.FindUnit(part);
    const UnitInfo* other = catalogue.FindUnit(amount.unit);
    return one != nullptr && other != nullptr && one->base == other->base;
  };
  for (const UnitInfo& unit : catalogue.units()) {
    if (same(unit.numerator, above) && same(unit.denominator, below)) return &unit;
  }
  return nullptr;
}

// What the sum makes in `unit`.
std::string Told(const Catalogue& catalogue, double base, const UnitInfo& unit) {
  const UnitInfo* above = catalogue.FindUnit(unit.numerator);
  const UnitInfo* below = catalogue.FindUnit(unit.denominator);
  const double factor = above != nullptr && below != nullptr ? above->factor / below->factor : unit.factor;
  return absl::StrCat(RoundedNumber(base / factor), " ", unit.label);
}

// The claims of just this number, from the sources that the question names.
absl::Status AddClaimsOf(const Amount& amount, const Meaning& meaning, const Catalogue& catalogue,
                         const std::shared_ptr<const Snapshot>& snapshot, const QueryContext& context,
                         ClaimReader* reader, RowGatherer* gatherer) {
  const UnitInfo& unit = *catalogue.FindUnit(amount.unit);
  Meaning told;
  told.kind = Meaning::Kind::kSources;  // The very number.
  told.participants = meaning.participants;
  told.articles = meaning.articles;
  told.speakers = meaning.speakers;
  told.participants.emplace_back();
  told.participants.emplace_back();
  told.participants.back().number = NumberLimit{NumberLimit::Relation::kEqual, amount.number * unit.factor, unit.base};
  Fact fact;
  fact.object = static_cast<int>(told.participants.size()) - 1;
  fact.subject = fact.object - 1;
  for (uint32_t i = 0; i < catalogue.relations().size(); ++i) {
    if (catalogue.relations()[i].measure == unit.measure) fact.relations.push_back({i, false});
  }
  if (fact.relations.empty()) return absl::OkStatus();
  told.facts.push_back(std::move(fact));
  DOSSIER_ASSIGN_OR_RETURN(std::vector<Solution> solutions,
                           Solve(Compile(told, catalogue, *snapshot), snapshot, context, reader));
  KeepWithinNumbers(told, &solutions);
  for (const Solution& solution : solutions) gatherer->Add(solution.claims.front(), true);
  return absl::OkStatus();
}

// The result, or whether it is what the question says, with the claims of the numbers.
absl::StatusOr<Answer> Computed(std::optional<bool> verdict, const std::string& result,
                                const std::vector<Amount>& amounts, const Meaning& meaning, const Catalogue& catalogue,
                                const std::shared_ptr<const Snapshot>& snapshot, const QueryContext& context,
                                ClaimReader* reader) {
  RowGatherer gatherer;
  for (const Amount& amount : amounts) {
    DOSSIER_RETURN_IF_ERROR(AddClaimsOf(amount, meaning, catalogue, snapshot, context, reader, &gatherer));
  }
  Answer answer;
  AnswerRow row;
  if (verdict.has_value()) {
    answer.kind = Answer::Kind::kAsk;
    answer.columns = {"answer"};
    answer.verdict = *verdict ? Answer::Verdict::kYes : Answer::Verdict::kNo;
    row.cells.emplace_back(TextCell(absl::StrCat(*verdict ? "yes: " : "no: ", result)));
  } else {
    answer.columns = {"value"};
    row.cells.emplace_back(TextCell(result));
  }
  gatherer.Finish(&row);
  row.when.clear();
  answer.rows.push_back(std::move(row));
  answer.notes.emplace_back("computed from the numbers of the question; the claims are those that give them");
  return answer;
}

// Whether the one is as the relation says, compared with the other.
bool Holds(double one, NumberLimit::Relation relation, double other, bool roughly) {
  const bool same = std::abs(one - other) <= (roughly ? kRoughly : kExact) * std::max(one, other);
  switch (relation) {
    case NumberLimit::Relation::kMore: return one > other && !same;
    case NumberLimit::Relation::kLess: return one < other && !same;
    case NumberLimit::Relation::kAtMost: return one < other || same;
    case NumberLimit::Relation::kAtLeast: return one > other || same;
    case NumberLimit::Relation::kEqual: break;
  }
  return same;
}

// "is 1,000 km 600 miles"
absl::StatusOr<Answer> AnswerConversion(const Meaning& meaning, const Catalogue& catalogue,
                                        const std::shared_ptr<const Snapshot>& snapshot, const QueryContext& context,
                                        ClaimReader* reader) {
  const Amount& first = *meaning.sum->numerator;
  const Amount& second = *meaning.sum->equal;
  const UnitInfo& unit = *catalogue.FindUnit(second.unit);
  if (catalogue.FindUnit(first.unit)->base != unit.base) {
    return absl::InvalidArgumentError(absl::StrCat("\"", first.words, "\" cannot be told in ", unit.label));
  }
  const double one = InBase(catalogue, first);
  const double other = InBase(catalogue, second);
  const bool holds = Holds(one, meaning.sum->relation, other, meaning.sum->roughly);
  return Computed(holds, absl::StrCat(first.words, " = ", Told(catalogue, one, unit)), {first, second}, meaning,
                  catalogue, snapshot, context, reader);
}

}  // namespace

absl::StatusOr<Answer> AnswerSum(const Meaning& meaning, const Catalogue& catalogue,
                                 const std::shared_ptr<const Snapshot>& snapshot, const QueryContext& context,
                                 ClaimReader* reader) {
  const Sum& sum = *meaning.sum;
  if (sum.equal.has_value()) return AnswerConversion(meaning, catalogue, snapshot, context, reader);
  const UnitInfo* rate =
      sum.rate.has_value() ? catalogue.FindUnit(sum.rate->unit) : RateUnit(catalogue, *sum.numerator, *sum.denominator);
  if (rate == nullptr) return absl::InvalidArgumentError("there is no unit for the one per the other");
  const UnitInfo* below = catalogue.FindUnit(rate->denominator);
  const UnitInfo* above = catalogue.FindUnit(rate->numerator);
  for (const auto& [amount, part] : {std::pair(&sum.numerator, above), {&sum.denominator, below}}) {
    if (amount->has_value() && catalogue.FindUnit((*amount)->unit)->base != part->base) {
      return absl::InvalidArgumentError(absl::StrCat("\"", (*amount)->words, "\" does not go with ", rate->label));
    }
  }
  const double speed = sum.rate.has_value() ? InBase(catalogue, *sum.rate)
                                            : InBase(catalogue, *sum.numerator) / InBase(catalogue, *sum.denominator);
  std::string made;
  bool agrees = false;
  if (!sum.denominator.has_value()) {
    made = Told(catalogue, InBase(catalogue, *sum.numerator) / speed, *below);
  } else if (!sum.numerator.has_value()) {
    made = Told(catalogue, InBase(catalogue, *sum.denominator) * speed, *above);
  } else if (!sum.rate.has_value()) {
    made = Told(catalogue, speed, *rate);
  } else {
    const double time = InBase(catalogue, *sum.numerator) / speed;
    const double said = InBase(catalogue, *sum.denominator);
    agrees = Holds(time, sum.relation, said, sum.roughly);
    made = Told(catalogue, time, *catalogue.FindUnit(sum.denominator->unit));
  }
  std::vector<Amount> amounts;
  for (const std::optional<Amount>* amount : {&sum.rate, &sum.numerator, &sum.denominator}) {
    if (amount->has_value()) amounts.push_back(**amount);
  }
  return Computed(meaning.kind == Meaning::Kind::kAsk ? std::optional<bool>(agrees) : std::nullopt, made, amounts,
                  meaning, catalogue, snapshot, context, reader);
}

}  // namespace dossier::ask

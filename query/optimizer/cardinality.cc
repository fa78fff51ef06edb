#include "query/optimizer/cardinality.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "base/status_macros.h"
#include "query/optimizer/scan_choice.h"

namespace dossier::optimizer {
namespace {

using algebra::Pattern;
using algebra::Variable;
using algebra::VariableNumbers;
using algebra::VariableSet;
using plan::ScanPlan;

constexpr plan::IdRange kEverything = {TermId::FromBits(0), TermId::FromBits(~uint64_t{0})};
// Characteristic sets that stars are estimated by; more make planning slow and estimates little better.
constexpr size_t kSetsLookedAt = 512;
// A constant that the prefix does not cover.
constexpr double kCheckSelectivity = 0.1;

}  // namespace

const RelationStatistics& CardinalityEstimator::StatisticsOf(const Pattern& pattern) const {
  const Statistics& statistics = terms_->snapshot().statistics();
  return pattern.kind == Pattern::Kind::kReification ? statistics.reifications : statistics.quads;
}

absl::StatusOr<uint64_t> CardinalityEstimator::CountRows(const ScanSpec& spec) const {
  const auto key = std::make_tuple(spec.permutation, spec.prefix, spec.lower, spec.upper);
  if (const auto known = counted_.find(key); known != counted_.end()) return known->second;
  DOSSIER_ASSIGN_OR_RETURN(const uint64_t rows, terms_->snapshot().CountRows(spec, false));
  counted_.emplace(key, rows);
  return rows;
}

absl::StatusOr<double> CardinalityEstimator::ScanRows(const ScanPlan& scan) const {
  if (scan.nothing) return 0;
  if (const std::optional<uint64_t> known = KnownRows(scan, terms_->snapshot().statistics()); known.has_value()) {
    return static_cast<double>(*known);
  }
  double rows = 0;
  const std::vector<plan::IdRange> everything = {kEverything};
  for (const plan::IdRange& range : scan.ranges.empty() ? everything : scan.ranges) {
    DOSSIER_ASSIGN_OR_RETURN(const uint64_t counted, CountRows(SpecOf(scan, range)));
    rows += static_cast<double>(counted);
  }
  for (size_t i = scan.prefix; i < scan.constants.size(); ++i) {
    if (scan.constants[i].has_value()) rows *= kCheckSelectivity;
  }
  return rows;
}

double CardinalityEstimator::DomainOf(const ScanPlan& scan, size_t position) const {
  const PermutationInfo& info = GetPermutationInfo(scan.permutation);
  if (info.relation == Relation::kTripleTerms) return std::numeric_limits<double>::infinity();
  const RelationStatistics& statistics = StatisticsOf(*scan.pattern);
  std::optional<TermId> predicate;
  for (size_t i = 0; i < info.width; ++i) {
    if (info.columns[i] == Column::kPredicate) predicate = scan.constants[i];
  }
  PredicateStatistics of_predicate = {statistics.rows, statistics.distinct_subjects, statistics.distinct_objects};
  if (predicate.has_value()) {
    const auto found = statistics.predicates.find(*predicate);
    of_predicate = found == statistics.predicates.end() ? PredicateStatistics() : found->second;
  }
  switch (info.columns[position]) {
    case Column::kSubject: return static_cast<double>(of_predicate.distinct_subjects);
    case Column::kObject: return static_cast<double>(of_predicate.distinct_objects);
    case Column::kPredicate: return static_cast<double>(statistics.predicates.size());
    default: return std::numeric_limits<double>::infinity();
  }
}

absl::StatusOr<Estimate> CardinalityEstimator::PatternEstimate(const std::vector<ScanPlan>& scans) const {
  // The scan that knows most.
  const ScanPlan* best = nullptr;
  for (const ScanPlan& scan : scans) {
    const auto knows = [](const ScanPlan& s) { return s.prefix + (s.ranges.empty() ? 0 : 1); };
    if (best == nullptr || knows(scan) > knows(*best)) best = &scan;
  }
  Estimate estimate;
  DOSSIER_ASSIGN_OR_RETURN(estimate.rows, ScanRows(*best));
  for (size_t i = 0; i < best->bindings.size(); ++i) {
    if (!best->bindings[i].has_value()) continue;
    const double domain = DomainOf(*best, i);
    const double values = std::max(1.0, std::min(domain, estimate.rows));
    const auto [place, inserted] = estimate.distinct.emplace(*best->bindings[i], values);
    if (inserted) {
      if (domain > values && domain != std::numeric_limits<double>::infinity()) {
        estimate.domain.emplace(*best->bindings[i], domain);
      }
      continue;
    }
    // A repeated variable: few rows have the same value twice.
    place->second = std::min(place->second, values);
    estimate.rows = std::max(1.0, estimate.rows * kCheckSelectivity);
  }
  return estimate;
}

double CardinalityEstimator::Nodes() const {
  const RelationStatistics& quads = terms_->snapshot().statistics().quads;
  return static_cast<double>(std::max<uint64_t>({1, quads.distinct_subjects, quads.distinct_objects}));
}

StarTable::StarTable(Variable subject, std::vector<StarArm> arms, const Statistics& statistics)
    : subject_(subject), arms_(std::move(arms)), of_rest_(arms_) {
  for (size_t arm = 0; arm < arms_.size(); ++arm) by_predicate_.emplace_back(arms_[arm].predicate, arm);
  std::sort(by_predicate_.begin(), by_predicate_.end());
  // The most frequent sets come first; for the others there are only the numbers of each predicate.
  const size_t sets = std::min(statistics.characteristic_sets.size(), kSetsLookedAt);
  rest_ = static_cast<double>(statistics.quads.distinct_subjects);
  for (size_t i = 0; i < sets; ++i) Take(statistics.characteristic_sets[i]);
}

void StarTable::Take(const CharacteristicSet& set) {
  const auto subjects = static_cast<double>(set.subjects);
  rest_ = std::max(0.0, rest_ - subjects);
  Arms has = 0;
  size_t index = 0;
  for (const auto& [predicate, arm] : by_predicate_) {
    while (index < set.predicates.size() && set.predicates[index] < predicate) ++index;
    if (index == set.predicates.size()) break;
    if (set.predicates[index] != predicate) continue;
    if (has == 0) rows_each_.resize(rows_each_.size() + arms_.size());
    has |= Arms{1} << arm;
    const auto rows = static_cast<double>(set.rows[index]);
    rows_each_[sets_.size() * arms_.size() + arm] = rows / std::max(1.0, subjects);
    of_rest_[arm].rows_of_predicate = std::max(0.0, of_rest_[arm].rows_of_predicate - rows);
    of_rest_[arm].subjects = std::max(0.0, of_rest_[arm].subjects - subjects);
  }
  if (has != 0) sets_.push_back({subjects, has});
}

std::pair<double, double> StarTable::EstimateOfRest(Arms arms) const {
  double most = 1;
  for (size_t arm = 0; arm < arms_.size(); ++arm) {
    if ((arms >> arm & 1U) != 0) most = std::max(most, of_rest_[arm].subjects);
  }
  // The arms belong to subjects of one kind, of which there are at least as many as have any one arm, and at most all.
  // Among them the arms are taken to be independent.
  const bool is_one = std::has_single_bit(arms);
  const double kind = is_one ? most : std::sqrt(most * std::max(most, rest_));
  double subjects = kind;
  double rows = kind;
  for (size_t arm = 0; arm < arms_.size(); ++arm) {
    if ((arms >> arm & 1U) == 0) continue;
    const StarArm& rest = of_rest_[arm];
    if (rest.subjects <= 0) return {0, 0};
    if (!is_one) subjects *= rest.subjects / kind;
    rows *= rest.rows_of_predicate / kind;
  }
  return {rows, subjects};
}

Estimate StarTable::EstimateOf(Arms arms) const {
  Estimate estimate;
  double subjects = 0;
  for (size_t i = 0; i < sets_.size(); ++i) {
    if ((sets_[i].arms & arms) != arms) continue;
    double rows = sets_[i].subjects;
    const double* const rows_each = rows_each_.data() + i * arms_.size();
    for (Arms rest = arms; rest != 0; rest &= rest - 1) rows *= rows_each[std::countr_zero(rest)];
    estimate.rows += rows;
    if (rows > 0) subjects += sets_[i].subjects;
  }
  const auto [rest_rows, rest_subjects] = EstimateOfRest(arms);
  estimate.rows += rest_rows;
  subjects += rest_subjects;
  estimate.domain[subject_] = std::max(1.0, subjects);
  for (Arms rest = arms; rest != 0; rest &= rest - 1) {
    const StarArm& arm = arms_[static_cast<size_t>(std::countr_zero(rest))];
    const double part = arm.rows / std::max(1.0, arm.rows_of_predicate);
    estimate.rows *= part;
    subjects *= std::min(1.0, part);
  }
  estimate.distinct[subject_] = std::max(1.0, std::min(subjects, estimate.rows));
  return estimate;
}

Estimate Completed(Estimate estimate, const VariableSet& variables) {
  for (const Variable variable : variables) estimate.distinct.try_emplace(variable, estimate.rows);
  return estimate;
}

Estimate JoinEstimate(absl::Span<const Estimate> inputs) {
  Estimate estimate;
  estimate.rows = 1;
  VariableNumbers smallest;  // Domain of each variable.
  for (const Estimate& input : inputs) {
    estimate.rows *= input.rows;
    for (const auto& [variable, values] : input.distinct) {
      const auto wider = input.domain.find(variable);
      const double domain = std::max({1.0, values, wider == input.domain.end() ? 0 : wider->second});
      const auto [least, is_first] = smallest.try_emplace(variable, domain);
      if (is_first) {
        estimate.distinct.emplace(variable, values);
        continue;
      }
      // By all domains but the smallest.
      estimate.rows /= std::max(least->second, domain);
      least->second = std::min(least->second, domain);
      double& kept = estimate.distinct.find(variable)->second;
      kept = std::min(kept, values);
    }
  }
  for (auto& [variable, values] : estimate.distinct) values = std::max(1.0, std::min(values, estimate.rows));
  return estimate;
}

double Selectivity(const Expression& condition) {
  if (condition.kind != Expression::Kind::kCall) return 0.5;
  switch (condition.function) {
    case Function::kEqual:
    case Function::kSameTerm: return 0.05;
    case Function::kIn: return std::min(0.5, 0.05 * static_cast<double>(condition.arguments.size()));
    case Function::kLess:
    case Function::kLessOrEqual:
    case Function::kGreater:
    case Function::kGreaterOrEqual: return 0.33;
    case Function::kContains:
    case Function::kStrStarts:
    case Function::kStrEnds:
    case Function::kRegex: return 0.1;
    case Function::kBound:
    case Function::kNotEqual: return 0.9;
    case Function::kAnd: {
      double product = 1;
      for (const Expression& argument : condition.arguments) product *= Selectivity(argument);
      return product;
    }
    default: return 0.5;
  }
}

}  // namespace dossier::optimizer

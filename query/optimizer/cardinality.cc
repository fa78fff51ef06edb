#include "query/optimizer/cardinality.h"

#include <algorithm>
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
  const RelationStatistics& statistics = StatisticsOf(scan.pattern);
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
    : subject_(subject), arms_(std::move(arms)), rows_each_(arms_.size()) {
  // The most frequent sets come first; for the others there are only the numbers of each predicate.
  const size_t sets = std::min(statistics.characteristic_sets.size(), kSetsLookedAt);
  of_rest_ = arms_;
  rest_ = static_cast<double>(statistics.quads.distinct_subjects);
  for (size_t i = 0; i < sets; ++i) {
    const CharacteristicSet& set = statistics.characteristic_sets[i];
    subjects_.push_back(static_cast<double>(set.subjects));
    rest_ = std::max(0.0, rest_ - subjects_[i]);
    for (size_t arm = 0; arm < arms_.size(); ++arm) {
      const auto found = std::lower_bound(set.predicates.begin(), set.predicates.end(), arms_[arm].predicate);
      const bool has = found != set.predicates.end() && *found == arms_[arm].predicate;
      const auto index = static_cast<size_t>(found - set.predicates.begin());
      const double rows = has ? static_cast<double>(set.rows[index]) : 0;
      rows_each_[arm].push_back(rows / std::max(1.0, subjects_[i]));
      StarArm& rest = of_rest_[arm];
      rest.rows_of_predicate = std::max(0.0, rest.rows_of_predicate - rows);
      rest.subjects = std::max(0.0, rest.subjects - (has ? subjects_[i] : 0));
    }
  }
}

std::pair<double, double> StarTable::EstimateOfRest(const std::vector<size_t>& arms) const {
  double most = 1;
  for (const size_t arm : arms) most = std::max(most, of_rest_[arm].subjects);
  // The arms belong to subjects of one kind, of which there are at least as many as have any one arm, and at most all.
  // Among them the arms are taken to be independent.
  const double kind = std::sqrt(most * std::max(most, rest_));
  double subjects = arms.size() == 1 ? most : kind;
  double rows = subjects;
  for (const size_t arm : arms) {
    const StarArm& rest = of_rest_[arm];
    if (rest.subjects <= 0) return {0, 0};
    if (arms.size() > 1) subjects *= rest.subjects / kind;
    rows *= rest.rows_of_predicate / (arms.size() == 1 ? most : kind);
  }
  return {rows, subjects};
}

Estimate StarTable::EstimateOf(const std::vector<size_t>& arms) const {
  Estimate estimate;
  double subjects = 0;
  for (size_t i = 0; i < subjects_.size(); ++i) {
    double rows = subjects_[i];
    for (const size_t arm : arms) rows *= rows_each_[arm][i];
    estimate.rows += rows;
    if (rows > 0) subjects += subjects_[i];
  }
  const auto [rest_rows, rest_subjects] = EstimateOfRest(arms);
  estimate.rows += rest_rows;
  subjects += rest_subjects;
  estimate.domain[subject_] = std::max(1.0, subjects);
  for (const size_t arm : arms) {
    const double part = arms_[arm].rows / std::max(1.0, arms_[arm].rows_of_predicate);
    estimate.rows *= part;
    subjects *= std::min(1.0, part);
  }
  estimate.distinct[subject_] = std::max(1.0, std::min(subjects, estimate.rows));
  return estimate;
}

Estimate JoinEstimate(const std::vector<Estimate>& inputs, const std::vector<VariableSet>& variables) {
  Estimate estimate;
  estimate.rows = 1;
  std::map<Variable, std::vector<double>> domains;
  for (size_t i = 0; i < inputs.size(); ++i) {
    estimate.rows *= inputs[i].rows;
    for (const Variable variable : variables[i]) {
      const auto found = inputs[i].distinct.find(variable);
      const double values = found == inputs[i].distinct.end() ? inputs[i].rows : found->second;
      const auto domain = inputs[i].domain.find(variable);
      domains[variable].push_back(std::max({1.0, values, domain == inputs[i].domain.end() ? 0 : domain->second}));
      const auto [place, inserted] = estimate.distinct.emplace(variable, values);
      if (!inserted) place->second = std::min(place->second, values);
    }
  }
  for (auto& [variable, values] : domains) {
    std::sort(values.begin(), values.end());
    // All but the smallest domain.
    for (size_t i = 1; i < values.size(); ++i) estimate.rows /= values[i];
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

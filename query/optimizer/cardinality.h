// How many rows patterns and joins are expected to give, from the statistics of the store and counts of its blocks.
#pragma once

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "absl/status/statusor.h"
#include "query/algebra/node.h"
#include "query/plan/plan_node.h"
#include "query/term_space.h"
#include "storage/scan.h"

namespace dossier::optimizer {

// What is expected of one input of a join.
struct Estimate {
  double rows = 0;
  std::map<algebra::Variable, double> distinct;  // Values of each variable; missing: as many as rows.
  // How many values there were to begin with, where constants have left some of them: what is joined with the others
  // is as likely among those that are gone. Missing: as many as `distinct`.
  std::map<algebra::Variable, double> domain;
};

// A pattern `?subject <predicate> object` that may be part of a star.
struct StarArm {
  TermId predicate;
  double rows = 0;               // Of this pattern.
  double rows_of_predicate = 0;  // Were the object free.
  double subjects = 0;           // Different ones of the predicate.
};

// Stars around one variable: joins of patterns on their common subject. What the characteristic sets say of each arm is
// looked up once, as a join order asks for many combinations of arms.
class StarTable {
 public:
  StarTable(algebra::Variable subject, std::vector<StarArm> arms, const Statistics& statistics);

  // The rows of the star of the arms whose positions are given.
  Estimate EstimateOf(const std::vector<size_t>& arms) const;

 private:
  // What is expected of the subjects whose sets are not looked at: rows, and how many of them have all arms.
  std::pair<double, double> EstimateOfRest(const std::vector<size_t>& arms) const;

  algebra::Variable subject_;
  std::vector<StarArm> arms_;
  double rest_ = 0;                             // Subjects whose sets are not looked at.
  std::vector<StarArm> of_rest_;                // What they have of each arm.
  std::vector<double> subjects_;                // By set.
  std::vector<std::vector<double>> rows_each_;  // By arm and set: rows of the arm for each subject of the set.
};

class CardinalityEstimator {
 public:
  explicit CardinalityEstimator(TermSpace* terms) : terms_(terms) {}

  // The rows that a scan gives, its ranges included.
  absl::StatusOr<double> ScanRows(const plan::ScanPlan& scan) const;

  // `scans`: all plans for one pattern.
  absl::StatusOr<Estimate> PatternEstimate(const std::vector<plan::ScanPlan>& scans) const;

  const Statistics& statistics() const { return terms_->snapshot().statistics(); }

  // How many subjects or objects the store has, whichever are more; at least 1.
  double Nodes() const;

 private:
  absl::StatusOr<uint64_t> CountRows(const ScanSpec& spec) const;
  const RelationStatistics& StatisticsOf(const algebra::Pattern& pattern) const;
  // The values of a column, were all of the scan's constants but the predicate free.
  double DomainOf(const plan::ScanPlan& scan, size_t position) const;

  TermSpace* const terms_;
  // The same rows are counted for many plans of a query, and in many ranges where a time is asked for.
  mutable std::map<std::tuple<Permutation, std::vector<TermId>, TermId, TermId>, uint64_t> counted_;
};

// The rows of a join of independent inputs, as if the values of the smaller domain were all in the larger one.
Estimate JoinEstimate(const std::vector<Estimate>& inputs, const std::vector<algebra::VariableSet>& variables);

// The part of rows for which a condition is expected to be true.
double Selectivity(const Expression& condition);

}  // namespace dossier::optimizer

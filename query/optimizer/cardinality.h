// How many rows patterns and joins are expected to give, from the statistics of the store and counts of its blocks.
#pragma once

#include <map>
#include <vector>

#include "absl/status/statusor.h"
#include "query/algebra/node.h"
#include "query/plan/plan_node.h"
#include "query/term_space.h"

namespace dossier::optimizer {

// What is expected of one input of a join.
struct Estimate {
  double rows = 0;
  std::map<algebra::Variable, double> distinct;  // Values of each variable; missing: as many as rows.
};

// A pattern `?subject <predicate> object` that may be part of a star.
struct StarArm {
  TermId predicate;
  double rows = 0;               // Of this pattern.
  double rows_of_predicate = 0;  // Were the object free.
};

class CardinalityEstimator {
 public:
  explicit CardinalityEstimator(TermSpace* terms) : terms_(terms) {}

  // The rows that a scan gives, its ranges included.
  absl::StatusOr<double> ScanRows(const plan::ScanPlan& scan) const;

  // `scans`: all plans for one pattern.
  absl::StatusOr<Estimate> PatternEstimate(const std::vector<plan::ScanPlan>& scans) const;

  // The rows of a star: a join of patterns on their common subject.
  Estimate StarEstimate(algebra::Variable subject, const std::vector<StarArm>& arms) const;

 private:
  const RelationStatistics& StatisticsOf(const algebra::Pattern& pattern) const;
  double DistinctOf(const plan::ScanPlan& scan, size_t position, double rows) const;

  TermSpace* const terms_;
};

// The rows of a join of independent inputs, as if the values of the smaller domain were all in the larger one.
Estimate JoinEstimate(const std::vector<Estimate>& inputs, const std::vector<algebra::VariableSet>& variables);

// The part of rows for which a condition is expected to be true.
double Selectivity(const Expression& condition);

}  // namespace dossier::optimizer

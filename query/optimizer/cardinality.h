// How many rows patterns and joins are expected to give, from the statistics of the store and counts of its blocks.
#pragma once

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "query/algebra/node.h"
#include "query/plan/plan_node.h"
#include "query/term_space.h"
#include "storage/scan.h"

namespace dossier::optimizer {

// What is expected of one input of a join.
struct Estimate {
  double rows = 0;
  algebra::VariableNumbers distinct;  // Values of each variable; missing: as many as rows.
  // How many values there were to begin with, where constants have left some of them: what is joined with the others
  // is as likely among those that are gone. Missing: as many as `distinct`.
  algebra::VariableNumbers domain;
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
  // REQUIRES: at most kMostArms arms.
  StarTable(algebra::Variable subject, std::vector<StarArm> arms, const Statistics& statistics);

  // A set of arms: bit i stands for the i-th.
  using Arms = uint64_t;
  static constexpr size_t kMostArms = 64;

  // The rows of the star of some of the arms.
  Estimate EstimateOf(Arms arms) const;

 private:
  // A characteristic set that has some of the arms.
  struct Set {
    double subjects = 0;
    Arms arms = 0;
  };

  // Adds the set to sets_, and takes what it has of the arms from of_rest_.
  void Take(const CharacteristicSet& set);
  // What is expected of the subjects whose sets are not looked at: rows, and how many of them have all arms.
  std::pair<double, double> EstimateOfRest(Arms arms) const;

  algebra::Variable subject_;
  std::vector<StarArm> arms_;
  std::vector<std::pair<TermId, size_t>> by_predicate_;  // The arms, ascending.
  double rest_ = 0;                                      // Subjects whose sets are not looked at.
  std::vector<StarArm> of_rest_;                         // What they have of each arm.
  std::vector<Set> sets_;
  std::vector<double> rows_each_;  // By set and arm: rows of the arm for each subject of the set.
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

// The estimate, with numbers of distinct values for all `variables`.
Estimate Completed(Estimate estimate, const algebra::VariableSet& variables);

// The rows of a join of independent inputs, as if the values of the smaller domain were all in the larger one.
// REQUIRES: the estimates are completed.
Estimate JoinEstimate(absl::Span<const Estimate> inputs);

// The part of rows for which a condition is expected to be true.
double Selectivity(const Expression& condition);

}  // namespace dossier::optimizer

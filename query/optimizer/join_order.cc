#include "query/optimizer/join_order.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "absl/container/node_hash_map.h"
#include "base/status_macros.h"
#include "query/optimizer/cost_model.h"
#include "query/optimizer/plan_factory.h"
#include "query/optimizer/scan_choice.h"

namespace dossier::optimizer {
namespace {

using algebra::Variable;
using algebra::VariableSet;
using plan::JoinKind;
using plan::PlanPtr;

// A set of inputs.
using Mask = uint64_t;

// Up to so many inputs every split of every subset is weighed, and up to so many only splits into one and the others.
constexpr size_t kBushyInputs = 5;
constexpr size_t kDynamicInputs = 8;
// Rows up to which it may pay to run another input for given bindings.
constexpr double kBindingRows = 50000;

class JoinOrder {
 public:
  JoinOrder(const JoinProblem& problem, const CardinalityEstimator& estimator)
      : problem_(problem), estimator_(estimator), count_(problem.inputs.size()) {
    for (const JoinInput& input : problem.inputs) all_variables_.insert(input.variables.begin(), input.variables.end());
  }

  absl::StatusOr<PlanPtr> Solve() {
    for (size_t i = 0; i < count_; ++i) {
      for (const PlanPtr& plan : problem_.inputs[i].plans) Keep(Mask{1} << i, WithFilters(plan, Mask{1} << i, {}));
    }
    const Mask all = (Mask{1} << count_) - 1;
    if (count_ <= kDynamicInputs) {
      for (Mask mask = 1; mask <= all; ++mask) {
        if (std::popcount(mask) > 1) DOSSIER_RETURN_IF_ERROR(PlanSubset(mask));
      }
    } else {
      DOSSIER_RETURN_IF_ERROR(PlanGreedily(all));
    }
    return Cheapest(all);
  }

 private:
  struct SubsetPlans {
    std::optional<Estimate> estimate;
    std::vector<PlanPtr> plans;  // The cheapest, and the cheapest for each leading sort variable.
  };

  bool HasPlan(Mask mask) { return !subsets_[mask].plans.empty(); }

  PlanPtr Cheapest(Mask mask) {
    PlanPtr best;
    for (const PlanPtr& plan : subsets_[mask].plans) {
      if (best == nullptr || plan->cost < best->cost) best = plan;
    }
    return best;
  }

  const VariableSet& VariablesOf(Mask mask, bool certain) const {
    const auto [place, is_new] = variables_of_[certain ? 1 : 0].try_emplace(mask);
    VariableSet& variables = place->second;
    if (!is_new) return variables;
    for (size_t i = 0; i < count_; ++i) {
      if ((mask >> i & 1U) == 0) continue;
      const VariableSet& more = certain ? problem_.inputs[i].certain : problem_.inputs[i].variables;
      variables.insert(more.begin(), more.end());
    }
    return variables;
  }

  bool Connected(Mask a, Mask b) const { return Intersects(VariablesOf(a, false), VariablesOf(b, false)); }

  // Whether the condition can be decided on a join of these inputs as well as on the whole.
  bool FilterApplies(const Expression& filter, Mask mask) const {
    if (mask == (Mask{1} << count_) - 1) return true;
    const VariableSet& certain = VariablesOf(mask, true);
    for (const Variable variable : algebra::ReferencedVariables(filter)) {
      if (all_variables_.contains(variable) && !certain.contains(variable)) return false;
    }
    return true;
  }

  // The plan of `mask` with the filters that apply there and were not applied in `parts`.
  PlanPtr WithFilters(PlanPtr plan, Mask mask, std::initializer_list<Mask> parts) const {
    for (const Expression& filter : problem_.filters) {
      if (!FilterApplies(filter, mask)) continue;
      const bool applied =
          std::any_of(parts.begin(), parts.end(), [&](Mask part) { return FilterApplies(filter, part); });
      if (!applied) plan = MakeFilter(std::move(plan), filter);
    }
    return plan;
  }

  // The rows of a join of the inputs, filters included; the same for all plans.
  const Estimate& EstimateOf(Mask mask) {
    std::optional<Estimate>& known = subsets_[mask].estimate;
    if (known.has_value()) return *known;
    std::vector<Estimate> parts;
    std::vector<VariableSet> variables;
    Mask rest = mask;
    for (size_t i = 0; i < count_; ++i) {
      if ((rest >> i & 1U) == 0) continue;
      const Mask star = StarOf(i, rest);
      if (std::popcount(star) > 1) {
        parts.push_back(StarPart(star));
        rest &= ~star;
        variables.push_back(VariablesOf(star, false));
      } else {
        parts.push_back(problem_.inputs[i].estimate);
        rest &= ~(Mask{1} << i);
        variables.push_back(problem_.inputs[i].variables);
      }
    }
    Estimate estimate = JoinEstimate(parts, variables);
    for (const Expression& filter : problem_.filters) {
      if (FilterApplies(filter, mask)) estimate.rows *= Selectivity(filter);
    }
    known = std::move(estimate);
    return *known;
  }

  // The inputs of `mask` that form a star with input `i`.
  Mask StarOf(size_t i, Mask mask) const {
    Mask star = Mask{1} << i;
    if (!problem_.inputs[i].star.has_value()) return star;
    for (size_t j = 0; j < count_; ++j) {
      if ((mask >> j & 1U) != 0 && problem_.inputs[j].star == problem_.inputs[i].star) star |= Mask{1} << j;
    }
    return star;
  }

  Estimate StarPart(Mask star) const {
    std::vector<StarArm> arms;
    Estimate estimate;
    std::map<Variable, double> distinct;
    Variable subject;
    for (size_t i = 0; i < count_; ++i) {
      if ((star >> i & 1U) == 0) continue;
      const JoinInput& input = problem_.inputs[i];
      arms.push_back(*input.star_arm);
      subject = *input.star;
      distinct.insert(input.estimate.distinct.begin(), input.estimate.distinct.end());
    }
    estimate = estimator_.StarEstimate(subject, arms);
    for (const auto& [variable, values] : distinct) {
      if (variable != subject) estimate.distinct[variable] = std::max(1.0, std::min(values, estimate.rows));
    }
    return estimate;
  }

  void Keep(Mask mask, PlanPtr plan) {
    std::vector<PlanPtr>& plans = subsets_[mask].plans;
    const auto leading = [](const PlanPtr& p) {
      return p->sorted_by.empty() ? std::nullopt : std::optional<Variable>(p->sorted_by[0]);
    };
    for (PlanPtr& known : plans) {
      if (leading(known) != leading(plan)) continue;
      if (plan->cost < known->cost) known = std::move(plan);
      return;
    }
    plans.push_back(std::move(plan));
  }

  bool Promising(Mask mask, double cost, const std::vector<Variable>& order) {
    for (const PlanPtr& known : subsets_[mask].plans) {
      const bool same_order =
          known->sorted_by.empty() ? order.empty() : !order.empty() && known->sorted_by[0] == order[0];
      if (same_order) return cost < known->cost;
    }
    return true;
  }

  absl::Status PlanSubset(Mask mask) {
    const bool bushy = count_ <= kBushyInputs;
    for (const bool connected : {true, false}) {
      for (Mask part = (mask - 1) & mask; part != 0; part = (part - 1) & mask) {
        const Mask other = mask & ~part;
        if (!bushy && std::popcount(other) != 1 && std::popcount(part) != 1) continue;
        if (!HasPlan(part) || !HasPlan(other) || Connected(part, other) != connected) continue;
        DOSSIER_RETURN_IF_ERROR(JoinParts(part, other));
      }
      // Cross products are a last resort.
      if (HasPlan(mask)) return absl::OkStatus();
    }
    return absl::OkStatus();
  }

  absl::Status JoinParts(Mask left, Mask right) {
    const Mask mask = left | right;
    const Estimate estimate = EstimateOf(mask);
    for (const PlanPtr& a : subsets_[left].plans) {
      for (const PlanPtr& b : subsets_[right].plans) {
        const std::vector<Variable> keys = CommonOrder(*a, *b);
        if (keys.empty()) continue;
        const double cost = a->cost + b->cost + MergeJoinCost(a->rows, b->rows, estimate.rows);
        if (!Promising(mask, cost, keys)) continue;
        Keep(mask, WithFilters(MakeMergeJoin(a, b, keys, estimate), mask, {left, right}));
      }
    }
    const PlanPtr cheapest_right = Cheapest(right);
    for (const PlanPtr& a : subsets_[left].plans) {
      const double cost = a->cost + cheapest_right->cost + HashJoinCost(a->rows, cheapest_right->rows, estimate.rows);
      if (!Promising(mask, cost, a->sorted_by)) continue;
      PlanPtr join = MakeHashJoin(JoinKind::kInner, a, cheapest_right, std::nullopt, estimate);
      Keep(mask, WithFilters(std::move(join), mask, {left, right}));
    }
    if (std::popcount(right) != 1) return absl::OkStatus();
    const JoinInput& input = problem_.inputs[static_cast<size_t>(std::countr_zero(right))];
    const std::vector<PlanPtr> lefts = subsets_[left].plans;
    for (const PlanPtr& a : lefts) {
      DOSSIER_RETURN_IF_ERROR(SeekInput(a, input, left, mask, estimate));
    }
    return absl::OkStatus();
  }

  // Joins that look for the partners of each row of `left` in the input.
  absl::Status SeekInput(const PlanPtr& left, const JoinInput& input, Mask left_mask, Mask mask,
                         const Estimate& estimate) {
    VariableSet shared;
    bool all_certain = true;
    for (const Variable variable : left->columns) {
      if (!input.variables.contains(variable)) continue;
      shared.insert(variable);
      all_certain = all_certain && left->certain.contains(variable) && input.certain.contains(variable);
    }
    if (input.path.has_value()) {
      if (!all_certain || shared.empty()) return absl::OkStatus();
      const double cost = left->rows * input.path_step_cost;
      Keep(mask, WithFilters(MakePathJoin(left, *input.path, cost, estimate), mask, {left_mask}));
      return absl::OkStatus();
    }
    if (shared.empty() || !all_certain) return absl::OkStatus();
    if (!input.scans.empty()) {
      const plan::ScanPlan* best = nullptr;
      size_t best_depth = 0;
      for (const plan::ScanPlan& scan : input.scans) {
        const size_t depth = SeekDepth(scan, shared);
        const bool better =
            depth > best_depth || (depth == best_depth && best != nullptr && scan.prefix > best->prefix);
        if (depth > scan.prefix && better) {
          best = &scan;
          best_depth = depth;
        }
      }
      if (best == nullptr) return absl::OkStatus();
      plan::ScanPlan scan = *best;
      scan.ranges.clear();
      PlanPtr join = MakeIndexJoin(left, std::move(scan), best_depth, input.estimate.rows, estimate);
      Keep(mask, WithFilters(std::move(join), mask, {left_mask}));
      return absl::OkStatus();
    }
    if (input.restricted == nullptr || left->rows > kBindingRows) return absl::OkStatus();
    std::vector<Variable> bindings(shared.begin(), shared.end());
    const double rows = std::min(left->rows, kRowsPerBatch);
    DOSSIER_ASSIGN_OR_RETURN(PlanPtr restricted, input.restricted(bindings, rows));
    PlanPtr join = MakeBindJoin(JoinKind::kInner, left, std::move(restricted), std::nullopt, bindings, estimate);
    Keep(mask, WithFilters(std::move(join), mask, {left_mask}));
    return absl::OkStatus();
  }

  // Begins with the smallest input, and takes what makes the cheapest plan next.
  absl::Status PlanGreedily(Mask all) {
    Mask done = 0;
    for (size_t i = 0; i < count_; ++i) {
      const Mask candidate = Mask{1} << i;
      if (done == 0 || EstimateOf(candidate).rows < EstimateOf(done).rows) done = candidate;
    }
    while (done != all) {
      Mask best = 0;
      for (const bool connected : {true, false}) {
        for (size_t i = 0; i < count_; ++i) {
          const Mask next = Mask{1} << i;
          if ((done & next) != 0 || Connected(done, next) != connected) continue;
          DOSSIER_RETURN_IF_ERROR(JoinParts(done, next));
          DOSSIER_RETURN_IF_ERROR(JoinParts(next, done));
          if (best == 0 || Cheapest(done | next)->cost < Cheapest(done | best)->cost) best = next;
        }
        if (best != 0) break;
      }
      done |= best;
    }
    return absl::OkStatus();
  }

  const JoinProblem& problem_;
  const CardinalityEstimator& estimator_;
  const size_t count_;
  VariableSet all_variables_;
  mutable absl::node_hash_map<Mask, VariableSet> variables_of_[2];  // Possible and certain ones, as far as asked for.
  absl::node_hash_map<Mask, SubsetPlans> subsets_;                  // References into it stay good.
};

}  // namespace

absl::StatusOr<PlanPtr> OrderJoins(const JoinProblem& problem, const CardinalityEstimator& estimator) {
  return JoinOrder(problem, estimator).Solve();
}

}  // namespace dossier::optimizer

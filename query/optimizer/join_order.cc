#include "query/optimizer/join_order.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <tuple>
#include <utility>

#include "absl/container/btree_map.h"
#include "absl/container/node_hash_map.h"
#include "base/status_macros.h"
#include "query/optimizer/cost_model.h"
#include "query/optimizer/many_joins.h"
#include "query/optimizer/multiway.h"
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
constexpr size_t kDynamicInputs = 5;
// Two patterns with two common variables are one merge or hash join.
constexpr size_t kLeastCycle = 3;
// Rows up to which it may pay to run another input for given bindings.
constexpr double kBindingRows = 50000;

class JoinOrder {
 public:
  JoinOrder(const JoinProblem& problem, const CardinalityEstimator& estimator)
      : problem_(problem), estimator_(estimator), count_(problem.inputs.size()) {
    FindVariables();
    FindPlainPatterns();
  }

  absl::StatusOr<PlanPtr> Solve() {
    const Mask all = (Mask{1} << count_) - 1;
    if (problem_.wanted_rows.has_value()) part_ = std::min(1.0, *problem_.wanted_rows / EstimateOf(all).rows);
    for (size_t i = 0; i < count_; ++i) {
      for (const PlanPtr& plan : problem_.inputs[i].plans) Keep(Mask{1} << i, WithFilters(plan, Mask{1} << i, {}));
    }
    if (problem_.random_seed.has_value()) {
      DOSSIER_RETURN_IF_ERROR(PlanRandomly(all));
    } else if (count_ <= kDynamicInputs) {
      for (Mask mask = 1; mask <= all; ++mask) {
        if (std::popcount(mask) > 1) DOSSIER_RETURN_IF_ERROR(PlanSubset(mask));
      }
    } else {
      DOSSIER_RETURN_IF_ERROR(PlanGreedily(all));
    }
    return BestForOrder(all);
  }

 private:
  struct SubsetPlans {
    std::optional<Estimate> estimate;
    std::vector<PlanPtr> plans;  // The cheapest, and the cheapest for each leading sort variable.
  };

  bool HasPlan(Mask mask) { return !subsets_[mask].plans.empty(); }

  // What counts when plans are compared.
  double Weight(const plan::PlanNode& plan) const { return CostOfPart(plan, part_); }

  PlanPtr Cheapest(Mask mask) {
    PlanPtr best;
    for (const PlanPtr& plan : subsets_[mask].plans) {
      if (best == nullptr || Weight(*plan) < Weight(*best)) best = plan;
    }
    return best;
  }

  // As Cheapest, when rows without the order that is of use have to go through a table.
  PlanPtr BestForOrder(Mask mask) {
    PlanPtr best;
    double least = 0;
    for (const PlanPtr& plan : subsets_[mask].plans) {
      const bool in_order = !plan->sorted_by.empty() && problem_.order == plan->sorted_by[0];
      const double weight =
          Weight(*plan) + (problem_.order.has_value() && !in_order ? plan->rows * part_ * kHashBuildRow : 0);
      if (best == nullptr || weight < least) {
        best = plan;
        least = weight;
      }
    }
    return best;
  }

  // Which inputs have which variables, and which filters need which inputs.
  void FindVariables() {
    for (size_t i = 0; i < count_; ++i) {
      const JoinInput& input = problem_.inputs[i];
      for (const Variable variable : input.variables) with_[variable].possible |= Mask{1} << i;
      for (const Variable variable : input.certain) with_[variable].certain |= Mask{1} << i;
      estimates_.push_back(Completed(input.estimate, input.variables));
    }
    neighbours_.resize(count_);
    for (const auto& [variable, with] : with_) {
      for (Mask rest = with.possible; rest != 0; rest &= rest - 1) {
        neighbours_[static_cast<size_t>(std::countr_zero(rest))] |= with.possible;
      }
    }
    for (const Expression& filter : problem_.filters) {
      std::vector<Mask>& needed = needed_by_.emplace_back();
      for (const Variable variable : algebra::ReferencedVariables(filter)) {
        if (const auto with = with_.find(variable); with != with_.end()) needed.push_back(with->second.certain);
      }
    }
  }

  bool Has(Mask mask, Variable variable, bool certain) const {
    const auto with = with_.find(variable);
    return with != with_.end() && ((certain ? with->second.certain : with->second.possible) & mask) != 0;
  }

  bool Connected(Mask a, Mask b) const {
    for (Mask rest = a; rest != 0; rest &= rest - 1) {
      if ((neighbours_[static_cast<size_t>(std::countr_zero(rest))] & b) != 0) return true;
    }
    return false;
  }

  // Whether the condition can be decided on a join of these inputs as well as on the whole.
  bool FilterApplies(size_t filter, Mask mask) const {
    if (mask == (Mask{1} << count_) - 1) return true;
    const std::vector<Mask>& needed = needed_by_[filter];
    return std::all_of(needed.begin(), needed.end(), [mask](Mask one_of) { return (one_of & mask) != 0; });
  }

  // The plan of `mask` with the filters that apply there and were not applied in `parts`.
  PlanPtr WithFilters(PlanPtr plan, Mask mask, std::initializer_list<Mask> parts) {
    for (size_t i = 0; i < problem_.filters.size(); ++i) {
      if (!FilterApplies(i, mask)) continue;
      const bool applied = std::any_of(parts.begin(), parts.end(), [&](Mask part) { return FilterApplies(i, part); });
      if (applied) continue;
      const double rows = plan->rows;
      plan = MakeFilter(std::move(plan), problem_.filters[i]);
      // A scan of the ranges of a filter, and the estimate of a join, have it in them already.
      if (CountedSelectivity(i).has_value()) plan->rows = std::min(rows, EstimateOf(mask).rows);
    }
    return plan;
  }

  std::optional<double> CountedSelectivity(size_t filter) const {
    return filter < problem_.counted_selectivities.size() ? problem_.counted_selectivities[filter] : std::nullopt;
  }

  // The rows of a join of the inputs, filters included; the same for all plans.
  const Estimate& EstimateOf(Mask mask) {
    std::optional<Estimate>& known = subsets_[mask].estimate;
    if (known.has_value()) return *known;
    std::vector<Estimate> parts;
    Mask rest = mask;
    for (size_t i = 0; i < count_; ++i) {
      if ((rest >> i & 1U) == 0) continue;
      const Mask star = StarOf(i, rest);
      if (std::popcount(star) > 1) {
        parts.push_back(StarPart(star));
        rest &= ~star;
      } else {
        parts.push_back(estimates_[i]);
        rest &= ~(Mask{1} << i);
      }
    }
    Estimate estimate = parts.size() == 1 ? std::move(parts[0]) : JoinEstimate(parts);
    for (size_t i = 0; i < problem_.filters.size(); ++i) {
      if (!FilterApplies(i, mask)) continue;
      const std::optional<double> counted = CountedSelectivity(i);
      estimate.rows *= counted.has_value() ? *counted : Selectivity(problem_.filters[i]);
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

  // REQUIRES: `star` has inputs, which form a star.
  Estimate StarPart(Mask star) {
    const Variable subject = *problem_.inputs[static_cast<size_t>(std::countr_zero(star))].star;
    const StarTable& table = TableOf(subject);
    StarTable::Arms arms = 0;
    size_t arm = 0;
    for (size_t i = 0; i < count_; ++i) {
      if (problem_.inputs[i].star != subject) continue;
      if ((star >> i & 1U) != 0) arms |= StarTable::Arms{1} << arm;
      ++arm;
    }
    Estimate estimate = table.EstimateOf(arms);
    for (Mask rest = star; rest != 0; rest &= rest - 1) {
      const Estimate& input = estimates_[static_cast<size_t>(std::countr_zero(rest))];
      for (const auto& [variable, values] : input.distinct) {
        const auto [place, is_new] =
            estimate.distinct.try_emplace(variable, std::max(1.0, std::min(values, estimate.rows)));
        if (!is_new) continue;
        const auto known = input.domain.find(variable);
        estimate.domain[variable] = known == input.domain.end() ? values : known->second;
      }
    }
    return estimate;
  }

  // All arms around a variable, in the order of the inputs.
  const StarTable& TableOf(Variable subject) {
    const auto known = stars_.find(subject);
    if (known != stars_.end()) return known->second;
    std::vector<StarArm> arms;
    for (const JoinInput& input : problem_.inputs) {
      if (input.star == subject) arms.push_back(*input.star_arm);
    }
    return stars_.emplace(subject, StarTable(subject, std::move(arms), estimator_.statistics())).first->second;
  }

  // The variable by which rows of the join of `mask` are sorted, where that can be of use to what is joined later.
  std::optional<Variable> UsefulOrder(Mask mask, const std::vector<Variable>& order) const {
    if (order.empty()) return std::nullopt;
    const Mask others = ((Mask{1} << count_) - 1) & ~mask;
    if (problem_.order == order[0] || Has(others, order[0], false)) return order[0];
    return std::nullopt;
  }

  // Whether a plan known already is as good: no dearer, and of the same order where that matters.
  bool IsSurpassed(Mask mask, double weight, const std::optional<Variable>& order) {
    const std::vector<PlanPtr>& plans = subsets_[mask].plans;
    return std::any_of(plans.begin(), plans.end(), [&](const PlanPtr& known) {
      return Weight(*known) <= weight && (!order.has_value() || UsefulOrder(mask, known->sorted_by) == order);
    });
  }

  void Keep(Mask mask, PlanPtr plan) {
    const std::optional<Variable> order = UsefulOrder(mask, plan->sorted_by);
    if (IsSurpassed(mask, Weight(*plan), order)) return;
    std::vector<PlanPtr>& plans = subsets_[mask].plans;
    std::erase_if(plans, [&](const PlanPtr& known) {
      const std::optional<Variable> known_order = UsefulOrder(mask, known->sorted_by);
      return Weight(*plan) <= Weight(*known) && (!known_order.has_value() || known_order == order);
    });
    plans.push_back(std::move(plan));
  }

  // Gives the variables of plain patterns numbers, to tell cycles by.
  void FindPlainPatterns() {
    if (count_ < kLeastCycle || with_.size() > 64) return;
    plain_variables_.resize(count_);
    for (size_t i = 0; i < count_; ++i) {
      if (!IsPlainPattern(problem_.inputs[i])) continue;
      size_t number = 0;
      for (const auto& [variable, with] : with_) {
        if ((with.possible >> i & 1U) != 0) plain_variables_[i] |= Mask{1} << number;
        ++number;
      }
    }
  }

  // Whether each input shares two variables with others: then every order of joining two at a time makes rows that the
  // whole may not have.
  bool IsCycle(Mask mask) const {
    if (plain_variables_.empty() || std::popcount(mask) < static_cast<int>(kLeastCycle)) return false;
    Mask once = 0;
    Mask twice = 0;
    for (size_t i = 0; i < count_; ++i) {
      if ((mask >> i & 1U) == 0) continue;
      twice |= once & plain_variables_[i];
      once |= plain_variables_[i];
    }
    for (size_t i = 0; i < count_; ++i) {
      if ((mask >> i & 1U) != 0 && std::popcount(plain_variables_[i] & twice) < 2) return false;
    }
    return true;
  }

  void JoinAtOnce(Mask mask) {
    std::vector<const JoinInput*> inputs;
    for (size_t i = 0; i < count_; ++i) {
      if ((mask >> i & 1U) != 0) inputs.push_back(&problem_.inputs[i]);
    }
    PlanPtr join = MakeMultiwayJoin(inputs, EstimateOf(mask));
    if (join != nullptr) Keep(mask, WithFilters(std::move(join), mask, {}));
  }

  absl::Status PlanSubset(Mask mask) {
    if (IsCycle(mask)) JoinAtOnce(mask);
    const bool bushy = count_ <= kBushyInputs;
    for (const bool connected : {true, false}) {
      for (Mask part = (mask - 1) & mask; part != 0; part = (part - 1) & mask) {
        const Mask other = mask & ~part;
        if (!bushy && std::popcount(other) != 1 && std::popcount(part) != 1) continue;
        if (!HasPlan(part) || !HasPlan(other) || Connected(part, other) != connected) continue;
        DOSSIER_RETURN_IF_ERROR(WeighJoins(part, other));
      }
      MakeOffers(mask);
      // Cross products are a last resort.
      if (HasPlan(mask)) return absl::OkStatus();
    }
    return absl::OkStatus();
  }

  // A join that may become a plan. Most are surpassed by another one first, so that they are weighed before any is
  // made.
  struct Offer {
    double cost = 0;
    std::optional<Variable> order;
    PlanPtr left;
    PlanPtr right;                         // None: an index join.
    std::vector<Variable> keys;            // Not empty: a merge join.
    const JoinInput* input = nullptr;      // Of an index join,
    const plan::ScanPlan* scan = nullptr;  // and how it is sought in.
    size_t depth = 0;
    Mask left_mask = 0;
    Mask right_mask = 0;
  };

  // Keeps the offer as long as none is as good.
  void Consider(Mask mask, Offer offer, const std::vector<Variable>& order) {
    if (part_ < 1) return MakeOffer(mask, std::move(offer));  // The weight of a plan is known only when it is made.
    offer.order = UsefulOrder(mask, order);
    if (IsSurpassed(mask, offer.cost, offer.order)) return;
    const bool surpassed = std::any_of(offers_.begin(), offers_.end(), [&offer](const Offer& other) {
      return other.cost <= offer.cost && (!offer.order.has_value() || other.order == offer.order);
    });
    if (surpassed) return;
    std::erase_if(offers_, [&offer](const Offer& other) {
      return offer.cost <= other.cost && (!other.order.has_value() || other.order == offer.order);
    });
    offers_.push_back(std::move(offer));
  }

  void MakeOffer(Mask mask, Offer offer) {
    const Estimate& estimate = EstimateOf(mask);
    PlanPtr join;
    if (offer.right == nullptr) {
      plan::ScanPlan scan = *offer.scan;
      scan.ranges.clear();
      join = MakeIndexJoin(std::move(offer.left), std::move(scan), offer.depth, offer.input->estimate.rows, estimate);
      // The filters that the input alone could decide are not applied yet.
      return Keep(mask, WithFilters(std::move(join), mask, {offer.left_mask}));
    }
    if (offer.keys.empty()) {
      join = MakeHashJoin(JoinKind::kInner, std::move(offer.left), std::move(offer.right), std::nullopt, estimate);
    } else {
      join = MakeMergeJoin(std::move(offer.left), std::move(offer.right), std::move(offer.keys), estimate);
    }
    Keep(mask, WithFilters(std::move(join), mask, {offer.left_mask, offer.right_mask}));
  }

  // Of the plans of `mask` and of the offers for it.
  double LeastWeight(Mask mask) {
    double least = std::numeric_limits<double>::infinity();
    for (const PlanPtr& plan : subsets_[mask].plans) least = std::min(least, Weight(*plan));
    for (const Offer& offer : offers_) least = std::min(least, offer.cost);
    return least;
  }

  // Makes plans of the offers that are left.
  void MakeOffers(Mask mask) {
    for (Offer& offer : std::exchange(offers_, {})) MakeOffer(mask, std::move(offer));
  }

  absl::Status JoinParts(Mask left, Mask right) {
    DOSSIER_RETURN_IF_ERROR(WeighJoins(left, right));
    MakeOffers(left | right);
    return absl::OkStatus();
  }

  absl::Status WeighJoins(Mask left, Mask right) {
    const Mask mask = left | right;
    const double rows = EstimateOf(mask).rows;
    for (const PlanPtr& a : subsets_[left].plans) {
      for (const PlanPtr& b : subsets_[right].plans) {
        if (a->sorted_by.empty() || b->sorted_by.empty() || a->sorted_by[0] != b->sorted_by[0]) continue;
        Offer offer;
        offer.cost = a->cost + b->cost + MergeJoinCost(a->rows, b->rows, rows);
        offer.keys = CommonOrder(*a, *b);
        if (offer.keys.empty()) continue;
        offer.left = a;
        offer.right = b;
        offer.left_mask = left;
        offer.right_mask = right;
        const std::vector<Variable> order = offer.keys;
        Consider(mask, std::move(offer), order);
      }
    }
    const PlanPtr cheapest_right = Cheapest(right);
    for (const PlanPtr& a : subsets_[left].plans) {
      Offer offer;
      offer.cost = a->cost + cheapest_right->cost + HashJoinCost(a->rows, cheapest_right->rows, rows);
      offer.left = a;
      offer.right = cheapest_right;
      offer.left_mask = left;
      offer.right_mask = right;
      Consider(mask, std::move(offer), a->sorted_by);
    }
    if (std::popcount(right) != 1) return absl::OkStatus();
    return SeekInput(left, problem_.inputs[static_cast<size_t>(std::countr_zero(right))], mask);
  }

  // Joins that look for the partners of each row of `left` in the input.
  absl::Status SeekInput(Mask left, const JoinInput& input, Mask mask) {
    std::vector<Variable> shared;
    for (const Variable variable : input.variables) {
      if (!Has(left, variable, false)) continue;
      if (!input.certain.contains(variable) || !Has(left, variable, true)) return absl::OkStatus();
      shared.push_back(variable);
    }
    if (shared.empty()) return absl::OkStatus();
    if (!input.scans.empty() && !input.path.has_value()) {
      SeekPattern(left, input, shared, mask);
      return absl::OkStatus();
    }
    const std::vector<PlanPtr> plans = subsets_[left].plans;
    for (const PlanPtr& plan : plans) {
      PlanPtr join;
      if (input.path.has_value()) {
        join = MakePathJoin(plan, *input.path, plan->rows * input.path_step_cost, EstimateOf(mask));
      } else if (input.restricted != nullptr && plan->rows <= kBindingRows) {
        // Without looking at what is inside: it costs more than its left side and a run.
        const double least = plan->cost + plan->rows * kHashBuildRow + kStartOperator;
        if (part_ >= 1 && IsSurpassed(mask, least, std::nullopt)) continue;
        DOSSIER_ASSIGN_OR_RETURN(const PlanPtr restricted, RestrictedPlan(input, shared, plan->rows));
        join = MakeBindJoin(JoinKind::kInner, plan, restricted, std::nullopt, shared, EstimateOf(mask));
      }
      if (join != nullptr) Keep(mask, WithFilters(std::move(join), mask, {left}));
    }
    return absl::OkStatus();
  }

  // The input planned for bindings. That plans all that is inside it, which may have inputs of this kind again: so it
  // is done once for each order of magnitude of the bindings, and not for each subset that they come from.
  absl::StatusOr<PlanPtr> RestrictedPlan(const JoinInput& input, const std::vector<Variable>& bindings, double rows) {
    const double magnitude = std::exp2(std::ceil(std::log2(std::clamp(rows, 1.0, kRowsPerBatch))));
    const auto [place, is_new] = restricted_.try_emplace({&input, bindings, magnitude});
    if (is_new) {
      DOSSIER_ASSIGN_OR_RETURN(place->second, input.restricted(bindings, std::min(magnitude, kRowsPerBatch)));
    }
    return place->second;
  }

  void SeekPattern(Mask left, const JoinInput& input, const std::vector<Variable>& shared, Mask mask) {
    const VariableSet bound(shared.begin(), shared.end());
    const plan::ScanPlan* best = nullptr;
    size_t best_depth = 0;
    for (const plan::ScanPlan& scan : input.scans) {
      const size_t depth = SeekDepth(scan, bound);
      const bool better = depth > best_depth || (depth == best_depth && best != nullptr && scan.prefix > best->prefix);
      if (depth > scan.prefix && better) {
        best = &scan;
        best_depth = depth;
      }
    }
    if (best == nullptr) return;
    const double rows = EstimateOf(mask).rows;
    const std::vector<PlanPtr> plans = subsets_[left].plans;
    for (const PlanPtr& plan : plans) {
      Offer offer;
      offer.cost = plan->cost + IndexJoinCost(plan->rows, input.estimate.rows, rows);
      offer.left = plan;
      offer.input = &input;
      offer.scan = best;
      offer.depth = best_depth;
      offer.left_mask = left;
      Consider(mask, std::move(offer), OrderOfIndexJoin(*plan, *best, best_depth));
    }
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
      double least = 0;
      std::vector<Offer> of_best;
      for (const bool connected : {true, false}) {
        for (size_t i = 0; i < count_; ++i) {
          const Mask next = Mask{1} << i;
          if ((done & next) != 0 || Connected(done, next) != connected) continue;
          DOSSIER_RETURN_IF_ERROR(WeighJoins(done, next));
          DOSSIER_RETURN_IF_ERROR(WeighJoins(next, done));
          // With filters the costs of plans are known only when they are made.
          if (!problem_.filters.empty()) MakeOffers(done | next);
          const double weight = LeastWeight(done | next);
          const bool is_better = best == 0 || weight < least;
          std::vector<Offer> offers = std::exchange(offers_, {});
          if (!is_better) continue;
          best = next;
          least = weight;
          of_best = std::move(offers);
        }
        if (best != 0) break;
      }
      offers_ = std::move(of_best);
      done |= best;
      MakeOffers(done);
      if (IsCycle(done)) JoinAtOnce(done);
    }
    return absl::OkStatus();
  }

  // One input after the other, at random among those that are connected, each by its cheapest method.
  absl::Status PlanRandomly(Mask all) {
    std::mt19937_64 random(*problem_.random_seed);
    Mask done = Mask{1} << random() % count_;
    while (done != all) {
      std::vector<Mask> candidates;
      for (const bool connected : {true, false}) {
        for (size_t i = 0; i < count_ && (connected || candidates.empty()); ++i) {
          const Mask next = Mask{1} << i;
          if ((done & next) == 0 && Connected(done, next) == connected) candidates.push_back(next);
        }
      }
      const Mask next = candidates[random() % candidates.size()];
      DOSSIER_RETURN_IF_ERROR(JoinParts(done, next));
      DOSSIER_RETURN_IF_ERROR(JoinParts(next, done));
      done |= next;
    }
    return absl::OkStatus();
  }

  const JoinProblem& problem_;
  const CardinalityEstimator& estimator_;
  const size_t count_;
  // The inputs that may have a variable, and those that certainly have it.
  struct With {
    Mask possible = 0;
    Mask certain = 0;
  };
  absl::btree_map<Variable, With> with_;
  std::vector<Mask> neighbours_;              // By input: those that share a variable with it, and itself.
  std::vector<std::vector<Mask>> needed_by_;  // By filter: of each of these, one input at least has to be there.
  std::vector<Estimate> estimates_;           // By input, completed.
  std::vector<Offer> offers_;                 // For the subset at hand.
  std::vector<Mask> plain_variables_;         // By input; 0: it is no plain pattern. Empty: there can be no cycle.
  double part_ = 1;                           // Of the rows: how many will be read.
  std::map<Variable, StarTable> stars_;
  absl::node_hash_map<Mask, SubsetPlans> subsets_;  // References into it stay good.
  std::map<std::tuple<const JoinInput*, std::vector<Variable>, double>, PlanPtr> restricted_;
};

}  // namespace

absl::StatusOr<PlanPtr> OrderJoins(const JoinProblem& problem, const CardinalityEstimator& estimator) {
  if (problem.inputs.size() > kMostInputsAtOnce) return OrderManyJoins(problem, estimator);
  return JoinOrder(problem, estimator).Solve();
}

}  // namespace dossier::optimizer

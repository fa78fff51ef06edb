#include "query/optimizer/multiway.h"

#include <algorithm>
#include <utility>

#include "query/optimizer/cost_model.h"
#include "query/optimizer/plan_factory.h"
#include "query/optimizer/scan_choice.h"

namespace dossier::optimizer {
namespace {

using algebra::Variable;
using algebra::VariableSet;
using plan::PlanPtr;

// Up to so many variables every order is weighed.
constexpr size_t kAllOrders = 3;

using Inputs = absl::Span<const JoinInput* const>;

double DistinctOf(const JoinInput& input, Variable variable) {
  const auto found = input.estimate.distinct.find(variable);
  const double values = found == input.estimate.distinct.end() ? input.estimate.rows : found->second;
  return std::max(1.0, std::min(values, input.estimate.rows));
}

// How many different values the rows of `input` have for those of its variables that are in `chosen`.
double DistinctRows(const JoinInput& input, const VariableSet& chosen) {
  double product = 1;
  bool all = true;
  for (const Variable variable : input.variables) {
    if (chosen.contains(variable)) {
      product *= DistinctOf(input, variable);
    } else {
      all = false;
    }
  }
  return all ? std::max(1.0, input.estimate.rows) : std::max(1.0, std::min(product, input.estimate.rows));
}

// Goes through an order of variables and adds up what it costs.
class OrderCost {
 public:
  explicit OrderCost(Inputs inputs) : inputs_(inputs) {}

  void Choose(Variable variable) {
    VariableSet after = chosen_;
    after.insert(variable);
    double shortest = -1;
    std::vector<Estimate> parts;
    for (const JoinInput* input : inputs_) {
      const double rows = DistinctRows(*input, after);
      if (input->variables.contains(variable)) {
        const double list = rows / DistinctRows(*input, chosen_);
        shortest = shortest < 0 ? list : std::min(shortest, list);
      }
      Estimate part;
      part.rows = rows;
      for (const Variable other : input->variables) {
        if (after.contains(other)) part.distinct[other] = DistinctOf(*input, other);
      }
      if (!part.distinct.empty()) parts.push_back(std::move(part));
    }
    cost_ += bindings_ * (shortest + 1) * kTrieStep;
    bindings_ = std::max(1.0, JoinEstimate(parts).rows);
    chosen_ = std::move(after);
    order_.push_back(variable);
  }

  double cost() const { return cost_; }
  const std::vector<Variable>& order() const { return order_; }
  bool Touches(Variable variable) const {
    return std::any_of(inputs_.begin(), inputs_.end(), [&](const JoinInput* input) {
      return input->variables.contains(variable) && Intersects(input->variables, chosen_);
    });
  }

 private:
  Inputs inputs_;
  VariableSet chosen_;
  std::vector<Variable> order_;
  double bindings_ = 1;
  double cost_ = 0;
};

// A good order of the variables, `first` before the others.
OrderCost ChooseOrder(Inputs inputs, std::optional<Variable> first) {
  VariableSet all;
  for (const JoinInput* input : inputs) all.insert(input->variables.begin(), input->variables.end());
  OrderCost begin(inputs);
  if (first.has_value() && all.erase(*first) > 0) begin.Choose(*first);
  std::vector<Variable> rest(all.begin(), all.end());
  if (rest.size() <= kAllOrders) {
    std::optional<OrderCost> best;
    do {
      OrderCost candidate = begin;
      for (const Variable variable : rest) candidate.Choose(variable);
      if (!best.has_value() || candidate.cost() < best->cost()) best = std::move(candidate);
    } while (std::next_permutation(rest.begin(), rest.end()));
    return *std::move(best);
  }
  while (!rest.empty()) {
    std::optional<OrderCost> best;
    bool best_touches = false;
    for (const Variable variable : rest) {
      const bool touches = begin.Touches(variable);
      OrderCost candidate = begin;
      candidate.Choose(variable);
      const bool better = !best.has_value() || (touches != best_touches ? touches : candidate.cost() < best->cost());
      if (!better) continue;
      best = std::move(candidate);
      best_touches = touches;
    }
    begin = *std::move(best);
    rest.erase(std::find(rest.begin(), rest.end(), begin.order().back()));
  }
  return begin;
}

// The scan of `input` by the variables of `order`.
PlanPtr ScanInOrder(const JoinInput& input, const std::vector<Variable>& order) {
  const plan::ScanPlan* best = nullptr;
  for (const plan::ScanPlan& scan : input.scans) {
    std::vector<size_t> places;
    for (const auto& variable : scan.bindings) {
      if (!variable.has_value()) continue;
      places.push_back(static_cast<size_t>(std::find(order.begin(), order.end(), *variable) - order.begin()));
    }
    // A repeated variable stands where it stands first.
    std::vector<size_t> sorted;
    for (const size_t place : places) {
      if (std::find(sorted.begin(), sorted.end(), place) == sorted.end()) sorted.push_back(place);
    }
    const bool in_order = std::is_sorted(sorted.begin(), sorted.end());
    if (in_order && (best == nullptr || scan.prefix > best->prefix)) best = &scan;
  }
  return best == nullptr ? nullptr : MakeScan(*best, input.estimate);
}

// The scan of `input` that is cheapest to read, by `leading` if that costs no more.
PlanPtr ScanBy(const JoinInput& input, std::optional<Variable> leading) {
  const auto rank = [&leading](const plan::ScanPlan& scan) {
    const bool leads =
        leading.has_value() && scan.prefix < scan.bindings.size() && scan.bindings[scan.prefix] == leading;
    return 2 * scan.prefix + (leads ? 1 : 0);
  };
  const plan::ScanPlan* best = &input.scans[0];
  for (const plan::ScanPlan& scan : input.scans) {
    if (rank(scan) > rank(*best)) best = &scan;
  }
  return MakeScan(*best, input.estimate);
}

double ReadCost(Inputs inputs) {
  double cost = 0;
  for (const JoinInput* input : inputs) cost += ScanCost(input->estimate.rows) + input->estimate.rows * kTrieRow;
  return cost;
}

// Adds scans of `inputs` by the variables of `order` to the children; false when there is none for some input.
bool AddScans(Inputs inputs, const std::vector<Variable>& order, plan::PlanNode* node) {
  for (const JoinInput* input : inputs) {
    PlanPtr scan = ScanInOrder(*input, order);
    if (scan == nullptr) return false;
    node->children.push_back(std::move(scan));
  }
  return true;
}

// Takes inputs out of a join one by one, as long as there is one that shares at most one variable with the others.
class Elimination {
 public:
  Elimination(Inputs inputs, std::optional<Variable> key) : rest_(inputs.begin(), inputs.end()), key_(key) {}

  // False when there is none.
  bool TakeOne(plan::PlanNode* node, plan::CountJoin* join) {
    for (size_t i = 0; i < rest_.size(); ++i) {
      std::vector<Variable> used;
      for (const Variable variable : rest_[i]->variables) {
        if (IsUsedBeside(i, variable)) used.push_back(variable);
      }
      if (used.size() > 1) continue;
      const std::optional<Variable> kept = used.empty() ? std::nullopt : std::optional<Variable>(used[0]);
      join->steps.push_back({node->children.size(), kept});
      std::optional<Variable> leading = kept;
      for (const Variable variable : rest_[i]->variables) {
        if (!leading.has_value() && weighed_.contains(variable)) leading = variable;
      }
      if (kept.has_value()) weighed_.insert(*kept);
      node->children.push_back(ScanBy(*rest_[i], leading));
      node->cost += ScanCost(rest_[i]->estimate.rows) + rest_[i]->estimate.rows * kCountRow;
      rest_.erase(rest_.begin() + static_cast<ptrdiff_t>(i));
      return true;
    }
    return false;
  }

  Inputs rest() const { return rest_; }

 private:
  bool IsUsedBeside(size_t input, Variable variable) const {
    if (variable == key_) return true;
    for (size_t i = 0; i < rest_.size(); ++i) {
      if (i != input && rest_[i]->variables.contains(variable)) return true;
    }
    return false;
  }

  std::vector<const JoinInput*> rest_;
  const std::optional<Variable> key_;
  VariableSet weighed_;
};

}  // namespace

bool IsPlainPattern(const JoinInput& input) {
  constexpr size_t kTripleVariables = 3;
  if (input.scans.empty() || input.variables.size() > kTripleVariables) return false;
  const algebra::Pattern& pattern = *input.scans[0].pattern;
  return pattern.kind == algebra::Pattern::Kind::kQuad && (pattern.graph.kind != algebra::GraphSelector::Kind::kNamed ||
                                                           std::holds_alternative<Term>(pattern.graph.graph));
}

PlanPtr MakeMultiwayJoin(Inputs inputs, const Estimate& estimate) {
  const OrderCost order = ChooseOrder(inputs, std::nullopt);
  auto node = std::make_shared<plan::PlanNode>();
  if (!AddScans(inputs, order.order(), node.get())) return nullptr;
  node->columns = order.order();
  node->certain = VariableSet(node->columns.begin(), node->columns.end());
  node->sorted_by = order.order();
  node->rows = estimate.rows;
  node->distinct = estimate.distinct;
  node->startup = ReadCost(inputs);
  node->cost = node->startup + order.cost() + estimate.rows * kOutputRow;
  node->operation = plan::MultiwayJoin{order.order()};
  return node;
}

PlanPtr MakeCountJoin(Inputs inputs, std::optional<Variable> key, std::vector<Variable> results) {
  const bool has_key = !key.has_value() || std::any_of(inputs.begin(), inputs.end(), [&key](const JoinInput* input) {
    return input->variables.contains(*key);
  });
  if (!has_key) return nullptr;
  auto node = std::make_shared<plan::PlanNode>();
  plan::CountJoin join;
  join.key = key;
  join.results = std::move(results);
  Elimination elimination(inputs, key);
  while (elimination.TakeOne(node.get(), &join)) {
  }
  node->rows = 1;
  if (!elimination.rest().empty()) {
    const OrderCost order = ChooseOrder(elimination.rest(), key);
    if (!AddScans(elimination.rest(), order.order(), node.get())) return nullptr;
    join.order = order.order();
    node->cost += ReadCost(elimination.rest()) + order.cost();
  }
  if (key.has_value()) {
    for (const JoinInput* input : inputs) {
      if (input->variables.contains(*key)) node->rows = std::max(node->rows, DistinctOf(*input, *key));
    }
    node->columns.push_back(*key);
    node->sorted_by.push_back(*key);
  }
  node->columns.insert(node->columns.end(), join.results.begin(), join.results.end());
  node->certain = VariableSet(node->columns.begin(), node->columns.end());
  node->startup = node->cost;
  node->operation = std::move(join);
  return node;
}

}  // namespace dossier::optimizer

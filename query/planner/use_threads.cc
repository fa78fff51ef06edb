#include "query/planner/use_threads.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "query/optimizer/cost_model.h"
#include "query/optimizer/plan_factory.h"
#include "query/optimizer/scan_choice.h"
#include "query/planner/made_terms.h"

namespace dossier::planner {
namespace {

using algebra::Variable;
using plan::PlanNode;
using plan::PlanPtr;

// Less than some milliseconds of work are done before the others have begun.
constexpr double kCostWorthThreads = 4e6;
constexpr double kRowsWorthThreads = 16384;
// Parts give that much less than they read when it pays to look at their rows twice.
constexpr double kLittle = 1.0 / 32;

// Whether the value depends on the row alone: on no pattern, and not on how often or when it is asked for.
bool DependsOnRowOnly(const Expression& expression) {
  if (expression.kind == Expression::Kind::kExists) return false;
  const bool is_call = expression.kind == Expression::Kind::kCall;
  if (is_call && expression.function >= Function::kBlankNode && expression.function <= Function::kRandom) return false;
  return std::all_of(expression.arguments.begin(), expression.arguments.end(), DependsOnRowOnly);
}

// What is known of a part of a plan that can be run over ranges of a variable.
struct Splittable {
  Variable by;
  double rows = 0;      // Of the smallest of its leftmost scans.
  double cost = 0;      // Without that of the tables which the ranges share.
  bool is_scan = true;  // And nothing else: reading is no work for two.

  bool IsWorthThreads() const { return !is_scan && rows >= kRowsWorthThreads && cost >= kCostWorthThreads; }
};

std::optional<Splittable> Examine(const PlanNode& node);

std::optional<Splittable> ExamineScan(const PlanNode& node, const plan::ScanPlan& scan) {
  const std::vector<Variable> order = optimizer::SortOrder(scan);
  if (order.empty() || scan.nothing) return std::nullopt;
  return Splittable{order[0], node.rows, node.cost};
}

std::optional<Splittable> ExamineMergeJoin(const PlanNode& node, const plan::MergeJoin& join) {
  const std::optional<Splittable> left = Examine(*node.children[0]);
  const std::optional<Splittable> right = Examine(*node.children[1]);
  if (!left.has_value() || !right.has_value() || left->by != right->by || left->by != join.keys[0]) {
    return std::nullopt;
  }
  const double own = node.cost - node.children[0]->cost - node.children[1]->cost;
  return Splittable{left->by, std::min(left->rows, right->rows), left->cost + right->cost + own, false};
}

std::optional<Splittable> ExamineHashJoin(const PlanNode& node, const plan::HashJoin& join) {
  const PlanNode& right = *node.children[1];
  if (join.condition.has_value() && !DependsOnRowOnly(*join.condition)) return std::nullopt;
  if (!GivesStoredTermsOnly(right)) return std::nullopt;
  std::optional<Splittable> split = Examine(*node.children[0]);
  if (!split.has_value()) return std::nullopt;
  const double own = node.cost - node.children[0]->cost - right.cost - right.rows * optimizer::kHashBuildRow;
  split->cost += std::max(0.0, own);
  split->is_scan = false;
  return split;
}

// nullopt for what cannot be split.
std::optional<Splittable> Examine(const PlanNode& node) {
  if (const auto* scan = std::get_if<plan::IndexScan>(&node.operation)) return ExamineScan(node, scan->scan);
  if (const auto* join = std::get_if<plan::MergeJoin>(&node.operation)) return ExamineMergeJoin(node, *join);
  if (const auto* join = std::get_if<plan::HashJoin>(&node.operation)) return ExamineHashJoin(node, *join);
  const auto* filter = std::get_if<plan::Filter>(&node.operation);
  const bool projects = std::holds_alternative<plan::Project>(node.operation);
  if (filter == nullptr && !projects && !std::holds_alternative<plan::IndexJoin>(node.operation)) return std::nullopt;
  if (filter != nullptr && !DependsOnRowOnly(filter->condition)) return std::nullopt;
  std::optional<Splittable> split = Examine(*node.children[0]);
  if (!split.has_value()) return std::nullopt;
  split->cost += node.cost - node.children[0]->cost;
  split->is_scan = split->is_scan && projects;
  return split;
}

bool Has(const std::vector<Variable>& variables, Variable variable) {
  return std::find(variables.begin(), variables.end(), variable) != variables.end();
}

// Whether a group's aggregates may be computed beside those of others, and give terms of the store or inline ones.
bool MaySplit(const std::vector<Aggregate>& aggregates) {
  return std::all_of(aggregates.begin(), aggregates.end(), [](const Aggregate& aggregate) {
    switch (aggregate.function) {
      case AggregateFunction::kCountRows: return true;
      case AggregateFunction::kCount: return DependsOnRowOnly(aggregate.argument);
      case AggregateFunction::kMin:
      case AggregateFunction::kMax:
      case AggregateFunction::kSample: return aggregate.argument.kind == Expression::Kind::kVariable;
      default: return false;
    }
  });
}

// From the aggregates of parts to those of all.
std::vector<Aggregate> Combining(std::vector<Aggregate> aggregates) {
  for (Aggregate& aggregate : aggregates) {
    const bool counts =
        aggregate.function == AggregateFunction::kCountRows || aggregate.function == AggregateFunction::kCount;
    if (counts) aggregate.function = AggregateFunction::kSum;
    aggregate.argument = Expression();
    aggregate.argument.kind = Expression::Kind::kVariable;
    aggregate.argument.variable = aggregate.result;
  }
  return aggregates;
}

class Splitter {
 public:
  explicit Splitter(bool always) : always_(always) {}

  // `whole`: all rows of the plan will be read.
  void Pass(PlanPtr* plan, bool whole) {
    PlanNode& node = **plan;
    if (auto* group = std::get_if<plan::Group>(&node.operation)) return PassGroup(plan, group, whole);
    if (auto* sort = std::get_if<plan::Sort>(&node.operation)) return PassSort(&node, *sort);
    if (auto* distinct = std::get_if<plan::Distinct>(&node.operation)) return PassDistinct(plan, *distinct, whole);
    if (whole) {
      const std::optional<Splittable> split = Examine(node);
      if (split.has_value() && (always_ || split->IsWorthThreads())) return Split(plan, split->by);
    }
    if (std::holds_alternative<plan::HashJoin>(node.operation)) Pass(&node.children[1], true);
    if (std::holds_alternative<plan::Union>(node.operation)) {
      for (PlanPtr& child : node.children) Pass(&child, whole);
      return;
    }
    // The others read their inputs in ways of their own, or leave out parts of them.
    const bool skips = std::holds_alternative<plan::MergeJoin>(node.operation) ||
                       std::holds_alternative<plan::MultiwayJoin>(node.operation) ||
                       std::holds_alternative<plan::CountJoin>(node.operation);
    if (node.children.empty() || skips) return;
    Pass(&node.children[0], whole && !std::holds_alternative<plan::Slice>(node.operation));
  }

 private:
  // Of the input of an operator that groups, sorts or compares rows, which is work as well.
  std::optional<Splittable> WorthThreads(const PlanNode& node) const {
    std::optional<Splittable> split = Examine(node);
    if (!split.has_value() || always_) return split;
    if (split->is_scan) split->cost += node.rows * optimizer::kHashProbeRow;
    split->is_scan = false;
    return split->IsWorthThreads() ? split : std::nullopt;
  }

  // Whether so many rows are few of those that `input` gives.
  bool AreFew(double rows, const PlanNode& input) const { return always_ || rows <= kLittle * input.rows; }

  // Of which the tables of joins are made before.
  void Split(PlanPtr* plan, Variable by) {
    PassTables(plan->get());
    *plan = optimizer::MakeGather(*plan, by);
  }

  void PassTables(PlanNode* node) {
    for (size_t i = 0; i < node->children.size(); ++i) {
      const bool is_table = i == 1 && std::holds_alternative<plan::HashJoin>(node->operation);
      is_table ? Pass(&node->children[i], true) : PassTables(node->children[i].get());
    }
  }

  // `node` over its child, as one plan of its own.
  static PlanPtr Copy(const PlanNode& node) { return std::make_shared<PlanNode>(node); }

  void PassGroup(PlanPtr* plan, plan::Group* group, bool whole) {
    PlanNode& node = **plan;
    const std::optional<Splittable> split = WorthThreads(*node.children[0]);
    const bool may_split = split.has_value() && group->counted == 0 && MaySplit(group->aggregates);
    if (may_split && Has(group->keys, split->by)) {
      // No group has rows of two parts.
      if (whole) return Split(plan, split->by);
      return Pass(&node.children[0], true);
    }
    const bool distinct = std::any_of(group->aggregates.begin(), group->aggregates.end(), [](const Aggregate& a) {
      return a.distinct && (a.function == AggregateFunction::kCountRows || a.function == AggregateFunction::kCount);
    });
    if (!may_split || distinct || !AreFew(node.rows, *node.children[0])) return Pass(&node.children[0], true);
    PlanPtr part = Copy(node);
    part->columns = group->keys;
    for (const Aggregate& aggregate : group->aggregates) part->columns.push_back(aggregate.result);
    Split(&part, split->by);
    group->aggregates = Combining(std::move(group->aggregates));
    node.children[0] = std::move(part);
  }

  void PassSort(PlanNode* node, const plan::Sort& sort) {
    const std::optional<Splittable> split = WorthThreads(*node->children[0]);
    const bool may_split = split.has_value() && sort.limit.has_value() &&
                           AreFew(static_cast<double>(*sort.limit), *node->children[0]) &&
                           std::all_of(sort.keys.begin(), sort.keys.end(),
                                       [](const algebra::SortKey& key) { return DependsOnRowOnly(key.expression); });
    if (!may_split) return Pass(&node->children[0], true);
    PlanPtr part = Copy(*node);
    part->columns = node->children[0]->columns;
    Split(&part, split->by);
    node->children[0] = std::move(part);
  }

  void PassDistinct(PlanPtr* plan, const plan::Distinct& distinct, bool whole) {
    PlanNode& node = **plan;
    const std::optional<Splittable> split = WorthThreads(*node.children[0]);
    if (split.has_value() && whole && Has(node.columns, split->by)) return Split(plan, split->by);
    // A sorted one asks its input to leave rows out.
    if (distinct.sorted) return;
    if (!split.has_value() || !whole || !AreFew(node.rows, *node.children[0])) {
      return Pass(&node.children[0], whole);
    }
    PlanPtr part = Copy(node);
    Split(&part, split->by);
    node.children[0] = std::move(part);
  }

  const bool always_;
};

}  // namespace

void UseThreads(bool split_always, PlanPtr* root) { Splitter(split_always).Pass(root, /*whole=*/true); }

}  // namespace dossier::planner

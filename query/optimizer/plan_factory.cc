#include "query/optimizer/plan_factory.h"

#include <algorithm>
#include <utility>

#include "query/optimizer/cost_model.h"
#include "query/optimizer/scan_choice.h"

namespace dossier::optimizer {
namespace {

using algebra::Variable;
using algebra::VariableSet;
using plan::JoinKind;
using plan::PlanNode;

// A node over `child` that keeps its columns, order and estimates.
PlanPtr Over(PlanPtr child, plan::Operation operation) {
  auto node = std::make_shared<PlanNode>();
  node->operation = std::move(operation);
  node->columns = child->columns;
  node->certain = child->certain;
  node->sorted_by = child->sorted_by;
  node->rows = child->rows;
  node->cost = child->cost;
  node->startup = child->startup;
  node->distinct = child->distinct;
  node->children.push_back(std::move(child));
  return node;
}

void SetEstimate(const Estimate& estimate, PlanNode* node) {
  node->rows = estimate.rows;
  node->distinct = estimate.distinct;
}

bool Contains(const std::vector<Variable>& variables, Variable variable) {
  return std::find(variables.begin(), variables.end(), variable) != variables.end();
}

// A test of a time against a constant one, which is decided on ids.
bool IsTimeTest(const Expression& condition) {
  return condition.kind == Expression::Kind::kCall &&
         (condition.function == Function::kTimeOverlaps || condition.function == Function::kTimeWithin) &&
         condition.arguments[0].kind == Expression::Kind::kVariable &&
         condition.arguments[1].kind == Expression::Kind::kConstant;
}

PlanPtr OfTwo(JoinKind kind, PlanPtr left, PlanPtr right, plan::Operation operation, const Estimate& estimate) {
  auto node = std::make_shared<PlanNode>();
  node->operation = std::move(operation);
  node->columns = left->columns;
  node->certain = left->certain;
  if (kind == JoinKind::kInner || kind == JoinKind::kLeft) {
    for (const Variable variable : right->columns) {
      if (!Contains(node->columns, variable)) node->columns.push_back(variable);
    }
  }
  if (kind == JoinKind::kInner) node->certain.insert(right->certain.begin(), right->certain.end());
  SetEstimate(estimate, node.get());
  node->cost = left->cost + right->cost;
  node->startup = left->startup + right->startup;
  node->children = {std::move(left), std::move(right)};
  return node;
}

// The part of a sort order that does not depend on columns that a join may fill in.
std::vector<Variable> CertainPart(const std::vector<Variable>& order, const VariableSet& certain) {
  std::vector<Variable> part;
  for (const Variable variable : order) {
    if (!certain.contains(variable)) break;
    part.push_back(variable);
  }
  return part;
}

VariableSet Possible(const PlanNode& node) { return {node.columns.begin(), node.columns.end()}; }

}  // namespace

PlanPtr MakeScan(plan::ScanPlan scan, const Estimate& estimate) {
  auto node = std::make_shared<PlanNode>();
  for (const auto& variable : scan.bindings) {
    if (variable.has_value() && !Contains(node->columns, *variable)) node->columns.push_back(*variable);
  }
  node->certain = Possible(*node);
  node->sorted_by = SortOrder(scan);
  SetEstimate(estimate, node.get());
  node->cost = ScanCost(estimate.rows);
  node->startup = ScanCost(0);
  node->operation = plan::IndexScan{std::move(scan)};
  return node;
}

PlanPtr MakeTable(std::vector<Variable> columns, std::vector<std::vector<TermId>> rows) {
  auto node = std::make_shared<PlanNode>();
  for (size_t i = 0; i < columns.size(); ++i) {
    const bool bound = std::all_of(rows.begin(), rows.end(), [i](const auto& row) { return !row[i].is_undefined(); });
    if (bound) node->certain.insert(columns[i]);
  }
  node->columns = std::move(columns);
  node->rows = static_cast<double>(rows.size());
  node->cost = node->rows * kOutputRow;
  node->operation = plan::Table{std::move(rows)};
  return node;
}

PlanPtr MakeParameters(std::vector<Variable> columns) {
  const size_t width = columns.size();
  PlanPtr node = MakeTable(std::move(columns), {std::vector<TermId>(width)});
  node->certain = Possible(*node);
  std::get<plan::Table>(node->operation).parameters = true;
  return node;
}

PlanPtr MakeBindings(std::vector<Variable> columns, double rows) {
  auto node = std::make_shared<PlanNode>();
  node->columns = std::move(columns);
  node->certain = Possible(*node);
  node->rows = rows;
  node->cost = rows * kHashBuildRow;
  node->operation = plan::Bindings();
  return node;
}

PlanPtr MakeFilter(PlanPtr child, Expression condition) {
  const double selectivity = Selectivity(condition);
  const double cost = IsTimeTest(condition) ? kFilterIdRow : kFilterRow;
  PlanPtr node = Over(std::move(child), plan::Filter{std::move(condition)});
  node->cost += node->rows * cost;
  node->rows *= selectivity;
  return node;
}

PlanPtr MakeExtend(PlanPtr child, Variable variable, Expression expression, bool always_bound) {
  PlanPtr node = Over(std::move(child), plan::Extend{variable, std::move(expression)});
  node->columns.push_back(variable);
  if (always_bound) node->certain.insert(variable);
  node->cost += node->rows * kFilterRow;
  return node;
}

PlanPtr MakeProject(PlanPtr child, std::vector<Variable> columns) {
  PlanPtr node = Over(std::move(child), plan::Project());
  VariableSet certain;
  for (const Variable variable : columns) {
    if (node->certain.contains(variable)) certain.insert(variable);
  }
  std::vector<Variable> order;
  for (const Variable variable : node->sorted_by) {
    if (!Contains(columns, variable)) break;
    order.push_back(variable);
  }
  node->columns = std::move(columns);
  node->certain = std::move(certain);
  node->sorted_by = std::move(order);
  return node;
}

PlanPtr MakeGroup(PlanPtr child, std::vector<Variable> keys, std::vector<Aggregate> aggregates) {
  double groups = 1;
  for (const Variable key : keys) groups *= DistinctValues(*child, key);
  const VariableSet key_set(keys.begin(), keys.end());
  const std::vector<Variable>& order = child->sorted_by;
  const bool sorted = !keys.empty() && order.size() >= key_set.size() &&
                      VariableSet(order.begin(), order.begin() + static_cast<ptrdiff_t>(key_set.size())) == key_set;
  PlanPtr node = Over(std::move(child), plan::Group());
  node->columns = keys;
  for (const Aggregate& aggregate : aggregates) node->columns.push_back(aggregate.result);
  VariableSet certain;
  for (const Variable key : keys) {
    if (node->certain.contains(key)) certain.insert(key);
  }
  for (const Aggregate& aggregate : aggregates) {
    const AggregateFunction function = aggregate.function;
    if (function == AggregateFunction::kCountRows || function == AggregateFunction::kCount) {
      certain.insert(aggregate.result);
    }
  }
  node->certain = std::move(certain);
  node->sorted_by.resize(sorted ? key_set.size() : 0);
  node->cost += node->rows * (kHashProbeRow + kFilterRow * static_cast<double>(aggregates.size()));
  if (!sorted) node->startup = node->cost;
  node->rows = std::min(groups, std::max(1.0, node->rows));
  node->operation = plan::Group{std::move(keys), std::move(aggregates), sorted};
  return node;
}

PlanPtr MakeSort(PlanPtr child, std::vector<algebra::SortKey> keys, std::optional<uint64_t> limit) {
  PlanPtr node = Over(std::move(child), plan::Sort{std::move(keys), limit});
  node->sorted_by.clear();
  node->cost += SortCost(node->rows);
  node->startup = node->cost;
  if (limit.has_value()) node->rows = std::min(node->rows, static_cast<double>(*limit));
  return node;
}

PlanPtr MakeDistinct(PlanPtr child) {
  const VariableSet columns(child->columns.begin(), child->columns.end());
  const bool sorted = VariableSet(child->sorted_by.begin(), child->sorted_by.end()) == columns;
  double rows = 1;
  for (const Variable variable : child->columns) rows *= DistinctValues(*child, variable);
  PlanPtr node = Over(std::move(child), plan::Distinct{sorted});
  node->cost += node->rows * (sorted ? kMergeRow : kHashBuildRow);
  node->rows = std::min(node->rows, rows);
  return node;
}

PlanPtr MakeSlice(PlanPtr child, uint64_t offset, std::optional<uint64_t> limit) {
  PlanPtr node = Over(std::move(child), plan::Slice{offset, limit});
  node->rows = std::max(0.0, node->rows - static_cast<double>(offset));
  if (limit.has_value()) node->rows = std::min(node->rows, static_cast<double>(*limit));
  return node;
}

PlanPtr MakeSliceOfEach(PlanPtr child, std::vector<Variable> keys, uint64_t offset, std::optional<uint64_t> limit) {
  double groups = 1;
  for (const Variable key : keys) groups *= DistinctValues(*child, key);
  PlanPtr node = Over(std::move(child), plan::SliceOfEach{std::move(keys), offset, limit});
  node->cost += node->rows * kHashProbeRow;
  if (limit.has_value()) node->rows = std::min(node->rows, groups * static_cast<double>(*limit));
  return node;
}

PlanPtr MakeGather(PlanPtr child, Variable by) { return Over(std::move(child), plan::Gather{by}); }

PlanPtr MakeUnion(std::vector<PlanPtr> children) {
  auto node = std::make_shared<PlanNode>();
  node->operation = plan::Union();
  node->certain = children[0]->certain;
  for (const PlanPtr& child : children) {
    for (const Variable variable : child->columns) {
      if (!Contains(node->columns, variable)) node->columns.push_back(variable);
    }
    absl::erase_if(node->certain, [&child](Variable variable) { return !child->certain.contains(variable); });
    node->rows += child->rows;
    node->cost += child->cost + child->rows * kOutputRow;
    if (child == children[0]) node->startup = child->startup;
  }
  for (const Variable variable : node->columns) {
    for (const PlanPtr& child : children) node->distinct[variable] += DistinctValues(*child, variable);
  }
  node->children = std::move(children);
  return node;
}

PlanPtr MakeMergeJoin(PlanPtr left, PlanPtr right, std::vector<Variable> keys, const Estimate& estimate) {
  const double cost = MergeJoinCost(left->rows, right->rows, estimate.rows);
  PlanPtr node = OfTwo(JoinKind::kInner, std::move(left), std::move(right), plan::MergeJoin{keys}, estimate);
  // Within the keys the rows come in the order of the left.
  node->sorted_by = std::move(keys);
  node->cost += cost;
  return node;
}

PlanPtr MakeHashJoin(JoinKind kind, PlanPtr left, PlanPtr right, std::optional<Expression> condition,
                     const Estimate& estimate) {
  const double cost = HashJoinCost(left->rows, right->rows, estimate.rows);
  const double startup = left->startup + right->cost + HashJoinCost(0, right->rows, 0);
  std::vector<Variable> order = CertainPart(left->sorted_by, left->certain);
  PlanPtr node = OfTwo(kind, std::move(left), std::move(right), plan::HashJoin{kind, std::move(condition)}, estimate);
  node->sorted_by = std::move(order);
  node->cost += cost;
  node->startup = startup;
  return node;
}

std::vector<Variable> OrderOfIndexJoin(const PlanNode& child, const plan::ScanPlan& scan, size_t depth) {
  std::vector<Variable> keys;
  for (size_t i = scan.prefix; i < depth; ++i) {
    if (scan.bindings[i].has_value() && !Contains(keys, *scan.bindings[i])) keys.push_back(*scan.bindings[i]);
  }
  // A batch is sought in the order of the keys; that is the order of all when the child has it.
  const bool ordered =
      child.sorted_by.size() >= keys.size() && std::equal(keys.begin(), keys.end(), child.sorted_by.begin());
  return ordered ? keys : std::vector<Variable>();
}

PlanPtr MakeIndexJoin(PlanPtr child, plan::ScanPlan scan, size_t depth, double indexed, const Estimate& estimate) {
  std::vector<Variable> order = OrderOfIndexJoin(*child, scan, depth);
  PlanPtr node = Over(std::move(child), plan::IndexJoin());
  node->sorted_by = std::move(order);
  for (const auto& variable : scan.bindings) {
    if (variable.has_value() && !Contains(node->columns, *variable)) {
      node->columns.push_back(*variable);
      node->certain.insert(*variable);
    }
  }
  node->cost += IndexJoinCost(node->rows, indexed, estimate.rows);
  node->startup += kSeek;
  SetEstimate(estimate, node.get());
  node->operation = plan::IndexJoin{std::move(scan), depth};
  return node;
}

PlanPtr MakePathJoin(PlanPtr child, algebra::Path path, double cost, const Estimate& estimate) {
  PlanPtr node = Over(std::move(child), plan::PathJoin());
  const auto add = [&node](const algebra::PatternTerm& term) {
    const auto* variable = std::get_if<Variable>(&term);
    if (variable == nullptr || Contains(node->columns, *variable)) return;
    node->columns.push_back(*variable);
    node->certain.insert(*variable);
  };
  add(path.subject);
  add(path.object);
  if (path.graph.kind == algebra::GraphSelector::Kind::kNamed) add(path.graph.graph);
  node->cost += cost;
  SetEstimate(estimate, node.get());
  node->operation = plan::PathJoin{std::move(path)};
  return node;
}

PlanPtr MakeBindJoin(JoinKind kind, PlanPtr left, PlanPtr restricted, std::optional<Expression> condition,
                     std::vector<Variable> bindings, const Estimate& estimate) {
  const double runs = std::max(1.0, left->rows / kRowsPerBatch);
  const double left_cost = left->cost + left->rows * kHashBuildRow;
  const double run_cost = restricted->cost + restricted->rows * kHashProbeRow + kStartOperator;
  const double startup = left->startup + std::min(left->rows, kRowsPerBatch) * kHashBuildRow + run_cost;
  const bool keeps_order = kind != JoinKind::kInner && kind != JoinKind::kLeft;
  std::vector<Variable> order = keeps_order ? left->sorted_by : std::vector<Variable>();
  PlanPtr node = OfTwo(kind, std::move(left), std::move(restricted),
                       plan::BindJoin{kind, std::move(condition), std::move(bindings)}, estimate);
  node->sorted_by = std::move(order);
  node->cost = left_cost + runs * run_cost + estimate.rows * kOutputRow;
  node->startup = std::min(startup, node->cost);
  return node;
}

Estimate EstimateOfJoin(JoinKind kind, const PlanNode& left, const PlanNode& right, double nodes) {
  Estimate of_left{left.rows, left.distinct};
  Estimate inner =
      JoinEstimate({Completed(of_left, Possible(left)), Completed({right.rows, right.distinct}, Possible(right))});
  switch (kind) {
    case JoinKind::kInner: return inner;
    case JoinKind::kLeft: {
      Estimate estimate = inner;
      estimate.rows = std::max(inner.rows, left.rows);
      return estimate;
    }
    case JoinKind::kSemi: of_left.rows = std::min(left.rows, inner.rows); return of_left;
    case JoinKind::kAnti:
    case JoinKind::kMinus: {
      // What is taken away is mostly rare, and nothing says that the left side is just where it is found.
      double matched = 1;
      for (const Variable variable : left.columns) {
        if (!Contains(right.columns, variable)) continue;
        const auto values = right.distinct.find(variable);
        matched = std::min(matched, (values == right.distinct.end() ? right.rows : values->second) / nodes);
      }
      of_left.rows = left.rows * std::max(1 - matched, 0.1);
      return of_left;
    }
  }
  return inner;
}

std::vector<Variable> CommonOrder(const PlanNode& left, const PlanNode& right) {
  std::vector<Variable> common;
  for (size_t i = 0; i < std::min(left.sorted_by.size(), right.sorted_by.size()); ++i) {
    const Variable variable = left.sorted_by[i];
    if (variable != right.sorted_by[i] || !left.certain.contains(variable) || !right.certain.contains(variable)) break;
    common.push_back(variable);
  }
  return common;
}

}  // namespace dossier::optimizer

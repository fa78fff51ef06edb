// Makes the nodes of physical plans, with their columns, orders, estimates and costs. The rows of joins are estimated
// by the caller, who knows what is joined.
#pragma once

#include <optional>
#include <vector>

#include "query/optimizer/cardinality.h"
#include "query/plan/plan_node.h"

namespace dossier::optimizer {

using plan::PlanPtr;

PlanPtr MakeScan(plan::ScanPlan scan, const Estimate& estimate);
PlanPtr MakeTable(std::vector<algebra::Variable> columns, std::vector<std::vector<TermId>> rows);
// One row of parameters.
PlanPtr MakeParameters(std::vector<algebra::Variable> columns);
PlanPtr MakeBindings(std::vector<algebra::Variable> columns, double rows);

PlanPtr MakeFilter(PlanPtr child, Expression condition);
// `always_bound`: the expression has a value in every row.
PlanPtr MakeExtend(PlanPtr child, algebra::Variable variable, Expression expression, bool always_bound);
PlanPtr MakeProject(PlanPtr child, std::vector<algebra::Variable> columns);
PlanPtr MakeGroup(PlanPtr child, std::vector<algebra::Variable> keys, std::vector<Aggregate> aggregates);
PlanPtr MakeSort(PlanPtr child, std::vector<algebra::SortKey> keys, std::optional<uint64_t> limit);
PlanPtr MakeDistinct(PlanPtr child);
PlanPtr MakeSlice(PlanPtr child, uint64_t offset, std::optional<uint64_t> limit);
PlanPtr MakeSliceOfEach(PlanPtr child, std::vector<algebra::Variable> keys, uint64_t offset,
                        std::optional<uint64_t> limit);
// `child` run over ranges of `by`.
PlanPtr MakeGather(PlanPtr child, algebra::Variable by);
PlanPtr MakeUnion(std::vector<PlanPtr> children);

PlanPtr MakeMergeJoin(PlanPtr left, PlanPtr right, std::vector<algebra::Variable> keys, const Estimate& estimate);
PlanPtr MakeHashJoin(plan::JoinKind kind, PlanPtr left, PlanPtr right, std::optional<Expression> condition,
                     const Estimate& estimate);
// By which variables the rows of an index join come, so that nobody has to make it to know.
std::vector<algebra::Variable> OrderOfIndexJoin(const plan::PlanNode& child, const plan::ScanPlan& scan, size_t depth);
// `indexed`: rows of the index that share the scan's constants.
PlanPtr MakeIndexJoin(PlanPtr child, plan::ScanPlan scan, size_t depth, double indexed, const Estimate& estimate);
PlanPtr MakePathJoin(PlanPtr child, algebra::Path path, double cost, const Estimate& estimate);
// `restricted`: the right side over MakeBindings(bindings, ...), with the cost of one run.
PlanPtr MakeBindJoin(plan::JoinKind kind, PlanPtr left, PlanPtr restricted, std::optional<Expression> condition,
                     std::vector<algebra::Variable> bindings, const Estimate& estimate);

// The rows of a join of two plans; of kLeft, kSemi and the like as well. `nodes`: how many terms there are that a
// variable might stand for, at least 1.
Estimate EstimateOfJoin(plan::JoinKind kind, const plan::PlanNode& left, const plan::PlanNode& right, double nodes);

// The leading variables of the sort orders of both plans that are the same and bound in every row; what a merge join
// can join by.
std::vector<algebra::Variable> CommonOrder(const plan::PlanNode& left, const plan::PlanNode& right);

}  // namespace dossier::optimizer

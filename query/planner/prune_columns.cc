#include "query/planner/prune_columns.h"

#include <algorithm>

namespace dossier::planner {
namespace {

using algebra::Variable;
using algebra::VariableSet;
using plan::PlanNode;
using plan::PlanPtr;

VariableSet With(VariableSet set, const VariableSet& more) {
  set.insert(more.begin(), more.end());
  return set;
}

VariableSet ColumnsOf(const PlanPtr& plan) { return {plan->columns.begin(), plan->columns.end()}; }

void KeepColumns(const VariableSet& needed, PlanNode* node) {
  std::erase_if(node->columns, [&needed](Variable variable) { return !needed.contains(variable); });
}

void AddTerm(const algebra::PatternTerm& term, VariableSet* variables) {
  if (const auto* variable = std::get_if<Variable>(&term)) variables->insert(*variable);
}

// Knows for each operator what it needs of its children.
class Pruner {
 public:
  Pruner(const VariableSet& needed, PlanPtr* plan) : needed_(needed), plan_(plan), node_(plan->get()) {}

  void operator()(plan::IndexScan&) { KeepColumns(needed_, node_); }
  void operator()(plan::Table& table) {
    std::vector<std::vector<TermId>> rows(table.rows.size());
    for (size_t i = 0; i < node_->columns.size(); ++i) {
      if (!needed_.contains(node_->columns[i])) continue;
      for (size_t row = 0; row < rows.size(); ++row) rows[row].push_back(table.rows[row][i]);
    }
    table.rows = std::move(rows);
    KeepColumns(needed_, node_);
  }
  void operator()(plan::Bindings&) {}
  void operator()(plan::IndexJoin& join) {
    VariableSet wanted = needed_;
    for (const auto& variable : join.scan.bindings) {
      if (variable.has_value()) wanted.insert(*variable);
    }
    Child(0, wanted);
    KeepColumns(needed_, node_);
  }
  void operator()(plan::PathJoin& join) {
    VariableSet wanted = needed_;
    AddTerm(join.path.subject, &wanted);
    AddTerm(join.path.object, &wanted);
    if (join.path.graph.kind == algebra::GraphSelector::Kind::kNamed) AddTerm(join.path.graph.graph, &wanted);
    Child(0, wanted);
    KeepColumns(needed_, node_);
  }
  void operator()(plan::Filter& filter) {
    Child(0, With(needed_, algebra::ReferencedVariables(filter.condition)));
    KeepColumns(needed_, node_);
  }
  void operator()(plan::Extend& extend) {
    const bool used = needed_.contains(extend.variable);
    VariableSet wanted = needed_;
    wanted.erase(extend.variable);
    if (used) wanted = With(std::move(wanted), algebra::ReferencedVariables(extend.expression));
    Child(0, wanted);
    if (!used) {
      PlanPtr child = node_->children[0];
      *plan_ = std::move(child);
      return;
    }
    node_->columns = node_->children[0]->columns;
    KeepColumns(needed_, node_);
    node_->columns.push_back(extend.variable);
  }
  void operator()(plan::Project&) {
    KeepColumns(needed_, node_);
    Child(0, ColumnsOf(*plan_));
  }
  void operator()(plan::Group& group) {
    std::erase_if(group.aggregates, [this](const Aggregate& a) { return !needed_.contains(a.result); });
    VariableSet wanted(group.keys.begin(), group.keys.end());
    for (const Aggregate& aggregate : group.aggregates) {
      if (aggregate.function != AggregateFunction::kCountRows) {
        wanted = With(std::move(wanted), algebra::ReferencedVariables(aggregate.argument));
      } else if (aggregate.distinct) {
        wanted = With(std::move(wanted), ColumnsOf(node_->children[0]));
      }
    }
    Child(0, wanted);
    KeepColumns(needed_, node_);
  }
  void operator()(plan::Sort& sort) {
    VariableSet wanted = needed_;
    for (const algebra::SortKey& key : sort.keys) {
      wanted = With(std::move(wanted), algebra::ReferencedVariables(key.expression));
    }
    Child(0, wanted);
    KeepColumns(needed_, node_);
  }
  void operator()(plan::Distinct&) {
    Child(0, ColumnsOf(*plan_));
    node_->columns = node_->children[0]->columns;
  }
  void operator()(plan::Slice&) {
    Child(0, needed_);
    node_->columns = node_->children[0]->columns;
  }
  void operator()(plan::SliceOfEach& slice) {
    VariableSet wanted = needed_;
    wanted.insert(slice.keys.begin(), slice.keys.end());
    Child(0, wanted);
    node_->columns = node_->children[0]->columns;
  }
  void operator()(plan::MergeJoin&) { Join({}); }
  void operator()(plan::HashJoin& join) { Join(join.condition); }
  void operator()(plan::BindJoin& join) { Join(join.condition); }
  void operator()(plan::MultiwayJoin&) { KeepColumns(needed_, node_); }
  void operator()(plan::CountJoin&) { KeepColumns(needed_, node_); }
  void operator()(plan::Gather&) {
    Child(0, needed_);
    node_->columns = node_->children[0]->columns;
  }
  void operator()(plan::Union&) {
    for (size_t i = 0; i < node_->children.size(); ++i) Child(i, needed_);
    KeepColumns(needed_, node_);
  }

 private:
  void Child(size_t i, const VariableSet& needed) { PruneColumns(needed, &node_->children[i]); }

  void Join(const std::optional<Expression>& condition) {
    VariableSet wanted = needed_;
    if (condition.has_value()) wanted = With(std::move(wanted), algebra::ReferencedVariables(*condition));
    const VariableSet right = ColumnsOf(node_->children[1]);
    for (const Variable variable : node_->children[0]->columns) {
      if (right.contains(variable)) wanted.insert(variable);
    }
    Child(0, wanted);
    Child(1, wanted);
    KeepColumns(needed_, node_);
  }

  const VariableSet& needed_;
  PlanPtr* const plan_;
  PlanNode* const node_;
};

}  // namespace

void PruneColumns(const VariableSet& needed, PlanPtr* plan) {
  // Keeps the node while an operation takes it out of the plan.
  const PlanPtr node = *plan;
  std::visit(Pruner(needed, plan), node->operation);
}

}  // namespace dossier::planner

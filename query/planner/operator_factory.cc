#include "query/planner/operator_factory.h"

#include <memory>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "query/exec/bind_join.h"
#include "query/exec/count_join.h"
#include "query/exec/distinct.h"
#include "query/exec/extend.h"
#include "query/exec/filter.h"
#include "query/exec/gather.h"
#include "query/exec/group.h"
#include "query/exec/hash_join.h"
#include "query/exec/index_join.h"
#include "query/exec/index_scan.h"
#include "query/exec/merge_join.h"
#include "query/exec/multiway_join.h"
#include "query/exec/path_join.h"
#include "query/exec/project.h"
#include "query/exec/slice.h"
#include "query/exec/slice_of_each.h"
#include "query/exec/sort.h"
#include "query/exec/table_scan.h"
#include "query/exec/union_all.h"
#include "query/planner/use_threads.h"

namespace dossier::planner {
namespace {

using exec::OperatorPtr;

// Makes the operator of one node over those of its children.
class Factory {
 public:
  Factory(exec::RunContext* context, plan::PlanNode* node, const BoundTable& bound, std::vector<OperatorPtr> children)
      : context_(context), node_(node), bound_(bound), children_(std::move(children)) {}

  OperatorPtr operator()(const plan::IndexScan&) { return std::make_unique<exec::IndexScan>(context_, node_); }
  OperatorPtr operator()(const plan::Table&) { return std::make_unique<exec::TableScan>(context_, node_); }
  OperatorPtr operator()(const plan::Bindings&) {
    return std::make_unique<exec::BindingsScan>(context_, node_, bound_.rows, bound_.variables);
  }
  OperatorPtr operator()(const plan::IndexJoin&) { return OverOne<exec::IndexJoin>(); }
  OperatorPtr operator()(const plan::PathJoin&) { return OverOne<exec::PathJoin>(); }
  OperatorPtr operator()(const plan::Filter&) { return OverOne<exec::Filter>(); }
  OperatorPtr operator()(const plan::Extend&) { return OverOne<exec::Extend>(); }
  OperatorPtr operator()(const plan::Project&) { return OverOne<exec::Project>(); }
  OperatorPtr operator()(const plan::Group&) { return OverOne<exec::Group>(); }
  OperatorPtr operator()(const plan::Sort&) { return OverOne<exec::Sort>(); }
  OperatorPtr operator()(const plan::Distinct&) { return OverOne<exec::Distinct>(); }
  OperatorPtr operator()(const plan::Slice&) { return OverOne<exec::Slice>(); }
  OperatorPtr operator()(const plan::SliceOfEach&) { return OverOne<exec::SliceOfEach>(); }
  OperatorPtr operator()(const plan::MergeJoin&) { return OverTwo<exec::MergeJoin>(); }
  OperatorPtr operator()(const plan::HashJoin&) { return OverTwo<exec::HashJoin>(); }
  OperatorPtr operator()(const plan::BindJoin& join) {
    // The right side is made anew for each batch of bindings.
    auto make_right = [context = context_, right = node_->children[1].get(), &join](const RowBatch* bindings) {
      return MakeOperators(context, right, BoundTable{join.bindings, bindings});
    };
    return std::make_unique<exec::BindJoin>(context_, node_, std::move(children_[0]), std::move(make_right));
  }
  OperatorPtr operator()(const plan::MultiwayJoin&) { return std::make_unique<exec::MultiwayJoin>(context_, node_); }
  OperatorPtr operator()(const plan::CountJoin&) { return std::make_unique<exec::CountJoin>(context_, node_); }
  OperatorPtr operator()(const plan::Gather&) { return nullptr; }  // Made of fragments.
  OperatorPtr operator()(const plan::Union&) {
    return std::make_unique<exec::UnionAll>(context_, node_, std::move(children_));
  }

 private:
  template <typename Op>
  OperatorPtr OverOne() {
    return std::make_unique<Op>(context_, node_, std::move(children_[0]));
  }
  template <typename Op>
  OperatorPtr OverTwo() {
    return std::make_unique<Op>(context_, node_, std::move(children_[0]), std::move(children_[1]));
  }

  exec::RunContext* const context_;
  plan::PlanNode* const node_;
  const BoundTable& bound_;
  std::vector<OperatorPtr> children_;
};

}  // namespace

absl::StatusOr<OperatorPtr> MakeOperators(exec::RunContext* context, plan::PlanNode* plan, const BoundTable& bound,
                                          const HashTables* tables) {
  if (std::holds_alternative<plan::Gather>(plan->operation)) {
    DOSSIER_ASSIGN_OR_RETURN(exec::FragmentSource source, MakeFragments(context, plan));
    return std::make_unique<exec::Gather>(context, plan, std::move(source));
  }
  std::shared_ptr<const exec::HashBuild> table;
  if (tables != nullptr) {
    if (const auto known = tables->find(plan); known != tables->end()) table = known->second;
  }
  // Of these inputs the operator makes use without operators, or when it comes to them.
  const bool reads_itself = std::holds_alternative<plan::MultiwayJoin>(plan->operation) ||
                            std::holds_alternative<plan::CountJoin>(plan->operation);
  const bool is_first_only = std::holds_alternative<plan::BindJoin>(plan->operation) || table != nullptr;
  const size_t inputs = reads_itself ? 0 : is_first_only ? 1 : plan->children.size();
  std::vector<OperatorPtr> children;
  for (size_t i = 0; i < inputs; ++i) {
    DOSSIER_ASSIGN_OR_RETURN(OperatorPtr made, MakeOperators(context, plan->children[i].get(), bound, tables));
    children.push_back(std::move(made));
  }
  if (table != nullptr) {
    return std::make_unique<exec::HashJoin>(context, plan, std::move(children[0]), std::move(table));
  }
  return std::visit(Factory(context, plan, bound, std::move(children)), plan->operation);
}

}  // namespace dossier::planner

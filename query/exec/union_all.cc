#include "query/exec/union_all.h"

#include <utility>

#include "base/status_macros.h"
#include "query/exec/project.h"

namespace dossier::exec {

UnionAll::UnionAll(RunContext* context, plan::PlanNode* node, std::vector<OperatorPtr> children)
    : Operator(context, node), children_(std::move(children)) {
  for (const OperatorPtr& child : children_) {
    auto& positions = positions_.emplace_back();
    for (const Variable variable : node->columns) positions.push_back(FindColumn(child->columns(), variable));
  }
}

absl::StatusOr<bool> UnionAll::Produce(RowBatch* batch) {
  if (current_ == children_.size()) return false;
  DOSSIER_ASSIGN_OR_RETURN(const bool more, children_[current_]->Next(&input_));
  if (more) {
    AppendColumns(input_, positions_[current_], batch);
  } else {
    ++current_;
  }
  return true;
}

}  // namespace dossier::exec

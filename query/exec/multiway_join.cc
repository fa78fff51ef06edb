#include "query/exec/multiway_join.h"

#include <algorithm>

#include "base/status_macros.h"
#include "query/exec/pattern_rows.h"

namespace dossier::exec {

std::vector<JoinRelation> RelationsOf(const plan::PlanNode& node, const std::vector<size_t>& left_out) {
  std::vector<JoinRelation> relations;
  for (size_t i = 0; i < node.children.size(); ++i) {
    if (std::find(left_out.begin(), left_out.end(), i) != left_out.end()) continue;
    const plan::ScanPlan& scan = std::get<plan::IndexScan>(node.children[i]->operation).scan;
    relations.push_back({&scan, VariablesOf(scan)});
  }
  return relations;
}

MultiwayJoin::MultiwayJoin(RunContext* context, plan::PlanNode* node)
    : Operator(context, node),
      order_(std::get<plan::MultiwayJoin>(node->operation).order),
      relations_(RelationsOf(*node, {})),
      depths_(ColumnPositions(order_, node->columns)) {}

absl::StatusOr<bool> MultiwayJoin::Produce(RowBatch* batch) {
  if (!join_.has_value()) {
    DOSSIER_ASSIGN_OR_RETURN(tries_, LoadTries(context(), relations_));
    for (size_t i = 0; i < tries_.rows.size(); ++i) node().children[i]->actuals.rows += tries_.rows[i];
    if (tries_.nothing) return false;
    for (const Variable variable : order_) codes_.push_back(&tries_.codes.at(variable));
    join_.emplace(context(), tries_, relations_, order_);
    join_->Start(0, join_->candidates());
  }
  if (tries_.nothing) return false;
  while (batch->rows < kBatchRows) {
    bool paused = false;
    if (!join_->Next(&paused)) return paused || batch->rows > 0;
    for (size_t i = 0; i < depths_.size(); ++i) {
      const size_t depth = depths_[i];
      batch->columns[i].push_back(codes_[depth]->IdOf(join_->value(depth)));
    }
    ++batch->rows;
  }
  return true;
}

}  // namespace dossier::exec

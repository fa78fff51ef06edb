// The join of many patterns at once, row by row.
#pragma once

#include <optional>
#include <vector>

#include "query/exec/leapfrog.h"
#include "query/exec/operator.h"

namespace dossier::exec {

class MultiwayJoin : public Operator {
 public:
  // `node` holds a plan::MultiwayJoin.
  MultiwayJoin(RunContext* context, plan::PlanNode* node);

 protected:
  absl::StatusOr<bool> Produce(RowBatch* batch) override;

 private:
  const std::vector<Variable>& order_;
  const std::vector<JoinRelation> relations_;
  std::vector<size_t> depths_;  // By column: the place of its variable in the order.
  LoadedTries tries_;
  std::vector<const ValueCodes*> codes_;  // By the order.
  std::optional<Leapfrog> join_;
};

// The relations that the children of `node`, all scans, stand for, without those whose number is in `left_out`.
std::vector<JoinRelation> RelationsOf(const plan::PlanNode& node, const std::vector<size_t>& left_out);

}  // namespace dossier::exec

// For each row of the child, the solutions of a property path: from the end that is bound, or from every node of the
// graph when none is.
#pragma once

#include <optional>
#include <vector>

#include "query/exec/operator.h"
#include "query/exec/path_walker.h"

namespace dossier::exec {

class PathJoin : public Operator {
 public:
  // `node` holds a plan::PathJoin. Ends of the path that are columns of the child are bound in each of its rows.
  PathJoin(RunContext* context, plan::PlanNode* node, OperatorPtr child);

 protected:
  absl::StatusOr<bool> Produce(RowBatch* batch) override;

 private:
  // A place of the path: a constant, a column of the child, or to be found.
  struct End {
    std::optional<TermId> constant;
    std::optional<size_t> column;
    std::optional<Variable> variable;
  };

  absl::StatusOr<End> MakeEnd(const algebra::PatternTerm& term);
  absl::Status Prepare();
  std::optional<TermId> ValueOf(const End& end) const;
  // Sets up the graphs to look at for the row at hand.
  absl::Status StartRow();
  // Sets up the nodes to start from in the graph at hand.
  absl::Status StartGraph();
  absl::Status WalkFromNextStart(RowBatch* batch);
  void Emit(TermId subject, TermId object, RowBatch* batch);

  const algebra::Path& path_;
  const OperatorPtr child_;
  PathWalker walker_;
  bool prepared_ = false;
  End subject_;
  End object_;
  End graph_;
  bool forward_ = true;  // From the subject.
  bool same_end_ = false;

  RowBatch input_;
  size_t row_ = 0;
  std::vector<TermId> graphs_;
  std::vector<TermId> some_graphs_;  // Of GraphSelector::Kind::kSome.
  TermId current_graph_;
  std::vector<TermId> starts_;
};

}  // namespace dossier::exec

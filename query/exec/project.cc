#include "query/exec/project.h"

#include <utility>

#include "base/status_macros.h"

namespace dossier::exec {

void AppendColumns(const RowBatch& input, absl::Span<const std::optional<size_t>> positions, RowBatch* batch) {
  for (size_t i = 0; i < positions.size(); ++i) {
    std::vector<TermId>& column = batch->columns[i];
    if (positions[i].has_value()) {
      const std::vector<TermId>& source = input.columns[*positions[i]];
      column.insert(column.end(), source.begin(), source.end());
    } else {
      column.resize(column.size() + input.rows);
    }
  }
  batch->rows += input.rows;
}

Project::Project(RunContext* context, plan::PlanNode* node, OperatorPtr child)
    : Operator(context, node), child_(std::move(child)) {
  for (const Variable variable : node->columns) positions_.push_back(FindColumn(child_->columns(), variable));
}

absl::StatusOr<bool> Project::Produce(RowBatch* batch) {
  DOSSIER_ASSIGN_OR_RETURN(const bool more, child_->Next(&input_));
  if (more) AppendColumns(input_, positions_, batch);
  return more;
}

}  // namespace dossier::exec

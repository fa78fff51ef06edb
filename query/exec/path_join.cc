#include "query/exec/path_join.h"

#include <utility>

#include "base/status_macros.h"
#include "query/algebra/scope.h"

namespace dossier::exec {
namespace {

using algebra::GraphSelector;

}  // namespace

PathJoin::PathJoin(RunContext* context, plan::PlanNode* node, OperatorPtr child)
    : Operator(context, node),
      path_(std::get<plan::PathJoin>(node->operation).path),
      child_(std::move(child)),
      walker_(context) {}

absl::StatusOr<PathJoin::End> PathJoin::MakeEnd(const algebra::PatternTerm& term) {
  End end;
  if (const Term* constant = std::get_if<Term>(&term)) {
    DOSSIER_ASSIGN_OR_RETURN(end.constant, context().terms->Intern(*constant));
    return end;
  }
  end.variable = std::get<Variable>(term);
  end.column = FindColumn(child_->columns(), *end.variable);
  return end;
}

absl::Status PathJoin::Prepare() {
  prepared_ = true;
  DOSSIER_ASSIGN_OR_RETURN(subject_, MakeEnd(path_.subject));
  DOSSIER_ASSIGN_OR_RETURN(object_, MakeEnd(path_.object));
  if (path_.graph.kind == GraphSelector::Kind::kNamed) {
    DOSSIER_ASSIGN_OR_RETURN(graph_, MakeEnd(path_.graph.graph));
  }
  for (const Term& graph : path_.graph.graphs) {
    DOSSIER_ASSIGN_OR_RETURN(const TermId id, context().terms->Intern(graph));
    some_graphs_.push_back(id);
  }
  const auto is_bound = [](const End& end) { return end.constant.has_value() || end.column.has_value(); };
  forward_ = is_bound(subject_) || !is_bound(object_);
  same_end_ = subject_.variable.has_value() && subject_.variable == object_.variable;
  return absl::OkStatus();
}

std::optional<TermId> PathJoin::ValueOf(const End& end) const {
  if (end.constant.has_value()) return end.constant;
  if (end.column.has_value()) return input_.columns[*end.column][row_];
  // The graph's variable may be an end of the path as well.
  if (end.variable.has_value() && end.variable == graph_.variable) return current_graph_;
  return std::nullopt;
}

absl::Status PathJoin::StartRow() {
  if (path_.graph.kind != GraphSelector::Kind::kNamed) {
    graphs_ = {TermId()};
  } else if (graph_.constant.has_value() || graph_.column.has_value()) {
    const TermId graph = graph_.constant.has_value() ? *graph_.constant : input_.columns[*graph_.column][row_];
    DOSSIER_ASSIGN_OR_RETURN(const bool exists, walker_.IsNamedGraph(graph));
    graphs_.clear();
    if (exists) graphs_.push_back(graph);
  } else {
    DOSSIER_ASSIGN_OR_RETURN(graphs_, walker_.NamedGraphs());
  }
  return absl::OkStatus();
}

absl::Status PathJoin::StartGraph() {
  current_graph_ = graphs_.back();
  graphs_.pop_back();
  DOSSIER_RETURN_IF_ERROR(walker_.SetGraph({path_.graph.kind, current_graph_, some_graphs_}));
  const std::optional<TermId> start = ValueOf(forward_ ? subject_ : object_);
  if (!start.has_value()) {
    DOSSIER_ASSIGN_OR_RETURN(starts_, walker_.AllNodes());
    return absl::OkStatus();
  }
  starts_ = {*start};
  return absl::OkStatus();
}

void PathJoin::Emit(TermId subject, TermId object, RowBatch* batch) {
  for (size_t i = 0; i < columns().size(); ++i) {
    const Variable variable = columns()[i];
    TermId id;
    if (const auto column = FindColumn(child_->columns(), variable); column.has_value()) {
      id = input_.columns[*column][row_];
    } else if (subject_.variable == variable) {
      id = subject;
    } else if (object_.variable == variable) {
      id = object;
    } else {
      id = current_graph_;
    }
    batch->columns[i].push_back(id);
  }
  ++batch->rows;
}

absl::Status PathJoin::WalkFromNextStart(RowBatch* batch) {
  const TermId start = starts_.back();
  starts_.pop_back();
  std::vector<TermId> ends;
  const std::optional<TermId> wanted = ValueOf(forward_ ? object_ : subject_);
  if (wanted.has_value()) {
    DOSSIER_RETURN_IF_ERROR(walker_.WalkTo(path_.path, start, forward_, *wanted, &ends));
  } else {
    DOSSIER_RETURN_IF_ERROR(walker_.Walk(path_.path, start, forward_, &ends));
  }
  for (const TermId end : ends) {
    if (wanted.has_value() && *wanted != end) continue;
    if (same_end_ && end != start) continue;
    if (end == start && algebra::MayHaveZeroSteps(path_.path) && !subject_.constant.has_value() &&
        !object_.constant.has_value()) {
      // A value from elsewhere is no solution of zero steps unless it is a node of the graph.
      DOSSIER_ASSIGN_OR_RETURN(const bool is_node, walker_.IsNode(start));
      if (!is_node) continue;
    }
    Emit(forward_ ? start : end, forward_ ? end : start, batch);
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> PathJoin::Produce(RowBatch* batch) {
  if (!prepared_) DOSSIER_RETURN_IF_ERROR(Prepare());
  while (starts_.empty() && graphs_.empty()) {
    if (input_.rows > 0) ++row_;
    if (row_ >= input_.rows) {
      DOSSIER_ASSIGN_OR_RETURN(const bool more, child_->Next(&input_));
      row_ = 0;
      if (!more) return false;
    }
    DOSSIER_RETURN_IF_ERROR(StartRow());
  }
  if (starts_.empty()) DOSSIER_RETURN_IF_ERROR(StartGraph());
  while (!starts_.empty() && batch->rows < kBatchRows / 2) {
    DOSSIER_RETURN_IF_ERROR(context().cancellation->Check());
    DOSSIER_RETURN_IF_ERROR(WalkFromNextStart(batch));
  }
  return true;
}

}  // namespace dossier::exec

#include "query/planner/planner.h"

#include <algorithm>
#include <utility>

#include "base/status_macros.h"
#include "query/optimizer/cost_model.h"
#include "query/optimizer/optimizer.h"
#include "query/optimizer/plan_factory.h"
#include "query/planner/counted_rows.h"

namespace dossier::planner {
namespace {

using algebra::Node;
using algebra::Variable;
using algebra::VariableSet;
using plan::JoinKind;
using plan::PlanPtr;

// The part of `restriction` that every solution of `node` binds.
Restriction RestrictedTo(const Restriction& restriction, const VariableSet& certain) {
  Restriction part;
  part.rows = restriction.rows;
  part.wanted_rows = restriction.wanted_rows;
  part.order = restriction.order;
  for (const Variable variable : restriction.variables) {
    if (certain.contains(variable)) part.variables.push_back(variable);
  }
  return part;
}

// Of COUNT(DISTINCT ?variable) alone over all rows, the variable: its values are soon told apart where they come in
// order.
std::optional<Variable> CountedDistinct(const algebra::Group& op) {
  if (!op.keys.empty() || op.aggregates.size() != 1) return std::nullopt;
  const Aggregate& aggregate = op.aggregates[0];
  const bool counts = aggregate.function == AggregateFunction::kCount && aggregate.distinct;
  if (!counts || aggregate.argument.kind != Expression::Kind::kVariable) return std::nullopt;
  return aggregate.argument.variable;
}

}  // namespace

absl::StatusOr<PlanPtr> Planner::Plan(const Node& node, const Restriction& restriction) {
  const Restriction part = RestrictedTo(restriction, algebra::CertainVariables(node));
  return std::visit(
      [&](const auto& op) -> PlanOr {
        using Op = std::decay_t<decltype(op)>;
        constexpr bool kClustered = std::is_same_v<Op, algebra::Bgp> || std::is_same_v<Op, algebra::Path> ||
                                    std::is_same_v<Op, algebra::Join> || std::is_same_v<Op, algebra::Filter>;
        if constexpr (kClustered) {
          return optimize_ ? PlanCluster(node, part) : PlanPlainly(node);
        } else if constexpr (std::is_same_v<Op, algebra::Values> || std::is_same_v<Op, algebra::SliceOfEach>) {
          return On(op);
        } else if constexpr (std::is_same_v<Op, algebra::Extend>) {
          return On(op, node, part);
        } else {
          return On(op, part);
        }
      },
      node.op);
}

absl::StatusOr<PlanPtr> Planner::OptimizeAndPlan(algebra::NodePtr* node) {
  optimizer::PassContext passes{terms_, variables_};
  optimizer::Optimize(&passes, optimize_, node);
  return Plan(**node);
}

absl::StatusOr<PlanPtr> Planner::JoinRight(JoinKind kind, PlanPtr left, const Node& right,
                                           std::optional<Expression> condition, std::optional<double> wanted_rows) {
  DOSSIER_ASSIGN_OR_RETURN(const PlanPtr plain, Plan(right));
  const optimizer::Estimate estimate = optimizer::EstimateOfJoin(kind, *left, *plain, estimator_.Nodes());
  PlanPtr hash = optimizer::MakeHashJoin(kind, left, plain, condition, estimate);
  std::vector<Variable> bindings;
  for (const Variable variable : left->columns) {
    if (left->certain.contains(variable) && plain->certain.contains(variable)) bindings.push_back(variable);
  }
  if (!optimize_ || bindings.empty()) return hash;
  Restriction restriction;
  restriction.variables = bindings;
  restriction.rows = std::min(left->rows, optimizer::kRowsPerBatch);
  DOSSIER_ASSIGN_OR_RETURN(PlanPtr restricted, Plan(right, restriction));
  PlanPtr bind =
      optimizer::MakeBindJoin(kind, std::move(left), std::move(restricted), std::move(condition), bindings, estimate);
  const double part = wanted_rows.has_value() ? std::min(1.0, *wanted_rows / std::max(1.0, estimate.rows)) : 1;
  return CostOfPart(*bind, part) < CostOfPart(*hash, part) ? bind : hash;
}

absl::StatusOr<PlanPtr> Planner::On(const algebra::LeftJoin& op, const Restriction& restriction) {
  DOSSIER_ASSIGN_OR_RETURN(PlanPtr left, Plan(*op.left, restriction));
  return JoinRight(JoinKind::kLeft, std::move(left), *op.right, op.condition, restriction.wanted_rows);
}

absl::StatusOr<PlanPtr> Planner::On(const algebra::Minus& op, const Restriction& restriction) {
  DOSSIER_ASSIGN_OR_RETURN(PlanPtr left, Plan(*op.left, restriction));
  // Solutions that share no variable take nothing away.
  const VariableSet possible(left->columns.begin(), left->columns.end());
  if (!Intersects(possible, algebra::PossibleVariables(*op.right))) return left;
  return JoinRight(JoinKind::kMinus, std::move(left), *op.right, std::nullopt, restriction.wanted_rows);
}

absl::StatusOr<PlanPtr> Planner::On(const algebra::Union& op, const Restriction& restriction) {
  DOSSIER_ASSIGN_OR_RETURN(PlanPtr left, Plan(*op.left, restriction));
  DOSSIER_ASSIGN_OR_RETURN(PlanPtr right, Plan(*op.right, restriction));
  if (optimize_) {
    // A store without claims needs no look at them, and the order of the other side stays.
    const bool left_is_empty = IsKnownEmpty(*left, estimator_.statistics());
    if (left_is_empty || IsKnownEmpty(*right, estimator_.statistics())) {
      std::vector<Variable> columns = left->columns;
      for (const Variable variable : right->columns) {
        if (std::find(columns.begin(), columns.end(), variable) == columns.end()) columns.push_back(variable);
      }
      PlanPtr rest = left_is_empty ? std::move(right) : std::move(left);
      return rest->columns.size() == columns.size() ? rest : optimizer::MakeProject(std::move(rest), columns);
    }
  }
  return optimizer::MakeUnion({std::move(left), std::move(right)});
}

absl::StatusOr<PlanPtr> Planner::On(const algebra::Extend& op, const Node& node, const Restriction& restriction) {
  DOSSIER_ASSIGN_OR_RETURN(PlanPtr input, Plan(*op.input, restriction));
  const bool always_bound = algebra::CertainVariables(node).contains(op.variable);
  return optimizer::MakeExtend(std::move(input), op.variable, op.expression, always_bound);
}

absl::StatusOr<PlanPtr> Planner::On(const algebra::Values& op) {
  if (op.parameters) return optimizer::MakeParameters(op.variables);
  std::vector<std::vector<TermId>> rows;
  for (const auto& values : op.rows) {
    std::vector<TermId>& row = rows.emplace_back();
    for (const std::optional<Term>& value : values) {
      TermId id;
      if (value.has_value()) {
        DOSSIER_ASSIGN_OR_RETURN(id, terms_->Intern(*value));
      }
      row.push_back(id);
    }
  }
  return optimizer::MakeTable(op.variables, std::move(rows));
}

absl::StatusOr<PlanPtr> Planner::On(const algebra::Group& op, const Restriction& restriction) {
  Restriction of_input = RestrictedTo(restriction, VariableSet(op.keys.begin(), op.keys.end()));
  of_input.wanted_rows.reset();
  of_input.order = op.keys.size() == 1 ? std::optional(op.keys[0]) : CountedDistinct(op);
  PlanPtr input;
  PlanPtr counted;
  const bool joins =
      std::holds_alternative<algebra::Bgp>(op.input->op) || std::holds_alternative<algebra::Join>(op.input->op);
  if (optimize_ && joins && !join_order_seed_.has_value()) {
    optimizer::JoinProblem problem;
    const Restriction part = RestrictedTo(of_input, algebra::CertainVariables(*op.input));
    DOSSIER_ASSIGN_OR_RETURN(input, PlanCluster(*op.input, part, &problem));
    counted = CountPatterns(op, problem);
  } else {
    DOSSIER_ASSIGN_OR_RETURN(input, Plan(*op.input, of_input));
  }
  // Keys that nothing binds are unbound in every row.
  std::vector<Variable> missing;
  for (const Variable key : op.keys) {
    if (std::find(input->columns.begin(), input->columns.end(), key) == input->columns.end()) missing.push_back(key);
  }
  if (!missing.empty()) {
    std::vector<Variable> columns = input->columns;
    columns.insert(columns.end(), missing.begin(), missing.end());
    input = optimizer::MakeProject(std::move(input), std::move(columns));
  }
  if (!optimize_) return optimizer::MakeGroup(std::move(input), op.keys, op.aggregates);
  DOSSIER_ASSIGN_OR_RETURN(PlanPtr group, MakeCountedGroup(std::move(input), op, terms_));
  return counted != nullptr && counted->cost < group->cost ? counted : group;
}

absl::StatusOr<PlanPtr> Planner::On(const algebra::OrderBy& op, const Restriction& restriction) {
  Restriction of_input = restriction;
  of_input.wanted_rows.reset();
  of_input.order.reset();
  DOSSIER_ASSIGN_OR_RETURN(PlanPtr input, Plan(*op.input, of_input));
  return optimizer::MakeSort(std::move(input), op.keys, std::nullopt);
}

absl::StatusOr<PlanPtr> Planner::On(const algebra::Project& op, const Restriction& restriction) {
  DOSSIER_ASSIGN_OR_RETURN(PlanPtr input, Plan(*op.input, restriction));
  return optimizer::MakeProject(std::move(input), op.variables);
}

absl::StatusOr<PlanPtr> Planner::On(const algebra::Distinct& op, const Restriction& restriction) {
  // Rows in order are told apart without a table, and equal ones skipped over.
  const std::vector<Variable> columns = algebra::VariablesInScope(*op.input);
  Restriction of_input = restriction;
  of_input.wanted_rows.reset();
  of_input.order = columns.size() == 1 ? std::optional(columns[0]) : std::nullopt;
  DOSSIER_ASSIGN_OR_RETURN(PlanPtr input, Plan(*op.input, of_input));
  if (optimize_ && columns.size() == 1) input = WithoutRepeats(std::move(input), columns[0], *terms_);
  return optimizer::MakeDistinct(std::move(input));
}

absl::StatusOr<PlanPtr> Planner::On(const algebra::SliceOfEach& op) {
  DOSSIER_ASSIGN_OR_RETURN(PlanPtr input, Plan(*op.input));
  return optimizer::MakeSliceOfEach(std::move(input), op.keys, op.offset, op.limit);
}

absl::StatusOr<PlanPtr> Planner::On(const algebra::Slice& op, const Restriction& restriction) {
  const auto* order = std::get_if<algebra::OrderBy>(&op.input->op);
  PlanPtr input;
  if (optimize_ && order != nullptr && op.limit.has_value()) {
    DOSSIER_ASSIGN_OR_RETURN(input, Plan(*order->input));
    input = optimizer::MakeSort(std::move(input), order->keys, op.offset + *op.limit);
  } else {
    Restriction of_input;
    of_input.order = restriction.order;
    if (op.limit.has_value()) of_input.wanted_rows = static_cast<double>(op.offset) + static_cast<double>(*op.limit);
    DOSSIER_ASSIGN_OR_RETURN(input, Plan(*op.input, of_input));
  }
  return optimizer::MakeSlice(std::move(input), op.offset, op.limit);
}

}  // namespace dossier::planner

// EXISTS and NOT EXISTS as semi-joins and anti-joins.
//
// By definition the row's values are put in place of its variables inside the pattern. That is the same as joining the
// row with the pattern's solutions as long as every place where such a variable is looked at lies under patterns that
// bind it; conditions on top of the pattern that look further become conditions of the join.
#include <algorithm>
#include <utility>

#include "base/status_macros.h"
#include "query/optimizer/optimizer.h"
#include "query/planner/planner.h"

namespace dossier::planner {
namespace {

using algebra::MayHaveZeroSteps;
using algebra::Node;
using algebra::Variable;
using algebra::VariableSet;
using plan::JoinKind;
using plan::PlanPtr;

// Whether the variables of `outer` that `expression` looks at are bound by `input`.
bool LooksAtBoundOnly(const Expression& expression, const Node& input, const VariableSet& outer) {
  if (algebra::ContainsExists(expression)) return false;
  const VariableSet certain = algebra::CertainVariables(input);
  for (const Variable variable : algebra::ReferencedVariables(expression)) {
    if (outer.contains(variable) && !certain.contains(variable)) return false;
  }
  return true;
}

// Whether joining with the solutions of `node` means the same as substituting `outer` in it.
class JoinEquivalence {
 public:
  explicit JoinEquivalence(const VariableSet& outer) : outer_(outer) {}

  bool Holds(const Node& node) const { return std::visit(*this, node.op); }

  bool operator()(const algebra::Bgp&) const { return true; }
  bool operator()(const algebra::Values&) const { return true; }
  bool operator()(const algebra::Path& op) const {
    for (const algebra::PatternTerm* end : {&op.subject, &op.object}) {
      const auto* variable = std::get_if<Variable>(end);
      if (variable != nullptr && outer_.contains(*variable) && MayHaveZeroSteps(op.path)) return false;
    }
    return true;
  }
  bool operator()(const algebra::Join& op) const { return Holds(*op.left) && Holds(*op.right); }
  bool operator()(const algebra::Union& op) const { return Holds(*op.left) && Holds(*op.right); }
  bool operator()(const algebra::Filter& op) const {
    return Holds(*op.input) && LooksAtBoundOnly(op.condition, *op.input, outer_);
  }
  bool operator()(const algebra::Extend& op) const {
    return Holds(*op.input) && !outer_.contains(op.variable) && LooksAtBoundOnly(op.expression, *op.input, outer_);
  }
  bool operator()(const algebra::Distinct& op) const { return Holds(*op.input); }
  bool operator()(const algebra::Project& op) const {
    if (!Holds(*op.input)) return false;
    const VariableSet shown(op.variables.begin(), op.variables.end());
    const VariableSet mentioned = algebra::MentionedVariables(*op.input);
    return std::all_of(mentioned.begin(), mentioned.end(),
                       [&](Variable v) { return shown.contains(v) || !outer_.contains(v); });
  }
  // Others look at what is not there, or count.
  bool operator()(const algebra::LeftJoin&) const { return false; }
  bool operator()(const algebra::Minus&) const { return false; }
  bool operator()(const algebra::Group&) const { return false; }
  bool operator()(const algebra::OrderBy& op) const { return Holds(*op.input); }
  bool operator()(const algebra::Slice&) const { return false; }
  bool operator()(const algebra::SliceOfEach&) const { return false; }

 private:
  const VariableSet& outer_;
};

Expression Conjunction(std::vector<Expression> parts) {
  if (parts.size() == 1) return std::move(parts[0]);
  return Expression::Call(Function::kAnd, std::move(parts));
}

}  // namespace

absl::StatusOr<PlanPtr> Planner::JoinExists(PlanPtr left, const Expression& condition,
                                            std::optional<double> wanted_rows) {
  const bool negated = condition.kind == Expression::Kind::kCall;
  const Node* pattern = (negated ? condition.arguments[0] : condition).exists.get();
  const VariableSet outer(left->columns.begin(), left->columns.end());
  std::vector<Expression> join_conditions;
  while (const auto* filter = std::get_if<algebra::Filter>(&pattern->op)) {
    if (algebra::ContainsExists(filter->condition)) return PlanPtr();
    if (LooksAtBoundOnly(filter->condition, *filter->input, outer)) break;
    join_conditions.push_back(filter->condition);
    pattern = filter->input.get();
  }
  if (!JoinEquivalence(outer).Holds(*pattern)) return PlanPtr();
  std::optional<Expression> join_condition;
  if (!join_conditions.empty()) join_condition = Conjunction(std::move(join_conditions));
  algebra::NodePtr rewritten = algebra::Clone(*pattern);
  optimizer::PassContext passes{terms_, variables_};
  optimizer::Optimize(&passes, optimize_, &rewritten);
  return JoinRight(negated ? JoinKind::kAnti : JoinKind::kSemi, std::move(left), *rewritten, std::move(join_condition),
                   wanted_rows);
}

}  // namespace dossier::planner

#include "query/sparql/bind_body.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/status_macros.h"
#include "query/algebra/scope.h"
#include "query/sparql/algebra_builder.h"
#include "query/sparql/bind_expression.h"
#include "query/sparql/bind_group.h"

namespace dossier::sparql {
namespace {

using algebra::MakeNode;
using algebra::NodePtr;
using algebra::Variable;

// Collects the aggregates that the expressions of one SELECT are made of.
class Grouping : public GroupedNames {
 public:
  Grouping(NameScope* scope, algebra::VariableSet keys) : scope_(scope), keys_(std::move(keys)) {}

  Expression ValueOf(const std::string& name) override {
    const Variable variable = scope_->Of(name);
    if (keys_.contains(variable) || columns_.contains(variable)) return Expression::Var(variable);
    if (const auto sampled = samples_.find(variable); sampled != samples_.end()) {
      return Expression::Var(sampled->second);
    }
    Aggregate sample;
    sample.function = AggregateFunction::kSample;
    sample.argument = Expression::Var(variable);
    return Expression::Var(samples_[variable] = Aggregated(std::move(sample)));
  }

  Variable Aggregated(Aggregate aggregate) override {
    aggregate.result = scope_->Fresh("aggregate");
    aggregates_.push_back(std::move(aggregate));
    return aggregates_.back().result;
  }

  // From now on `column`, which is computed of groups, has a value.
  void AddColumn(Variable column) { columns_.insert(column); }

  std::vector<Aggregate> TakeAggregates() { return std::move(aggregates_); }

 private:
  NameScope* const scope_;
  const algebra::VariableSet keys_;
  algebra::VariableSet columns_;
  std::map<Variable, Variable> samples_;
  std::vector<Aggregate> aggregates_;
};

class BodyBinder {
 public:
  BodyBinder(const ast::SelectBody& body, const PatternContext& context, bool all_columns)
      : body_(body), context_(context), all_columns_(all_columns), expressions_(ExpressionsIn(context)) {}

  absl::StatusOr<BoundBody> Bind() {
    DOSSIER_ASSIGN_OR_RETURN(node_, BindGroup(body_.where, context_));
    std::optional<Grouping> grouping;
    std::vector<Variable> keys;
    if (body_.grouped) {
      DOSSIER_RETURN_IF_ERROR(BindKeys(&keys));
      grouping.emplace(context_.scope, algebra::VariableSet(keys.begin(), keys.end()));
      expressions_.groups = &*grouping;
    }
    DOSSIER_RETURN_IF_ERROR(BindProjections(grouping.has_value() ? &*grouping : nullptr));
    if (grouping.has_value()) {
      DOSSIER_RETURN_IF_ERROR(BindHaving());
    }
    DOSSIER_RETURN_IF_ERROR(BindOrder());
    if (grouping.has_value()) Group(std::move(keys), grouping->TakeAggregates());
    return Finish();
  }

 private:
  struct Extension {
    Variable variable;
    Expression value;
  };

  absl::Status BindKeys(std::vector<Variable>* keys) {
    for (const ast::GroupKey& key : body_.group_by) {
      if (key.expression.is_variable() && !key.as.has_value()) {
        keys->push_back(context_.scope->Of(key.expression.name));
        continue;
      }
      DOSSIER_RETURN_IF_ERROR(CountParts(1, key.expression.span, context_));
      DOSSIER_ASSIGN_OR_RETURN(Expression value, BindExpression(key.expression, expressions_));
      keys->push_back(key.as.has_value() ? context_.scope->Of(key.as->name) : context_.scope->Fresh("key"));
      node_ = MakeNode(algebra::Extend{std::move(node_), keys->back(), std::move(value)});
    }
    std::sort(keys->begin(), keys->end());
    keys->erase(std::unique(keys->begin(), keys->end()), keys->end());
    return absl::OkStatus();
  }

  absl::Status BindProjections(Grouping* grouping) {
    const bool looks_at_solution =
        std::any_of(body_.projections.begin(), body_.projections.end(), [](const ast::Projection& projection) {
          return projection.expression.has_value() && LooksAtSolution(*projection.expression);
        });
    if (looks_at_solution) expressions_.solution = context_.scope->Fresh("solution");
    for (const ast::Projection& projection : body_.projections) {
      const std::string& name = projection.variable.name;
      const Variable variable = context_.scope->Of(name);
      AddColumn(name, variable);
      if (!projection.expression.has_value()) continue;
      DOSSIER_RETURN_IF_ERROR(CountParts(1, projection.expression->span, context_));
      DOSSIER_ASSIGN_OR_RETURN(Expression value, BindExpression(*projection.expression, expressions_));
      if (grouping != nullptr) grouping->AddColumn(variable);
      extensions_.push_back({variable, std::move(value)});
    }
    return absl::OkStatus();
  }

  void AddColumn(const std::string& name, Variable variable) {
    const auto same = [&](const auto& column) { return column.second == variable; };
    if (std::none_of(columns_.begin(), columns_.end(), same)) columns_.emplace_back(name, variable);
  }

  absl::Status BindHaving() {
    for (const ast::Expression& condition : body_.having) {
      DOSSIER_ASSIGN_OR_RETURN(Expression bound, BindExpression(condition, expressions_));
      having_.push_back(std::move(bound));
    }
    return absl::OkStatus();
  }

  absl::Status BindOrder() {
    for (const ast::OrderKey& key : body_.order_by) {
      DOSSIER_ASSIGN_OR_RETURN(Expression bound, BindExpression(key.expression, expressions_));
      order_.push_back({std::move(bound), key.descending});
    }
    return absl::OkStatus();
  }

  void Group(std::vector<Variable> keys, std::vector<Aggregate> aggregates) {
    const bool counts_distinct_rows = std::any_of(aggregates.begin(), aggregates.end(), [](const Aggregate& aggregate) {
      return aggregate.function == AggregateFunction::kCountRows && aggregate.distinct;
    });
    if (counts_distinct_rows) {
      // Solutions differ by their named variables only. Keys that have no name follow from those.
      std::vector<Variable> compared = keys;
      for (const auto& [name, variable] : context_.scope->Visible(*node_)) compared.push_back(variable);
      std::sort(compared.begin(), compared.end());
      compared.erase(std::unique(compared.begin(), compared.end()), compared.end());
      node_ = MakeNode(algebra::Project{std::move(node_), std::move(compared)});
    }
    node_ = MakeNode(algebra::Group{std::move(node_), std::move(keys), std::move(aggregates)});
    // HAVING comes before the columns are computed; more than the specification asks, it may use their names.
    if (!HavingUsesColumns()) node_ = FilterBy(std::exchange(having_, {}), std::move(node_));
  }

  bool HavingUsesColumns() const {
    return std::any_of(having_.begin(), having_.end(), [this](const Expression& condition) {
      const algebra::VariableSet referenced = algebra::ReferencedVariables(condition);
      return std::any_of(extensions_.begin(), extensions_.end(),
                         [&](const Extension& extension) { return referenced.contains(extension.variable); });
    });
  }

  absl::StatusOr<BoundBody> Finish() {
    if (body_.values.has_value()) {
      node_ = JoinOf(std::move(node_), MakeNode(BindValues(*body_.values, context_.scope)));
    }
    if (all_columns_) {
      for (const auto& [name, variable] : context_.scope->Visible(*node_)) AddColumn(name, variable);
    }
    if (expressions_.solution.has_value()) {
      node_ = MakeNode(
          algebra::Extend{std::move(node_), *expressions_.solution, Expression::Call(Function::kSolution, {})});
    }
    for (Extension& extension : extensions_) {
      node_ = MakeNode(algebra::Extend{std::move(node_), extension.variable, std::move(extension.value)});
    }
    node_ = FilterBy(std::move(having_), std::move(node_));
    if (!order_.empty()) node_ = MakeNode(algebra::OrderBy{std::move(node_), std::move(order_)});
    std::vector<Variable> variables;
    for (const auto& [name, variable] : columns_) variables.push_back(variable);
    node_ = MakeNode(algebra::Project{std::move(node_), std::move(variables)});
    // REDUCED may keep all duplicates, which is the cheapest.
    if (body_.duplicates == ast::SelectBody::Duplicates::kDistinct)
      node_ = MakeNode(algebra::Distinct{std::move(node_)});
    if (body_.limit.has_value() || body_.offset.value_or(0) > 0) {
      node_ = MakeNode(algebra::Slice{std::move(node_), body_.offset.value_or(0), body_.limit});
    }
    return BoundBody{std::move(node_), std::move(columns_)};
  }

  const ast::SelectBody& body_;
  const PatternContext& context_;
  const bool all_columns_;
  ExpressionContext expressions_;
  NodePtr node_;
  std::vector<std::pair<std::string, Variable>> columns_;
  std::vector<Extension> extensions_;
  std::vector<Expression> having_;
  std::vector<algebra::SortKey> order_;
};

}  // namespace

absl::StatusOr<BoundBody> BindBody(const ast::SelectBody& body, const PatternContext& context, bool all_columns) {
  return BodyBinder(body, context, all_columns).Bind();
}

absl::StatusOr<BoundBody> BindSubSelect(const ast::SelectBody& body, const PatternContext& outer) {
  if (body.star) return BindBody(body, outer, true);
  std::set<std::string> shown;
  for (const ast::Projection& projection : body.projections) shown.insert(projection.variable.name);
  NameScope scope(outer.scope, std::move(shown));
  PatternContext inner = outer;
  inner.scope = &scope;
  return BindBody(body, inner, false);
}

}  // namespace dossier::sparql

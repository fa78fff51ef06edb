#include "query/sparql/parse/scope_check.h"

#include <algorithm>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace dossier::sparql {
namespace {

using ast::Expression;
using VariableNames = absl::flat_hash_set<absl::string_view>;  // Of variables; the views are into the tree.

class ScopeChecker {
 public:
  explicit ScopeChecker(Problems* problems) : problems_(*problems) {}

  // The variables that a solution of the group may bind (section 18.2.1).
  VariableNames CheckGroup(const ast::GroupPattern& group) {
    VariableNames scope;
    for (const ast::Element& element : group.elements) {
      std::visit([&](const auto& part) { Check(part, &scope); }, element.part);
    }
    return scope;
  }

  // The variables of the result. `select`: the body is that of a SELECT, not of another form.
  VariableNames CheckBody(const ast::SelectBody& body, bool select) {
    VariableNames scope = CheckGroup(body.where);
    for (const ast::GroupKey& key : body.group_by) CheckGroupKey(key, scope);
    if (body.grouped) scope = GroupedScope(body);
    if (body.values.has_value()) Check(*body.values, &scope);
    for (const Expression& condition : body.having) CheckExpression(condition, Aggregates::kAllowed);
    for (const ast::OrderKey& key : body.order_by) CheckExpression(key.expression, Aggregates::kAllowed);
    if (body.star && body.grouped && select) {
      // The word SELECT is where the body begins.
      problems_.Add({body.span.begin, body.span.begin + 6},
                    "SELECT * cannot be used with groups or aggregates; name the columns");
    }
    return body.star ? scope : CheckProjections(body, std::move(scope));
  }

 private:
  enum class Aggregates : uint8_t { kAllowed, kForbidden, kNested };

  static VariableNames GroupedScope(const ast::SelectBody& body) {
    VariableNames keys;
    for (const ast::GroupKey& key : body.group_by) {
      if (key.as.has_value()) keys.insert(key.as->name);
      if (key.expression.is_variable()) keys.insert(key.expression.name);
    }
    return keys;
  }

  void CheckGroupKey(const ast::GroupKey& key, const VariableNames& scope) {
    CheckExpression(key.expression, Aggregates::kForbidden);
    if (key.as.has_value()) CheckNew(*key.as, scope, "GROUP BY");
  }

  VariableNames CheckProjections(const ast::SelectBody& body, VariableNames scope) {
    VariableNames columns;
    for (const ast::Projection& column : body.projections) {
      const ast::Variable& variable = column.variable;
      if (column.expression.has_value()) {
        CheckExpression(*column.expression, Aggregates::kAllowed);
        if (body.grouped) CheckGrouped(*column.expression, scope);
        if (columns.contains(variable.name)) {
          problems_.Add(variable.span, absl::StrCat("?", variable.name, " is a column already; choose another name"));
        }
        CheckNew(variable, scope, "SELECT");
        scope.insert(variable.name);
      } else if (body.grouped && !scope.contains(variable.name)) {
        ReportUngrouped(variable.name, variable.span);
      }
      columns.insert(variable.name);
    }
    return columns;
  }

  void CheckNew(const ast::Variable& variable, const VariableNames& scope, absl::string_view clause) {
    if (!scope.contains(variable.name)) return;
    problems_.Add(variable.span, absl::StrCat("?", variable.name, " has a value here already, so ", clause,
                                              " cannot assign it; choose another name"));
  }

  void ReportUngrouped(absl::string_view name, SourceSpan span) {
    problems_.Add(span, absl::StrCat("?", name,
                                     " differs within a group: group by it, or put it into an aggregate such as "
                                     "COUNT or SAMPLE"));
  }

  // Outside aggregates, only what is one value for a group.
  void CheckGrouped(const Expression& expression, const VariableNames& scope) {
    if (expression.kind == Expression::Kind::kAggregate) return;
    if (expression.is_variable() && !scope.contains(expression.name)) ReportUngrouped(expression.name, expression.span);
    for (const Expression& argument : expression.arguments) CheckGrouped(argument, scope);
  }

  void CheckExpression(const Expression& expression, Aggregates aggregates) {
    if (expression.pattern != nullptr) CheckGroup(*expression.pattern);
    if (expression.kind == Expression::Kind::kAggregate) {
      if (aggregates == Aggregates::kNested) {
        problems_.Add(expression.span,
                      "an aggregate cannot stand in another aggregate; a subquery can compute the inner one");
      } else if (aggregates == Aggregates::kForbidden) {
        problems_.Add(expression.span,
                      "an aggregate can stand in SELECT, HAVING and ORDER BY only, where there are groups");
      }
      aggregates = Aggregates::kNested;
    }
    for (const Expression& argument : expression.arguments) CheckExpression(argument, aggregates);
  }

  static void AddVariables(const ast::PatternTerm& term, VariableNames* scope) {
    if (term.is_variable()) scope->insert(term.name);
    for (const ast::PatternTerm& part : term.triple) AddVariables(part, scope);
  }
  void Merge(const VariableNames& names, VariableNames* scope) { scope->insert(names.begin(), names.end()); }

  void Check(const ast::Triples& part, VariableNames* scope) {
    for (const ast::TriplePattern& triple : part.triples) {
      AddVariables(triple.subject, scope);
      if (!triple.path.has_value()) AddVariables(triple.predicate, scope);
      AddVariables(triple.object, scope);
    }
  }
  void Check(const ast::Optional& part, VariableNames* scope) { Merge(CheckGroup(part.group), scope); }
  void Check(const ast::Union& part, VariableNames* scope) {
    for (const ast::GroupPattern& alternative : part.alternatives) Merge(CheckGroup(alternative), scope);
  }
  void Check(const ast::Minus& part, VariableNames* /*scope*/) { CheckGroup(part.group); }
  void Check(const ast::Graph& part, VariableNames* scope) {
    AddVariables(part.graph, scope);
    Merge(CheckGroup(part.group), scope);
  }
  void Check(const ast::Service& part, VariableNames* scope) {
    AddVariables(part.endpoint, scope);
    Merge(CheckGroup(part.group), scope);
  }
  void Check(const ast::Filter& part, VariableNames* /*scope*/) {
    CheckExpression(part.condition, Aggregates::kForbidden);
  }
  void Check(const ast::Bind& part, VariableNames* scope) {
    CheckExpression(part.expression, Aggregates::kForbidden);
    CheckNew(part.variable, *scope, "BIND");
    scope->insert(part.variable.name);
  }
  void Check(const ast::Values& part, VariableNames* scope) {
    for (const ast::Variable& variable : part.variables) scope->insert(variable.name);
  }
  void Check(const ast::Nested& part, VariableNames* scope) { Merge(CheckGroup(part.group), scope); }
  void Check(const std::shared_ptr<const ast::SubSelect>& part, VariableNames* scope) {
    Merge(CheckBody(part->body, /*select=*/true), scope);
  }

  Problems& problems_;
};

}  // namespace

bool HasAggregate(const Expression& expression) {
  return expression.kind == Expression::Kind::kAggregate ||
         std::any_of(expression.arguments.begin(), expression.arguments.end(), HasAggregate);
}

void CheckScopes(const ast::Query& query, Problems* problems) {
  ScopeChecker(problems).CheckBody(query.body, query.form == ast::Query::Form::kSelect);
}

void CheckScopes(const ast::Update& update, Problems* problems) {
  for (const ast::Operation& operation : update.operations) {
    if (const auto* modify = std::get_if<ast::Modify>(&operation.part))
      ScopeChecker(problems).CheckGroup(modify->where);
  }
}

}  // namespace dossier::sparql

#include "query/sparql/bind_group.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/diagnostic.h"
#include "base/status_macros.h"
#include "query/sparql/algebra_builder.h"
#include "query/sparql/bind_body.h"
#include "query/sparql/bind_graph.h"
#include "query/sparql/bind_triples.h"

namespace dossier::sparql {
namespace {

using algebra::MakeNode;
using algebra::NodePtr;
using algebra::Variable;

size_t StepsOf(const ast::Path& path) {
  size_t steps = 1;
  for (const ast::Path& operand : path.operands) steps += StepsOf(operand);
  return steps;
}

size_t PartsOf(const ast::Element& element) {
  if (const auto* triples = std::get_if<ast::Triples>(&element.part)) {
    size_t parts = 0;
    for (const ast::TriplePattern& triple : triples->triples) {
      parts += triple.path.has_value() ? StepsOf(*triple.path) : 1;
    }
    return parts;
  }
  const auto* alternatives = std::get_if<ast::Union>(&element.part);
  return alternatives == nullptr ? 1 : alternatives->alternatives.size();
}

class GroupBinder {
 public:
  explicit GroupBinder(const PatternContext& context) : context_(context) {}

  // The filters, which hold for the whole group, are left to the caller.
  absl::StatusOr<NodePtr> BindElements(const ast::GroupPattern& group, std::vector<Expression>* filters) {
    std::vector<const ast::Expression*> conditions;
    for (const ast::Element& element : group.elements) {
      if (const auto* filter = std::get_if<ast::Filter>(&element.part)) {
        conditions.push_back(&filter->condition);
        continue;
      }
      if (!std::holds_alternative<ast::Bind>(element.part)) solution_.reset();
      span_ = element.span;
      DOSSIER_RETURN_IF_ERROR(CountParts(PartsOf(element), span_, context_));
      DOSSIER_RETURN_IF_ERROR(std::visit([this](const auto& part) { return Add(part); }, element.part));
    }
    for (const ast::Expression* condition : conditions) {
      DOSSIER_ASSIGN_OR_RETURN(Expression bound, BindExpression(*condition, ExpressionsIn(context_)));
      filters->push_back(std::move(bound));
    }
    return std::move(result_);
  }

 private:
  absl::Status Add(const ast::Triples& triples) {
    Join(BindTriples(triples, context_.graph, context_.scope));
    return absl::OkStatus();
  }

  absl::Status Add(const ast::Optional& optional) {
    std::vector<Expression> filters;
    DOSSIER_ASSIGN_OR_RETURN(NodePtr right, GroupBinder(context_).BindElements(optional.group, &filters));
    algebra::LeftJoin join{std::move(result_), std::move(right), std::nullopt};
    if (!filters.empty()) join.condition = AllOf(std::move(filters));
    result_ = MakeNode(std::move(join));
    return absl::OkStatus();
  }

  absl::Status Add(const ast::Union& alternatives) {
    NodePtr all;
    for (const ast::GroupPattern& alternative : alternatives.alternatives) {
      DOSSIER_ASSIGN_OR_RETURN(NodePtr one, BindGroup(alternative, context_));
      all = all == nullptr ? std::move(one) : MakeNode(algebra::Union{std::move(all), std::move(one)});
    }
    Join(std::move(all));
    return absl::OkStatus();
  }

  absl::Status Add(const ast::Minus& minus) {
    DOSSIER_ASSIGN_OR_RETURN(NodePtr right, BindGroup(minus.group, context_));
    result_ = MakeNode(algebra::Minus{std::move(result_), std::move(right)});
    return absl::OkStatus();
  }

  absl::Status Add(const ast::Graph& graph) {
    DOSSIER_ASSIGN_OR_RETURN(NodePtr node, BindGraph(graph, context_));
    Join(std::move(node));
    return absl::OkStatus();
  }

  absl::Status Add(const ast::Service& service) {
    // A silent service that fails is one solution without bindings (SPARQL 1.1 Federated Query, section 3).
    if (service.silent) return absl::OkStatus();
    return DiagnosticError(
        MakeDiagnostic("Dossier asks no other servers: SERVICE works with SILENT only, and then gives nothing",
                       context_.text, span_, {"SERVICE SILENT"}));
  }

  absl::Status Add(const ast::Filter&) { return absl::OkStatus(); }  // See BindElements().

  absl::Status Add(const ast::Bind& bind) {
    if (LooksAtSolution(bind.expression) && !solution_.has_value()) {
      // Neighbouring BINDs speak of the same solution.
      solution_ = context_.scope->Fresh("solution");
      result_ = MakeNode(algebra::Extend{std::move(result_), *solution_, Expression::Call(Function::kSolution, {})});
    }
    ExpressionContext expressions = ExpressionsIn(context_);
    expressions.solution = solution_;
    DOSSIER_ASSIGN_OR_RETURN(Expression value, BindExpression(bind.expression, expressions));
    result_ = MakeNode(algebra::Extend{std::move(result_), context_.scope->Of(bind.variable.name), std::move(value)});
    return absl::OkStatus();
  }

  absl::Status Add(const ast::Values& values) {
    Join(MakeNode(BindValues(values, context_.scope)));
    return absl::OkStatus();
  }

  absl::Status Add(const ast::Nested& nested) {
    DOSSIER_ASSIGN_OR_RETURN(NodePtr node, BindGroup(nested.group, context_));
    Join(std::move(node));
    return absl::OkStatus();
  }

  absl::Status Add(const std::shared_ptr<const ast::SubSelect>& select) {
    DOSSIER_ASSIGN_OR_RETURN(BoundBody body, BindSubSelect(select->body, context_));
    Join(std::move(body.node));
    return absl::OkStatus();
  }

  void Join(NodePtr node) { result_ = JoinOf(std::move(result_), std::move(node)); }

  const PatternContext& context_;
  NodePtr result_ = Unit();
  std::optional<Variable> solution_;
  SourceSpan span_;
};

}  // namespace

absl::Status CountParts(size_t parts, SourceSpan span, const PatternContext& context) {
  *context.parts += parts;
  if (*context.parts <= kMaximumParts) return absl::OkStatus();
  return DiagnosticError(MakeDiagnostic(
      absl::StrCat("the patterns have more than ", kMaximumParts, " parts, which is more than can be planned for"),
      context.text, span, {"VALUES, for many terms in one place of a pattern"}));
}

absl::StatusOr<NodePtr> BindGroup(const ast::GroupPattern& group, const PatternContext& context) {
  std::vector<Expression> filters;
  DOSSIER_ASSIGN_OR_RETURN(NodePtr node, GroupBinder(context).BindElements(group, &filters));
  return FilterBy(std::move(filters), std::move(node));
}

ExpressionContext ExpressionsIn(const PatternContext& context) {
  ExpressionContext expressions;
  expressions.text = context.text;
  expressions.scope = context.scope;
  expressions.bind_pattern = [&context](const ast::GroupPattern& group) { return BindGroup(group, context); };
  return expressions;
}

algebra::Values BindValues(const ast::Values& values, NameScope* scope) {
  algebra::Values table;
  for (const ast::Variable& variable : values.variables) table.variables.push_back(scope->Of(variable.name));
  table.rows = values.rows;
  return table;
}

}  // namespace dossier::sparql

#include "query/sparql/bind_expression.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/diagnostic.h"
#include "base/status_macros.h"
#include "query/expr/function_iri.h"
#include "query/sparql/builtin_function.h"

namespace dossier::sparql {
namespace {

AggregateFunction AggregateOf(const ast::Expression& aggregate) {
  switch (aggregate.aggregate) {
    case ast::AggregateKind::kCount: return aggregate.star ? AggregateFunction::kCountRows : AggregateFunction::kCount;
    case ast::AggregateKind::kSum: return AggregateFunction::kSum;
    case ast::AggregateKind::kMin: return AggregateFunction::kMin;
    case ast::AggregateKind::kMax: return AggregateFunction::kMax;
    case ast::AggregateKind::kAvg: return AggregateFunction::kAvg;
    case ast::AggregateKind::kSample: return AggregateFunction::kSample;
    case ast::AggregateKind::kGroupConcat: return AggregateFunction::kGroupConcat;
  }
  return AggregateFunction::kCount;
}

class ExpressionBinder {
 public:
  explicit ExpressionBinder(const ExpressionContext& context) : context_(context) {}

  absl::StatusOr<Expression> Bind(const ast::Expression& expression) {
    using Kind = ast::Expression::Kind;
    switch (expression.kind) {
      case Kind::kTerm: return Expression::Constant(expression.term);
      case Kind::kVariable:
        if (context_.groups != nullptr && !inside_aggregate_) return context_.groups->ValueOf(expression.name);
        return Expression::Var(context_.scope->Of(expression.name));
      case Kind::kBuiltin: return Builtin(expression);
      case Kind::kCall: return Call(expression);
      case Kind::kExists:
      case Kind::kNotExists: return Exists(expression);
      case Kind::kAggregate: break;
    }
    return AggregateValue(expression);
  }

 private:
  absl::Status Error(std::string message, const ast::Expression& where) const {
    return DiagnosticError(MakeDiagnostic(std::move(message), context_.text, where.span));
  }

  absl::StatusOr<std::vector<Expression>> Arguments(const ast::Expression& call) {
    std::vector<Expression> arguments;
    for (const ast::Expression& argument : call.arguments) {
      DOSSIER_ASSIGN_OR_RETURN(Expression bound, Bind(argument));
      arguments.push_back(std::move(bound));
    }
    return arguments;
  }

  absl::StatusOr<Expression> Builtin(const ast::Expression& call) {
    DOSSIER_ASSIGN_OR_RETURN(std::vector<Expression> arguments, Arguments(call));
    if (call.builtin == ast::Builtin::kIri && !call.base.empty()) {
      arguments.push_back(Expression::Constant(Term::Iri(call.base)));
    }
    if (call.builtin == ast::Builtin::kBNode && !arguments.empty()) {
      arguments.push_back(context_.solution.has_value() ? Expression::Var(*context_.solution)
                                                        : Expression::Call(Function::kSolution, {}));
    }
    return Expression::Call(FunctionOf(call.builtin), std::move(arguments));
  }

  absl::StatusOr<Expression> Call(const ast::Expression& call) {
    if (call.distinct) return Error(absl::StrCat("<", call.name, "> is no aggregate: DISTINCT has no meaning"), call);
    DOSSIER_ASSIGN_OR_RETURN(std::vector<Expression> arguments, Arguments(call));
    absl::StatusOr<Expression> bound = CallByIri(call.name, std::move(arguments));
    if (!bound.ok()) return Error(std::string(bound.status().message()), call);
    return bound;
  }

  absl::StatusOr<Expression> Exists(const ast::Expression& expression) {
    DOSSIER_ASSIGN_OR_RETURN(algebra::NodePtr pattern, context_.bind_pattern(*expression.pattern));
    Expression exists = Expression::Exists(std::move(pattern));
    if (expression.kind == ast::Expression::Kind::kExists) return exists;
    return Expression::Call(Function::kNot, {std::move(exists)});
  }

  absl::StatusOr<Expression> AggregateValue(const ast::Expression& expression) {
    if (context_.groups == nullptr) return Error("an aggregate cannot stand here", expression);
    Aggregate aggregate;
    aggregate.function = AggregateOf(expression);
    aggregate.distinct = expression.distinct;
    if (expression.separator.has_value()) aggregate.separator = *expression.separator;
    if (!expression.arguments.empty()) {
      inside_aggregate_ = true;
      absl::StatusOr<Expression> argument = Bind(expression.arguments[0]);
      inside_aggregate_ = false;
      DOSSIER_RETURN_IF_ERROR(argument.status());
      aggregate.argument = *std::move(argument);
    }
    return Expression::Var(context_.groups->Aggregated(std::move(aggregate)));
  }

  const ExpressionContext& context_;
  bool inside_aggregate_ = false;
};

}  // namespace

absl::StatusOr<Expression> BindExpression(const ast::Expression& expression, const ExpressionContext& context) {
  return ExpressionBinder(context).Bind(expression);
}

bool LooksAtSolution(const ast::Expression& expression) {
  const bool labelled = expression.kind == ast::Expression::Kind::kBuiltin &&
                        expression.builtin == ast::Builtin::kBNode && !expression.arguments.empty();
  return labelled || std::any_of(expression.arguments.begin(), expression.arguments.end(), LooksAtSolution);
}

}  // namespace dossier::sparql

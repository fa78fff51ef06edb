#include "query/sparql/parse/expression_builder.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "query/sparql/ast.h"
#include "query/sparql/parse/function_names.h"
#include "query/sparql/parse/group_builder.h"
#include "rdf/vocabulary.h"

namespace dossier::sparql {
namespace {

using ast::Builtin;
using ast::Expression;

// A sum or product may have this many operands: each is one level of the tree.
constexpr size_t kMaximumOperands = 1000;

Builtin ComparisonOf(SparqlParser::ComparisonContext* context) {
  if (context->EQUAL() != nullptr) return Builtin::kEqual;
  if (context->NOT_EQUAL() != nullptr) return Builtin::kNotEqual;
  if (context->LESS() != nullptr) return Builtin::kLess;
  if (context->GREATER() != nullptr) return Builtin::kGreater;
  return context->LESS_OR_EQUAL() != nullptr ? Builtin::kLessOrEqual : Builtin::kGreaterOrEqual;
}

// The operators of a product: the marks among the children, which stand before each factor but possibly the first.
std::vector<Builtin> Operators(antlr4::ParserRuleContext* context) {
  std::vector<Builtin> operators;
  for (antlr4::tree::ParseTree* child : context->children) {
    auto* const mark = dynamic_cast<antlr4::tree::TerminalNode*>(child);
    if (mark == nullptr) continue;
    const size_t type = mark->getSymbol()->getType();
    if (type == SparqlLexer::STAR) operators.push_back(Builtin::kMultiply);
    if (type == SparqlLexer::SLASH) operators.push_back(Builtin::kDivide);
  }
  return operators;
}

std::string CountOf(const NamedFunction& function) {
  const auto plural = [](size_t n) {
    return absl::StrCat(n == 0 ? "no" : absl::StrCat(n), n == 1 ? " argument" : " arguments");
  };
  if (function.minimum_arguments == function.maximum_arguments) return plural(function.minimum_arguments);
  return absl::StrCat(function.minimum_arguments, " or ", plural(function.maximum_arguments));
}

}  // namespace

Expression ExpressionBuilder::Constant(Term term, SourceSpan span) const {
  Expression expression;
  expression.term = std::move(term);
  expression.span = span;
  return expression;
}

Expression ExpressionBuilder::Call(Builtin builtin, std::vector<Expression> arguments, SourceSpan span) const {
  Expression expression;
  expression.kind = Expression::Kind::kBuiltin;
  expression.builtin = builtin;
  expression.arguments = std::move(arguments);
  expression.span = span;
  if (builtin == Builtin::kIri) expression.base = terms_.names().base();
  return expression;
}

Expression ExpressionBuilder::Binary(Builtin builtin, Expression left, Expression right) const {
  const SourceSpan span = {left.span.begin, right.span.end};
  std::vector<Expression> operands;
  operands.push_back(std::move(left));
  operands.push_back(std::move(right));
  return Call(builtin, std::move(operands), span);
}

Expression ExpressionBuilder::Combine(Builtin builtin, std::vector<Expression> operands) const {
  while (operands.size() > 1) {
    std::vector<Expression> pairs;
    for (size_t i = 0; i + 1 < operands.size(); i += 2) {
      pairs.push_back(Binary(builtin, std::move(operands[i]), std::move(operands[i + 1])));
    }
    if (operands.size() % 2 == 1) pairs.push_back(std::move(operands.back()));
    operands = std::move(pairs);
  }
  return std::move(operands.front());
}

std::vector<Expression> ExpressionBuilder::BuildAll(const std::vector<SparqlParser::ExpressionContext*>& contexts) {
  std::vector<Expression> expressions;
  for (auto* context : contexts) expressions.push_back(Build(context));
  return expressions;
}

Expression ExpressionBuilder::Build(SparqlParser::ExpressionContext* context) {
  std::vector<Expression> operands;
  for (auto* operand : context->andExpression()) operands.push_back(BuildAnd(operand));
  return Combine(Builtin::kOr, std::move(operands));
}

Expression ExpressionBuilder::BuildAnd(SparqlParser::AndExpressionContext* context) {
  std::vector<Expression> operands;
  for (auto* operand : context->comparison()) operands.push_back(BuildComparison(operand));
  return Combine(Builtin::kAnd, std::move(operands));
}

Expression ExpressionBuilder::BuildComparison(SparqlParser::ComparisonContext* context) {
  Expression left = BuildSum(context->sum(0));
  if (context->IN() != nullptr) {
    std::vector<Expression> arguments;
    arguments.push_back(std::move(left));
    for (auto* choice : context->expressionList()->expression()) arguments.push_back(Build(choice));
    return Call(context->NOT() != nullptr ? Builtin::kNotIn : Builtin::kIn, std::move(arguments),
                terms_.SpanOf(context));
  }
  if (context->sum().size() == 1) return left;
  return Binary(ComparisonOf(context), std::move(left), BuildSum(context->sum(1)));
}

Expression ExpressionBuilder::BuildSum(SparqlParser::SumContext* context) {
  Expression sum = BuildProduct(context->product());
  const auto addends = context->addend();
  if (addends.size() > kMaximumOperands) {
    terms_.problems().Add(terms_.SpanOf(addends[kMaximumOperands]),
                          absl::StrCat("a sum may have no more than ", kMaximumOperands, " parts"));
    return sum;
  }
  for (auto* addend : addends) {
    const Builtin builtin = addend->MINUS_SIGN() != nullptr ? Builtin::kSubtract : Builtin::kAdd;
    sum = Binary(builtin, std::move(sum), BuildAddend(addend));
  }
  return sum;
}

Expression ExpressionBuilder::BuildAddend(SparqlParser::AddendContext* context) {
  if (context->product() != nullptr) return BuildProduct(context->product());
  // A number with its sign is added as it is: `?x -1` is ?x + (-1).
  const SourceSpan span = terms_.SpanOf(context->signedNumber());
  return Multiply(Constant(terms_.BuildSignedNumber(context->signedNumber()), span), context->unary(), context);
}

Expression ExpressionBuilder::BuildProduct(SparqlParser::ProductContext* context) {
  auto factors = context->unary();
  Expression first = BuildUnary(factors.front());
  factors.erase(factors.begin());
  return Multiply(std::move(first), factors, context);
}

Expression ExpressionBuilder::Multiply(Expression first, const std::vector<SparqlParser::UnaryContext*>& factors,
                                       antlr4::ParserRuleContext* context) {
  if (factors.empty()) return first;
  if (factors.size() > kMaximumOperands) {
    terms_.problems().Add(terms_.SpanOf(factors[kMaximumOperands]),
                          absl::StrCat("a product may have no more than ", kMaximumOperands, " parts"));
    return first;
  }
  const std::vector<Builtin> operators = Operators(context);
  for (size_t i = 0; i < factors.size(); ++i) {
    first = Binary(operators[i], std::move(first), BuildUnary(factors[i]));
  }
  return first;
}

Expression ExpressionBuilder::BuildUnary(SparqlParser::UnaryContext* context) {
  Expression expression = BuildPrimary(context->primary());
  const SourceSpan span = terms_.SpanOf(context);
  const auto wrap = [&](Builtin builtin) {
    std::vector<Expression> operand;
    operand.push_back(std::move(expression));
    expression = Call(builtin, std::move(operand), span);
  };
  if (context->PLUS_SIGN() != nullptr) wrap(Builtin::kUnaryPlus);
  if (context->MINUS_SIGN() != nullptr) wrap(Builtin::kUnaryMinus);
  // Three negations are one; two are not none, since the result is a boolean.
  const size_t negations = context->BANG().size();
  if (negations > 0) wrap(Builtin::kNot);
  if (negations > 0 && negations % 2 == 0) wrap(Builtin::kNot);
  return expression;
}

Expression ExpressionBuilder::BuildVariable(antlr4::tree::TerminalNode* node) const {
  ast::Variable variable = terms_.BuildVariable(node);
  Expression expression;
  expression.kind = Expression::Kind::kVariable;
  expression.name = std::move(variable.name);
  expression.span = variable.span;
  return expression;
}

Expression ExpressionBuilder::BuildPrimary(SparqlParser::PrimaryContext* context) {
  if (context->expression() != nullptr) return Build(context->expression());
  if (context->call() != nullptr) return BuildCall(context->call());
  if (context->exists() != nullptr) return BuildExists(context->exists());
  if (context->VARIABLE() != nullptr) return BuildVariable(context->VARIABLE());
  if (context->expressionTripleTerm() != nullptr) return BuildTripleTerm(context->expressionTripleTerm());
  const SourceSpan span = terms_.SpanOf(context);
  if (context->literal() != nullptr) return Constant(terms_.BuildLiteral(context->literal()), span);
  return Constant(Term::Iri(terms_.BuildIri(context->iri()).iri), span);
}

Expression ExpressionBuilder::BuildConstraint(SparqlParser::ConstraintContext* context) {
  if (context->expression() != nullptr) return Build(context->expression());
  return context->call() != nullptr ? BuildCall(context->call()) : BuildExists(context->exists());
}

Expression ExpressionBuilder::BuildTripleTerm(SparqlParser::ExpressionTripleTermContext* context) {
  // Subject, verb and object are the children between the brackets.
  std::vector<Expression> parts;
  for (antlr4::tree::ParseTree* child : context->children) {
    if (auto* variable = dynamic_cast<antlr4::tree::TerminalNode*>(child)) {
      if (variable->getSymbol()->getType() == SparqlLexer::VARIABLE) parts.push_back(BuildVariable(variable));
    } else if (auto* iri = dynamic_cast<SparqlParser::IriContext*>(child)) {
      parts.push_back(Constant(Term::Iri(terms_.BuildIri(iri).iri), terms_.SpanOf(iri)));
    } else if (auto* literal = dynamic_cast<SparqlParser::LiteralContext*>(child)) {
      parts.push_back(Constant(terms_.BuildLiteral(literal), terms_.SpanOf(literal)));
    } else if (auto* verb = dynamic_cast<SparqlParser::SimpleVerbContext*>(child)) {
      if (verb->VARIABLE() != nullptr) {
        parts.push_back(BuildVariable(verb->VARIABLE()));
      } else {
        std::string iri = verb->iri() != nullptr ? terms_.BuildIri(verb->iri()).iri : std::string(rdf::kType);
        parts.push_back(Constant(Term::Iri(std::move(iri)), terms_.SpanOf(verb)));
      }
    } else if (auto* inner = dynamic_cast<SparqlParser::ExpressionTripleTermContext*>(child)) {
      parts.push_back(BuildTripleTerm(inner));
    }
  }
  return Call(Builtin::kTriple, std::move(parts), terms_.SpanOf(context));
}

Expression ExpressionBuilder::BuildExists(SparqlParser::ExistsContext* context) {
  Expression expression;
  expression.kind = context->NOT() != nullptr ? Expression::Kind::kNotExists : Expression::Kind::kExists;
  expression.pattern = std::make_shared<ast::GroupPattern>(groups_.BuildInner(context->group()));
  expression.span = terms_.SpanOf(context);
  return expression;
}

Expression ExpressionBuilder::BuildCall(SparqlParser::CallContext* context) {
  if (context->WORD() != nullptr) return BuildNamedCall(context);
  SparqlParser::ArgumentsContext* const arguments = context->arguments();
  Expression expression;
  expression.kind = Expression::Kind::kCall;
  expression.name = terms_.BuildIri(context->iri()).iri;
  expression.distinct = arguments->DISTINCT() != nullptr;
  expression.arguments = BuildAll(arguments->expression());
  expression.span = terms_.SpanOf(context);
  if (arguments->STAR() != nullptr || arguments->separator() != nullptr) {
    terms_.problems().Add(terms_.SpanOf(arguments), "only COUNT takes a \"*\", and only GROUP_CONCAT a SEPARATOR");
  }
  return expression;
}

Expression ExpressionBuilder::BuildNamedCall(SparqlParser::CallContext* context) {
  const absl::string_view name = terms_.TextOf(context->WORD());
  if (const NamedAggregate* const aggregate = FindAggregate(name)) return BuildAggregate(aggregate->kind, context);
  const NamedFunction* const function = FindFunction(name);
  SparqlParser::ArgumentsContext* const arguments = context->arguments();
  const SourceSpan span = terms_.SpanOf(context);
  if (function == nullptr) {
    terms_.problems().Add(terms_.SpanOf(context->WORD()), absl::StrCat("there is no function ", name),
                          FunctionsLike(name));
    return Constant(Term(), span);
  }
  const size_t count = arguments->expression().size();
  if (arguments->DISTINCT() != nullptr || arguments->STAR() != nullptr || arguments->separator() != nullptr) {
    terms_.problems().Add(terms_.SpanOf(arguments),
                          absl::StrCat("\"*\", DISTINCT and SEPARATOR belong into aggregates such as COUNT; ",
                                       function->name, " is none"));
  } else if (count < function->minimum_arguments || count > function->maximum_arguments) {
    terms_.problems().Add(span, absl::StrCat(function->name, " takes ", CountOf(*function), ", here ",
                                             count == 1 ? "is " : "are ", count));
  }
  Expression call = Call(function->function, BuildAll(arguments->expression()), span);
  if (function->function == Builtin::kBound && count == 1 && !call.arguments.front().is_variable()) {
    terms_.problems().Add(call.arguments.front().span, "BOUND asks about a variable, such as BOUND(?x)");
  }
  return call;
}

Expression ExpressionBuilder::BuildAggregate(ast::AggregateKind kind, SparqlParser::CallContext* context) {
  SparqlParser::ArgumentsContext* const arguments = context->arguments();
  Expression expression;
  expression.kind = Expression::Kind::kAggregate;
  expression.aggregate = kind;
  expression.distinct = arguments->DISTINCT() != nullptr;
  expression.star = arguments->STAR() != nullptr;
  expression.arguments = BuildAll(arguments->expression());
  expression.span = terms_.SpanOf(context);
  if (arguments->separator() != nullptr) {
    expression.separator = terms_.BuildString(arguments->separator()->string());
  }
  const absl::string_view name = terms_.TextOf(context->WORD());
  if (expression.star && kind != ast::AggregateKind::kCount) {
    terms_.problems().Add(expression.span, absl::StrCat("only COUNT takes a \"*\", ", name, " needs an expression"));
  } else if (!expression.star && expression.arguments.size() != 1) {
    terms_.problems().Add(expression.span,
                          absl::StrCat(name, " takes one argument, here are ", expression.arguments.size()));
  } else if (expression.separator.has_value() && kind != ast::AggregateKind::kGroupConcat) {
    terms_.problems().Add(terms_.SpanOf(arguments->separator()), "only GROUP_CONCAT takes a SEPARATOR");
  }
  return expression;
}

}  // namespace dossier::sparql

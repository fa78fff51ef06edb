// Expressions from the parse tree.
#pragma once

#include <vector>

#include "query/sparql/ast_expression.h"
#include "query/sparql/parse/antlr.h"
#include "query/sparql/parse/term_builder.h"

namespace dossier::sparql {

class GroupBuilder;

class ExpressionBuilder {
 public:
  // `groups` builds the patterns of EXISTS, and outlives this.
  ExpressionBuilder(TermBuilder* terms, GroupBuilder* groups) : terms_(*terms), groups_(*groups) {}

  ast::Expression Build(SparqlParser::ExpressionContext* context);
  ast::Expression BuildConstraint(SparqlParser::ConstraintContext* context);
  ast::Expression BuildCall(SparqlParser::CallContext* context);
  ast::Expression BuildVariable(antlr4::tree::TerminalNode* node) const;

 private:
  ast::Expression BuildAnd(SparqlParser::AndExpressionContext* context);
  ast::Expression BuildComparison(SparqlParser::ComparisonContext* context);
  ast::Expression BuildSum(SparqlParser::SumContext* context);
  ast::Expression BuildAddend(SparqlParser::AddendContext* context);
  ast::Expression BuildProduct(SparqlParser::ProductContext* context);
  ast::Expression BuildUnary(SparqlParser::UnaryContext* context);
  ast::Expression BuildPrimary(SparqlParser::PrimaryContext* context);
  ast::Expression BuildTripleTerm(SparqlParser::ExpressionTripleTermContext* context);
  ast::Expression BuildExists(SparqlParser::ExistsContext* context);
  ast::Expression BuildNamedCall(SparqlParser::CallContext* context);
  ast::Expression BuildAggregate(ast::AggregateKind kind, SparqlParser::CallContext* context);
  // first * second / third ...: `operators` are the children of `context` between operands.
  ast::Expression Multiply(ast::Expression first, const std::vector<SparqlParser::UnaryContext*>& factors,
                           antlr4::ParserRuleContext* context);

  ast::Expression Constant(Term term, SourceSpan span) const;
  ast::Expression Call(ast::Builtin builtin, std::vector<ast::Expression> arguments, SourceSpan span) const;
  ast::Expression Binary(ast::Builtin builtin, ast::Expression left, ast::Expression right) const;
  // A balanced tree, as deep as it must be.
  ast::Expression Combine(ast::Builtin builtin, std::vector<ast::Expression> operands) const;
  std::vector<ast::Expression> BuildAll(const std::vector<SparqlParser::ExpressionContext*>& contexts);

  TermBuilder& terms_;
  GroupBuilder& groups_;
};

}  // namespace dossier::sparql

#include "query/sparql/parse/select_builder.h"

#include <cstdint>
#include <limits>
#include <utility>

#include "absl/strings/numbers.h"
#include "query/sparql/parse/scope_check.h"

namespace dossier::sparql {

ast::SelectBody SelectBuilder::BuildSubSelect(SparqlParser::SubSelectContext* context) {
  ast::SelectBody body;
  body.span = terms_.SpanOf(context);
  ReadClause(context->selectClause(), &body);
  body.where = groups_.Build(context->whereClause()->group());
  ReadModifiers(context->solutionModifier(), &body);
  if (context->valuesClause() != nullptr) body.values = groups_.BuildValues(context->valuesClause()->dataBlock());
  return body;
}

void SelectBuilder::ReadClause(SparqlParser::SelectClauseContext* context, ast::SelectBody* body) {
  using Duplicates = ast::SelectBody::Duplicates;
  if (context->DISTINCT() != nullptr) body->duplicates = Duplicates::kDistinct;
  if (context->REDUCED() != nullptr) body->duplicates = Duplicates::kReduced;
  body->star = context->STAR() != nullptr;
  for (SparqlParser::ProjectionContext* column : context->projection()) {
    ast::Projection projection{terms_.BuildVariable(column->VARIABLE()), std::nullopt};
    if (column->expression() != nullptr) projection.expression = expressions_.Build(column->expression());
    body->projections.push_back(std::move(projection));
  }
}

ast::GroupKey SelectBuilder::BuildGroupKey(SparqlParser::GroupConditionContext* context) {
  ast::GroupKey key;
  if (context->call() != nullptr) {
    key.expression = expressions_.BuildCall(context->call());
  } else if (context->expression() != nullptr) {
    key.expression = expressions_.Build(context->expression());
    if (context->AS() != nullptr) key.as = terms_.BuildVariable(context->VARIABLE());
  } else {
    key.expression = expressions_.BuildVariable(context->VARIABLE());
  }
  return key;
}

ast::OrderKey SelectBuilder::BuildOrderKey(SparqlParser::OrderConditionContext* context) {
  if (context->constraint() != nullptr) return {expressions_.BuildConstraint(context->constraint()), false};
  if (context->VARIABLE() != nullptr) return {expressions_.BuildVariable(context->VARIABLE()), false};
  return {expressions_.Build(context->expression()), context->DESC() != nullptr};
}

uint64_t SelectBuilder::BuildCount(antlr4::tree::TerminalNode* number) const {
  uint64_t count = 0;
  return absl::SimpleAtoi(terms_.TextOf(number), &count) ? count : std::numeric_limits<uint64_t>::max();
}

void SelectBuilder::ReadModifiers(SparqlParser::SolutionModifierContext* context, ast::SelectBody* body) {
  if (context->groupClause() != nullptr) {
    for (auto* key : context->groupClause()->groupCondition()) body->group_by.push_back(BuildGroupKey(key));
  }
  if (context->havingClause() != nullptr) {
    for (auto* condition : context->havingClause()->constraint()) {
      body->having.push_back(expressions_.BuildConstraint(condition));
    }
  }
  if (context->orderClause() != nullptr) {
    for (auto* key : context->orderClause()->orderCondition()) body->order_by.push_back(BuildOrderKey(key));
  }
  body->grouped = !body->group_by.empty() || !body->having.empty();
  for (const ast::Projection& column : body->projections) {
    body->grouped |= column.expression.has_value() && HasAggregate(*column.expression);
  }
  for (const ast::OrderKey& key : body->order_by) body->grouped |= HasAggregate(key.expression);
  if (context->limitClause() != nullptr) body->limit = BuildCount(context->limitClause()->INTEGER());
  if (context->offsetClause() != nullptr) body->offset = BuildCount(context->offsetClause()->INTEGER());
}

}  // namespace dossier::sparql

// The body of a SELECT (and what other queries share with it) from the parse tree.
#pragma once

#include "query/sparql/ast.h"
#include "query/sparql/parse/antlr.h"
#include "query/sparql/parse/group_builder.h"

namespace dossier::sparql {

class SelectBuilder {
 public:
  explicit SelectBuilder(GroupBuilder* groups)
      : groups_(*groups), terms_(groups->terms()), expressions_(groups->expressions()) {}

  ast::SelectBody BuildSubSelect(SparqlParser::SubSelectContext* context);
  void ReadClause(SparqlParser::SelectClauseContext* context, ast::SelectBody* body);
  // REQUIRES: the clause has been read, if there is one.
  void ReadModifiers(SparqlParser::SolutionModifierContext* context, ast::SelectBody* body);

 private:
  ast::GroupKey BuildGroupKey(SparqlParser::GroupConditionContext* context);
  ast::OrderKey BuildOrderKey(SparqlParser::OrderConditionContext* context);
  // Numbers over what 64 bits hold are as good as the largest.
  uint64_t BuildCount(antlr4::tree::TerminalNode* number) const;

  GroupBuilder& groups_;
  TermBuilder& terms_;
  ExpressionBuilder& expressions_;
};

}  // namespace dossier::sparql

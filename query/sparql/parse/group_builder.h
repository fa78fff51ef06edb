// Group graph patterns and their elements from the parse tree.
#pragma once

#include <memory>
#include <vector>

#include "query/sparql/ast.h"
#include "query/sparql/parse/antlr.h"
#include "query/sparql/parse/expression_builder.h"
#include "query/sparql/parse/term_builder.h"
#include "query/sparql/parse/triples_builder.h"

namespace dossier::sparql {

class GroupBuilder {
 public:
  explicit GroupBuilder(TermBuilder* terms) : terms_(*terms), expressions_(terms, this), triples_(terms) {}

  ast::GroupPattern Build(SparqlParser::GroupContext* context);
  // A group inside an expression: the basic graph pattern around it goes on behind it.
  ast::GroupPattern BuildInner(SparqlParser::GroupContext* context);
  ast::Values BuildValues(SparqlParser::DataBlockContext* context);

  TermBuilder& terms() { return terms_; }
  ExpressionBuilder& expressions() { return expressions_; }
  TriplesBuilder& triples() { return triples_; }

 private:
  ast::Element BuildElement(SparqlParser::ElementContext* context);
  ast::Element BuildSubSelect(SparqlParser::SubSelectContext* context);
  std::optional<Term> BuildDataValue(SparqlParser::DataValueContext* context);
  Term BuildDataTripleTerm(SparqlParser::DataTripleTermContext* context);

  TermBuilder& terms_;
  ExpressionBuilder expressions_;
  TriplesBuilder triples_;
};

}  // namespace dossier::sparql

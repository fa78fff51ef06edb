// Whole queries and updates from the parse tree.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "query/sparql/ast.h"
#include "query/sparql/parse/antlr.h"
#include "query/sparql/parse/group_builder.h"
#include "query/sparql/parse/problem.h"
#include "query/sparql/parse/source_text.h"
#include "query/sparql/parse/term_builder.h"

namespace dossier::sparql {

class QueryBuilder {
 public:
  QueryBuilder(const SourceText& source, absl::string_view base, Problems* problems)
      : terms_(source, base, problems), groups_(&terms_) {}

  ast::Query Build(SparqlParser::QueryUnitContext* context);

 private:
  void ReadSelect(SparqlParser::SelectQueryContext* context, ast::Query* query);
  void ReadConstruct(SparqlParser::ConstructQueryContext* context, ast::Query* query);
  void ReadDescribe(SparqlParser::DescribeQueryContext* context, ast::Query* query);
  void ReadAsk(SparqlParser::AskQueryContext* context, ast::Query* query);
  ast::DatasetClause BuildDataset(const std::vector<SparqlParser::DatasetClauseContext*>& clauses);
  // CONSTRUCT WHERE { ... }: the triples are pattern and template.
  void ReadPatternAsTemplate(SparqlParser::BracedTriplesContext* context, ast::Query* query);

  TermBuilder terms_;
  GroupBuilder groups_;
};

class UpdateBuilder {
 public:
  UpdateBuilder(const SourceText& source, absl::string_view base, Problems* problems)
      : terms_(source, base, problems), groups_(&terms_) {}

  ast::Update Build(SparqlParser::UpdateUnitContext* context);

 private:
  // What may not stand in the triples of an operation.
  struct Limits {
    absl::string_view operation;  // As messages name it.
    bool variables = true;
    bool blank_nodes = true;
  };

  ast::Operation BuildOperation(SparqlParser::OperationContext* context);
  ast::Modify BuildModify(SparqlParser::ModifyContext* context);
  ast::Modify BuildDeleteWhere(SparqlParser::QuadsContext* context);
  ast::InsertData BuildInsertData(SparqlParser::QuadsContext* context);
  ast::GraphReference BuildTarget(SparqlParser::GraphTargetContext* context);
  ast::GraphReference BuildGraphOrDefault(SparqlParser::GraphOrDefaultContext* context);
  std::vector<ast::TemplateQuad> BuildTemplate(SparqlParser::QuadsContext* context, const Limits& limits);
  std::vector<Quad> BuildData(SparqlParser::QuadsContext* context, const Limits& limits);
  void AppendQuads(SparqlParser::TriplesContext* context, const std::optional<ast::PatternTerm>& graph,
                   const Limits& limits, std::vector<ast::TemplateQuad>* quads);
  void Check(const ast::PatternTerm& term, const Limits& limits);
  // A term without variables; literals as subjects are problems.
  Term BuildGround(const ast::PatternTerm& term, bool subject);

  TermBuilder terms_;
  GroupBuilder groups_;
  std::vector<std::string> labels_;                   // Of blank nodes in this INSERT DATA.
  absl::flat_hash_set<std::string> inserted_labels_;  // Of those in earlier ones.
};

}  // namespace dossier::sparql

#include <utility>

#include "query/sparql/parse/request_builder.h"
#include "query/sparql/parse/select_builder.h"

namespace dossier::sparql {

ast::Query QueryBuilder::Build(SparqlParser::QueryUnitContext* context) {
  ast::Query query;
  for (SparqlParser::ExplainContext* explain : context->explain()) {
    query.explain = explain->ANALYZE() != nullptr ? ast::Query::Explain::kAnalyze : ast::Query::Explain::kPlan;
  }
  terms_.ReadPrologue(context->prologue());
  query.prefixes = terms_.names().prefixes();
  SparqlParser::QueryContext* const body = context->query();
  query.body.star = true;
  query.body.span = terms_.SpanOf(body);
  if (body->selectQuery() != nullptr) ReadSelect(body->selectQuery(), &query);
  if (body->constructQuery() != nullptr) ReadConstruct(body->constructQuery(), &query);
  if (body->describeQuery() != nullptr) ReadDescribe(body->describeQuery(), &query);
  if (body->askQuery() != nullptr) ReadAsk(body->askQuery(), &query);
  if (body->valuesClause() != nullptr) query.body.values = groups_.BuildValues(body->valuesClause()->dataBlock());
  return query;
}

void QueryBuilder::ReadSelect(SparqlParser::SelectQueryContext* context, ast::Query* query) {
  query->form = ast::Query::Form::kSelect;
  SelectBuilder select(&groups_);
  select.ReadClause(context->selectClause(), &query->body);
  query->dataset = BuildDataset(context->datasetClause());
  query->body.where = groups_.Build(context->whereClause()->group());
  select.ReadModifiers(context->solutionModifier(), &query->body);
}

void QueryBuilder::ReadConstruct(SparqlParser::ConstructQueryContext* context, ast::Query* query) {
  query->form = ast::Query::Form::kConstruct;
  query->dataset = BuildDataset(context->datasetClause());
  if (context->whereClause() == nullptr) {
    ReadPatternAsTemplate(context->bracedTriples(), query);
  } else {
    if (context->bracedTriples()->triples() != nullptr) {
      groups_.triples().AppendTemplate(context->bracedTriples()->triples(), &query->construct);
    }
    terms_.blank_nodes().ForgetLabels();
    query->body.where = groups_.Build(context->whereClause()->group());
  }
  SelectBuilder(&groups_).ReadModifiers(context->solutionModifier(), &query->body);
}

void QueryBuilder::ReadPatternAsTemplate(SparqlParser::BracedTriplesContext* context, ast::Query* query) {
  query->body.where.span = terms_.SpanOf(context);
  if (context->triples() == nullptr) return;
  groups_.triples().AppendTemplate(context->triples(), &query->construct);
  ast::Triples pattern;
  for (const ast::TemplateTriple& triple : query->construct) {
    pattern.triples.push_back({triple.subject, triple.predicate, std::nullopt, triple.object, triple.span});
  }
  query->body.where.elements.push_back({std::move(pattern), terms_.SpanOf(context->triples())});
}

void QueryBuilder::ReadDescribe(SparqlParser::DescribeQueryContext* context, ast::Query* query) {
  query->form = ast::Query::Form::kDescribe;
  query->body.star = context->STAR() != nullptr;
  for (auto* resource : context->varOrIri()) query->describe.push_back(terms_.VarOrIriTerm(resource));
  query->dataset = BuildDataset(context->datasetClause());
  if (context->whereClause() != nullptr) query->body.where = groups_.Build(context->whereClause()->group());
  SelectBuilder(&groups_).ReadModifiers(context->solutionModifier(), &query->body);
}

void QueryBuilder::ReadAsk(SparqlParser::AskQueryContext* context, ast::Query* query) {
  query->form = ast::Query::Form::kAsk;
  query->dataset = BuildDataset(context->datasetClause());
  query->body.where = groups_.Build(context->whereClause()->group());
  SelectBuilder(&groups_).ReadModifiers(context->solutionModifier(), &query->body);
}

ast::DatasetClause QueryBuilder::BuildDataset(const std::vector<SparqlParser::DatasetClauseContext*>& clauses) {
  ast::DatasetClause dataset;
  for (auto* clause : clauses) {
    auto& graphs = clause->NAMED() != nullptr ? dataset.named_graphs : dataset.default_graphs;
    graphs.push_back(terms_.BuildIri(clause->iri()));
  }
  return dataset;
}

}  // namespace dossier::sparql

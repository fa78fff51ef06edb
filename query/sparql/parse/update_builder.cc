#include <utility>

#include "absl/strings/str_cat.h"
#include "query/sparql/parse/request_builder.h"

namespace dossier::sparql {

ast::Update UpdateBuilder::Build(SparqlParser::UpdateUnitContext* context) {
  ast::Update update;
  const antlr4::Token* separator = nullptr;  // A semicolon that no operation has followed yet.
  for (antlr4::tree::ParseTree* child : context->children) {
    if (auto* prologue = dynamic_cast<SparqlParser::PrologueContext*>(child)) {
      terms_.ReadPrologue(prologue);
    } else if (auto* operation = dynamic_cast<SparqlParser::OperationContext*>(child)) {
      update.operations.push_back(BuildOperation(operation));
      separator = nullptr;
    } else if (auto* mark = dynamic_cast<antlr4::tree::TerminalNode*>(child)) {
      if (mark->getSymbol()->getType() != SparqlLexer::SEMICOLON) continue;
      if (separator != nullptr) {
        terms_.problems().Add(terms_.SpanOf(mark), "there is no operation between this \";\" and the one before it");
      }
      separator = mark->getSymbol();
    }
  }
  return update;
}

ast::Operation UpdateBuilder::BuildOperation(SparqlParser::OperationContext* context) {
  terms_.blank_nodes().ForgetLabels();
  ast::Operation result;
  result.span = terms_.SpanOf(context);
  if (auto* load = dynamic_cast<SparqlParser::LoadContext*>(context)) {
    ast::Load part{load->SILENT() != nullptr, terms_.BuildIri(load->iri(0)), std::nullopt};
    if (load->INTO() != nullptr) part.into = terms_.BuildIri(load->iri(1));
    result.part = std::move(part);
  } else if (auto* clear = dynamic_cast<SparqlParser::ClearContext*>(context)) {
    const bool silent = clear->SILENT() != nullptr;
    ast::GraphReference target = BuildTarget(clear->graphTarget());
    if (clear->CLEAR() != nullptr) {
      result.part = ast::Clear{silent, std::move(target)};
    } else {
      result.part = ast::Drop{silent, std::move(target)};
    }
  } else if (auto* create = dynamic_cast<SparqlParser::CreateContext*>(context)) {
    result.part = ast::Create{create->SILENT() != nullptr, terms_.BuildIri(create->iri())};
  } else if (auto* transfer = dynamic_cast<SparqlParser::TransferContext*>(context)) {
    const bool silent = transfer->SILENT() != nullptr;
    ast::GraphReference from = BuildGraphOrDefault(transfer->graphOrDefault(0));
    ast::GraphReference to = BuildGraphOrDefault(transfer->graphOrDefault(1));
    if (transfer->ADD() != nullptr) {
      result.part = ast::Add{silent, std::move(from), std::move(to)};
    } else if (transfer->MOVE() != nullptr) {
      result.part = ast::Move{silent, std::move(from), std::move(to)};
    } else {
      result.part = ast::Copy{silent, std::move(from), std::move(to)};
    }
  } else if (auto* insert = dynamic_cast<SparqlParser::InsertDataContext*>(context)) {
    result.part = BuildInsertData(insert->quads());
  } else if (auto* remove = dynamic_cast<SparqlParser::DeleteDataContext*>(context)) {
    result.part = ast::DeleteData{
        BuildData(remove->quads(), {.operation = "DELETE DATA", .variables = false, .blank_nodes = false})};
  } else if (auto* where = dynamic_cast<SparqlParser::DeleteWhereContext*>(context)) {
    result.part = BuildDeleteWhere(where->quads());
  } else if (auto* modify = dynamic_cast<SparqlParser::ModifyContext*>(context)) {
    result.part = BuildModify(modify);
  }
  return result;
}

ast::GraphReference UpdateBuilder::BuildTarget(SparqlParser::GraphTargetContext* context) {
  using Kind = ast::GraphReference::Kind;
  if (context->iri() != nullptr) return {Kind::kGraph, terms_.BuildIri(context->iri())};
  if (context->NAMED() != nullptr) return {Kind::kAllNamed, {}};
  return {context->ALL() != nullptr ? Kind::kAll : Kind::kDefault, {}};
}

ast::GraphReference UpdateBuilder::BuildGraphOrDefault(SparqlParser::GraphOrDefaultContext* context) {
  using Kind = ast::GraphReference::Kind;
  if (context->iri() != nullptr) return {Kind::kGraph, terms_.BuildIri(context->iri())};
  return {Kind::kDefault, {}};
}

ast::InsertData UpdateBuilder::BuildInsertData(SparqlParser::QuadsContext* context) {
  labels_.clear();
  ast::InsertData data{BuildData(context, {.operation = "INSERT DATA", .variables = false})};
  inserted_labels_.insert(labels_.begin(), labels_.end());
  return data;
}

ast::Modify UpdateBuilder::BuildModify(SparqlParser::ModifyContext* context) {
  ast::Modify modify;
  if (context->WITH() != nullptr) modify.with = terms_.BuildIri(context->iri());
  if (context->deleteClause() != nullptr) {
    modify.deletions = BuildTemplate(context->deleteClause()->quads(), {.operation = "DELETE", .blank_nodes = false});
  }
  if (context->insertClause() != nullptr) {
    modify.insertions = BuildTemplate(context->insertClause()->quads(), {.operation = "INSERT"});
  }
  for (SparqlParser::UsingClauseContext* clause : context->usingClause()) {
    auto& graphs = clause->NAMED() != nullptr ? modify.using_clause.named_graphs : modify.using_clause.default_graphs;
    graphs.push_back(terms_.BuildIri(clause->iri()));
  }
  terms_.blank_nodes().ForgetLabels();
  modify.where = groups_.Build(context->group());
  return modify;
}

ast::Modify UpdateBuilder::BuildDeleteWhere(SparqlParser::QuadsContext* context) {
  ast::Modify modify;
  modify.deletions = BuildTemplate(context, {.operation = "DELETE WHERE", .blank_nodes = false});
  modify.where.span = terms_.SpanOf(context);
  // The pattern: neighbouring triples of one graph stay together.
  const ast::PatternTerm* graph = nullptr;
  ast::Triples* triples = nullptr;
  const auto same_graph = [&graph](const ast::TemplateQuad& quad) {
    if (!quad.graph.has_value() || graph == nullptr) return !quad.graph.has_value() && graph == nullptr;
    return quad.graph->span == graph->span;
  };
  for (const ast::TemplateQuad& quad : modify.deletions) {
    const ast::TemplateTriple& triple = quad.triple;
    if (triples == nullptr || !same_graph(quad)) {
      ast::Element element{ast::Triples(), triple.span};
      graph = quad.graph.has_value() ? &*quad.graph : nullptr;
      if (graph != nullptr) {
        ast::GroupPattern group;
        group.span = triple.span;
        group.elements.push_back(std::move(element));
        element = {ast::Graph{*graph, std::move(group)}, triple.span};
      }
      modify.where.elements.push_back(std::move(element));
      ast::Element& added = modify.where.elements.back();
      triples = &std::get<ast::Triples>(graph != nullptr ? std::get<ast::Graph>(added.part).group.elements[0].part
                                                         : added.part);
    }
    triples->triples.push_back({triple.subject, triple.predicate, std::nullopt, triple.object, triple.span});
  }
  return modify;
}

std::vector<ast::TemplateQuad> UpdateBuilder::BuildTemplate(SparqlParser::QuadsContext* context, const Limits& limits) {
  std::vector<ast::TemplateQuad> quads;
  for (antlr4::tree::ParseTree* child : context->children) {
    if (auto* triples = dynamic_cast<SparqlParser::TriplesContext*>(child)) {
      AppendQuads(triples, std::nullopt, limits, &quads);
    } else if (auto* of_graph = dynamic_cast<SparqlParser::QuadsOfGraphContext*>(child)) {
      const ast::PatternTerm graph = terms_.VarOrIriTerm(of_graph->varOrIri());
      Check(graph, limits);
      if (of_graph->bracedTriples()->triples() != nullptr) {
        AppendQuads(of_graph->bracedTriples()->triples(), graph, limits, &quads);
      }
    }
  }
  return quads;
}

void UpdateBuilder::AppendQuads(SparqlParser::TriplesContext* context, const std::optional<ast::PatternTerm>& graph,
                                const Limits& limits, std::vector<ast::TemplateQuad>* quads) {
  std::vector<ast::TemplateTriple> triples;
  groups_.triples().AppendTemplate(context, &triples);
  for (ast::TemplateTriple& triple : triples) {
    Check(triple.subject, limits);
    Check(triple.predicate, limits);
    Check(triple.object, limits);
    quads->push_back({std::move(triple), graph});
  }
}

void UpdateBuilder::Check(const ast::PatternTerm& term, const Limits& limits) {
  for (const ast::PatternTerm& part : term.triple) Check(part, limits);
  if (term.is_variable() && !limits.variables) {
    terms_.problems().Add(term.span,
                          absl::StrCat(limits.operation, " lists triples as they are, so it cannot have the variable ?",
                                       term.name, "; with WHERE it can"));
  }
  if (term.is_blank_node() && !limits.variables && limits.blank_nodes) {
    labels_.push_back(term.name);
    if (inserted_labels_.contains(term.name)) {
      terms_.problems().Add(term.span,
                            absl::StrCat("the label _:", term.name,
                                         " was used in an earlier INSERT DATA, "
                                         "whose blank nodes cannot be spoken of again; choose another label"));
    }
  }
  if (term.is_blank_node() && !limits.blank_nodes) {
    terms_.problems().Add(term.span, absl::StrCat(limits.operation,
                                                  " cannot have blank nodes, not even those that brackets, lists "
                                                  "and reified triples stand for: none of them is in the data; "
                                                  "find the node with a variable in WHERE"));
  }
}

std::vector<Quad> UpdateBuilder::BuildData(SparqlParser::QuadsContext* context, const Limits& limits) {
  std::vector<Quad> quads;
  for (const ast::TemplateQuad& quad : BuildTemplate(context, limits)) {
    if (terms_.problems().first().has_value()) break;
    Quad ground{BuildGround(quad.triple.subject, /*subject=*/true), BuildGround(quad.triple.predicate, false),
                BuildGround(quad.triple.object, false), std::nullopt};
    if (quad.graph.has_value()) ground.graph = BuildGround(*quad.graph, false);
    quads.push_back(std::move(ground));
  }
  return quads;
}

Term UpdateBuilder::BuildGround(const ast::PatternTerm& term, bool subject) {
  switch (term.kind) {
    case ast::PatternTerm::Kind::kTripleTerm: {
      if (subject) terms_.problems().Add(term.span, "a triple term cannot be the subject of a triple in the data");
      Term inner_subject = BuildGround(term.triple[0], /*subject=*/true);
      if (!inner_subject.is_iri() && !inner_subject.is_blank_node()) return Term();
      return Term::TripleTerm(
          {std::move(inner_subject), BuildGround(term.triple[1], false), BuildGround(term.triple[2], false)});
    }
    case ast::PatternTerm::Kind::kBlankNode: return Term::BlankNode(term.name);
    default: break;
  }
  if (subject && term.term.is_literal()) {
    terms_.problems().Add(term.span, "a literal cannot be the subject of a triple");
  }
  return term.term;
}

}  // namespace dossier::sparql

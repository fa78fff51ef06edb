#include "query/sparql/bind_template.h"

#include <utility>

#include "query/algebra/scope.h"
#include "query/sparql/triple_term.h"

namespace dossier::sparql {
namespace {

TemplateTerm Place(const ast::PatternTerm& term, NameScope* scope) {
  TemplateTerm place;
  if (std::optional<Term> constant = ConstantTerm(term); constant.has_value()) {
    place.term = *std::move(constant);
  } else if (term.is_variable()) {
    place.kind = TemplateTerm::Kind::kVariable;
    place.variable = scope->Of(term.name);
  } else if (term.is_blank_node()) {
    place.kind = TemplateTerm::Kind::kBlankNode;
    place.label = term.name;
  } else {
    place.kind = TemplateTerm::Kind::kTripleTerm;
    for (const ast::PatternTerm& part : term.triple) place.parts.push_back(Place(part, scope));
  }
  return place;
}

TemplateQuad QuadOf(const ast::TemplateTriple& triple, NameScope* scope) {
  return {Place(triple.subject, scope), Place(triple.predicate, scope), Place(triple.object, scope), std::nullopt};
}

void AddVariables(const TemplateTerm& term, algebra::VariableSet* variables) {
  if (term.kind == TemplateTerm::Kind::kVariable) variables->insert(term.variable);
  for (const TemplateTerm& part : term.parts) AddVariables(part, variables);
}

}  // namespace

std::vector<TemplateQuad> BindTemplate(const std::vector<ast::TemplateQuad>& quads,
                                       const std::optional<Term>& default_graph, NameScope* scope) {
  std::vector<TemplateQuad> bound;
  for (const ast::TemplateQuad& quad : quads) {
    bound.push_back(QuadOf(quad.triple, scope));
    if (quad.graph.has_value()) {
      bound.back().graph = Place(*quad.graph, scope);
    } else if (default_graph.has_value()) {
      bound.back().graph.emplace().term = *default_graph;
    }
  }
  return bound;
}

std::vector<TemplateQuad> BindTemplate(const std::vector<ast::TemplateTriple>& triples, NameScope* scope) {
  std::vector<TemplateQuad> bound;
  for (const ast::TemplateTriple& triple : triples) bound.push_back(QuadOf(triple, scope));
  return bound;
}

std::vector<algebra::Variable> TemplateVariables(const std::vector<TemplateQuad>& quads) {
  algebra::VariableSet variables;
  for (const TemplateQuad& quad : quads) {
    for (const TemplateTerm* place : {&quad.subject, &quad.predicate, &quad.object}) AddVariables(*place, &variables);
    if (quad.graph.has_value()) AddVariables(*quad.graph, &variables);
  }
  return {variables.begin(), variables.end()};
}

}  // namespace dossier::sparql

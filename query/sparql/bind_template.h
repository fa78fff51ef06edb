// Templates of CONSTRUCT, DELETE and INSERT with the variables of the pattern that fills them.
#pragma once

#include <optional>
#include <vector>

#include "query/sparql/ast.h"
#include "query/sparql/bound_query.h"
#include "query/sparql/name_scope.h"

namespace dossier::sparql {

// `default_graph`: where quads go that name no graph; nullopt for the default graph.
std::vector<TemplateQuad> BindTemplate(const std::vector<ast::TemplateQuad>& quads,
                                       const std::optional<Term>& default_graph, NameScope* scope);
std::vector<TemplateQuad> BindTemplate(const std::vector<ast::TemplateTriple>& triples, NameScope* scope);

// Every variable of `quads`, each once.
std::vector<algebra::Variable> TemplateVariables(const std::vector<TemplateQuad>& quads);

}  // namespace dossier::sparql

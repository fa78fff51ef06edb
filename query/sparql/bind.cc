#include "query/sparql/bind.h"

#include <set>
#include <utility>

#include "base/status_macros.h"
#include "query/sparql/bind_body.h"
#include "query/sparql/bind_group.h"
#include "query/sparql/bind_template.h"
#include "query/sparql/dataset_scope.h"
#include "query/sparql/name_scope.h"

namespace dossier::sparql {
namespace {

using algebra::MakeNode;
using algebra::NodePtr;
using algebra::Variable;

NodePtr Only(std::vector<Variable> variables, NodePtr node) {
  return MakeNode(algebra::Project{std::move(node), std::move(variables)});
}

// The variables to be described; constants are described whatever the solutions are.
std::vector<Variable> BindDescribe(const ast::Query& query, const BoundBody& body, NameScope* scope,
                                   std::vector<algebra::PatternTerm>* described) {
  std::vector<Variable> variables;
  if (query.describe.empty()) {
    for (const auto& [name, variable] : body.columns) variables.push_back(variable);
    described->assign(variables.begin(), variables.end());
    return variables;
  }
  std::set<std::string> seen;
  for (const ast::PatternTerm& term : query.describe) {
    if (!term.is_variable()) {
      described->emplace_back(term.term);
    } else if (seen.insert(term.name).second) {
      variables.push_back(scope->Of(term.name));
      described->emplace_back(variables.back());
    }
  }
  return variables;
}

// All graphs that a query may look into.
algebra::GraphSelector GraphsOf(const DatasetScope& dataset) {
  using Kind = algebra::GraphSelector::Kind;
  algebra::GraphSelector graphs;
  graphs.kind = dataset.restricted && dataset.default_graph.kind != Kind::kAll ? Kind::kSome : Kind::kAll;
  if (graphs.kind == Kind::kAll) return graphs;
  graphs.graphs = dataset.named_graphs;
  if (dataset.default_graph.kind == Kind::kNamed) graphs.graphs.push_back(std::get<Term>(dataset.default_graph.graph));
  graphs.graphs.insert(graphs.graphs.end(), dataset.default_graph.graphs.begin(), dataset.default_graph.graphs.end());
  return graphs;
}

}  // namespace

absl::StatusOr<BoundQuery> BindQuery(const ast::Query& query, absl::string_view text) {
  BoundQuery bound;
  bound.form = query.form;
  bound.explain = query.explain;
  bound.prefixes = query.prefixes;
  const DatasetScope dataset = MakeDatasetScope(query.dataset);
  NameScope scope(&bound.algebra.variables);
  size_t parts = 0;
  const PatternContext context = {text, &dataset, &bound.algebra.variables, &scope, dataset.default_graph, &parts};
  const bool all_columns = query.body.star || query.form != ast::Query::Form::kSelect;
  DOSSIER_ASSIGN_OR_RETURN(BoundBody body, BindBody(query.body, context, all_columns));
  switch (query.form) {
    case ast::Query::Form::kSelect:
      for (auto& [name, variable] : body.columns) bound.columns.push_back(std::move(name));
      bound.algebra.root = std::move(body.node);
      break;
    case ast::Query::Form::kAsk:
      bound.algebra.root = MakeNode(algebra::Slice{Only({}, std::move(body.node)), 0, 1});
      break;
    case ast::Query::Form::kConstruct:
      bound.construct = BindTemplate(query.construct, &scope);
      bound.algebra.root = Only(TemplateVariables(bound.construct), std::move(body.node));
      break;
    case ast::Query::Form::kDescribe: {
      bound.described_graphs = GraphsOf(dataset);
      std::vector<Variable> variables = BindDescribe(query, body, &scope, &bound.describe);
      bound.algebra.root = Only(std::move(variables), std::move(body.node));
      break;
    }
  }
  return bound;
}

absl::StatusOr<BoundModify> BindModify(const ast::Modify& modify, absl::string_view text) {
  BoundModify bound;
  DatasetScope dataset = MakeDatasetScope(modify.using_clause);
  std::optional<Term> with;
  if (modify.with.has_value()) {
    with = Term::Iri(modify.with->iri);
    if (modify.using_clause.empty()) {
      dataset.default_graph.kind = algebra::GraphSelector::Kind::kNamed;
      dataset.default_graph.graph = *with;
    }
  }
  NameScope scope(&bound.where.variables);
  size_t parts = 0;
  const PatternContext context = {text, &dataset, &bound.where.variables, &scope, dataset.default_graph, &parts};
  DOSSIER_ASSIGN_OR_RETURN(NodePtr where, BindGroup(modify.where, context));
  bound.deletions = BindTemplate(modify.deletions, with, &scope);
  bound.insertions = BindTemplate(modify.insertions, with, &scope);
  std::vector<TemplateQuad> all = bound.deletions;
  all.insert(all.end(), bound.insertions.begin(), bound.insertions.end());
  bound.where.root = Only(TemplateVariables(all), std::move(where));
  return bound;
}

}  // namespace dossier::sparql

#include "query/sparql/dataset_scope.h"

#include <algorithm>
#include <utility>

#include "query/sparql/algebra_builder.h"
#include "rdf/vocabulary.h"

namespace dossier::sparql {
namespace {

using algebra::GraphSelector;
using algebra::MakeNode;
using algebra::NodePtr;

void AddOnce(const std::string& iri, std::vector<Term>* graphs) {
  Term graph = Term::Iri(iri);
  if (std::find(graphs->begin(), graphs->end(), graph) == graphs->end()) graphs->push_back(std::move(graph));
}

NodePtr AnyTripleIn(algebra::PatternTerm graph, algebra::VariableTable* variables) {
  algebra::Pattern pattern;
  pattern.subject = variables->Fresh("subject");
  pattern.predicate = variables->Fresh("predicate");
  pattern.object = variables->Fresh("object");
  pattern.graph.kind = GraphSelector::Kind::kNamed;
  pattern.graph.graph = std::move(graph);
  return MakeNode(algebra::Bgp{{std::move(pattern)}});
}

}  // namespace

DatasetScope MakeDatasetScope(const ast::DatasetClause& clause) {
  DatasetScope dataset;
  if (clause.empty()) return dataset;
  bool all = false;
  std::vector<Term> merged;
  for (const ast::Iri& graph : clause.default_graphs) {
    all = all || graph.iri == vocab::kAllGraphs;
    AddOnce(graph.iri, &merged);
  }
  for (const ast::Iri& graph : clause.named_graphs) AddOnce(graph.iri, &dataset.named_graphs);
  dataset.restricted = !(all && clause.default_graphs.size() == 1 && clause.named_graphs.empty());
  if (all) {
    dataset.default_graph.kind = GraphSelector::Kind::kAll;
  } else if (merged.size() == 1) {
    dataset.default_graph.kind = GraphSelector::Kind::kNamed;
    dataset.default_graph.graph = std::move(merged[0]);
  } else {
    dataset.default_graph.kind = GraphSelector::Kind::kSome;
    dataset.default_graph.graphs = std::move(merged);
  }
  return dataset;
}

NodePtr NamedGraphs(const DatasetScope& dataset, algebra::Variable graph, algebra::VariableTable* variables) {
  if (dataset.restricted) {
    algebra::Values table;
    table.variables.push_back(graph);
    for (const Term& name : dataset.named_graphs) table.rows.push_back({name});
    return MakeNode(std::move(table));
  }
  NodePtr triples = AnyTripleIn(graph, variables);
  return MakeNode(algebra::Distinct{MakeNode(algebra::Project{std::move(triples), {graph}})});
}

NodePtr IfGraphExists(const DatasetScope& dataset, const Term& graph, algebra::VariableTable* variables) {
  if (dataset.restricted) {
    const auto& named = dataset.named_graphs;
    return std::find(named.begin(), named.end(), graph) == named.end() ? Nothing() : Unit();
  }
  return MakeNode(algebra::Slice{MakeNode(algebra::Project{AnyTripleIn(graph, variables), {}}), 0, 1});
}

}  // namespace dossier::sparql

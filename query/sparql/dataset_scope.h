// Where the patterns of a query look: the dataset that FROM, FROM NAMED, USING and WITH make of the store
// (SPARQL section 13.2), and the graph that a GRAPH clause has chosen.
#pragma once

#include <string>
#include <vector>

#include "query/algebra/node.h"
#include "query/sparql/ast.h"

namespace dossier::sparql {

struct DatasetScope {
  algebra::GraphSelector default_graph;
  // With `restricted`, these named graphs are there, and no others; each of them, even if it has no triples.
  bool restricted = false;
  std::vector<Term> named_graphs;
};

// `FROM <urn:dossier:vocabulary:allGraphs>` stands for the default graph and every named graph, merged; and if no other
// graph is named, GRAPH sees all named graphs.
DatasetScope MakeDatasetScope(const ast::DatasetClause& clause);

// A table of the dataset's named graphs: one column, `graph`.
algebra::NodePtr NamedGraphs(const DatasetScope& dataset, algebra::Variable graph, algebra::VariableTable* variables);

// One solution without bindings if `graph` is in the dataset, else none.
algebra::NodePtr IfGraphExists(const DatasetScope& dataset, const Term& graph, algebra::VariableTable* variables);

}  // namespace dossier::sparql

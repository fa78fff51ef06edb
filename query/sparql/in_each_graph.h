// A pattern evaluated in one named graph after the other, as one piece of algebra.
#pragma once

#include "query/algebra/node.h"
#include "query/sparql/dataset_scope.h"

namespace dossier::sparql {

// `node` looks into the graph that `graph` stands for. The result has, for each named graph, the solutions that `node`
// has there, and `graph` bound in each of them: operators that compare or count rows do so graph by graph.
algebra::NodePtr InEachGraph(algebra::NodePtr node, algebra::Variable graph, const DatasetScope& dataset,
                             algebra::VariableTable* variables);

}  // namespace dossier::sparql

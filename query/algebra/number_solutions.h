// BNODE("label") gives the same blank node wherever it stands in the expressions of one solution, and another one in
// every other solution. So the solutions are numbered where such expressions begin, and each call is told the number.
#pragma once

#include "query/algebra/node.h"

namespace dossier::algebra {

// Gives every kBlankNode with one argument its second one. Expressions that follow each other over the same rows (of
// Extend, Filter and OrderBy) share a number; what is in scope stays the same.
void NumberSolutions(NodePtr* node, VariableTable* variables);

}  // namespace dossier::algebra

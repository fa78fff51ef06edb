// The rewritings of the algebra, one per file. Each keeps the meaning of the tree; optimizer.cc says in which order
// they run and why.
#pragma once

#include "query/algebra/node.h"
#include "query/term_space.h"

namespace dossier::optimizer {

struct PassContext {
  TermSpace* terms = nullptr;
  algebra::VariableTable* variables = nullptr;  // For new variables.
};

// Names the columns wherever whole rows are compared or counted, so that variables that later passes make up do not
// take part.
void FixScopes(PassContext* context, algebra::NodePtr* node);

// Property paths without repetition become patterns, joins and unions.
void ExpandPaths(PassContext* context, algebra::NodePtr* node);

// Patterns that may match `rdf:reifies` triples look into the claims as well.
void ExpandReifications(PassContext* context, algebra::NodePtr* node);

// Conjuncts of filters move down to where all their variables are bound.
void PushFilters(PassContext* context, algebra::NodePtr* node);

// A variable that a filter sets equal to a term is replaced by it in the patterns below.
void SubstituteConstants(PassContext* context, algebra::NodePtr* node);

// Limits move below operators that keep the number of rows, and into both sides of unions.
void PushLimits(PassContext* context, algebra::NodePtr* node);

}  // namespace dossier::optimizer

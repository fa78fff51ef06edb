// Rewrites the algebra of a query into an equal one that is cheaper to run.
#pragma once

#include "query/algebra/node.h"
#include "query/optimizer/passes.h"

namespace dossier::optimizer {

// Runs the passes on `*node`. With `optimize` false only those without which the query cannot be planned. The patterns
// of EXISTS stay as they are: values may have to be put into them first.
void Optimize(PassContext* context, bool optimize, algebra::NodePtr* node);

}  // namespace dossier::optimizer

// One name for what were two variables.
#pragma once

#include "query/algebra/node.h"

namespace dossier::algebra {

// Puts `to` wherever `from` stands in `node`, patterns of EXISTS included. When `to` occurs in `node` already, the two
// become one: whoever calls makes sure that this keeps the meaning.
void RenameVariable(Variable from, Variable to, Node* node);

}  // namespace dossier::algebra

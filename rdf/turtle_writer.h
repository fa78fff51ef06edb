// Turtle and TriG for people: a block per subject, blank nodes in brackets and lists in parentheses where nothing else
// refers to them, reifiers at the triples that they reify.
#pragma once

#include <string>
#include <vector>

#include "rdf/quad.h"
#include "rdf/turtle_names.h"

namespace dossier {

// The statements of all graphs of `quads`, the default graph first, the others as blocks of TriG; prefixes go through
// `names`. The text has no prefix declarations of its own.
std::string TurtleStatements(const std::vector<Quad>& quads, TurtleNames* names);

}  // namespace dossier

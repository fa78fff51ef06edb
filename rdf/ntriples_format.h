// Terms as canonical N-Triples text (https://www.w3.org/TR/rdf12-n-triples/#canonical-ntriples): the form in which
// terms are shown in messages, written to N-Triples and N-Quads, and stored in the dictionary.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "rdf/quad.h"
#include "rdf/term.h"

namespace dossier {

void AppendNTriples(const Term& term, std::string* text);

// One statement in canonical N-Quads (N-Triples when it has no graph), with " .\n".
void AppendStatement(const Quad& quad, std::string* text);

// The escapes of the canonical form: \b \t \n \f \r \" \\ and \uXXXX for other controls and U+FFFE, U+FFFF; all else as
// it is.
void AppendEscapedLiteral(absl::string_view lexical, std::string* text);

}  // namespace dossier

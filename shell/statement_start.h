// Where one statement of a script ends because the next line begins another: by the words that statements begin with.
#pragma once

#include "absl/strings/string_view.h"

namespace dossier {

// Whether a line of a script begins a statement of its own and cannot be meant as the next line of one that is not
// ended yet: `who ...`, `in which year ...`, `assert ...`, `.mode csv`, SPARQL. Words that go on (`and`, `in 2018`,
// `where ?x ...`, names) do not. "who met Putin" is taken to begin one, though it could be a relative clause.
bool StartsStatement(absl::string_view line);

}  // namespace dossier

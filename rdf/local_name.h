// The end of an IRI as words: what an entity or relation is called when nobody gave it a label.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "rdf/term.h"

namespace dossier {

// "http://x.org/ns#birthPlace" reads "birth place", ".../Kim_Jong-un" reads "Kim Jong-un". Blank nodes and literals
// give their label and text.
std::string LocalName(const Term& term);
std::string LocalNameOfIri(absl::string_view iri);

}  // namespace dossier

// IRIs as they stand in code, and so without a string of their own, as terms.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "rdf/term.h"

namespace dossier::ask {

inline Term Iri(absl::string_view iri) { return Term::Iri(std::string(iri)); }

}  // namespace dossier::ask

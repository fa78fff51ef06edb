// What the grammar of SPARQL lets stand behind the beginning of a request, for completion.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace dossier::sparql {

struct Expectation {
  std::vector<std::string> keywords;  // In capitals; with the second word where there is but one: "ORDER BY".
  bool variable = false;
  bool iri = false;        // An IRI or prefixed name.
  bool predicate = false;  // In the place of one, where `a` may stand too.
  bool type = false;       // The object of rdf:type: a class is likely.
  bool function = false;
  bool prefix = false;                 // The name of a prefix that is declared here.
  std::string declared;                // The IRI of this prefix (without colon) comes next, if not empty.
  std::vector<std::string> variables;  // Those the text names, without marks, in the order of their appearance.
  std::vector<std::pair<std::string, std::string>> prefixes;  // Those it declares, and their IRIs.
};

// `text` ends before the word that is sought. Nothing is expected inside comments and strings, and behind mistakes.
Expectation ExpectBehind(absl::string_view text);

// The names of all functions and aggregates, as the specification spells them.
std::vector<std::string> FunctionNames();

}  // namespace dossier::sparql

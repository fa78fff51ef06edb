// Escapes in strings, IRIs and prefixed names (SPARQL 1.2 section 19.2 and the grammar's ECHAR and PN_LOCAL_ESC).
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace dossier::sparql {

struct EscapeProblem {
  std::string message;
  size_t begin = 0;  // The bytes of the escape within the text that was given.
  size_t end = 0;
};

// Appends `body` (a string without its quotes) to `result` with \n, \" and the like and code points resolved.
std::optional<EscapeProblem> UnescapeString(absl::string_view body, std::string* result);

// Likewise for an IRI without its brackets, where only code points can be escaped, and must be such as IRIs may have.
std::optional<EscapeProblem> UnescapeIri(absl::string_view body, std::string* result);

// The local part of a prefixed name without its backslashes.
std::string UnescapeLocalName(absl::string_view local);

}  // namespace dossier::sparql

// IRIs: resolution of references against a base (RFC 3986 section 5), and the checks that RDF's syntaxes ask for.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace dossier {

// Has a scheme: `http://a/`, `urn:x`. (RFC 3986: letter, then letters, digits, "+", "-", "."; then ":".)
bool IsAbsoluteIri(absl::string_view iri);

// No character that an IRIREF of Turtle and N-Triples forbids: controls, blanks, <>"{}|^`\ .
bool HasOnlyIriCharacters(absl::string_view iri);

// Resolves `reference` against the absolute IRI `base`, with dot segments removed; nothing else is normalised.
std::string ResolveIri(absl::string_view base, absl::string_view reference);

// `path` (absolute) as a file: IRI, with what an IRI forbids percent-encoded.
std::string FileIri(absl::string_view path);

}  // namespace dossier

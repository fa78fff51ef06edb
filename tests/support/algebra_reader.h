// Reads algebra as ToString prints it, so that tests can state queries as text.
//
// Besides what is printed, `:name` stands for <http://example.org/name>, bare numbers for integers and decimals, and
// the datatypes of XML Schema may be written `"2023"^^xsd:gYear`. Property paths in place of a link: (seq ...), (alt
// ...), (inverse p), (zero-or-more p), (one-or-more p), (zero-or-one p), (not p ...).
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "query/algebra/node.h"
#include "rdf/quad.h"

namespace dossier {

// InvalidArgument tells what was expected where.
absl::StatusOr<algebra::Query> ReadAlgebra(absl::string_view text);

// Quads as `(quad s p o)`, `(claim s p o r)`, each perhaps in `(graph g ...)`. `(repeat N ...)` gives its contents N
// times, with `{}` replaced by 0 to N-1 and `{/K}` by a K-th of it.
absl::StatusOr<std::vector<Quad>> ReadQuads(absl::string_view text);

}  // namespace dossier

// Writing RDF 1.2: N-Triples and N-Quads in canonical form, Turtle and TriG for people (prefixes, one block per
// subject, reifiers and annotations in their compact forms).
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "rdf/ntriples_format.h"  // AppendStatement, for streaming exports.
#include "rdf/quad.h"
#include "rdf/reader.h"

namespace dossier {

struct WriterOptions {
  // Prefix (without ":") and namespace. Turtle and TriG use those that occur.
  std::vector<std::pair<std::string, std::string>> prefixes;
};

// rdf, rdfs, xsd, owl, skos, schema, prov, edtf, dossier.
std::vector<std::pair<std::string, std::string>> CommonPrefixes();

// Takes a piece of the text; an error ends the writing, which returns it.
using TextSink = absl::FunctionRef<absl::Status(absl::string_view)>;

// Writes `quads` in `format` (not RDF/XML: Unimplemented). Turtle and N-Triples hold no graphs: a quad in a named graph
// is an InvalidArgument there. Turtle and TriG group by subject, so they need all quads at once; the line formats write
// in the given order.
absl::Status WriteRdf(const std::vector<Quad>& quads, RdfFormat format, const WriterOptions& options, TextSink sink);

// The same as one string.
absl::StatusOr<std::string> WriteRdfText(const std::vector<Quad>& quads, RdfFormat format,
                                         const WriterOptions& options);

}  // namespace dossier

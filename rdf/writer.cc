#include "rdf/writer.h"

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "rdf/turtle_names.h"
#include "rdf/turtle_writer.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

// Text is handed over in pieces of about this size.
constexpr size_t kPiece = 64 * 1024;

absl::Status WriteLines(const std::vector<Quad>& quads, TextSink sink) {
  std::string piece;
  for (const Quad& quad : quads) {
    AppendStatement(quad, &piece);
    if (piece.size() < kPiece) continue;
    DOSSIER_RETURN_IF_ERROR(sink(piece));
    piece.clear();
  }
  return piece.empty() ? absl::OkStatus() : sink(piece);
}

}  // namespace

std::vector<std::pair<std::string, std::string>> CommonPrefixes() {
  return {{"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
          {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
          {"xsd", std::string(xsd::kPrefix)},
          {"owl", "http://www.w3.org/2002/07/owl#"},
          {"skos", "http://www.w3.org/2004/02/skos/core#"},
          {"schema", "https://schema.org/"},
          {"prov", "http://www.w3.org/ns/prov#"},
          {"edtf", std::string(edtf::kEdtf)},  // The datatype itself: `"2023"^^edtf:`.
          {"dossier", std::string(vocab::kPrefix)}};
}

absl::Status WriteRdf(const std::vector<Quad>& quads, RdfFormat format, const WriterOptions& options, TextSink sink) {
  if (format == RdfFormat::kRdfXml) return absl::UnimplementedError("RDF/XML is read, but not written");
  if (format == RdfFormat::kNTriples || format == RdfFormat::kTurtle) {
    for (const Quad& quad : quads) {
      if (!quad.graph.has_value()) continue;
      return absl::InvalidArgumentError(
          absl::StrCat("this format holds no graphs such as ", quad.graph->ToString(), "; write N-Quads or TriG"));
    }
  }
  if (IsLineFormat(format)) return WriteLines(quads, sink);
  TurtleNames names(options.prefixes);
  const std::string statements = TurtleStatements(quads, &names);
  const std::string header = names.Header();
  if (!header.empty()) DOSSIER_RETURN_IF_ERROR(sink(absl::StrCat(header, statements.empty() ? "" : "\n")));
  return statements.empty() ? absl::OkStatus() : sink(statements);
}

absl::StatusOr<std::string> WriteRdfText(const std::vector<Quad>& quads, RdfFormat format,
                                         const WriterOptions& options) {
  std::string text;
  DOSSIER_RETURN_IF_ERROR(WriteRdf(quads, format, options, [&text](absl::string_view piece) {
    absl::StrAppend(&text, piece);
    return absl::OkStatus();
  }));
  return text;
}

}  // namespace dossier

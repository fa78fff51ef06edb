// Reading RDF 1.2 (and 1.1) as a stream: N-Triples, N-Quads, Turtle, TriG, RDF/XML. Memory stays bounded by the largest
// statement, not by the file.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "rdf/input.h"
#include "rdf/quad.h"

namespace dossier {

enum class RdfFormat { kNTriples, kNQuads, kTurtle, kTriG, kRdfXml };

// By the extension before `.gz` or `.zst`: .nt .nq .ttl .trig .rdf .owl .xml; nullopt for others.
std::optional<RdfFormat> DetectFormat(absl::string_view path);

// N-Triples and N-Quads: every line stands for itself.
inline bool IsLineFormat(RdfFormat format) { return format == RdfFormat::kNTriples || format == RdfFormat::kNQuads; }

// A line that was skipped.
struct Reject {
  size_t line = 0;    // 1-based.
  size_t column = 0;  // 1-based, in code points.
  std::string reason;
  std::string line_text;
};

struct ReaderOptions {
  // Relative IRIs of document formats are resolved against it; without one they are errors.
  std::string base;
  // The file's name in diagnostics.
  std::string source;
  // Put before every blank node label, so that `_:a` of two files are two nodes: give each file its own, ending in a
  // character that the others' do not go on with ("f1_", "f2_"). Must be the begin of a blank node label, or empty.
  std::string blank_node_prefix;
  // Where the triples of the default graph go; none leaves them there.
  std::optional<Term> default_graph;
  // For line formats: when set, a bad line is skipped and reported here; else it ends the reading with an error.
  std::function<void(const Reject&)> on_reject;
};

// Gets one quad after the other; an error ends the reading, which returns it.
using QuadSink = absl::FunctionRef<absl::Status(Quad&&)>;

// Reads all of `input`. A syntax error is an InvalidArgument with a Diagnostic (file, line, column, line text); quads
// before it have gone to the sink already. Triple terms and reifiers arrive as plain quads with rdf:reifies.
absl::Status ReadRdf(Input* input, RdfFormat format, const ReaderOptions& options, QuadSink sink);

// The same for text in memory.
absl::Status ReadRdfText(absl::string_view text, RdfFormat format, const ReaderOptions& options, QuadSink sink);

// The same for a file; an empty `options.base` or `options.source` become the file's URL and path.
absl::Status ReadRdfFile(const std::string& path, const ReaderOptions& options, QuadSink sink);

}  // namespace dossier

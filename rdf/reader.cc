#include "rdf/reader.h"

#include <array>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/diagnostic.h"
#include "base/status_macros.h"
#include "base/utf8.h"
#include "rdf/iri.h"
#include "rdf/line_chunks.h"
#include "rdf/line_parser.h"
#include "rdf/line_reject.h"
#include "rdf/rdf_xml.h"
#include "rdf/turtle_parser.h"

namespace dossier {
namespace {

constexpr size_t kLineChunk = size_t{1} << 20U;
constexpr size_t kLongestShownLine = 400;

struct Extension {
  absl::string_view suffix;
  RdfFormat format;
};

constexpr std::array<Extension, 7> kExtensions = {{
    {".nt", RdfFormat::kNTriples},
    {".nq", RdfFormat::kNQuads},
    {".ttl", RdfFormat::kTurtle},
    {".trig", RdfFormat::kTriG},
    {".rdf", RdfFormat::kRdfXml},
    {".owl", RdfFormat::kRdfXml},
    {".xml", RdfFormat::kRdfXml},
}};

// The line as far as it is worth showing, in whole and valid characters.
std::string ShownLine(absl::string_view line) {
  const absl::string_view shown = CodePointPrefix(line.substr(0, 4 * kLongestShownLine), kLongestShownLine);
  return std::string(shown.substr(0, FindInvalidUtf8(shown)));
}

absl::Status ReadChunk(LineParser* parser, const ReaderOptions& options, QuadSink sink) {
  RawQuad raw;
  while (true) {
    switch (parser->Next(&raw)) {
      case LineParser::Result::kEnd: return absl::OkStatus();
      case LineParser::Result::kError: {
        const Reject reject = MakeReject(*parser);
        if (!options.on_reject) return RejectError(reject, options.source);
        options.on_reject(reject);
        break;
      }
      case LineParser::Result::kQuad: {
        Quad quad = MakeQuad(raw, options.blank_node_prefix);
        if (!raw.has_graph) quad.graph = options.default_graph;
        DOSSIER_RETURN_IF_ERROR(sink(std::move(quad)));
      }
    }
  }
}

absl::Status ReadLines(Input* input, bool with_graphs, const ReaderOptions& options, QuadSink sink) {
  LineChunks chunks(input, kLineChunk);
  std::string chunk;
  size_t line = 1;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, chunks.Next(&chunk));
    if (!more) return absl::OkStatus();
    LineParser parser(chunk, with_graphs, line);
    DOSSIER_RETURN_IF_ERROR(ReadChunk(&parser, options, sink));
    line = parser.line();
  }
}

}  // namespace

Reject MakeReject(const LineParser& parser) {
  return {parser.line(), parser.column(), parser.reason(), ShownLine(parser.line_text())};
}

absl::Status RejectError(const Reject& reject, const std::string& source) {
  Diagnostic diagnostic;
  diagnostic.message = reject.reason;
  diagnostic.source = source;
  diagnostic.line = reject.line;
  diagnostic.column = reject.column;
  if (reject.column <= kLongestShownLine) diagnostic.line_text = reject.line_text;
  return DiagnosticError(diagnostic);
}

std::optional<RdfFormat> DetectFormat(absl::string_view path) {
  for (const absl::string_view compression : {".gz", ".zst"}) {
    if (absl::EndsWithIgnoreCase(path, compression)) path.remove_suffix(compression.size());
  }
  for (const Extension& extension : kExtensions) {
    if (absl::EndsWithIgnoreCase(path, extension.suffix)) return extension.format;
  }
  return std::nullopt;
}

absl::Status ReadRdf(Input* input, RdfFormat format, const ReaderOptions& options, QuadSink sink) {
  switch (format) {
    case RdfFormat::kNTriples: return ReadLines(input, /*with_graphs=*/false, options, sink);
    case RdfFormat::kNQuads: return ReadLines(input, /*with_graphs=*/true, options, sink);
    case RdfFormat::kTurtle: return TurtleParser(input, /*trig=*/false, options, sink).Parse();
    case RdfFormat::kTriG: return TurtleParser(input, /*trig=*/true, options, sink).Parse();
    case RdfFormat::kRdfXml: return ReadRdfXml(input, options, sink);
  }
  return absl::InternalError("unknown format");
}

absl::Status ReadRdfText(absl::string_view text, RdfFormat format, const ReaderOptions& options, QuadSink sink) {
  const std::unique_ptr<Input> input = TextInput(text);
  return ReadRdf(input.get(), format, options, sink);
}

absl::Status ReadRdfFile(const std::string& path, const ReaderOptions& options, QuadSink sink) {
  const std::optional<RdfFormat> format = DetectFormat(path);
  if (!format.has_value()) {
    return absl::InvalidArgumentError(absl::StrCat(path,
                                                   ": the format is not known by the extension; known are .nt .nq .ttl "
                                                   ".trig .rdf .owl .xml, also with .gz or .zst"));
  }
  ReaderOptions file_options = options;
  if (file_options.source.empty()) file_options.source = path;
  if (file_options.base.empty()) {
    std::error_code error;
    const std::filesystem::path absolute = std::filesystem::absolute(path, error);
    if (!error) file_options.base = FileIri(absolute.lexically_normal().string());
  }
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<Input> input, OpenInput(path));
  return ReadRdf(input.get(), *format, file_options, sink);
}

}  // namespace dossier

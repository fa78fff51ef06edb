// N-Triples and N-Quads: what is read can be written and read again as the same; one bad line does not touch the
// others; what is N-Triples is Turtle too.
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "rdf/line_parser.h"
#include "rdf/quad.h"
#include "rdf/reader.h"
#include "rdf/writer.h"
#include "tests/fuzz/check.h"

namespace {

using dossier::Quad;
using dossier::RdfFormat;
using dossier::fuzz::Check;

absl::Status Read(absl::string_view text, RdfFormat format, std::vector<Quad>* quads) {
  return dossier::ReadRdfText(text, format, {}, [quads](Quad&& quad) {
    quads->push_back(std::move(quad));
    return absl::OkStatus();
  });
}

void CheckCanonical(const dossier::RawTerm& term) {
  const std::string canonical = MakeTerm(term, "").ToString();
  Check(!term.canonical || canonical == term.text, "what is called canonical is so", term.text, " -> ", canonical);
}

void CheckFormat(absl::string_view text, RdfFormat format) {
  std::vector<Quad> quads;
  const absl::Status status = Read(text, format, &quads);

  // The parser of single lines finds as many statements, and errors only where the reader found one.
  dossier::LineParser parser(text, format == RdfFormat::kNQuads);
  dossier::RawQuad raw;
  size_t statements = 0;
  size_t errors = 0;
  for (auto result = parser.Next(&raw); result != dossier::LineParser::Result::kEnd; result = parser.Next(&raw)) {
    if (result == dossier::LineParser::Result::kError) {
      Check(parser.column() > 0 && !parser.reason().empty(), "an error has a place and a reason");
      ++errors;
      continue;
    }
    ++statements;
    for (const dossier::RawTerm& term : {raw.subject, raw.predicate, raw.object}) CheckCanonical(term);
    if (raw.has_graph) CheckCanonical(raw.graph);
  }
  Check(status.ok() == (errors == 0), "reader and line parser agree on errors", status.ToString());
  if (!status.ok()) return;
  Check(statements == quads.size(), "reader and line parser agree on statements", statements, " ", quads.size());

  std::string written;
  for (const Quad& quad : quads) dossier::AppendStatement(quad, &written);
  std::vector<Quad> again;
  const absl::Status reread = Read(written, format, &again);
  Check(reread.ok(), "what is written can be read", reread.ToString(), "\n", written);
  Check(quads == again, "what is written is what was read", written);

  if (format != RdfFormat::kNTriples) return;
  std::vector<Quad> as_turtle;
  const absl::Status turtle = Read(text, RdfFormat::kTurtle, &as_turtle);
  Check(turtle.ok(), "N-Triples is Turtle", turtle.ToString());
  Check(as_turtle.size() == quads.size(), "N-Triples is Turtle with the same triples");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  CheckFormat(text, RdfFormat::kNTriples);
  CheckFormat(text, RdfFormat::kNQuads);
  return 0;
}

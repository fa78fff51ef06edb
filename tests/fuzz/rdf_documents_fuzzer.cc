// Turtle and TriG: what is read can be written, by both writers, and read again as the same number of statements; what
// is Turtle is TriG too.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "rdf/quad.h"
#include "rdf/reader.h"
#include "rdf/writer.h"
#include "tests/fuzz/check.h"

namespace {

using dossier::Quad;
using dossier::RdfFormat;
using dossier::fuzz::Check;

absl::Status Read(absl::string_view text, RdfFormat format, std::vector<Quad>* quads) {
  dossier::ReaderOptions options;
  options.base = "http://example.org/folder/file";
  return dossier::ReadRdfText(text, format, options, [quads](Quad&& quad) {
    quads->push_back(std::move(quad));
    return absl::OkStatus();
  });
}

// Statements may be repeated, and writers say them once.
size_t CountDistinct(const std::vector<Quad>& quads) {
  std::vector<std::string> lines;
  for (const Quad& quad : quads) {
    lines.emplace_back();
    dossier::AppendStatement(quad, &lines.back());
  }
  std::sort(lines.begin(), lines.end());
  return static_cast<size_t>(std::unique(lines.begin(), lines.end()) - lines.begin());
}

void CheckWriting(const std::vector<Quad>& quads, RdfFormat format) {
  dossier::WriterOptions options;
  options.prefixes = dossier::CommonPrefixes();
  const absl::StatusOr<std::string> written = dossier::WriteRdfText(quads, format, options);
  Check(written.ok(), "what is read can be written", written.status().ToString());
  std::vector<Quad> again;
  const absl::Status reread = Read(*written, format, &again);
  Check(reread.ok(), "what is written can be read", reread.ToString(), "\n", *written);
  Check(CountDistinct(quads) == CountDistinct(again), "no statement is lost or made", *written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  std::vector<Quad> turtle;
  std::vector<Quad> trig;
  const bool is_turtle = Read(text, RdfFormat::kTurtle, &turtle).ok();
  const bool is_trig = Read(text, RdfFormat::kTriG, &trig).ok();
  Check(is_trig || !is_turtle, "Turtle is TriG");
  if (is_turtle) {
    Check(turtle.size() == trig.size(), "Turtle is TriG with the same triples");
    CheckWriting(turtle, RdfFormat::kTurtle);
  }
  if (is_trig) {
    CheckWriting(trig, RdfFormat::kTriG);
    CheckWriting(trig, RdfFormat::kNQuads);
  }
  return 0;
}

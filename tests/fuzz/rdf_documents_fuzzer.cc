// Turtle and TriG: what is read can be written, by both writers, and read again as the same statements; it is read the
// same when its bytes come one at a time; what is Turtle is TriG too.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/diagnostic.h"
#include "rdf/quad.h"
#include "rdf/reader.h"
#include "rdf/writer.h"
#include "tests/fuzz/check.h"
#include "tests/rdf/reading.h"
#include "tests/support/isomorphism.h"

namespace {

using dossier::Quad;
using dossier::RdfFormat;
using dossier::fuzz::Check;

dossier::ReaderOptions Options() {
  dossier::ReaderOptions options;
  options.base = "http://example.org/folder/file";
  return options;
}

absl::Status Read(absl::string_view text, RdfFormat format, std::vector<Quad>* quads) {
  return dossier::ReadRdfText(text, format, Options(), [quads](Quad&& quad) {
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
  options.prefixes = {
      {"", "http://example.org/"}, {"a", "http://a/"}, {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}};
  const absl::StatusOr<std::string> written = dossier::WriteRdfText(quads, format, options);
  Check(written.ok(), "what is read can be written", written.status().ToString());
  std::vector<Quad> again;
  const absl::Status reread = Read(*written, format, &again);
  Check(reread.ok(), "what is written can be read", reread.ToString(), "\n", *written);
  Check(CountDistinct(quads) == CountDistinct(again), "no statement is lost or made", *written);
  constexpr size_t kSmall = 12;  // Comparing is exponential where many blank nodes are alike.
  if (quads.size() <= kSmall) Check(dossier::AreIsomorphic(quads, again), "no statement is changed", *written);
}

// The bytes one at a time.
void CheckDripping(absl::string_view text, RdfFormat format, const absl::Status& status,
                   const std::vector<Quad>& quads) {
  dossier::DrippingInput input(text);
  std::vector<Quad> dripped;
  const absl::Status drip_status = dossier::ReadRdf(&input, format, Options(), [&dripped](Quad&& quad) {
    dripped.push_back(std::move(quad));
    return absl::OkStatus();
  });
  Check(drip_status == status, "the size of pieces does not matter for errors", drip_status.ToString(), " and ",
        status.ToString());
  Check(dripped == quads, "the size of pieces does not matter for quads");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  std::vector<Quad> turtle;
  std::vector<Quad> trig;
  const absl::Status turtle_status = Read(text, RdfFormat::kTurtle, &turtle);
  const absl::Status trig_status = Read(text, RdfFormat::kTriG, &trig);
  const bool is_turtle = turtle_status.ok();
  const bool is_trig = trig_status.ok();
  CheckDripping(text, RdfFormat::kTurtle, turtle_status, turtle);
  CheckDripping(text, RdfFormat::kTriG, trig_status, trig);
  Check(is_trig || dossier::GetDiagnostic(trig_status).has_value(), "an error has a place", trig_status.ToString());
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

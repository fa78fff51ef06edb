// RDF/XML: whatever the bytes, the reader ends with statements that N-Triples can hold, or with an error.
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "rdf/quad.h"
#include "rdf/reader.h"
#include "rdf/writer.h"
#include "tests/fuzz/check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  dossier::ReaderOptions options;
  options.base = "http://example.org/";
  std::string written;
  const absl::Status status =
      dossier::ReadRdfText(text, dossier::RdfFormat::kRdfXml, options, [&written](dossier::Quad&& quad) {
        dossier::AppendStatement(quad, &written);
        return absl::OkStatus();
      });
  if (!status.ok()) return 0;
  const absl::Status reread = dossier::ReadRdfText(written, dossier::RdfFormat::kNTriples, {},
                                                   [](dossier::Quad&&) { return absl::OkStatus(); });
  dossier::fuzz::Check(reread.ok(), "what RDF/XML says can be said in N-Triples", reread.ToString(), "\n", written);
  return 0;
}

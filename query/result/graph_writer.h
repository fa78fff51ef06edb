// Writing the result of a CONSTRUCT or DESCRIBE: the line formats as the triples come, Turtle and TriG, which group by
// subject, when all are there.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "base/memory_budget.h"
#include "rdf/quad.h"
#include "rdf/reader.h"
#include "rdf/writer.h"

namespace dossier {

// Errors are those of the sink, and ResourceExhausted where triples have to be held; after one, nothing more is to be
// written.
class GraphWriter {
 public:
  virtual ~GraphWriter() = default;

  virtual absl::Status Add(Quad&& quad) = 0;
  // Writes what is held back. Without it the text is not whole.
  virtual absl::Status End() = 0;
};

// `format` is not RDF/XML. `prefixes` (without ":") and their namespaces shorten IRIs where the format allows it. What
// `sink` refers to, and the budget, outlive the writer.
std::unique_ptr<GraphWriter> MakeGraphWriter(RdfFormat format,
                                             std::vector<std::pair<std::string, std::string>> prefixes,
                                             MemoryBudget* memory, TextSink sink);

}  // namespace dossier

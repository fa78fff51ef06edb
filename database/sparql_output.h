// How the results of SPARQL queries are to be written, and what is told about a query that was run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "query/result/solution_writer.h"
#include "rdf/reader.h"

namespace dossier {

struct SparqlOutput {
  // Of SELECT and ASK; of CONSTRUCT and DESCRIBE (not RDF/XML). Where there is none, such a query is refused.
  std::optional<SolutionFormat> solutions = SolutionFormat::kTable;
  std::optional<RdfFormat> graph = RdfFormat::kTurtle;
  // Of tables. The prefixes of the query and the session go before these.
  SolutionWriterOptions table;
};

struct SparqlReport {
  enum class Kind : uint8_t { kSolutions, kBoolean, kTriples, kPlan };
  Kind kind = Kind::kSolutions;
  uint64_t count = 0;              // Solutions or triples; of ASK 1 for yes.
  std::vector<std::string> notes;  // What the user should know.
  absl::Duration elapsed;
};

}  // namespace dossier

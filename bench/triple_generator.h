// Makes up a shop with its users, products, offers, reviews and purchases: triples shaped like those of the WatDiv
// benchmark (some forty predicates, two large social relations with a skew, entities that have some of
// their properties only), any number of them, the same ones for the same seed on every machine.
#pragma once

#include <cstdint>

#include "absl/status/status.h"
#include "rdf/reader.h"

namespace dossier::bench {

struct GeneratorOptions {
  uint64_t triples = 10'000'000;
  uint64_t seed = 1;
};

// Gives exactly so many triples to the sink, no two of them equal, entity by entity. Memory does not grow with their
// number.
absl::Status GenerateTriples(const GeneratorOptions& options, QuadSink sink);

}  // namespace dossier::bench

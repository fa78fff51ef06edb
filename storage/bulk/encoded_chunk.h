// A stretch of a load's input as rows of ids that mean something inside it only: made by any of several threads, and
// put together in the order of the input (storage/bulk/encoder.h).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "rdf/reader.h"
#include "rdf/term_id.h"
#include "storage/bulk/byte_arena.h"
#include "storage/load_source.h"

namespace dossier::storage {

// A term that has to go to the dictionary.
struct ChunkTerm {
  TermTag tag = TermTag::kIri;
  uint32_t triple = 0;       // Of a triple term: its place among the chunk's.
  uint64_t hash = 0;         // RecordHash of the record (storage/dictionary.h). Not of a triple term.
  absl::string_view record;  // In the text or the arena of the chunk. Not of a triple term.
};

// A dictionary id in the rows has the place of its term in `terms` as payload. Terms are in the order of their first
// appearance, the components of a triple term before it; one may be there more than once.
struct EncodedChunk {
  std::string text;  // Of lines.
  ByteArena arena{size_t{64} << 10};
  std::vector<ChunkTerm> terms;
  std::vector<std::array<TermId, 3>> triples;  // The components of triple terms.
  std::vector<TermId> quads;                   // Row after row: subject, predicate, object, graph.
  std::vector<TermId> claims;                  // The same: subject, predicate, object, reifier, graph.

  // Of lines.
  std::shared_ptr<const LineSource> source;
  bool first = false;  // The first chunk of its source.
  uint64_t statements = 0;
  size_t lines = 0;             // Ended in it.
  std::vector<Reject> rejects;  // Their lines are counted from 0, the chunk's first.
};

}  // namespace dossier::storage

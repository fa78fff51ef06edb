// Quads that a reader has made, as a chunk of rows.
#pragma once

#include <vector>

#include "rdf/quad.h"
#include "storage/bulk/chunk_terms.h"
#include "storage/bulk/encoded_chunk.h"

namespace dossier::storage {

// `terms` is any thread's own.
void EncodeQuads(const std::vector<Quad>& quads, ChunkTerms* terms, EncodedChunk* chunk);

}  // namespace dossier::storage

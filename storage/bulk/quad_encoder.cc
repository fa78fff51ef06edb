#include "storage/bulk/quad_encoder.h"

namespace dossier::storage {

void EncodeQuads(const std::vector<Quad>& quads, ChunkTerms* terms, EncodedChunk* chunk) {
  terms->Begin(chunk);
  chunk->quads.reserve(4 * quads.size());
  const Term* last_subject = nullptr;  // Often the next one's too.
  TermId last_id;
  for (const Quad& quad : quads) {
    const TermId graph = quad.graph.has_value() ? terms->Intern(*quad.graph) : TermId();
    if (IsReification(quad)) {
      const Triple& triple = quad.object.triple();
      const TermId subject = terms->Intern(triple.subject);
      const TermId predicate = terms->Intern(triple.predicate);
      const TermId object = terms->Intern(triple.object);
      const TermId reifier = terms->Intern(quad.subject);
      chunk->claims.insert(chunk->claims.end(), {subject, predicate, object, reifier, graph});
      continue;
    }
    if (last_subject == nullptr || !(*last_subject == quad.subject)) {
      last_subject = &quad.subject;
      last_id = terms->Intern(quad.subject);
    }
    const TermId predicate = terms->Intern(quad.predicate);
    const TermId object = terms->Intern(quad.object);
    chunk->quads.insert(chunk->quads.end(), {last_id, predicate, object, graph});
  }
}

}  // namespace dossier::storage

// Which terms a chunk has had already. A table that fits into the processor's cache, used again for chunk after chunk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "rdf/term.h"
#include "rdf/term_id.h"
#include "storage/bulk/encoded_chunk.h"

namespace dossier::storage {

class ChunkTerms {
 public:
  ChunkTerms() : entries_(kFirstSize) {}

  // Forgets all terms; new ones are added to `chunk`.
  void Begin(EncodedChunk* chunk);

  // What Remember was told under `key`; undefined when nothing.
  TermId Find(TermTag kind, uint64_t hash, absl::string_view key) const;
  // `hash` is one of `key`, the same whenever the key is; `key` lives as long as the chunk.
  void Remember(TermTag kind, uint64_t hash, absl::string_view key, TermId id);

  // The ids of a term: the inline one, or one of the chunk. `record` lives as long as the chunk.
  TermId Intern(const Term& term);
  TermId Add(TermTag tag, uint64_t hash, absl::string_view record);
  TermId AddTriple(TermId subject, TermId predicate, TermId object);

 private:
  static constexpr size_t kFirstSize = 1 << 14;

  struct Entry {
    uint64_t hash = 0;
    const char* key = nullptr;
    uint32_t key_bytes = 0;
    uint16_t generation = 0;  // The entry is free when this is not the current one.
    TermTag kind = TermTag::kUndefined;
    TermId id;
  };

  void Grow();

  std::vector<Entry> entries_;
  size_t used_ = 0;
  uint16_t generation_ = 0;
  EncodedChunk* chunk_ = nullptr;
};

}  // namespace dossier::storage

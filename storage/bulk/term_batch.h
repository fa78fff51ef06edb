// The terms of one stretch of a load, as much as memory holds, numbered as they come.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "rdf/term_id.h"
#include "storage/bulk/byte_arena.h"
#include "storage/bulk/encoded_chunk.h"

namespace dossier::storage {

inline constexpr size_t kDictionaryTags = 4;  // kIri to kTripleTerm.
constexpr size_t TagIndex(TermTag tag) { return static_cast<size_t>(tag) - 1; }
constexpr TermTag TagOfIndex(size_t index) { return static_cast<TermTag>(index + 1); }

class TermBatch {
 public:
  // For each term of the chunk its number in the batch, as payload under its tag: 0 for the first of the tag. The
  // components of a triple term have smaller numbers than it.
  void Intern(const EncodedChunk& chunk, std::vector<TermId>* numbers);

  // The dictionary's records of a tag, by number. Those of triple terms hold the batch's numbers.
  absl::Span<const absl::string_view> records(TermTag tag) const { return records_[TagIndex(tag)]; }

  // What stands for a triple term in whatever batch it occurs: the records of its components in place of numbers.
  std::string PortableRecord(TermId triple_term) const;

  size_t memory_bytes() const;
  bool empty() const { return used_ == 0; }
  void Clear() { *this = TermBatch(); }

 private:
  struct Entry {
    uint64_t hash = 0;
    const char* record = nullptr;  // Null: the entry is free.
    uint32_t record_bytes = 0;
    TermId number;
  };

  TermId InternRecord(TermTag tag, uint64_t hash, absl::string_view record);
  void Grow();

  std::vector<Entry> entries_;  // Open addressing; a power of two, or none yet.
  size_t used_ = 0;
  std::array<std::vector<absl::string_view>, kDictionaryTags> records_;
  ByteArena arena_{size_t{1} << 20};
};

}  // namespace dossier::storage

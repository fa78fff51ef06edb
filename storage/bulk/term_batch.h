// The terms of one stretch of a load, as much as memory holds, numbered as they come.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "rdf/quad.h"
#include "rdf/term.h"
#include "rdf/term_id.h"

namespace dossier::storage {

inline constexpr size_t kDictionaryTags = 4;  // kIri to kTripleTerm.
constexpr size_t TagIndex(TermTag tag) { return static_cast<size_t>(tag) - 1; }
constexpr TermTag TagOfIndex(size_t index) { return static_cast<TermTag>(index + 1); }

class TermBatch {
 public:
  // The inline id of the term or, for others, its number in the batch as payload under its tag: 0 for the first of the
  // tag. The components of a triple term are interned before it, so they have their numbers in the batch too.
  TermId Intern(const Term& term);

  // The dictionary's records of a tag, by number. Those of triple terms hold the batch's numbers.
  absl::Span<const absl::string_view> records(TermTag tag) const { return records_[TagIndex(tag)]; }

  // What stands for a triple term in whatever batch it occurs: the records of its components in place of numbers.
  std::string PortableRecord(TermId triple_term) const;

  size_t memory_bytes() const;
  bool empty() const { return numbers_.empty(); }
  void Clear();

 private:
  absl::string_view Keep(TermTag tag, absl::string_view record);

  // By tag and record, in the bytes of `chunks_`.
  absl::flat_hash_map<absl::string_view, TermId> numbers_;
  std::array<std::vector<absl::string_view>, kDictionaryTags> records_;
  std::vector<std::unique_ptr<char[]>> chunks_;
  size_t chunk_used_ = 0;
  size_t chunk_bytes_ = 0;  // Of the last chunk.
  size_t kept_bytes_ = 0;   // Of all chunks.
  std::string key_;
};

}  // namespace dossier::storage

#include "storage/bulk/chunk_terms.h"

#include <cstring>
#include <optional>
#include <string>

#include "storage/dictionary.h"

namespace dossier::storage {

void ChunkTerms::Begin(EncodedChunk* chunk) {
  chunk_ = chunk;
  used_ = 0;
  if (++generation_ != 0) return;
  entries_.assign(entries_.size(), Entry());
  generation_ = 1;
}

TermId ChunkTerms::Find(TermTag kind, uint64_t hash, absl::string_view key) const {
  const size_t mask = entries_.size() - 1;
  for (size_t i = hash & mask;; i = (i + 1) & mask) {
    const Entry& entry = entries_[i];
    if (entry.generation != generation_) return {};
    if (entry.hash == hash && entry.kind == kind && entry.key_bytes == key.size() &&
        std::memcmp(entry.key, key.data(), key.size()) == 0) {
      return entry.id;
    }
  }
}

void ChunkTerms::Remember(TermTag kind, uint64_t hash, absl::string_view key, TermId id) {
  if (++used_ > entries_.size() / 2) Grow();
  const size_t mask = entries_.size() - 1;
  size_t i = hash & mask;
  while (entries_[i].generation == generation_) i = (i + 1) & mask;
  entries_[i] = {hash, key.data(), static_cast<uint32_t>(key.size()), generation_, kind, id};
}

void ChunkTerms::Grow() {
  std::vector<Entry> old(2 * entries_.size());
  old.swap(entries_);
  const size_t mask = entries_.size() - 1;
  for (const Entry& entry : old) {
    if (entry.generation != generation_) continue;
    size_t i = entry.hash & mask;
    while (entries_[i].generation == generation_) i = (i + 1) & mask;
    entries_[i] = entry;
  }
}

TermId ChunkTerms::Intern(const Term& term) {
  if (const std::optional<TermId> id = InlineTermId(term)) return *id;
  const TermTag tag = DictionaryTag(term);
  if (tag == TermTag::kTripleTerm) {
    const Triple& triple = term.triple();
    const TermId subject = Intern(triple.subject);
    const TermId predicate = Intern(triple.predicate);
    return AddTriple(subject, predicate, Intern(triple.object));
  }
  const std::string record = TermRecord(term);
  const uint64_t hash = RecordHash(tag, record);
  TermId id = Find(tag, hash, record);
  if (!id.is_undefined()) return id;
  const absl::string_view kept = chunk_->arena.Keep(record);
  id = Add(tag, hash, kept);
  Remember(tag, hash, kept, id);
  return id;
}

TermId ChunkTerms::Add(TermTag tag, uint64_t hash, absl::string_view record) {
  chunk_->terms.push_back({tag, 0, hash, record});
  return {tag, chunk_->terms.size() - 1};
}

TermId ChunkTerms::AddTriple(TermId subject, TermId predicate, TermId object) {
  chunk_->terms.push_back({TermTag::kTripleTerm, static_cast<uint32_t>(chunk_->triples.size()), 0, {}});
  chunk_->triples.push_back({subject, predicate, object});
  return {TermTag::kTripleTerm, chunk_->terms.size() - 1};
}

}  // namespace dossier::storage
